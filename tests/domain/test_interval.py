from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cds_service.domain.interval import Interval, decimal_of


@pytest.mark.parametrize("text", ["<5", "<=5", "5..<10", "10..20", ">10..20", ">5..<10", ">20", ">=20", "10", "2.9"])
def test_every_form_of_the_format_is_read_and_written_back(text: str) -> None:
    assert str(Interval.parse(text)) == text


@pytest.mark.parametrize("text", ["", "5-10", "<", "٣", "1_0", "1e1", "nan", "-1", "5...10", "20..10", ">5..5", "5 %"])
def test_what_is_not_an_interval_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"interval|must hold"):
        Interval.parse(text)


@pytest.mark.parametrize(
    ("inner", "outer", "inside"),
    [
        ("3", "3..20", True),
        ("20", "3..20", True),
        ("20.1", "3..20", False),
        ("2.9", "3..20", False),
        ("<3", "<3", True),
        ("<=3", "<3", False),
        (">20", ">20", True),
        (">=20", ">20", False),
        ("10", ">10..20", False),
        ("5..<10", "<10", True),
    ],
)
def test_an_interval_lies_within_another_only_as_a_whole(inner: str, outer: str, inside: bool) -> None:
    assert Interval.parse(inner).within(Interval.parse(outer)) is inside


@pytest.mark.parametrize(
    ("left", "right", "touch"),
    [("<3", "3..20", False), ("<=3", "3..20", True), ("2..5", "3..20", True), (">20", "3..20", False)],
)
def test_open_ends_do_not_touch(left: str, right: str, touch: bool) -> None:
    assert Interval.parse(left).touches(Interval.parse(right)) is touch
    assert Interval.parse(right).touches(Interval.parse(left)) is touch


def test_a_float_becomes_the_decimal_it_was_written_as() -> None:
    assert decimal_of(2.9) == Decimal("2.9")


def test_a_truth_value_is_not_a_number() -> None:
    with pytest.raises(TypeError):
        decimal_of(True)


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2), st.booleans(), st.booleans())
def test_what_lies_within_also_touches(low: Decimal, high: Decimal, low_closed: bool, high_closed: bool) -> None:
    low, high = sorted((low, high))
    if low == high:
        low_closed = high_closed = True
    span = Interval(low, high, low_closed, high_closed)
    for other in map(Interval.parse, ("<3", "3..20", ">20")):
        assert span.touches(other) or not span.within(other)
