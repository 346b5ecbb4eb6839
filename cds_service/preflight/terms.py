"""Codes and words that are compared alike: as mappers/ reads them, two spellings must not mean two things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..domain.knowledge import Knowledge, ValueSet
from ..mappers.codes import plain_code
from ..mappers.words import normal
from .finding import Finding


def term_findings(knowledge: Knowledge) -> Iterator[Finding]:
    """Entries of a value set that look different and are read as one, with two meanings."""
    for found in knowledge.value_sets.sets.values():
        for message in (*_two_meanings(_codes(found)), *_two_meanings(_phrases(found))):
            yield Finding(f"value_sets/{found.name}.yaml", (), message)


def _codes(found: ValueSet) -> Iterator[tuple[object, str, str]]:
    for (system, code), means in found.codes.items():
        yield from (((system, plain), code, means) for plain in plain_code(system, code))


def _phrases(found: ValueSet) -> Iterator[tuple[object, str, str]]:
    return ((normal(phrase), phrase, means) for phrase, means in found.words)


def _two_meanings(entries: Iterable[tuple[object, str, str]]) -> Iterator[str]:
    seen: dict[object, tuple[str, str]] = {}
    for key, written, means in entries:
        first, meant = seen.setdefault(key, (written, means))
        if meant != means:
            yield f"{written} means {means}, and is read as {first}, which means {meant}"
