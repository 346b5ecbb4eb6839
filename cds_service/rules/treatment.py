"""Facts about what the patient has had, takes, and is ordered (rules.md section 1b)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date as Date
from datetime import timedelta

from ..domain.advice import Asked
from ..domain.approvals import span_of
from ..domain.case import Medication
from ..domain.values import Fact, Known, Unclear, Why, word

ANTITUMOUR, PRRT, SSA = "antitumour", "prrt", "ssa-long"
ONE_REGIMEN = timedelta(days=28)  # drugs begun within this of each other are one regimen (rules.md line_of_therapy)
LABELLED_WITH_PRRT = timedelta(days=548)  # a somatostatin analogue goes on up to 18 months after PRRT (U36)


def drugs_of(asked: Asked, group: str) -> frozenset[str]:
    """The drugs of a group of knowledge/drugs."""
    return asked.knowledge.drug_groups[group]


def on_record(asked: Asked, drugs: Collection[str], *states: str) -> list[Medication]:
    """What the record holds of these drugs, in any state or only in those named; drafts are not among them."""
    found = [one for one in asked.case.medications if one.drug in drugs]
    return [one for one in found if not states or one.state in states]


def co_ordered(asked: Asked, drugs: Collection[str]) -> str | None:
    """The reference of another draft of this call for one of these drugs."""
    mine = asked.order.ref if asked.order else None
    return next((order.ref for order in asked.case.orders if order.drug in drugs and order.ref != mine), None)


def planned(asked: Asked, drugs: Collection[str]) -> Fact:
    """yes for another draft or a supplied drug; no only where the history was read and holds none of these."""
    if ref := co_ordered(asked, drugs):
        return Known("yes", ref)
    if taken := on_record(asked, drugs, "in-plan"):
        return Known("yes", taken[0].source, taken[0].date)
    if on_record(asked, drugs, "stale"):
        return Unclear(Why.TOO_OLD)
    history = asked.case.history
    return Known("no") if isinstance(history, Known) else history


def state_of(asked: Asked, drugs: Collection[str]) -> Fact:
    """in-plan, had or none; an old entry without a sign of supply was had once."""
    if ref := co_ordered(asked, drugs):
        return Known("in-plan", ref)
    for states, said in ((("in-plan",), "in-plan"), (("stale", "past"), "had")):
        if found := on_record(asked, drugs, *states):
            return Known(said, found[0].source, found[0].date)
    history = asked.case.history
    return Known("none") if isinstance(history, Known) else history


def had(asked: Asked, drugs: Collection[str]) -> Fact:
    """yes for any record of these drugs; no only where the history was read."""
    if found := on_record(asked, drugs):
        return Known("yes", found[0].source, found[0].date)
    history = asked.case.history
    return Known("no") if isinstance(history, Known) else history


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
    if word(others) == "yes":
        return Known("no", others.source, others.date) if isinstance(others, Known) else others
    recent = [_since(one, asked.setting.on) for one in on_record(asked, drugs_of(asked, PRRT))]
    if any(age is not None and age <= LABELLED_WITH_PRRT for age in recent):
        return Known("no")
    if None in recent:
        return Unclear(Why.UNDATED)
    return Known("yes") if isinstance(others, Known) else others


def _since(taken: Medication, on: Date) -> timedelta | None:
    return on - span_of(taken.date)[1] if taken.date else None


def on_antitumour(asked: Asked) -> Fact:
    """Whether an antitumour drug was in plan before this call."""
    drugs = drugs_of(asked, ANTITUMOUR)
    if taken := on_record(asked, drugs, "in-plan"):
        return Known("yes", taken[0].source, taken[0].date)
    if on_record(asked, drugs, "stale"):
        return Unclear(Why.TOO_OLD)
    history = asked.case.history
    return Known("no") if isinstance(history, Known) else history


def line_of_therapy(asked: Asked) -> Fact:
    """first or later, by the antitumour regimens on record that this order neither goes on with nor joins."""
    taken = on_record(asked, drugs_of(asked, ANTITUMOUR))
    earlier = [one for one in taken if not _of_this_order(one, taken, asked)]
    counted = [one for one in earlier if not one.perioperative]
    if earlier and not counted:
        return Unclear(Why.AMBIGUOUS, (Known(earlier[0].drug, earlier[0].source, earlier[0].date),))
    if counted and {one.drug for one in counted} <= drugs_of(asked, SSA) and _functioning(asked):
        return Unclear(Why.AMBIGUOUS, (Known(counted[0].drug, counted[0].source, counted[0].date),))
    if counted:
        return Known("later", counted[0].source, counted[0].date)
    history = asked.case.history
    return Known("first") if isinstance(history, Known) else history


def _functioning(asked: Asked) -> bool:
    return word(asked.fact("functional_status")) == "functioning"


def _of_this_order(one: Medication, taken: Iterable[Medication], asked: Asked) -> bool:
    """True for the regimen that the order continues, and for drugs begun so lately that the order joins them."""
    if asked.order is None:
        return False
    if _begun_near(one, asked.setting.on):
        return True
    same = {asked.order.drug, *asked.knowledge.drugs[asked.order.drug].same_course_as} if asked.order.drug else set()
    if word(asked.fact("order_kind")) != "continuation":
        return False
    going_on = [each for each in taken if each.drug in same and each.state == "in-plan"]
    return one in going_on or any(_together(one, each) for each in going_on)


def _begun_near(one: Medication, on: Date) -> bool:
    return bool(one.begun) and one.state == "in-plan" and on - span_of(one.begun or "")[0] <= ONE_REGIMEN


def _together(one: Medication, other: Medication) -> bool:
    if not one.begun or not other.begun:
        return False
    return abs(span_of(one.begun)[0] - span_of(other.begun)[0]) <= ONE_REGIMEN


def decision_due(asked: Asked) -> Fact:
    """no while an antitumour drug is in plan and the disease is stable (rules.md section 5); never unclear."""
    kept = word(asked.fact("on_antitumour")) == "yes" and word(asked.fact("progression")) == "stable"
    return Known("no" if kept else "yes")


def later_line_due(asked: Asked) -> Fact:
    """(later, or had_ssa) and progressive, as rules.md section 5 scopes the later-line lists."""
    progression = asked.fact("progression")
    groups = asked.knowledge.facts["progression"].groups
    if isinstance(progression, Known) and progression.value not in groups["progressive"]:
        return Known("no", progression.source, progression.date)
    treated = word(asked.fact("line_of_therapy")), word(asked.fact("had_ssa"))
    if treated[0] == "later" or treated[1] == "yes":
        return Known("yes") if isinstance(progression, Known) else progression
    if treated == ("first", "no"):
        return Known("no")
    line = asked.fact("line_of_therapy")
    return line if isinstance(line, Unclear) else Unclear()


TREATMENT_FACTS: dict[str, Callable[[Asked], Fact]] = {
    each.__name__: each
    for each in (
        *(line_of_therapy, had_ssa, had_prrt, had_non_ssa, had_platinum, decision_due, later_line_due),
        *(platinum_state, capecitabine_state, ssa_in_plan, prrt_in_plan, ssa_alone, on_antitumour),
    )
}
