"""The squares of a grid as they lie in the figure: the first fact grows to the right, the second upwards."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.knowledge import Knowledge, Row, Rule
from .html import Html, both, table, tag


def grid_of(rule: Rule, knowledge: Knowledge) -> Iterator[Html]:
    """The grid of a rule that has one, with the card that each square gives."""
    if rule.type != "grid":
        return
    right, up = (knowledge.facts[name] for name in rule.inputs)
    squares = [row for row in rule.rows if all(cell.spans and not cell.unclear for cell in row.cells.values())]
    placed = {_place(row, rule): row for row in squares if all(text != "known" for text in _place(row, rule))}
    columns = list(dict.fromkeys(across for across, _ in placed))
    lines = list(dict.fromkeys(above for _, above in placed))[::-1]
    yield tag("h2", "Grid")
    yield tag("p", both(f"{right.label['en']} to the right", f"右：{right.label['ja']}"))
    yield tag("p", both(f"{up.label['en']} upwards", f"上：{up.label['ja']}"))
    body = [[tag("strong", above), *(_square(placed[across, above]) for across in columns)] for above in lines]
    yield table(("", *columns), body, class_="grid")


def _place(row: Row, rule: Rule) -> tuple[str, str]:
    across, above = (row.cells[name].text for name in rule.inputs)
    return across, above


def _square(row: Row) -> str:
    """The kind of the square, as its row is named (a letter, a square not assigned, a line, off the grid)."""
    kind = row.name.partition("-")[0]
    return f"{kind.upper()} ({row.say})" if len(kind) == 1 else {"square": "not assigned"}.get(kind, kind)
