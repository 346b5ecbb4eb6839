"""What a check found: which file, which part of it, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..domain.knowledge import Card, Rule

Path = tuple[str | int, ...]
ROWS: dict[str, Path] = {"table": ("table", "rows"), "list": ("rows",), "grid": ("grid",)}


@dataclass(frozen=True)
class Finding:
    """One thing wrong, at a part of a file named by the keys that lead to it."""

    file: str
    path: Path
    message: str


def in_rule(rule: Rule, message: str, *path: str | int) -> Finding:
    return Finding(f"guidance/{rule.id}/rule.yaml", path, message)


def in_row(rule: Rule, row: str, message: str) -> Finding:
    """At a row by its name; of a grid, which expands to rows, at the grid."""
    place = () if rule.type == "grid" else ([found.name for found in rule.rows].index(row),)
    return in_rule(rule, f"{row}: {message}", *ROWS[rule.type], *place)


def in_card(rule: Rule, card: Card, message: str, *path: str) -> Finding:
    return Finding(f"guidance/{rule.id}/cards.yaml", (card.id, *path), f"{card.id}: {message}")


def sentences(rule: Rule) -> Iterator[tuple[Card, str, str, str]]:
    """Every sentence of the rule's cards: (card, field, language, text)."""
    for card in rule.cards.values():
        for field, pair in (("summary", card.summary), ("detail", card.detail), ("item", card.item)):
            for language, text in pair.items():
                yield card, field, language, text
