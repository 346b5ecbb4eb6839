"""Whether a drug was given only around an operation: no line of treatment of advanced disease (rules.md 1b)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from .chart import Chart
from .dates import Span
from .intents import PERIOPERATIVE, intents_of
from .operations import Operation
from .supplies import Supply


def is_perioperative(supplies: list[Supply], operations: Iterable[Operation], chart: Chart) -> bool:
    """True where the record says so of each order, or where begin and end lie about a resection.

    How far about one is our technical choice: the window around-resection.
    """
    said = [(one, intents_of(one.resource, chart)) for one in supplies]
    if any(intents - {PERIOPERATIVE} for _, intents in said):
        return False
    ordered = [intents for one, intents in said if not one.is_dose] or [intents for _, intents in said]
    if all(PERIOPERATIVE in intents for intents in ordered):
        return True
    days = chart.window("around-resection")
    resections = [one.span for one in operations if one.is_resection and one.may_be_of_nen and one.span]
    return days is not None and any(_lie_about(span, supplies, timedelta(days=days)) for span in resections)


def _lie_about(resection: Span, supplies: list[Supply], reach: timedelta) -> bool:
    return all(
        one.begun
        and one.span
        and resection.last - one.begun.first <= reach
        and max(one.begun.last, one.span.last) - resection.first <= reach
        for one in supplies
    )
