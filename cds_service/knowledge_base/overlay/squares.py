"""The squares of a grid that a site assigned: read off the article by two people, and nothing of the base replaced."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...domain.knowledge import Rule
from ..grid import UNASSIGNED, expand
from ..grid_axes import GridFault
from ..guidance import RuleSchema
from ..manifest import GUIDANCE
from ..reading import Shelf
from ..rules import SIGNATURES


def with_squares(rule: Rule, said: dict[str, Any], opened: Shelf, added: Shelf) -> Rule:
    """The rule with the rows its grid has once the site's squares stand in it; the rule itself where they are wrong."""
    file = f"{GUIDANCE}/{rule.id}/site.yaml"
    if rule.type != "grid":
        added.fault(file, ("grid",), f"grid: {rule.id} has no grid")
        return rule
    if len({" ".join(signed["by"].casefold().split()) for signed in said["transcribed"]}) < SIGNATURES:
        added.fault(file, ("grid",), "grid: an assigned square needs two signatures in transcribed")
    written = opened.check(f"{GUIDANCE}/{rule.id}/rule.yaml", RuleSchema()) or {}
    grid = dict(written["grid"])
    before = len(added.faults)
    grid["cells"] = _merged(grid["cells"], said["grid"], added, file)
    if len(added.faults) > before:
        return rule
    try:
        rows = expand(grid)
    except GridFault as error:
        added.fault(file, ("grid", *error.path[1:]), str(error))
        return rule
    return replace(rule, rows=rows)


def _merged(
    cells: dict[str, list[str]], squares: dict[str, list[str]], added: Shelf, file: str
) -> dict[str, list[str]]:
    """The bands of the grid with the site's letters in squares that are free."""
    merged = {band: list(row) for band, row in cells.items()}
    for band, letters in squares.items():
        if band not in merged:
            added.fault(file, ("grid", band), f"grid: {band} is no band of this grid; they are {', '.join(cells)}")
            continue
        if len(letters) != len(merged[band]):
            message = f"grid: {band} has {len(letters)} squares, not {len(merged[band])}"
            added.fault(file, ("grid", band), message)
            continue
        for place, letter in enumerate(letters):
            there = merged[band][place]
            if there not in (UNASSIGNED, letter) and letter != UNASSIGNED:
                added.fault(file, ("grid", band, place), f"grid: {band} square {place + 1} is {there} in the base")
            merged[band][place] = letter if there == UNASSIGNED else there
    return merged
