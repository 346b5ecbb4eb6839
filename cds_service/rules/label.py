"""label_fit: does an approval in force here cover this patient?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..domain.advice import Asked
from ..domain.approvals import Force, force
from ..domain.interval import Interval
from ..domain.knowledge import Approval
from ..domain.values import Fact, Known, Unclear, Why
from .answers import Answer, every, is_one_of, lies_in, some

Reasoned = tuple[Answer, Why]  # the reason counts only where the answer is None


def label_fit(asked: Asked) -> Fact:
    """Within, outside or unclear, by the entries of the ordered drug in force in this jurisdiction on this day.

    Within: one entry whose every condition is known to hold. Outside: entries are in force, and each is a sourced
    "not approved" or has a condition known not to hold. No entry at all is unclear, never outside.
    """
    drug = asked.knowledge.drugs.get(asked.order.drug or "") if asked.order else None
    if drug is None:
        return Unclear(Why.NOT_UNDERSTOOD)
    entries = drug.approvals.get(asked.setting.jurisdiction, ())
    forces = [force(entry, asked.setting.on) for entry in entries]
    answers = [_covers(entry, asked) for entry, held in zip(entries, forces, strict=True) if held is Force.YES]
    covered = some(*(answer for answer, _ in answers))
    if covered:
        return Known("within")
    if not answers or Force.MAYBE in forces:
        return Unclear(Why.NO_ENTRY)
    return Known("outside") if covered is False else Unclear(_first_reason(answers))


def _covers(entry: Approval, asked: Asked) -> Reasoned:
    """True, False, or None with the first reason where a condition is unclear and none is known not to hold."""
    if not entry.approved:
        return False, Why.NO_ENTRY
    answers = list(_conditions(entry, asked))
    return every(*(answer for answer, _ in answers)), _first_reason(answers)


def _conditions(entry: Approval, asked: Asked) -> Iterator[Reasoned]:
    """The answer to each condition the entry names."""
    for name in (*entry.conditions, *(name for name in entry.unclear_for if name not in entry.conditions)):
        yield _worded(entry, name, asked)
    if entry.previous:
        yield _treated_before(entry.previous, asked)
    if entry.age_from is not None:
        old_enough = lies_in(asked, "age", Interval.parse(f">={entry.age_from}"))
        yield old_enough, _reason(asked.fact("age"), otherwise=Why.STRADDLES)


def _worded(entry: Approval, name: str, asked: Asked) -> Reasoned:
    fact = asked.fact(name)
    if isinstance(fact, Known) and fact.value in entry.unclear_for.get(name, ()):
        return None, Why.WORDING_OPEN
    if not isinstance(fact, Known):
        return None, fact.why
    return name not in entry.conditions or fact.value in entry.conditions[name], Why.NO_ENTRY


_TREATMENTS = {"any-systemic": ("had_ssa", "had_non_ssa"), "non-ssa-systemic": ("had_non_ssa",)}


def _treated_before(previous: str, asked: Asked) -> Reasoned:
    """Whether the record holds such a treatment; an analogue is one of `any-systemic`, and so is any earlier line."""
    names = _TREATMENTS[previous]
    answer = some(*(is_one_of(asked, name, {"yes"}) for name in names))
    if answer is None and previous == "any-systemic":
        answer = is_one_of(asked, "line_of_therapy", {"later"})
    return answer, _reason(*(asked.fact(name) for name in names))


def _reason(*facts: Fact, otherwise: Why = Why.NO_ENTRY) -> Why:
    """Why the first of these that is unclear is so."""
    return next((fact.why for fact in facts if isinstance(fact, Unclear)), otherwise)


def _first_reason(answers: Iterable[Reasoned]) -> Why:
    return next((reason for answer, reason in answers if answer is None), Why.NO_ENTRY)
