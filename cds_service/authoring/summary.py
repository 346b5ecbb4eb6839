"""What a folder of knowledge amounts to, and what an overlay does to it, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..cards.basis import overlay_stamp
from ..domain.knowledge import ClinicalCase, Knowledge
from .answers import changed


def summary(knowledge: Knowledge, cases: Iterable[ClinicalCase]) -> str:
    """One line of counts."""
    rules = knowledge.rules
    covered = sum(bool(statement.rules) for statement in knowledge.statements.values())
    counts = {
        "rules": len(rules),
        "rows": sum(len(rule.rows) for rule in rules),
        "cards": sum(len(rule.cards) for rule in rules),
        "cases": len(list(cases)),
        f"of {len(knowledge.statements)} statements covered": covered,
        "studies": len(knowledge.studies),
        "drugs": len(knowledge.drugs),
        "draft rows": sum(row.draft for rule in rules for row in rule.rows),
    }
    told = ", ".join(f"{number} {name}" for name, number in counts.items())
    return f"knowledge {knowledge.version}: {told}, 0 faults"


def drafts(knowledge: Knowledge) -> Iterator[str]:
    """Every row that is tested and never served."""
    return (f"draft, not served: {rule.id} {row.name}" for rule in knowledge.rules for row in rule.rows if row.draft)


def of_overlay(base: Knowledge, merged: Knowledge, cases: Iterable[ClinicalCase]) -> Iterator[str]:
    """What the overlay does: rules switched off, signatures that count or lapsed, base cases answered otherwise."""
    site = merged.site
    if site is None:
        return
    for rule in merged.rules:
        if rule.off:
            yield f"switched off: {rule.id}: {rule.off}"
    signed = [rule.id for rule in merged.rules if rule.reviewed]
    yield f"signed as they read now: {len(signed)} of {len(merged.rules)} rules"
    for name, why in site.lapsed.items():
        yield f"signature lapsed: {name}: {why}"
    for case, what in changed(cases, base, merged):
        yield f"answered otherwise here: {case.rule}: {case.title}: {what}"
    yield f"overlay {overlay_stamp(merged)}: 0 faults"
