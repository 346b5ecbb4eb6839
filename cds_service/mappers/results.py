"""From the newest results of a patient to a fact: a number, or a word, or none where nothing stands within a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from ..domain.call import Json
from ..domain.interval import Interval
from ..domain.set_aside import Aside
from ..domain.values import Fact, Known, Unclear, Why
from .chart import Chart
from .dates import Span, days_before
from .quantities import measured
from .settle import Reading, Value, agreed, day, knowns, newest, nothing_usable, usable
from .units import Unit


def latest(read: Sequence[Reading], chart: Chart, window: str | None = None) -> list[Reading]:
    """The newest readings, by the hour where all tell it; those that may lie before the window are left out."""
    found = newest(usable(read, chart.on))
    hours = [_hour(one.span) for one in found]
    if found and all(hours):
        last = max(hour for hour in hours if hour)
        found = [one for one, hour in zip(found, hours, strict=True) if hour == last]
    return found if window is None or are_within(found, chart, window) else []


def are_within(newest_read: Sequence[Reading], chart: Chart, window: str) -> bool:
    """True when all certainly lie within the window; else these, the newest there are, are left out as too old."""
    lately = all(is_within(one.span, chart, window) for one in newest_read)
    for one in newest_read if not lately else ():
        chart.leave_out(one.ref, Aside.TOO_OLD)
    return lately


def first_within(told: Sequence[tuple[Span | None, str]], chart: Chart, window: str) -> Known | None:
    """yes by the first of these days and places within the window; where none is, the newest is left out."""
    for span, ref in told:
        if is_within(span, chart, window):
            return Known("yes", ref or None, day(span))
    are_within(newest(usable([Reading("yes", span, ref) for span, ref in told], chart.on)), chart, window)
    return None


def is_within(span: Span | None, chart: Chart, window: str) -> bool:
    """True when certainly so recent; a window that knowledge/ does not name holds nothing."""
    days = chart.window(window)
    return bool(span and days is not None and span.within(days_before(chart.on, days), chart.on))


def number(read: Sequence[Reading], chart: Chart, window: str | None = None) -> Fact:
    """The newest number; of several taken together the span from the lowest to the highest."""
    found = latest(read, chart, window)
    if not found:
        return _too_old(read, chart) or nothing_usable(read, chart.missing("Observation"))
    told = [one.value for one in found if isinstance(one.value, Interval)]
    if len(told) < len(found):
        return agreed(found)
    one = max(found, key=lambda reading: reading.span.last if reading.span else chart.on)
    return Known(_hull(told), one.ref or None, day(one.span))


def word_of(read: Sequence[Reading], chart: Chart, window: str | None = None) -> Fact:
    """The newest word; two that differ contradict each other."""
    found = latest(read, chart, window)
    if found:
        return agreed(found)
    return _too_old(read, chart) or nothing_usable(read, chart.missing("Observation"))


def word_or_none(read: Sequence[Reading], chart: Chart, window: str | None, *kinds: str) -> Fact:
    """The newest word within the window; none where these searches were answered in full and hold no such result."""
    found = latest(read, chart, window)
    return agreed(found) if found else none_or_why(read, chart, *kinds)


def none_or_why(read: Sequence[Reading], chart: Chart, *kinds: str) -> Fact:
    """none, unless a search was not answered in full or a result cannot be dated."""
    missing = chart.missing(*kinds)
    if missing.why is not Why.NOT_RECORDED:
        return missing
    undated = any(one.span is None for one in read if one.value is not Why.NOT_RECORDED)
    return Unclear(Why.UNDATED) if undated else Known("none")


def measuring(unit: Unit) -> Callable[[Json], Value]:
    """Reads a number in this unit."""
    return lambda carrier: measured(carrier, unit)


def _too_old(read: Sequence[Reading], chart: Chart) -> Unclear | None:
    found = latest(read, chart)
    return Unclear(Why.TOO_OLD, knowns(found)) if found else None


def _hull(spans: Sequence[Interval]) -> Interval:
    """The smallest span that holds all of them."""
    low = min(spans, key=lambda one: (Decimal("-Infinity") if one.low is None else one.low, not one.low_closed))
    high = max(spans, key=lambda one: (Decimal("Infinity") if one.high is None else one.high, one.high_closed))
    return Interval(low.low, high.high, low.low_closed, high.high_closed)


def _hour(span: Span | None) -> datetime | None:
    """The moment a result is of, where time and offset are written."""
    if span is None or "T" not in span.written:
        return None
    try:
        found = datetime.fromisoformat(span.written)
    except ValueError:
        return None
    return found if found.tzinfo else None
