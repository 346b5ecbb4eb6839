"""The listed drugs of a record: in plan where a supply says so, stale where only an old entry does, else past."""

from __future__ import annotations

from datetime import date as Date

from ..domain.case import ANOTHER_DISEASE, Medication
from ..domain.values import Fact, Known, Unclear, Why, word
from .around_surgery import is_perioperative
from .courses import Told, first_day, had_earlier_course
from .dates import days_before
from .exposures import lasts_until
from .first_record import first_record
from .history import History
from .order_reason import order_reason
from .settle import day
from .supplies import Supply


def medications(history: History) -> tuple[Medication, ...]:
    """Each drug and route of the record, once; drafts are not among them."""
    by_drug: dict[tuple[str, str], Told] = {}
    for supply, reason in _with_reasons(history):
        by_drug.setdefault((supply.drug, supply.recognised.route), []).append((supply, reason))
    everything = [one for told in by_drug.values() for one in told]
    return tuple(_medication(told, everything, history) for told in by_drug.values())


def _with_reasons(history: History) -> Told:
    found: Told = []
    untold: dict[str, Fact] = {}
    before = _too_early(history)
    for supply in history.supplies:
        drug = supply.recognised.drug
        if supply.says_why:
            reason = order_reason(drug, supply.resource, history.tumour)
        elif before and supply.span and supply.span.last < before and not drug.reason_is_this_tumour:
            reason = Unclear(Why.NOT_LINKED)
        else:
            reason = untold.get(drug.id) or untold.setdefault(drug.id, order_reason(drug, {}, history.tumour))
        found.append((supply, reason))
    return found


def _too_early(history: History) -> Date | None:
    """The day so long before the first record of the tumour that a drug given earlier may have been for anything."""
    first, days = first_record(history.tumour), history.chart.window("before-tumour")
    return days_before(first.span.first, days) if first and first.span and days is not None else None


def _medication(told: Told, everything: Told, history: History) -> Medication:
    """One drug; where some of it was for another disease, what is left of it."""
    kept = [one for one in told if word(one[1]) != ANOTHER_DISEASE] or told
    supplies = [supply for supply, _ in kept]
    recognised = supplies[0].recognised
    state, shown = _state(supplies, history.chart.on)
    return Medication(
        recognised.drug.id,
        state,
        shown.ref,
        day(shown.span),
        begun=day(first_day(supplies)),
        route=recognised.route,
        perioperative=state == "past" and is_perioperative(supplies, history.operations, history.chart),
        reason=_reason([reason for _, reason in kept]),
        last_dose=_last_dose(supplies),
        earlier_course=had_earlier_course(supplies, everything, history),
    )


def _state(supplies: list[Supply], on: Date) -> tuple[str, Supply]:
    """in-plan, stale or past, and the supply that says so."""
    first = days_before(on, supplies[0].recognised.drug.window_days)
    active = [one for one in supplies if one.active]
    dated = [one for one in supplies if one.span and (one.active or one.is_dose)]
    in_window = [one for one in dated if one.span and one.span.within(first, on)]
    maybe = [one for one in supplies if (one.is_dose and one.span and one.span.last >= first) or _lasts(one, on)]
    if not active and (not maybe or _stopped_since(_latest(maybe), supplies)):
        return "past", _latest(supplies)
    shown = _latest(in_window or active or maybe)
    # What may be short-acting octreotide for rescue must not pass for the depot: it is never surely in plan.
    return ("in-plan" if in_window and shown.recognised.form_is_known else "stale"), shown


def _lasts(one: Supply, on: Date) -> bool:
    """True for an order written off at once, as some hospitals send all, of which the days are not over."""
    until = lasts_until(one.resource, one.span.first) if one.span and one.status == "completed" else None
    return one.type == "MedicationRequest" and until is not None and until >= on


def _latest(supplies: list[Supply]) -> Supply:
    return max(supplies, key=lambda one: one.span.last if one.span else Date.min)


def _stopped_since(last: Supply, supplies: list[Supply]) -> bool:
    """True when the newest order or statement was stopped, or one that is not certainly older than the last supply.

    An order is dated by its writing, before what was given on it: its date does not tell when it was stopped. A
    statement that is completed ends what was supplied before its last day.
    """
    stopped = [one for one in supplies if one.status == "stopped" and one.type.startswith("Medication")]
    if any(not (one.span and last.span and last.span.after(one.span)) for one in stopped if one is not last):
        return True
    completed = [one.span for one in supplies if (one.type, one.status) == ("MedicationStatement", "completed")]
    if last.span and any(span and span.last > last.span.last for span in completed):
        return True
    ordered = [one for one in supplies if not one.is_dose]
    return bool(ordered) and _latest(ordered).status == "stopped"


def _last_dose(supplies: list[Supply]) -> str | None:
    """The last dose that is surely of this drug, and not of another form of its ingredient."""
    doses = [one.span for one in supplies if one.is_dose and one.span and one.recognised.form_is_known]
    return day(max(doses, key=lambda span: span.last)) if doses else None


def _reason(reasons: list[Fact]) -> Fact:
    """this-tumour where one record of the drug says so; another-disease only where each does."""
    known = [reason for reason in reasons if isinstance(reason, Known)]
    if known:
        return next((reason for reason in known if reason.value != ANOTHER_DISEASE), known[0])
    return reasons[0] if reasons else Unclear()
