"""The reading report as a value, and how it is told: in lines for a terminal, as JSON for a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """One thing read: what it is, what was made of it in words, and where it stands in the record and of which day.

    `name` is our id of a fact or a drug; `seen` is what could not settle an unclear one; `times` how often it stands.
    """

    label: str
    told: str = ""
    name: str = ""
    source: str = ""
    date: str = ""
    unclear: bool = False
    seen: tuple[str, ...] = ()
    times: int = 1


@dataclass(frozen=True)
class Section:
    """Lines of one kind under a heading. `total` counts what the lines stand for, where that is not their number."""

    name: str
    title: str
    lines: tuple[Line, ...]
    total: int | None = None


@dataclass(frozen=True)
class Report:
    """What the service reads in one record. `stamp` says of whom, as of when, where, and by which knowledge."""

    stamp: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]


def in_lines(found: Report) -> Iterator[str]:
    """The report for a terminal."""
    yield from (found.stamp, *found.notes)
    for section in found.sections:
        yield from ("", section.title if section.total is None else f"{section.title}: {section.total}")
        yield from (_as_text(line) for line in section.lines)


def in_json(found: Report) -> dict[str, Any]:
    """The report as JSON, without what is empty."""
    sections = [
        {"name": one.name, "title": one.title, "lines": [_as_json(line) for line in one.lines]}
        | ({} if one.total is None else {"total": one.total})
        for one in found.sections
    ]
    return {"stamp": found.stamp, "notes": list(found.notes), "sections": sections}


def _as_text(line: Line) -> str:
    name = f" [{line.name}]" if line.name else ""
    told = " · ".join(filter(None, (line.told, line.source, line.date)))
    seen = f" ({'; '.join(line.seen)})" if line.seen else ""
    times = f" (×{line.times})" if line.times > 1 else ""
    return f"  {line.label}{name}: {told}{seen}{times}"


def _as_json(line: Line) -> dict[str, Any]:
    told = {name: found for name, found in vars(line).items() if found and (name, found) != ("times", 1)}
    return {**told, "seen": list(line.seen)} if line.seen else told
