"""Exactly one row of a table or grid fits any patient, and every row fits some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from ..domain.knowledge import Knowledge, Rule
from ..domain.values import Fact
from .admitted import Place
from .finding import Finding, in_row, in_rule
from .regions import masks, reachable, written

MOST_INPUTS = 5  # more is not readable (rules.md convention 4)
Combination = Sequence[Fact]


def table_findings(rule: Rule, knowledge: Knowledge) -> Iterator[Finding]:
    """Gaps, overlaps and rows nobody falls into."""
    if rule.type == "list":
        yield from _never_reached(rule, reachable(rule, knowledge))
        return
    if len(rule.inputs) > MOST_INPUTS:
        yield in_rule(rule, f"inputs: {len(rule.inputs)} facts, and {MOST_INPUTS} is the most", rule.type, "inputs")
        return
    place = Place(knowledge, rule)
    axes = [masks(name, place, rule.rows) for name in rule.inputs]
    found: dict[int, list[Combination]] = {}
    for combination in product(*axes):
        fitting = (1 << len(rule.rows)) - 1
        for _, mask in combination:
            fitting &= mask
        found.setdefault(fitting, []).append([fact for fact, _ in combination])
    yield from _wrong(rule, found)


def _wrong(rule: Rule, found: dict[int, list[Combination]]) -> Iterator[Finding]:
    for mask, combinations in found.items():
        names = [row.name for at, row in enumerate(rule.rows) if mask >> at & 1]
        example = ", ".join(f"{name}: {written(fact)}" for name, fact in zip(rule.inputs, combinations[0], strict=True))
        more = f" (and {len(combinations) - 1} more)" if len(combinations) > 1 else ""
        if not names:
            yield in_rule(rule, f"no row fits {example or 'anybody'}{more}", rule.type)
        elif len(names) > 1:
            yield in_row(rule, names[1], f"{' and '.join(names)} fit at once: {example or 'everybody'}{more}")
    yield from _never_reached(rule, set(found))


def _never_reached(rule: Rule, masks_found: set[int]) -> Iterator[Finding]:
    for at, row in enumerate(rule.rows):
        if not any(mask >> at & 1 for mask in masks_found):
            yield in_row(rule, row.name, "nobody whom the rule is for falls into this row")
