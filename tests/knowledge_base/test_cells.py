"""A cell is one of five things."""

from __future__ import annotations

from datetime import date

import pytest

from cds_service.domain.interval import Interval
from cds_service.domain.knowledge import Cell, FactWords
from cds_service.knowledge_base.cells import cell_of

LABEL = {"en": "x", "ja": "x"}
SITE = FactWords(
    "site", LABEL, "choice", {"a": LABEL, "b": LABEL, "c": LABEL}, {"ab": frozenset("ab"), "none-yet": frozenset()}
)
NUMBER = FactWords("number", LABEL, "number")
DAY = FactWords("day", LABEL, "date")


def test_a_word() -> None:
    assert cell_of(["a"], SITE) == Cell(words=frozenset("a"), text="a")


def test_a_group_is_its_words() -> None:
    assert cell_of(["ab"], SITE) == Cell(words=frozenset("ab"), text="ab")


def test_any() -> None:
    assert cell_of(["any"], SITE) == Cell(any=True, text="any")


def test_unclear_is_no_word() -> None:
    assert cell_of(["unclear"], SITE) == Cell(unclear=True, text="unclear")


def test_a_list_of_these() -> None:
    assert cell_of(["ab", "c", "unclear"], SITE) == Cell(words=frozenset("abc"), unclear=True, text="ab, c, unclear")


def test_an_interval() -> None:
    assert cell_of(["<5", ">=10"], NUMBER).spans == (Interval.parse("<5"), Interval.parse(">=10"))


def test_days_are_an_interval_of_their_ordinals() -> None:
    [span] = cell_of([">=2026-02-05"], DAY).spans
    assert Interval.point(date(2026, 2, 5).toordinal()).within(span)
    assert not Interval.point(date(2026, 2, 4).toordinal()).within(span)


@pytest.mark.parametrize(
    ("written", "fact", "says"),
    [
        (["d"], SITE, "neither a word nor a group"),
        (["none-yet"], SITE, "is empty"),
        (["any", "a"], SITE, "any stands alone"),
        (["a", "a"], SITE, "twice"),
        (["A"], SITE, "neither a word nor a group of this fact; it is one of a, b"),
        (["< 5"], NUMBER, "not an interval"),
        (["5..3"], NUMBER, "not an interval"),
        (["-5"], NUMBER, "not an interval"),
        (["a"], NUMBER, "not an interval"),
        ([">=2026-02"], DAY, "not an interval"),
        ([">=2026-02-30"], DAY, "not an interval"),
        ([">=5"], DAY, "not an interval"),
    ],
)
def test_anything_else_is_refused_in_words(written: list[str], fact: FactWords, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        cell_of(written, fact)
