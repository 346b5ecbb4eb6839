"""What the days of a MedicationStatement say: when the drug was last taken, and whether it still is."""

from __future__ import annotations

from datetime import date as Date

from ..domain.call import Json
from .dates import Span, period_of, when
from .shape import child, text


def last_told(statement: Json, on: Date) -> Span | None:
    """The last day a statement speaks for: today where its period holds today, else its end, its date or its start."""
    period = child(statement, "effectivePeriod")
    span, asserted = period_of(period), when(statement, "dateAsserted")
    if span and "end" in period and span.first <= on <= span.last:
        return Span(on, on, text(period, "end"), on)
    told = when(period, "end") or when(statement, "effectiveDateTime") or when(period, "start")
    if asserted is None or "end" in period or (told and told.last >= asserted.last):
        return told
    if text(statement, "status") == "active":
        return asserted
    # It was over when it was reported: the last day lies somewhere before.
    first, earliest = (told.first, told.earliest) if told else (Date.min, Date.min)
    return Span(first, asserted.last, "", earliest)


def tells_only_an_end(statement: Json) -> bool:
    """True where the drug was taken until some day, and since when is not told."""
    period = child(statement, "effectivePeriod")
    return "end" in period and "start" not in period


def goes_on(statement: Json) -> bool:
    """True for a drug reported to be taken since some day and to no end."""
    period = child(statement, "effectivePeriod")
    return text(statement, "status") == "active" and "start" in period and "end" not in period
