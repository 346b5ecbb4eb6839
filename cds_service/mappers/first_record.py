"""Since when the NEN has been on record: the earliest of onset, recorded date and dated pathology."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta
from decimal import Decimal

from ..domain.call import Json
from .certainty import Sure
from .chart import Chart
from .conditions import Diagnosis
from .dates import Span, span_of, used, when
from .settle import Reading
from .shape import child, extensions, text
from .tumour import Tumour

_YEARS = frozenset({"a", "year", "years", "yr", "yrs", "歳", "才"})
_PATHOLOGY = ("histology", "differentiation", "ki67", "grade", "mitoses-per-2mm2")


def first_record(tumour: Tumour) -> Reading | None:
    """The first dated record of the tumour (rules.md section 8, reading 10); none where no record is dated."""
    dated = [(one.span.first, place, one) for place, one in enumerate(_records(tumour)) if one.span]
    return min(dated)[2] if dated else None


def record_before(day: Date, tumour: Tumour) -> Reading | None:
    """A record of the tumour that is surely older than this day: the one whose last day is the first."""
    dated = [(one.span.last, place, one) for place, one in enumerate(_records(tumour)) if one.span]
    last, _, found = min(dated, default=(day, 0, None))
    return found if last < day else None


def _records(tumour: Tumour) -> Iterator[Reading]:
    """Every day the tumour was on record: onset, recording, and pathology of it."""
    on = tumour.chart.on
    for one in _entries(tumour):
        yield Reading("", used(onset_of(one.resource, tumour.chart), on), one.ref)
        yield Reading("", used(when(one.resource, "recordedDate"), on), one.ref)
        for extension in extensions(one.resource, "condition-assertedDate"):
            yield Reading("", used(when(extension, "valueDateTime"), on), one.ref)
    for name in _PATHOLOGY:
        kept, _ = tumour.results(name)
        yield from (Reading("", used(one.span, on), one.ref) for one in kept if one.valid)


def _entries(tumour: Tumour) -> list[Diagnosis]:
    """The Conditions of the NEN, and those that held once, unless they are of another organ."""
    sites = tumour.sites
    past = [one for one in tumour.diagnoses if one.is_nen and not one.current and one not in tumour.nens]
    sure = [one for one in past if one.sure is Sure.CONFIRMED and not one.doubted and tumour.chart.passes(one.resource)]
    here = [one for one in sure if not sites or not one.place.sites or sites & set(one.place.sites)]
    return [*tumour.nens, *(here if tumour.nens else [])]


def onset_is_untold(tumour: Tumour) -> bool:
    """True where a Condition tells an onset that gives no day: the tumour may be older than any record of it."""
    told = [one.resource for one in _entries(tumour) if any(key.startswith("onset") for key in one.resource)]
    return any(onset_of(resource, tumour.chart) is None for resource in told)


def onset_of(condition: Json, chart: Chart) -> Span | None:
    """When a disease began: a day, the start of a period, an age of the patient, or a text that is a date."""
    period = child(condition, "onsetPeriod")
    day = when(condition, "onsetDateTime") or when(period, "start") or span_of(text(condition, "onsetString").strip())
    if day:
        return day
    ages = child(condition, "onsetRange")
    age = child(condition, "onsetAge")
    return _at_age(child(ages, "low") or age, child(ages, "high") or age, chart)


def _at_age(low: Json, high: Json, chart: Chart) -> Span | None:
    """The days at which the patient was so many years old."""
    years = [one.get("value") for one in (low, high) if text(one, "code") in _YEARS or text(one, "unit") in _YEARS]
    born = [span for one in chart.of("Patient") if chart.passes(one) and (span := span_of(one.get("birthDate")))]
    if len(years) < 2 or len(born) != 1 or not all(isinstance(one, int | float | Decimal) for one in years):
        return None
    first, last = (int(one) for one in years)  # type: ignore[arg-type]
    try:
        begin = _years_after(born[0].first, first)
        end = _years_after(born[0].last, last + 1) - timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    return Span(begin, end, "", begin)


def _years_after(birth: Date, years: int) -> Date:
    return Date(birth.year + years, birth.month, 1) + timedelta(days=birth.day - 1)
