"""Which row of a table fits. `unclear` is a value of its own and fits only `unclear` and `any`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date

from ..domain.interval import Interval
from ..domain.knowledge import Cell, Row
from ..domain.values import Fact, Known, Unclear, Why


def fits(cell: Cell, fact: Fact) -> bool:
    """True when the whole fact lies in the cell."""
    if cell.any:
        return True
    if isinstance(fact, Unclear):
        return cell.unclear
    span = _span(fact)
    return fact.value in cell.words if span is None else any(span.within(wanted) for wanted in cell.spans)


def could_fit(cell: Cell, fact: Fact) -> bool:
    """True when some value the fact admits lies in the cell."""
    span = _span(fact) if isinstance(fact, Known) and not cell.any else None
    return fits(cell, fact) if span is None else any(span.touches(wanted) for wanted in cell.spans)


def _span(fact: Known) -> Interval | None:
    """A number as it was measured, a day as its ordinal; None for a word."""
    if isinstance(fact.value, Date):
        return Interval.point(fact.value.toordinal())
    return fact.value if isinstance(fact.value, Interval) else None


def row_of(rows: tuple[Row, ...], facts: Mapping[str, Fact]) -> tuple[Row, Mapping[str, Fact]]:
    """The one row that fits, and the facts as this table took them.

    A measured interval that touches cells of several rows is unclear for this table (why: straddles).
    Raises LookupError where not exactly one row fits, which preflight rules out.
    """
    candidates = [row for row in rows if all(could_fit(row.cells[name], fact) for name, fact in facts.items())]
    if len(candidates) > 1:
        facts = {name: _taken(name, fact, candidates) for name, fact in facts.items()}
        candidates = [row for row in rows if all(fits(row.cells[name], fact) for name, fact in facts.items())]
    if len(candidates) != 1:
        raise LookupError(f"{len(candidates)} rows fit {facts}")
    return candidates[0], facts


def as_asked(name: str, fact: Fact, rows: tuple[Row, ...]) -> Fact:
    """The fact as a list takes it: a measured interval that reaches into its cells and lies in none straddles a cut."""
    if not isinstance(fact, Known) or (span := _span(fact)) is None:
        return fact
    wanted = [each for row in rows if name in row.cells for each in row.cells[name].spans]
    straddles = any(span.touches(each) for each in wanted) and not any(span.within(each) for each in wanted)
    return Unclear(Why.STRADDLES, (fact,)) if straddles else fact


def undecided(rows: tuple[Row, ...], facts: Mapping[str, Fact]) -> frozenset[str]:
    """The numbers of which a list cannot tell whether a row holds, all else of that row being so."""
    taken = {name: as_asked(name, fact, rows) for name, fact in facts.items()}
    found = set()
    for row in rows:
        left = [name for name, cell in row.cells.items() if not fits(cell, taken[name])]
        if len(left) == 1 and taken[left[0]] is not facts[left[0]] and could_fit(row.cells[left[0]], facts[left[0]]):
            found.add(left[0])
    return frozenset(found)


def _taken(name: str, fact: Fact, candidates: list[Row]) -> Fact:
    """The fact itself, or `straddles` where it lies only partly in one of the rows it touches."""
    if isinstance(fact, Unclear) or all(fits(row.cells[name], fact) for row in candidates):
        return fact
    return Unclear(Why.STRADDLES, (fact,))
