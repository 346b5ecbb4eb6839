"""From several readings of one thing to one fact: the newest stands, and a disagreement is never voted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from ..domain.interval import Interval
from ..domain.values import Fact, Known, Specimen, Unclear, Why
from .dates import Span, used

Value = str | Interval | Why
"""Our word, a number, or why there is none."""


@dataclass(frozen=True)
class Reading:
    """One reading of the record: our word or an interval, or why there is none; its date and where it stands.

    `specimen` says what it was found in, where that is told.
    """

    value: Value
    span: Span | None
    ref: str
    specimen: Specimen | None = None

    @property
    def known(self) -> Known | None:
        """As a known fact, where it has a value."""
        if isinstance(self.value, Why):
            return None
        return Known(self.value, self.ref or None, day(self.span), self.specimen)


def day(span: Span | None) -> str | None:
    """A date as recorded, without its time of day; none where only its bounds are told."""
    return (span.written.split("T")[0] or None) if span else None


def usable(readings: Sequence[Reading], on: Date) -> list[Reading]:
    """Readings with an answer and a date that has come."""
    spans = [(reading, used(reading.span, on)) for reading in readings if reading.value is not Why.NOT_RECORDED]
    return [replace(reading, span=span) for reading, span in spans if span]


def newest(readings: Sequence[Reading]) -> list[Reading]:
    """Those that no other is certainly later than: one day's readings, or an order that cannot be told."""
    latest = max((reading.span.first for reading in readings if reading.span), default=None)
    return [reading for reading in readings if latest and reading.span and reading.span.last >= latest]


def agreed(readings: Sequence[Reading]) -> Fact:
    """One value for all, or unclear: not understood before contradictory."""
    if unread := first_unread(readings):
        return unread
    found = knowns(readings)
    if len({known.value for known in found}) > 1:
        return Unclear(Why.CONFLICTING, found)
    return found[0] if found else Unclear()


def first_unread(readings: Sequence[Reading]) -> Unclear | None:
    """Why the first of these without a value has none, and where it stands; None where each has one."""
    for reading in readings:
        if isinstance(reading.value, Why):
            return Unclear(reading.value, knowns(readings), (reading.ref,) if reading.ref else ())
    return None


def knowns(readings: Sequence[Reading]) -> tuple[Known, ...]:
    """The readings that have a value."""
    return tuple(known for reading in readings if (known := reading.known))


def newest_fact(readings: Sequence[Reading], on: Date, missing: Unclear) -> Fact:
    """The newest reading as a fact; `missing` says why there may be none."""
    dated = usable(readings, on)
    if dated:
        return agreed(newest(dated))
    return nothing_usable(readings, missing)


def nothing_usable(readings: Sequence[Reading], missing: Unclear) -> Unclear:
    """Why none of these could be used: no date before any other reason."""
    answered = [reading for reading in readings if reading.value is not Why.NOT_RECORDED]
    undated = tuple(reading.ref for reading in answered if reading.ref and not isinstance(reading.value, Why))
    if any(not isinstance(reading.value, Why) for reading in answered):
        return Unclear(Why.UNDATED, unread=undated)
    return first_unread(answered) or missing


def settled(readings: Sequence[Reading], on: Date) -> Fact | None:
    """Statements of which a date is not asked: where they differ the newest, if each tells its day; None for none."""
    told = [one for one in readings if one.value is not Why.NOT_RECORDED]
    if not told:
        return None
    fact = agreed(told)
    dated = usable(told, on)
    if isinstance(fact, Known) or len(dated) < len(told):
        return fact
    return agreed(newest(dated))
