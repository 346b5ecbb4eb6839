"""Safety facts that need the order beside the record (rules.md sections 1b and 1c)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date
from decimal import Decimal

from ..domain.advice import Asked
from ..domain.approvals import span_of
from ..domain.case import PAST, Medication
from ..domain.interval import Interval
from ..domain.values import Fact, Known, Unclear, Why, word
from .record import PRRT, SSA, as_seen, drugs_of, on_record


def allergy_to_ordered_drug(asked: Asked) -> Fact:
    """yes for an allergy or intolerance to the ordered drug, or to one its label names beside it."""
    drug = asked.knowledge.drugs.get(word(asked.fact("ordered_drug")) or "")
    if drug is None:
        return Unclear()
    if asked.case.allergies & {drug.id, *drug.allergy_with}:
        return Known("yes")
    return Known("no") if isinstance(asked.case.allergies_read, Known) else asked.case.allergies_read


def fluoropyrimidine_block(asked: Asked) -> Fact:
    """A recorded reason against a fluoropyrimidine; otherwise no, never unclear."""
    reasons = (
        word(asked.fact("dpyd")) in ("complete", "partial"),
        word(asked.fact("coumarin")) == "yes",
        bool(asked.case.allergies & drugs_of(asked, "fluoropyrimidine")),
        word(asked.fact("pregnancy")) == "yes",
    )
    return Known("yes" if any(reasons) else "no")


def platinum_unfit(asked: Asked) -> Fact:
    """A recorded reason against platinum: performance status or goal of care, or an allergy; otherwise no."""
    recorded = asked.case.fact("unfit_for_platinum")
    if isinstance(recorded, Known) and recorded.value == "yes":
        return recorded
    return Known("yes" if asked.case.allergies & drugs_of(asked, "platinum") else "no")


def ssa_gap_days(asked: Asked) -> Fact:
    """Days from the last dose of a long-acting analogue to the planned PRRT; one given after it never counts.

    An order of an analogue is no dose: where only orders are on record the gap is not told. One newer than the last
    dose may have been given as well: then the days are an interval. The date of the fact holds both days, as the
    interval that ISO 8601 writes with a slash.
    """
    if word(asked.fact("ordered_drug")) not in drugs_of(asked, PRRT):
        return Unclear()
    day, taken = _planned(asked), on_record(asked, drugs_of(asked, SSA))
    doses = [(one, span_of(one.last_dose)) for one in taken if one.last_dose]
    before = [(one, first, last) for one, (first, last) in doses if first <= day]
    untold = [one for one in taken if not one.last_dose and one.state != PAST]
    if untold:
        return Unclear(Why.UNDATED, as_seen(untold))
    if not before:
        return Unclear(Why.NOT_RECORDED)
    latest, first, last = max(before, key=lambda dose: dose[2])
    if first != last or last > day:
        return Unclear(Why.UNDATED, (Known(latest.drug, latest.source or None, latest.last_dose),))
    newest = max([last, *(_not_shown_as_dose(one, day) for one in taken)])
    gap = Interval(Decimal((day - newest).days), Decimal((day - last).days))
    return Known(gap, latest.source, f"{last}/{day}")


def _not_shown_as_dose(one: Medication, day: Date) -> Date:
    """The last day up to PRRT on which an analogue was ordered or reported later than any dose of it that is told."""
    shown = span_of(one.last_dose)[1] if one.last_dose else Date.min
    if one.date is None:
        return day if one.last_dose else Date.min
    first, last = span_of(one.date)
    return min(last, day) if last > shown and first <= day else Date.min


def _planned(asked: Asked) -> Date:
    planned = asked.order.planned if asked.order else None
    return Date.fromisoformat(planned) if planned else asked.setting.on


SAFETY_FACTS: dict[str, Callable[[Asked], Fact]] = {
    each.__name__: each for each in (allergy_to_ordered_drug, fluoropyrimidine_block, platinum_unfit, ssa_gap_days)
}
