"""What a folder of knowledge amounts to, and what an overlay does to it, in lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..cards.basis import overlay_stamp
from ..domain.knowledge import ClinicalCase, Knowledge
from .answers import WORDS, changed


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


def _otherwise(base: Knowledge, merged: Knowledge, cases: Iterable[ClinicalCase]) -> Iterator[str]:
    """A line for each case with another row, card or indicator; one a rule for those with other words only."""
    said_otherwise = Counter[str]()
    for case, what in changed(cases, base, merged):
        if what == WORDS:
            said_otherwise[case.rule] += 1
        else:
            yield f"answered otherwise here: {case.rule}: {case.title}: {what}"
    for rule, count in said_otherwise.items():
        yield f"said in other words here: {rule}: {count} {'case' if count == 1 else 'cases'}"


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
    yield from _otherwise(base, merged, cases)
    yield f"overlay {overlay_stamp(merged)}: 0 faults"
