"""The axes of a grid: its bands, the lines between them, and the pieces that are off it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ..domain.interval import Interval


class GridFault(ValueError):
    """What is wrong with a grid, and at which part of it."""

    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.path = path


@dataclass(frozen=True)
class Part:
    """A part of an axis that no cut divides: a band (with its place), a line, or a piece of either that is off."""

    name: str
    span: Interval
    band: int | None
    off: bool


def parts_of(grid: Mapping[str, Any], axis: str) -> list[Part]:
    """The axis from its low end: bands and lines in turn, cut once more where a piece is off the grid."""
    cuts = _cuts(grid, axis)
    fact = grid[axis]["fact"]
    off = [interval_of(("off", fact), part) for part in grid["off"].get(fact, ())]
    found: list[Part] = []
    for place, band in enumerate(bands_of(grid, axis)):
        found += _pieces(band, place, off)
        if place < len(cuts):
            line = Interval(cuts[place], cuts[place])
            found.append(Part(f"line-{place + 1}", line, None, any(line.within(span) for span in off)))
    return found


def bands_of(grid: Mapping[str, Any], axis: str) -> list[Interval]:
    """The spans between the cuts, without the cuts: which side a cut belongs to is not known."""
    ends = [None, *_cuts(grid, axis), None]
    return [Interval(low, high, low_closed=False, high_closed=False) for low, high in pairwise(ends)]


def _cuts(grid: Mapping[str, Any], axis: str) -> list[Decimal]:
    spans = [interval_of((axis, "cuts"), cut) for cut in grid[axis]["cuts"]]
    cuts = [span.low for span in spans if span.low is not None and span.low == span.high]
    if not cuts or len(cuts) < len(spans) or any(high <= low for low, high in pairwise(cuts)):
        raise GridFault((axis, "cuts"), "cuts: numbers that rise are expected here")
    return cuts


def _pieces(band: Interval, place: int, off: Sequence[Interval]) -> Iterator[Part]:
    """The band whole or, where a single number of it is off the grid, that number and what is left."""
    name = f"band-{place + 1}"
    inside = [span for span in off if span.touches(band)]
    if not inside or band.within(inside[0]):
        yield Part(name, band, place, bool(inside))
        return
    [piece, *more] = inside
    if more or piece.low is None or piece.low != piece.high:
        raise GridFault(("off",), f"off: {piece} is neither a whole band nor a single number")
    yield Part(f"{name}-off", piece, place, True)
    if piece.low > (band.low or 0):  # nothing is measured below zero
        yield Part(f"{name}-below", Interval(band.low, piece.low, band.low_closed, False), place, False)
    yield Part(name, Interval(piece.high, band.high, False, band.high_closed), place, False)


def interval_of(path: tuple[str | int, ...], written: str) -> Interval:
    """The interval as written; GridFault at this path for anything else."""
    try:
        return Interval.parse(written)
    except ValueError:
        raise GridFault(path, f"{written} is not an interval") from None
