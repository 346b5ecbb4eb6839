"""The rules as the clinical contract prints them: rules.md of the reference folder, read as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HEAD = re.compile(r"^#### `(?P<rule>[a-z0-9-]+)`(?P<rest>.*)$")
VERDICTS = ("silent", "supports", "context", "ask", "against")


@dataclass(frozen=True)
class PrintedRow:
    """One row as printed: its cells by fact, what it concludes, and what it suggests."""

    rule: str
    name: str
    cells: dict[str, str] = field(hash=False)
    verdict: str
    indicator: str
    suggestions: frozenset[str]
    statements: tuple[str, ...]


def printed_rows(path: Path) -> Iterator[PrintedRow]:
    """Every row of every table of section 3."""
    rule, columns = "", list[str]()
    for line in _section(path.read_text(encoding="utf-8"), "## 3.", "## 4."):
        if head := HEAD.match(line):
            rule, columns = head["rule"], []
        elif line.startswith("|") and rule:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if cells[0] == "row":
                columns = cells
            elif columns and not set(cells[0]) <= {"-"}:
                yield _row(rule, dict(zip(columns, cells, strict=True)))


def heads(path: Path) -> dict[str, str]:
    """Rule id -> the words that stand beside it."""
    found = (HEAD.match(line) for line in _section(path.read_text(encoding="utf-8"), "## 3.", "## 4."))
    return {head["rule"]: head["rest"] for head in found if head}


def label_rules(path: Path) -> list[str]:
    """The ids of section 4."""
    lines = _section(path.read_text(encoding="utf-8"), "## 4.", "## 5.")
    return [found[1] for line in lines if (found := re.match(r"\| `([a-z0-9-]+)`", line))]


def view_rules(path: Path) -> list[str]:
    """The ids of section 5."""
    lines = _section(path.read_text(encoding="utf-8"), "## 5.", "## 6.")
    return [found[1] for line in lines if (found := re.match(r"\| `([a-z0-9-]+)`", line))]


def _row(rule: str, printed: dict[str, str]) -> PrintedRow:
    own = {"row", "verdict", "ind.", "gist", "suggestion", "statements"}
    suggested = {part.strip() for part in printed["suggestion"].split(",") if part.strip()}
    return PrintedRow(
        rule,
        printed["row"],
        {name: cell for name, cell in printed.items() if name not in own},
        printed["verdict"],
        printed["ind."],
        frozenset("delete" if one == "del" else one.replace("+5-FU", "+fluorouracil") for one in suggested),
        tuple(printed["statements"].split()),
    )


def _section(text: str, first: str, last: str) -> list[str]:
    lines = text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(first))
    end = next(at for at, line in enumerate(lines) if line.startswith(last))
    return lines[start:end]
