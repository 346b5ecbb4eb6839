"""What a change of knowledge/ changes: the cases of both folders, put to both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..domain.knowledge import ClinicalCase, Knowledge
from ..knowledge_base import load, load_cases
from .answers import changed


def compare(old: Path, new: Path) -> Iterator[str]:
    """A line for each case that is answered otherwise, and a last one that counts them; raises KnowledgeError."""
    before, after = load(old), load(new)
    cases = both(load_cases(old, before), load_cases(new, after))
    found = 0
    for case, what in changed(cases, before, after):
        found += 1
        yield f"{case.file}:{case.line}: {case.title}: {what}"
    yield from _rules(before, after)
    yield f"{before.version} -> {after.version}: {found} of {len(cases)} cases are answered otherwise"


def both(old: tuple[ClinicalCase, ...], new: tuple[ClinicalCase, ...]) -> list[ClinicalCase]:
    """Every case of either, once; a case is the same when its patient, day and hook are."""
    found = {(case.rule, case.on, case.hook, tuple(sorted(case.given.items()))): case for case in (*old, *new)}
    return list(found.values())


def _rules(before: Knowledge, after: Knowledge) -> Iterator[str]:
    here, there = ({rule.id for rule in knowledge.rules} for knowledge in (before, after))
    yield from (f"gone: {name}" for name in sorted(here - there))
    yield from (f"new: {name}" for name in sorted(there - here))
