"""The drugs a patient takes: in plan where a supply says so, stale where only an old entry does (rules.md 1b)."""

from __future__ import annotations

from datetime import date as Date

from ..domain.case import Medication
from .dates import days_before
from .history import History
from .settle import day
from .supplies import Supply


def medications(history: History) -> tuple[Medication, ...]:
    """Each drug of the record that is in plan or stale, once; drafts are not among them."""
    drugs = dict.fromkeys(supply.drug for supply in history.supplies)
    found = [_medication([one for one in history.supplies if one.drug == drug], history.chart.on) for drug in drugs]
    return tuple(medication for medication in found if medication)


def _medication(supplies: list[Supply], on: Date) -> Medication | None:
    drug = supplies[0].recognised.drug
    first = days_before(on, drug.window_days)
    active = [one for one in supplies if one.active]
    handed_out = [one for one in supplies if one.given and one.type != "MedicationStatement"]
    in_window = [one for one in (*active, *handed_out) if one.span and one.span.within(first, on)]
    if not active and (not in_window or _stopped_since(_latest(in_window), supplies)):
        return None
    shown = _latest(in_window or active)
    # What may be short-acting octreotide for rescue must not pass for the depot: it is never surely in plan.
    state = "in-plan" if in_window and shown.recognised.form_is_known else "stale"
    return Medication(drug.id, state, shown.ref, day(shown.span))


def _latest(supplies: list[Supply]) -> Supply:
    return max(supplies, key=lambda one: one.span.last if one.span else Date.min)


def _stopped_since(last: Supply, supplies: list[Supply]) -> bool:
    """True when an order or statement of the drug was stopped and is not certainly older than the last supply."""
    stopped = [one for one in supplies if one.status == "stopped" and one.type.startswith("Medication")]
    return any(not (one.span and last.span and last.span.after(one.span)) for one in stopped if one is not last)
