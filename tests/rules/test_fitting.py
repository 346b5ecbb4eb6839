from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cds_service.domain.interval import Interval
from cds_service.domain.knowledge import Cell, Row
from cds_service.domain.values import Fact, Known, Unclear, Why
from cds_service.rules.fitting import fits, row_of, undecided


def spans(*texts: str) -> Cell:
    return Cell(spans=tuple(map(Interval.parse, texts)))


def measured(text: str) -> Fact:
    return Known(Interval.parse(text))


ROWS = (
    Row("low", {"ki67_percent": spans("<5", "5..<10")}, "nothing", "low"),
    Row("high", {"ki67_percent": spans(">=10")}, "nothing", "high"),
    Row("unknown", {"ki67_percent": Cell(unclear=True)}, "nothing", "unknown"),
)


@pytest.mark.parametrize(
    ("value", "row"), [("4", "low"), ("4..6", "low"), ("10", "high"), ("<10", "low"), ("9..11", "unknown")]
)
def test_an_interval_that_touches_two_rows_is_unclear_for_the_table(value: str, row: str) -> None:
    assert row_of(ROWS, {"ki67_percent": measured(value)})[0].name == row


def test_a_straddling_interval_says_so() -> None:
    _, facts = row_of(ROWS, {"ki67_percent": measured("9..11")})
    taken = facts["ki67_percent"]
    assert isinstance(taken, Unclear)
    assert taken.why is Why.STRADDLES


LISTED = (
    Row("poor-low", {"differentiation": Cell(words=frozenset({"poor"})), "ki67_percent": spans("<=20")}, "a", "low"),
    Row("well-high", {"differentiation": Cell(words=frozenset({"well"})), "ki67_percent": spans(">55")}, "b", "high"),
)


@pytest.mark.parametrize(
    ("differentiation", "index", "left_open"),
    [
        ("poor", "15..25", True),
        ("poor", "15..20", False),
        ("poor", ">20", False),
        ("poor", "50..60", False),
        ("well", "50..60", True),
        ("well", "15..25", False),
    ],
)
def test_a_number_that_leaves_a_row_of_a_list_open_is_told(differentiation: str, index: str, left_open: bool) -> None:
    facts = {"differentiation": Known(differentiation), "ki67_percent": measured(index)}
    assert undecided(LISTED, facts) == ({"ki67_percent"} if left_open else set())
    assert undecided(LISTED, {**facts, "differentiation": Unclear()}) == set()


def test_unclear_fits_only_unclear_and_any() -> None:
    assert not fits(Cell(words=frozenset({"well"})), Unclear())
    assert fits(Cell(unclear=True), Unclear())
    assert fits(Cell(any=True), Unclear())


def test_a_known_value_does_not_fit_unclear() -> None:
    assert not fits(Cell(unclear=True), Known("well"))


@pytest.mark.parametrize(("day", "inside"), [(date(2026, 2, 4), False), (date(2026, 2, 5), True)])
def test_a_day_fits_a_span_of_days(day: date, inside: bool) -> None:
    since = Cell(spans=(Interval(low=Decimal(date(2026, 2, 5).toordinal())),))
    assert fits(since, Known(day)) is inside


def test_no_fitting_row_is_an_error_and_never_a_guess() -> None:
    with pytest.raises(LookupError):
        row_of(ROWS[:1], {"ki67_percent": measured("12")})
