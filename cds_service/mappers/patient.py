"""Facts of the person: age, death, whether told the diagnosis, and whether in a trial."""

from __future__ import annotations

from decimal import Decimal

from ..domain.call import Json
from ..domain.interval import Interval
from ..domain.values import Fact, Known, Unclear, Why
from .chart import Chart
from .dates import period_of, span_of, years_between
from .settle import day
from .shape import child, children, ref_of, text

_ON_STUDY = frozenset({"on-study", "on-study-intervention", "on-study-observation"})
_NOT_TOLD = "UNINFORMED"


def deceased(chart: Chart) -> bool:
    """True when the record says so in any way, or says that another record has taken this one's place."""
    return any(_has_died(patient) or _was_replaced(patient) for patient in chart.of("Patient"))


def uninformed(chart: Chart) -> bool:
    """True when anything received is tagged as not told to the patient (未告知), also what is not used otherwise."""
    record = chart.record
    read = (one for kind in record.resources for one in chart.of(kind))
    return any(
        text(tag, "code") == _NOT_TOLD
        for resource in (*read, *record.unowned, *record.copies)
        for tag in children(child(resource, "meta"), "tag")
    )


def age(chart: Chart) -> Fact:
    """Completed years on the day of the call; a birth date known to the year leaves two."""
    for patient in chart.of("Patient"):
        born = span_of(patient.get("birthDate"))
        if born and born.first <= chart.on:
            if not chart.passes(patient):
                return Unclear(Why.NOT_UNDERSTOOD)
            youngest = years_between(min(born.last, chart.on), chart.on)
            years = Interval(Decimal(youngest), Decimal(years_between(born.first, chart.on)))
            return Known(years, ref_of(patient) or None, day(born))
    return Unclear(Why.NOT_RECORDED) if chart.of("Patient") else chart.missing("Patient")


def trial(chart: Chart) -> Fact:
    """yes while a ResearchSubject is on study; no only when that search was answered."""
    chart.look_for("trial", "subject")
    for subject in (one for one in chart.of("ResearchSubject") if not chart.is_to_come(one)):
        if text(subject, "status") in _ON_STUDY and chart.passes(subject) and not _is_over(subject, chart):
            return Known("yes", ref_of(subject) or None)
    return Known("no") if chart.had("ResearchSubject") else chart.missing("ResearchSubject")


def _is_over(subject: Json, chart: Chart) -> bool:
    period = child(subject, "period")
    over = period_of(period) if "end" in period else None
    return over is not None and over.last < chart.on


def _has_died(patient: Json) -> bool:
    keys = ("deceasedBoolean", "deceasedDateTime", "_deceasedBoolean", "_deceasedDateTime")
    return any(patient.get(key) not in (None, False, "false") for key in keys)


def _was_replaced(patient: Json) -> bool:
    return any(text(link, "type") == "replaced-by" for link in children(patient, "link"))
