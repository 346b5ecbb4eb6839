"""One patient from every region a rule can tell apart: every word, every cut and a point on both sides of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date as Date
from decimal import Decimal
from itertools import pairwise

from ..domain.interval import Interval
from ..domain.knowledge import Knowledge, Row, Rule
from ..domain.values import Fact, Known, Unclear
from ..rules.fitting import fits
from .admitted import OF_THE_DRUG, Place

# Facts of one order: two drafts on one card may differ in them, so no row of a list excludes another by these.
OF_THE_ORDER = (*OF_THE_DRUG, "order_kind", "order_reason", "label_fit", "allergy_to_ordered_drug", "ssa_gap_days")


def regions(name: str, place: Place) -> list[Fact]:
    """A fact from each region of this name that the scope admits, `unclear` last."""
    found: list[Fact] = list(_known(name, place))
    if place.may_be_unclear(name):
        found.append(Unclear())
    return found


def masks(name: str, place: Place, rows: Iterable[Row]) -> list[tuple[Fact, int]]:
    """Each region with the rows it fits, as bits; a row that does not ask this fact fits every region."""
    return [(fact, _mask(name, fact, rows)) for fact in regions(name, place)]


def reachable(rule: Rule, knowledge: Knowledge) -> set[int]:
    """Which rows of a list can hold together, as bits; facts are taken as free of each other."""
    place = Place(knowledge, rule)
    found = {(1 << len(rule.rows)) - 1}
    for name in sorted({name for row in rule.rows for name in row.cells} - set(OF_THE_ORDER)):
        fits = {mask for _, mask in masks(name, place, rule.rows)}
        found = {held & mask for held in found for mask in fits}
    return found


def written(fact: Fact) -> str:
    """The fact as a table would write it."""
    return str(fact.value) if isinstance(fact, Known) else "unclear"


def _mask(name: str, fact: Fact, rows: Iterable[Row]) -> int:
    return sum(1 << at for at, row in enumerate(rows) if name not in row.cells or fits(row.cells[name], fact))


def _known(name: str, place: Place) -> Iterator[Known]:
    kind = place.knowledge.facts[name].kind
    if kind == "choice":
        yield from (Known(word) for word in sorted(place.words(name)))
        return
    for point in _points(name, place):
        fact = Known(Date.fromordinal(int(point)) if kind == "date" else Interval.point(point))
        if all(fits(cell, fact) for cell in place.cells(name)):
            yield fact


def _points(name: str, place: Place) -> list[Decimal]:
    """Every cut, and a point below the first, between any two, and above the last."""
    cells = [*place.cells(name), *(row.cells[name] for row in place.rule.rows if name in row.cells)]
    ends = {end for cell in cells for span in cell.spans for end in (span.low, span.high) if end is not None}
    if not ends:
        return [Decimal(1)]
    cuts = sorted(ends)
    if place.knowledge.facts[name].kind == "date":
        return sorted({cut + step for cut in cuts for step in (-1, 0, 1)})
    below = [cuts[0] / 2] if cuts[0] else []
    between = [(low + high) / 2 for low, high in pairwise(cuts)]
    return sorted([*below, *cuts, *between, cuts[-1] + 1])
