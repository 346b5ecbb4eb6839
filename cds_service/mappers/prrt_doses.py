"""The fact prrt_doses_given: administrations counted, one dose once however often it is recorded."""

from __future__ import annotations

from decimal import Decimal

from ..domain.interval import Interval
from ..domain.values import Fact, Known, Unclear, Why
from .administration import planned_day
from .dates import Span
from .history import History
from .settle import day
from .supplies import Supply

_STATED = frozenset({"MedicationStatement"})
_GIVEN = frozenset({"MedicationAdministration", "Procedure"})


def prrt_doses_given(history: History) -> Fact:
    """Doses on different days; records so near to each other that they may be of one dose leave an interval, and so do
    orders that no dose shows."""
    if not isinstance(history.was_read, Known):
        return history.was_read
    supplies = [one for one in history.supplies if one.recognised.drug.group == "prrt"]
    doses = [one for one in supplies if one.type in _GIVEN]
    if _only_told_of(supplies, doses):
        return Unclear(Why.NOT_UNDERSTOOD, tuple(Known(one.drug, one.ref or None, day(one.span)) for one in supplies))
    if any(one.span is None for one in doses):
        return Unclear(Why.UNDATED)
    spans = sorted({(one.span.first, one.span.last): one.span for one in doses if one.span}.values(), key=_first)
    handed_out = [one.span for one in supplies if one.type == "MedicationDispense" and one.span]
    fewest = _apart(spans, history)
    most = len(spans) + len([one for one in handed_out if not _is_near(one, spans, history)])
    most = max(most, len(spans) + len(_unshown([one for one in supplies if not one.given], spans, history)))
    latest = max(doses, key=lambda one: one.span.last if one.span else history.chart.on) if doses else None
    return Known(
        Interval(Decimal(fewest), Decimal(most)),
        latest.ref or None if latest else None,
        day(latest.span) if latest else None,
    )


def _only_told_of(supplies: list[Supply], doses: list[Supply]) -> bool:
    """True where a statement, or an order that is over, tells of doses that no administration shows."""
    earliest = min((one.begun.first for one in doses if one.begun), default=None)
    for one in supplies:
        if one.type in _STATED and (earliest is None or one.begun is None or one.begun.last < earliest):
            return True
        if one.type == "MedicationRequest" and not doses and one.status not in ("active", "on-hold"):
            return True
    return False


def _unshown(orders: list[Supply], doses: list[Span], history: History) -> list[Span]:
    """The orders on which a dose may have been given that is not on record: the first dose after one is of it."""
    on, left = history.chart.on, sorted(doses, key=_first)
    unshown: list[Span] = []
    written = sorted((one.span for one in orders if one.span and not planned_day(one.resource, on)), key=_first)
    for span in reversed(written):
        dose = next((one for one in left if one.last >= span.first or _is_near(one, [span], history)), None)
        if dose:
            left.remove(dose)
        elif not _is_near(span, [*unshown[-1:], *doses, Span(on, on, "", on)], history):
            unshown.append(span)
    return unshown


def _apart(spans: list[Span], history: History) -> int:
    """How many of these are surely different doses: each a window after the last one counted."""
    counted: list[Span] = []
    for span in spans:
        if not _is_near(span, counted[-1:], history):
            counted.append(span)
    return len(counted)


def _is_near(span: Span, others: list[Span], history: History) -> bool:
    window = history.chart.window("one-prrt-dose")
    days = 0 if window is None else window
    return any((span.first - one.last).days <= days and (one.first - span.last).days <= days for one in others)


def _first(span: Span) -> tuple[object, ...]:
    return span.first, span.last
