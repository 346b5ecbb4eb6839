"""The five things a cell can be: a word, a named group, an interval, `any`, `unclear`, or a list of these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Date

from ..domain.interval import Interval
from ..domain.knowledge import Cell, FactWords

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def cell_of(written: Sequence[str], fact: FactWords) -> Cell:
    """The cell as a table means it; ValueError, in words for its author, where it is none of the five."""
    text = ", ".join(written)
    if "any" in written:
        if len(written) > 1:
            raise ValueError(f"{fact.name}: any stands alone, it holds everything")
        return Cell(any=True, text=text)
    if len(set(written)) < len(written):
        raise ValueError(f"{fact.name}: {text} names something twice")
    values = [part for part in written if part != "unclear"]
    unclear = "unclear" in written
    if fact.kind == "choice":
        held = frozenset[str]().union(*(_words(part, fact) for part in values))
        return Cell(words=held, unclear=unclear, text=text)
    return Cell(spans=tuple(_span(part, fact) for part in values), unclear=unclear, text=text)


def _words(part: str, fact: FactWords) -> frozenset[str]:
    if part in fact.words:
        return frozenset({part})
    if part not in fact.groups:
        known = ", ".join((*fact.words, *fact.groups, "unclear", "any"))
        raise ValueError(f"{fact.name}: {part} is neither a word nor a group of this fact; it is one of {known}")
    if not fact.groups[part]:
        raise ValueError(f"{fact.name}: the group {part} is empty")
    return fact.groups[part]


def _span(part: str, fact: FactWords) -> Interval:
    try:
        return Interval.parse(part) if fact.kind == "number" else days(part)
    except ValueError:
        example = "<5, 5..<10 or 10" if fact.kind == "number" else ">=2026-02-05"
        raise ValueError(f"{fact.name}: {part} is not an interval such as {example}") from None


def days(written: str) -> Interval:
    """An interval of days, each as its ordinal number; ValueError for anything but full dates."""
    if not _DAY.search(written) or re.search(r"\d", _DAY.sub("", written)):
        raise ValueError(written)
    return Interval.parse(_DAY.sub(lambda day: str(Date.fromisoformat(day[0]).toordinal()), written))
