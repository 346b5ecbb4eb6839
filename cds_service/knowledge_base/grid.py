"""A grid is a short way of writing a table: it becomes one row per square, per line and per unclear axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from marshmallow import fields

from ..domain.interval import Interval
from ..domain.knowledge import Cell, Row
from .fields import FACT_NAME, Named, OneOrMany, Strict, a_text, texts
from .grid_axes import GridFault, Part, bands_of, interval_of, parts_of

UNASSIGNED, LINE, OFF = "_", "line", "off"
LETTER = r"_|[A-Z]"


class AxisSchema(Strict):
    fact = fields.String(required=True)
    cuts = texts(required=True)


class GridSchema(Strict):
    across = fields.Nested(AxisSchema, required=True)
    up = fields.Nested(AxisSchema, required=True)
    cells = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    off = Named(OneOrMany(), names=FACT_NAME, load_default=dict)
    say = Named(a_text(), names=f"{LETTER}|{LINE}|{OFF}", required=True)
    unclear = Named(a_text(), names=FACT_NAME, required=True)
    never_milder = texts(load_default=list)


def expand(grid: Mapping[str, Any]) -> tuple[Row, ...]:
    """The rows of this grid; GridFault for the first thing that is wrong with it."""
    if strangers := set(grid["off"]) - {grid["across"]["fact"], grid["up"]["fact"]}:
        raise GridFault(("off",), f"off: {min(strangers)} is not an axis of this grid")
    across, up = (parts_of(grid, axis) for axis in ("across", "up"))
    squares = _squares(grid)
    _check_never_milder(grid, squares)
    return (*_unclear_rows(grid), *_known_rows(grid, across, up, squares))


def _squares(grid: Mapping[str, Any]) -> list[list[str]]:
    """Letters by up-band from below, then by across-band."""
    bands = [bands_of(grid, axis) for axis in ("across", "up")]
    written = {_open(interval_of(("cells", name), name)): (name, row) for name, row in grid["cells"].items()}
    squares = []
    for band in bands[1]:
        if band not in written:
            raise GridFault(("cells",), f"cells: the band {band} has no squares")
        name, row = written.pop(band)
        if len(row) != len(bands[0]):
            raise GridFault(("cells", name), f"cells: {name} has {len(row)} squares, not {len(bands[0])}")
        for place, letter in enumerate(row):
            if letter not in grid["say"] or letter in (LINE, OFF):
                raise GridFault(("cells", name, place), f"cells: {letter} is not a letter of the legend (say)")
        squares.append(row)
    for name, _ in written.values():
        raise GridFault(("cells", name), f"cells: {name} is not a band between the cuts")
    return squares


def _check_never_milder(grid: Mapping[str, Any], squares: Sequence[Sequence[str]]) -> None:
    """GridFault where an assigned square is milder than an assigned one to its left or below it."""
    order = grid["never_milder"]
    lines = [list(row) for row in squares] + [list(column) for column in zip(*squares, strict=True)]
    for line in lines:
        assigned = [order.index(letter) for letter in line if letter in order]
        if assigned != sorted(assigned):
            raise GridFault(("cells",), f"cells: {' '.join(line)} grows milder to the right or upwards")


def _open(span: Interval) -> Interval:
    return Interval(span.low, span.high, low_closed=False, high_closed=False)


def _unclear_rows(grid: Mapping[str, Any]) -> Iterator[Row]:
    """The first unclear axis, in the order of `unclear`, is asked for."""
    facts = [grid[axis]["fact"] for axis in ("across", "up")]
    if sorted(grid["unclear"]) != sorted(facts):
        raise GridFault(("unclear",), "unclear: one card for each axis is expected here")
    first, second = grid["unclear"]
    unclear, anything = Cell(unclear=True, text="unclear"), Cell(any=True, text="any")
    known = Cell(spans=(Interval(),), text="known")
    yield Row(_id(first, "unclear"), {first: unclear, second: anything}, grid["unclear"][first])
    yield Row(_id(second, "unclear"), {first: known, second: unclear}, grid["unclear"][second])


def _known_rows(
    grid: Mapping[str, Any], across: Sequence[Part], up: Sequence[Part], squares: Sequence[Sequence[str]]
) -> Iterator[Row]:
    for wanted in (LINE, OFF, UNASSIGNED):
        if wanted not in grid["say"]:
            raise GridFault(("say",), f"say: {wanted} is missing")
    for right in across:
        for above in up:
            outcome = _outcome(right, above, squares)
            name = f"{outcome.replace(UNASSIGNED, 'square').lower()}-{right.name}-{above.name}"
            cells = {grid["across"]["fact"]: _cell(right), grid["up"]["fact"]: _cell(above)}
            yield Row(name, cells, grid["say"][outcome])


def _outcome(right: Part, above: Part, squares: Sequence[Sequence[str]]) -> str:
    """Off the grid unless a site assigned the square; on a line where either value is a cut; else the square."""
    letter = squares[above.band][right.band] if above.band is not None and right.band is not None else None
    if (right.off or above.off) and letter in (None, UNASSIGNED):
        return OFF
    return LINE if letter is None else letter


def _cell(part: Part) -> Cell:
    return Cell(spans=(part.span,), text=str(part.span))


def _id(fact: str, ending: str) -> str:
    return f"{fact.replace('_', '-')}-{ending}"
