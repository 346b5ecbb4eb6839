from __future__ import annotations

import pytest

from cds_service.domain.grading import grade_from_record, grade_net
from cds_service.domain.interval import Interval
from cds_service.domain.values import Fact, Known, Unclear, Why

BANDS = {
    "G1": {"ki67_percent": Interval.parse("<3"), "mitoses_per_2mm2": Interval.parse("<2")},
    "G2": {"ki67_percent": Interval.parse("3..20"), "mitoses_per_2mm2": Interval.parse("2..20")},
    "G3": {"ki67_percent": Interval.parse(">20"), "mitoses_per_2mm2": Interval.parse(">20")},
}


def index(text: str | None) -> Fact:
    return Known(Interval.parse(text), "Observation/1", "2026-01-01") if text else Unclear()


def found(ki67: str | None, mitoses: str | None) -> str:
    fact = grade_net(index(ki67), index(mitoses), BANDS)
    return str(fact.value) if isinstance(fact, Known) else f"unclear ({fact.why})"


@pytest.mark.parametrize(
    ("ki67", "mitoses", "grade"),
    [
        ("0", None, "G1"),
        ("2.9", None, "G1"),
        ("3", None, "G2"),
        ("20", None, "G2"),
        ("20.1", None, "G3"),
        (None, "1", "G1"),
        (None, "2", "G2"),
        (None, "20", "G2"),
        (None, "21", "G3"),
        ("1", "2", "G2"),
        ("8", "25", "G3"),
        ("25", "1", "G3"),
        ("<5", None, "unclear (straddles)"),
        ("<5", "3", "G2"),
        ("<5", "21", "G3"),
        (">=20", None, "unclear (straddles)"),
        (None, None, "unclear (not-recorded)"),
    ],
)
def test_the_higher_of_ki67_and_mitoses_decides(ki67: str | None, mitoses: str | None, grade: str) -> None:
    assert found(ki67, mitoses) == grade


def test_the_grade_says_where_it_comes_from() -> None:
    assert grade_net(index("12"), index("1"), BANDS) == Known("G2", "Observation/1", "2026-01-01")


def test_contradicting_results_leave_the_grade_unclear() -> None:
    both = Unclear(Why.CONFLICTING, (Known(Interval.parse("2")), Known(Interval.parse("12"))))
    fact = grade_net(both, Unclear(), BANDS)
    assert isinstance(fact, Unclear)
    assert fact.why is Why.CONFLICTING


def test_a_possible_fraction_is_no_index() -> None:
    doubtful = Unclear(Why.POSSIBLE_FRACTION, (Known(Interval.parse("0.5")),))
    assert grade_net(doubtful, Unclear(), BANDS) == Unclear(Why.POSSIBLE_FRACTION)


def test_a_recorded_grade_counts_where_no_index_is_known() -> None:
    assert grade_from_record(Known("G2"), Unclear(), other_index_missing=True) == Known("G2")


def test_a_recorded_higher_grade_stands_while_an_index_is_missing() -> None:
    assert grade_from_record(Known("G3"), Known("G2"), other_index_missing=True) == Known("G3")


@pytest.mark.parametrize(("recorded", "missing"), [("G1", True), ("G1", False), ("G3", False)])
def test_any_other_difference_is_a_contradiction(recorded: str, missing: bool) -> None:
    fact = grade_from_record(Known(recorded), Known("G2"), other_index_missing=missing)
    assert fact == Unclear(Why.CONFLICTING, (Known(recorded), Known("G2")))


@pytest.mark.parametrize(
    ("recorded", "computed", "expected"),
    [
        (("G1", "G2"), "G2", "G2"),
        (("G1", "G2"), "G1", "unclear"),
        (("G1", "G3"), "G1", "unclear"),
        (("G1", "G2"), "G3", "unclear"),
    ],
)
def test_recorded_grades_that_differ_leave_only_a_computed_grade_as_high_as_they_are(
    recorded: tuple[str, ...], computed: str, expected: str
) -> None:
    conflict = Unclear(Why.CONFLICTING, tuple(map(Known, recorded)))
    fact = grade_from_record(conflict, Known(computed), other_index_missing=True)
    if expected == "unclear":
        assert fact == Unclear(Why.CONFLICTING, (*map(Known, recorded), Known(computed)))
    else:
        assert fact == Known(expected)
    assert grade_from_record(conflict, Unclear(), other_index_missing=True) == conflict
