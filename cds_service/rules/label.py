"""label_fit: does an approval in force here cover this patient?"""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.advice import Asked
from ..domain.approvals import Force, force
from ..domain.interval import Interval
from ..domain.knowledge import Approval
from ..domain.values import Fact, Known, Unclear, Why, interval


def label_fit(asked: Asked) -> Fact:
    """Within, outside or unclear, by the entries of the ordered drug in force in this jurisdiction on this day.

    Within: one entry whose every condition is known to hold. Outside: entries are in force, and each is a sourced
    "not approved" or has a condition known not to hold. No entry at all is unclear, never outside.
    """
    drug = asked.knowledge.drugs.get(asked.order.drug or "") if asked.order else None
    if drug is None:
        return Unclear(Why.NOT_UNDERSTOOD)
    entries = drug.approvals.get(asked.setting.jurisdiction, ())
    forces = {id(entry): force(entry, asked.setting.on) for entry in entries}
    standing = [entry for entry in entries if forces[id(entry)] is Force.YES]
    verdicts = [_covers(entry, asked) for entry in standing]
    if True in verdicts:
        return Known("within")
    if not standing or Force.MAYBE in forces.values():
        return Unclear(Why.NO_ENTRY)
    if None not in verdicts:
        return Known("outside")
    return Unclear(_first_reason(standing, asked))


def _covers(entry: Approval, asked: Asked) -> bool | None:
    """True, False, or None where a condition is unclear and none is known not to hold."""
    if not entry.approved:
        return False
    answers = [answer for _, answer in _conditions(entry, asked)]
    if False in answers:
        return False
    return None if None in answers else True


def _conditions(entry: Approval, asked: Asked) -> Iterator[tuple[str, bool | None]]:
    """Each condition the entry names, as (fact, answer)."""
    worded = {
        "primary_site": entry.sites,
        "extent": entry.extent,
        "differentiation": entry.differentiation,
        "grade": entry.grades,
        "progression": entry.progression,
        "hormone_syndrome": entry.syndromes,
    }
    for name, allowed in worded.items():
        if allowed:
            fact = asked.fact(name)
            yield name, fact.value in allowed if isinstance(fact, Known) else None
    if entry.previous:
        yield "line_of_therapy", _yes_no(asked.fact(_PREVIOUS[entry.previous]))
    if entry.age_from is not None:
        yield "age", _at_least(asked.fact("age"), entry.age_from)


_PREVIOUS = {"any-systemic": "line_of_therapy", "non-ssa-systemic": "had_non_ssa"}


def _yes_no(fact: Fact) -> bool | None:
    return fact.value in ("yes", "later") if isinstance(fact, Known) else None


def _at_least(age: Fact, years: int) -> bool | None:
    span = interval(age)
    if span is None:
        return None
    wanted = Interval.parse(f">={years}")
    return True if span.within(wanted) else None if span.touches(wanted) else False


def _first_reason(entries: list[Approval], asked: Asked) -> Why:
    """Why the first unclear condition is unclear."""
    for entry in entries:
        for name, answer in _conditions(entry, asked) if entry.approved else ():
            fact = asked.fact(name)
            if answer is None and isinstance(fact, Unclear):
                return fact.why
    return Why.NO_ENTRY
