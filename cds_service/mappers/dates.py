"""FHIR dates as spans of days: a date known to the month is the whole month."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from datetime import date as Date
from typing import Any

from .shape import child, text

# Where a resource of any type may tell of when it is.
DATES = (
    *("effectiveDateTime", "effectivePeriod", "effectiveInstant", "authoredOn", "whenHandedOver", "whenPrepared"),
    *("performedDateTime", "performedPeriod", "onsetDateTime", "onsetPeriod", "recordedDate", "dateAsserted", "issued"),
)
_STARTS = (*DATES, "startDate", "statusDate", "lastOccurrence", "period")
_PARTS = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(T.*)?)?)?", re.ASCII)
_OFFSET = re.compile(r"T(\d\d):(\d\d).*([+-])(\d\d):(\d\d)", re.ASCII)


@dataclass(frozen=True)
class Span:
    """The days a recorded date may mean, and how it was written: not at all, where the record tells only between which
    days it lies. `earliest` is its first day in any time zone."""

    first: Date
    last: Date
    written: str
    earliest: Date

    def after(self, other: Span) -> bool:
        """True when certainly later."""
        return self.first > other.last

    def within(self, first: Date, last: Date) -> bool:
        """True when certainly between the two days, both included."""
        return first <= self.first and self.last <= last


def span_of(value: Any) -> Span | None:
    """The days of a FHIR date or dateTime; None where it is not one."""
    parts = _PARTS.fullmatch(value) if isinstance(value, str) else None
    if not parts:
        return None
    year, month, day = (int(part) if part else None for part in parts.groups()[:3])
    try:
        return _days(int(parts[1]) if year is None else year, month, day, value)
    except (ValueError, OverflowError):
        return None


def period_of(value: Any) -> Span | None:
    """The days a Period may mean: from its start to its end, or the one of them that is there."""
    start, end = span_of(text(value, "start")), span_of(text(value, "end"))
    if start is None or end is None:
        return start or end
    return Span(start.first, max(start.last, end.last), end.written, start.earliest)


def when(resource: Any, *keys: str) -> Span | None:
    """The first of these elements that holds a date; an element that ends in Period is read as one."""
    for key in keys:
        found = period_of(child(resource, key)) if key.endswith("Period") else span_of(text(resource, key))
        if found:
            return found
    return None


def starts(resource: Any) -> list[Span]:
    """Every day a resource tells of; of a period its start."""
    told = [
        when(child(resource, key), "start") if key.casefold().endswith("period") else when(resource, key)
        for key in _STARTS
    ]
    return [span for span in told if span]


def used(span: Span | None, on: Date) -> Span | None:
    """The span as far as it has come; None where undated or still to come: such a finding is not used."""
    if span is None or min(span.first, span.earliest) > on:
        return None
    return Span(min(span.first, on), min(span.last, on), span.written, span.earliest)


def days_before(on: Date, days: int) -> Date:
    """The day so many days before; the first day there is where that lies before all days."""
    return on - min(timedelta(days=days), on - Date.min)


def years_between(birth: Date, on: Date) -> int:
    """Completed years of age."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def _days(year: int, month: int | None, day: int | None, written: str) -> Span:
    first = Date(year, month or 1, day or 1)
    if day:
        return Span(first, first, written, _day_in_utc(first, written))
    last_month = month or 12
    return Span(first, Date(year, last_month, monthrange(year, last_month)[1]), written, first)


def _day_in_utc(day: Date, written: str) -> Date:
    """The day in UTC where the time and its offset are written: an evening ahead of UTC is not yet tomorrow."""
    found = _OFFSET.search(written)
    if not found:
        return day
    hours, minutes = int(found[4]), int(found[5])
    offset = timezone(timedelta(hours=hours, minutes=minutes) * (1 if found[3] == "+" else -1))
    local = datetime(day.year, day.month, day.day, int(found[1]), int(found[2]), tzinfo=offset)
    return local.astimezone(UTC).date()
