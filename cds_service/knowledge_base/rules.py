"""guidance/<rule>/: one decision, its words looked up in facts.yaml and drugs/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..domain.knowledge import Card, Cell, FactWords, Row, Rule
from .cells import cell_of
from .grid import UNASSIGNED, expand
from .grid_axes import GridFault
from .guidance import CARDS, RuleSchema
from .manifest import FILE as MANIFEST
from .manifest import GUIDANCE as FOLDER
from .manifest import rule_folders
from .reading import Shelf
from .strict_yaml import Path

PARTS = ("rule.yaml", "cards.yaml", "cases.yaml")
SIGNATURES = 2  # a square counts once two people read it off the article


def read_rules(shelf: Shelf, listed: Sequence[str], facts: Mapping[str, FactWords]) -> tuple[Rule, ...]:
    """The rules in the order of manifest.yaml; those at fault are left out."""
    present = rule_folders(shelf)
    for place, rule in enumerate(listed):
        if rule not in present:
            shelf.fault(MANIFEST, ("rules", place), f"rules: there is no folder {FOLDER}/{rule}")
    for rule in present:
        if rule not in listed:
            shelf.fault(_present_file(shelf, rule), (), f"{rule} is not listed in {MANIFEST}")
    found = [_read_rule(rule, shelf, facts) for rule in listed if rule in present]
    return tuple(rule for rule in found if rule is not None)


def _present_file(shelf: Shelf, rule: str) -> str:
    return next(file for file in sorted(shelf.documents, reverse=True) if file.startswith(f"{FOLDER}/{rule}/"))


def _read_rule(rule: str, shelf: Shelf, facts: Mapping[str, FactWords]) -> Rule | None:
    file, cards_file, cases_file = (f"{FOLDER}/{rule}/{part}" for part in PARTS)
    found = shelf.check(file, RuleSchema())
    cards = shelf.check(cards_file, CARDS)
    shelf.wanted.add(cases_file)
    if found is None or cards is None or not facts or not shelf.name_fits(file, found["id"], rule):
        return None
    before = len(shelf.faults)
    made = _rule(found, {name: _card(name, card) for name, card in cards.items()}, shelf, file, facts)
    return made if len(shelf.faults) == before else None


def _rule(
    found: dict[str, Any], cards: dict[str, Card], shelf: Shelf, file: str, facts: Mapping[str, FactWords]
) -> Rule:
    look = Lookup(shelf, file, facts)
    inputs, rows = BODIES[found["type"]](found, look)
    if found["reviewed"]:
        look.fault(("reviewed",), "reviewed: a site signs in its overlay; here nobody can sign for every site")
    return Rule(
        **{
            name: found[name]
            for name in ("id", "status", "title", "question", "type", "merged", "together", "review_due")
        },
        asked_at=frozenset(found["asked_at"]),
        rows=rows,
        cards=cards,
        applies_when=look.cells(found["applies_when"], ("applies_when",)),
        inputs=inputs,
        lift=frozenset(found["lift"]),
        sign_only_when=look.cells(found["sign_only_when"], ("sign_only_when",)),
        unclear_kind_caps=found["unclear_order_kind"] == "caps",
        continuation_speaks=found["continuation"] == "speaks",
        label_rule=found["pack"] == "labels",
        evidence_for=tuple(found["evidence"]["supporting"]),
        evidence_against=tuple(found["evidence"]["against"]),
    )


class Lookup:
    """Turns written cells into cells, noting at which place of the file one could not be."""

    def __init__(self, shelf: Shelf, file: str, facts: Mapping[str, FactWords]) -> None:
        self.shelf = shelf
        self.file = file
        self.facts = facts

    def cells(self, written: Mapping[str, Sequence[str]], path: Path) -> dict[str, Cell]:
        found = {}
        for name, parts in written.items():
            if name not in self.facts:
                self.fault((*path, name), f"{name} is not a fact of facts.yaml")
                continue
            try:
                found[name] = cell_of(parts, self.facts[name])
            except ValueError as error:
                self.fault((*path, name), str(error))
        return found

    def rows(self, written: Sequence[Mapping[str, Any]], path: Path) -> tuple[Row, ...]:
        names = [row["row"] for row in written]
        for place, name in enumerate(names):
            if name in names[:place]:
                self.fault((*path, place), f"two rows are named {name}")
        return tuple(self._row(row, (*path, place)) for place, row in enumerate(written))

    def _row(self, row: Mapping[str, Any], path: Path) -> Row:
        cells = self.cells(row["cells"], path)
        return Row(row["row"], cells, row["say"], row["because"], row["order"] == "new", row["draft"], row["option"])

    def fault(self, path: Path, message: str) -> None:
        self.shelf.fault(self.file, path, message)


def _table(found: dict[str, Any], look: Lookup) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    inputs = found["table"]["inputs"]
    for place, name in enumerate(inputs):
        if name not in look.facts:
            look.fault(("table", "inputs", place), f"inputs: {name} is not a fact of facts.yaml")
    for place, row in enumerate(found["table"]["rows"]):
        path = ("table", "rows", place)
        for name in sorted(set(inputs) - set(row["cells"])):
            look.fault(path, f"{row['row']} has no cell for {name}")
        for name in sorted(set(row["cells"]) - set(inputs)):
            look.fault((*path, name), f"{row['row']}: {name} is not among the inputs")
    return tuple(inputs), look.rows(found["table"]["rows"], ("table", "rows"))


def _list(found: dict[str, Any], look: Lookup) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    for place, row in enumerate(found["rows"]):
        if not row["cells"]:
            look.fault(("rows", place), f"{row['row']} asks nothing, it would always be said")
    return (), look.rows(found["rows"], ("rows",))


def _grid(found: dict[str, Any], look: Lookup) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    grid = found["grid"]
    inputs = tuple(grid[axis]["fact"] for axis in ("across", "up"))
    for fact in inputs:
        if fact not in look.facts or look.facts[fact].kind != "number":
            look.fault(("grid",), f"grid: {fact} is not a number of facts.yaml")
    try:
        rows = expand(grid)
    except GridFault as error:
        look.fault(("grid", *error.path), str(error))
        return inputs, ()
    assigned = any(letter != UNASSIGNED for row in grid["cells"].values() for letter in row)
    if assigned and len({signed["by"] for signed in found["transcribed"]}) < SIGNATURES:
        look.fault(("grid", "cells"), "cells: an assigned square needs two signatures in transcribed")
    return inputs, rows


BODIES = {"table": _table, "list": _list, "grid": _grid}


def _card(name: str, found: dict[str, Any]) -> Card:
    lists = {field: tuple(found[field]) for field in ("suggest", "override_reasons")}
    return Card(id=name, **{**found, **lists})
