"""One record of a drug that interacts: whether it is in force, and from when to when it was supplied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from decimal import Decimal

from ..domain.call import Json
from .dates import Span, used, when
from .shape import child, ref_of, text

_GIVEN = ("MedicationAdministration", "MedicationDispense")
_LONGEST = 400  # days of one supply that are believed


@dataclass(frozen=True)
class Exposure:
    """One record of a drug: what it means in the value sets, and when it was ordered, reported or given."""

    means: frozenset[str]
    kind: str
    status: str
    span: Span | None
    first: Date | None
    last: Date | None
    resource: Json

    @property
    def ref(self) -> str:
        return ref_of(self.resource)

    @property
    def day(self) -> Date:
        """For sorting: undated records last."""
        return self.span.last if self.span else Date.min

    @property
    def active(self) -> bool:
        return self.kind in ("MedicationRequest", "MedicationStatement") and self.status == "active"

    @property
    def given(self) -> bool:
        return self.kind in _GIVEN

    def may_be_taken_still(self, on: Date) -> bool:
        """True for a prescription that was issued, and so is completed, of as many days as last till now."""
        issued = self.kind == "MedicationRequest" and self.status == "completed"
        return bool(issued and self.first and self.last and self.first < on <= self.last)


def course_of_record(resource: Json, span: Span | None, on: Date) -> tuple[Date | None, Date | None]:
    """From when to when one record says the drug was supplied, as far as it has come."""
    if span is None:
        return None, None
    start = used(when(child(resource, "effectivePeriod"), "start"), on)
    told = span.last if span.first == Date.min else span.first
    first = min(told, start.first) if start else told
    goes_on = text(resource, "resourceType") == "MedicationStatement" and start and text(resource, "status") == "active"
    ended = "end" in child(resource, "effectivePeriod")
    lasts = lasts_until(resource, first)
    if lasts:
        return first, max(span.last, lasts)
    return first, on if goes_on and not ended else span.last


def lasts_until(resource: Json, first: Date) -> Date | None:
    """The day until which what was ordered or handed out lasts, where the number of days is told."""
    days = child(child(resource, "dispenseRequest"), "expectedSupplyDuration") or child(resource, "daysSupply")
    number = days.get("value")
    if isinstance(number, int | float | Decimal) and text(days, "code") == "d" and 0 < number < _LONGEST:
        return first + timedelta(int(number))
    return None
