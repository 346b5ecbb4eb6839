"""When a regulatory entry is in force, as exactly as its source tells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from datetime import timedelta
from enum import StrEnum

from .knowledge import Approval

EXPIRES_AFTER = timedelta(days=365)  # a "not approved" holds this long after its last check (rules.md section 7)


class Force(StrEnum):
    """Whether an entry is in force on a day; `maybe` within a month or year its source gives no day of."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


def span_of(partial: str) -> tuple[Date, Date]:
    """First and last day that `2012`, `2012-08` or `2012-08-20` can mean."""
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 3:
        day = Date(*parts)
        return day, day
    if len(parts) == 2:
        year, month = parts
        following = Date(year + month // 12, month % 12 + 1, 1)
        return Date(year, month, 1), following - timedelta(days=1)
    return Date(parts[0], 1, 1), Date(parts[0], 12, 31)


def force(entry: Approval, on: Date) -> Force:
    """Whether the entry is in force on this day. Without `since` it holds from the beginning."""
    started = _has_come(entry.since, on) if entry.since else Force.YES
    ended = _has_come(entry.until, on) if entry.until else Force.NO
    if started is Force.NO or ended is Force.YES or _expired(entry, on):
        return Force.NO
    return Force.YES if started is Force.YES and ended is Force.NO else Force.MAYBE


def in_force(entries: Iterable[Approval], on: Date) -> tuple[Approval, ...]:
    """The entries surely in force on this day."""
    return tuple(entry for entry in entries if force(entry, on) is Force.YES)


def _has_come(partial: str, on: Date) -> Force:
    first, last = span_of(partial)
    if on < first:
        return Force.NO
    return Force.YES if on > last or first == last else Force.MAYBE


def _expired(entry: Approval, on: Date) -> bool:
    if entry.approved or not entry.last_check:
        return False
    return on > span_of(entry.last_check)[1] + EXPIRES_AFTER
