"""Facts about what the patient has had and takes (rules.md section 1b)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from ..domain.advice import Asked
from ..domain.approvals import span_of
from ..domain.case import Medication
from ..domain.values import Fact, Known, Unclear, Why, word
from .answers import Answer
from .line import line_of_therapy
from .record import (
    ANTITUMOUR,
    PRRT,
    SSA,
    days,
    drugs_of,
    for_this_tumour,
    had,
    on_record,
    planned,
    state_of,
    taken_now,
)


def platinum_state(asked: Asked) -> Fact:
    """Whether platinum is given, was given, or is not on this record."""
    return state_of(asked, drugs_of(asked, "platinum"))


def capecitabine_state(asked: Asked) -> Fact:
    """The same of capecitabine."""
    return state_of(asked, {"capecitabine"})


def ssa_in_plan(asked: Asked) -> Fact:
    """Whether a long-acting somatostatin analogue is in plan."""
    return planned(asked, drugs_of(asked, SSA))


def prrt_in_plan(asked: Asked) -> Fact:
    """Whether a therapeutic radioligand is in plan."""
    return planned(asked, drugs_of(asked, PRRT))


def had_ssa(asked: Asked) -> Fact:
    """Whether the record holds a long-acting somatostatin analogue."""
    return had(asked, drugs_of(asked, SSA))


def had_prrt(asked: Asked) -> Fact:
    """Whether the record holds PRRT."""
    return had(asked, drugs_of(asked, PRRT))


def had_platinum(asked: Asked) -> Fact:
    """Whether the record holds platinum."""
    return had(asked, drugs_of(asked, "platinum"))


def had_non_ssa(asked: Asked) -> Fact:
    """Whether the record holds an antitumour drug other than a somatostatin analogue."""
    return had(asked, drugs_of(asked, ANTITUMOUR) - drugs_of(asked, SSA))


def ssa_alone(asked: Asked) -> Fact:
    """no where another antitumour drug is in plan, or PRRT was given within the time its label keeps the analogue."""
    others = planned(asked, drugs_of(asked, ANTITUMOUR) - drugs_of(asked, SSA))
    if isinstance(others, Known) and others.value == "yes":
        return Known("no", others.source, others.date)
    doses = [(one, _keeps_ssa(one, asked)) for one in on_record(asked, drugs_of(asked, PRRT))]
    for one, kept in doses:
        if kept:
            return Known("no", one.source, one.date)
    if any(kept is None for _, kept in doses):
        return Unclear(Why.UNDATED)
    return Known("yes") if isinstance(others, Known) else others


def _keeps_ssa(dose: Medication, asked: Asked) -> Answer:
    """Whether this PRRT was given so lately that the analogue goes on after it (U36)."""
    day = dose.last_dose or dose.date
    if not day:
        return None
    first, last = (asked.setting.on - edge for edge in reversed(span_of(day)))
    reach = timedelta(days=days(asked, "prrt-keeps-ssa"))
    return True if last <= reach else False if first > reach else None


def on_antitumour(asked: Asked) -> Fact:
    """Whether an antitumour drug was in plan before this call; one for another disease is none."""
    return taken_now(asked, for_this_tumour(on_record(asked, drugs_of(asked, ANTITUMOUR))))


def decision_due(asked: Asked) -> Fact:
    """no while an antitumour drug is in plan and the disease is stable (rules.md section 5); never unclear."""
    kept = word(asked.fact("on_antitumour")) == "yes" and word(asked.fact("progression")) == "stable"
    return Known("no" if kept else "yes")


def later_line_due(asked: Asked) -> Fact:
    """(later, or had_ssa) and progressive, as rules.md section 5 scopes the later-line lists."""
    progression, line, ssa = (asked.fact(name) for name in ("progression", "line_of_therapy", "had_ssa"))
    progressive = asked.knowledge.facts["progression"].groups["progressive"]
    if isinstance(progression, Known) and progression.value not in progressive:
        return Known("no", progression.source, progression.date)
    if word(line) == "later" or word(ssa) == "yes":
        return Known("yes", progression.source, progression.date) if isinstance(progression, Known) else progression
    return next((fact for fact in (line, ssa) if isinstance(fact, Unclear)), Known("no"))


TREATMENT_FACTS: dict[str, Callable[[Asked], Fact]] = {
    each.__name__: each
    for each in (
        *(line_of_therapy, had_ssa, had_prrt, had_non_ssa, had_platinum, decision_due, later_line_due),
        *(platinum_state, capecitabine_state, ssa_in_plan, prrt_in_plan, ssa_alone, on_antitumour),
    )
}
