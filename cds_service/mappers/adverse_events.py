"""Facts of events and findings that a label warns of: by diagnosis, with the grade where one is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from ..domain.call import Json
from ..domain.interval import Interval
from ..domain.values import Fact, Known, Unclear, Why
from .chart import REPORTED, Chart
from .conditions import Diagnosis
from .dates import Span, used, when
from .person import Person
from .precautions import Recorded, had_within, has, known
from .results import first_within, is_within, measuring, none_or_why, number
from .settle import Reading
from .shape import child, children, text
from .units import GRADE_OF_CTCAE
from .words import normal

_STUDY = "study"
_GRADE = re.compile(r"(?:grade|gr\.?|グレード) ?([1-5])(?!\d)")


def ctcae_grade(person: Person, result: str, *meanings: str) -> Fact:
    """The recorded CTCAE grade of an active adverse event, the highest of all; never one worked out from a count."""
    by_result = _graded_result(person, result)
    graded = [(found, grade) for found in Recorded(person, meanings).active if (grade := _grade_of(found, person))]
    highest = max(graded, key=lambda pair: pair[1], default=None)
    if highest is None:
        return by_result or person.chart.missing("Condition", "Observation")
    diagnosed = known(Interval.point(Decimal(highest[1])), highest[0])
    told = by_result.value if by_result else None
    return by_result if by_result and isinstance(told, Interval) and _reaches(told, highest[1]) else diagnosed


def _graded_result(person: Person, result: str) -> Known | None:
    """The newest recorded grade within the window."""
    read = person.readings(result, measuring(GRADE_OF_CTCAE))
    read += [Reading(_grade_in_text(finding.carrier), finding.span, finding.ref) for finding in person.results(result)]
    told = [one for one in read if isinstance(one.value, Interval)]
    fact = number(told, person.chart, "laboratory")
    return fact if isinstance(fact, Known) else None


def _reaches(told: Interval, grade: int) -> bool:
    return told.high is None or told.high >= grade


def _grade_in_text(carrier: Json) -> Interval | Why:
    said = carrier.get("valueString") or child(carrier, "valueCodeableConcept").get("text")
    found = _GRADE.search(normal(said)) if isinstance(said, str) else None
    return Interval.point(int(found[1])) if found else Why.NOT_RECORDED


def _grade_of(found: Diagnosis, person: Person) -> int | None:
    """A grade written in the name of a diagnosis, its severity or its stage."""
    terms, resource = person.chart.terms, found.resource
    concepts = [found.code, terms.under(resource, "severity")]
    concepts += [terms.under(stage, "summary") for stage in children(resource, "stage")]
    said = [one for concept in concepts for one in concept.read_texts]
    grades = [int(match[1]) for one in said if (match := _GRADE.search(one))]
    return max(grades, default=None)


def pneumonitis(person: Person) -> Fact:
    """An active pneumonitis or interstitial lung disease; a recent grade without a diagnosis leaves it open."""
    by_diagnosis = has(person, "pneumonitis")
    graded = _graded_result(person, "pneumonitis-grade")
    is_there = graded and isinstance(graded.value, Interval) and graded.value.low
    if graded and is_there and by_diagnosis == Known("no") and not Recorded(person, {"pneumonitis"}).all:
        return Unclear(Why.NOT_CONFIRMED, (graded,))
    return by_diagnosis


def pneumonitis_ctcae_grade(person: Person) -> Fact:
    """Its recorded grade."""
    return ctcae_grade(person, "pneumonitis-grade", "pneumonitis")


def platelet_decrease_ctcae_grade(person: Person) -> Fact:
    """The recorded grade of a platelet decrease."""
    return ctcae_grade(person, "platelet-decrease-grade", "platelet-decrease")


def chest_ct(person: Person) -> Fact:
    """done where a CT of the chest stands within the window, also as part of a PET-CT."""
    chart, studies = person.chart, person.studies("chest-ct")
    if found := first_within(studies, chart, "chest-ct"):
        return replace(found, value="done")
    if any(is_within(span, chart, "chest-ct") for span in _scans_of_untold_regions(chart)):
        return Unclear(Why.NOT_UNDERSTOOD)
    read = [Reading("done", span, ref) for span, ref in studies]
    return none_or_why(read, chart, "DiagnosticReport", "Procedure", "Observation")


def _scans_of_untold_regions(chart: Chart) -> Iterable[Span | None]:
    """When a CT was reported of which nothing tells what part of the body it shows."""
    for report in chart.of("DiagnosticReport"):
        if text(report, "status") in REPORTED and _is_scan_of_untold_region(report, chart):
            yield used(when(report, "effectiveDateTime", "effectivePeriod"), chart.on)


def _is_scan_of_untold_region(report: Json, chart: Chart) -> bool:
    """True for the name of any CT, or of all imaging with CT as its category, without a telling name of the images."""
    terms = chart.terms
    named = set(terms.exactly(_STUDY, terms.under(report, "code")))
    kinds = {word for one in children(report, "category") for word in terms.by_code(_STUDY, terms.concept(one))}
    shown = [terms.concept({"text": text(one, "display")}) for one in children(report, "imagingStudy")]
    told = [one for one in shown if one.stated and "ct" not in terms.exactly(_STUDY, one)]
    return not told and ("ct" in named or ("imaging" in named and "ct" in kinds))


def gallstones(person: Person) -> Fact:
    """Stones of the gallbladder or the bile duct."""
    return has(person, "gallstones")


def thromboembolism(person: Person) -> Fact:
    """A thromboembolic event within the window."""
    return had_within(person, "thromboembolism", "thromboembolism")


def haemorrhage(person: Person) -> Fact:
    """Bleeding that is recorded as active."""
    return has(person, "haemorrhage")


def perforation(person: Person) -> Fact:
    """A perforation or fistula that is recorded as active."""
    return has(person, "perforation")


def jaw_osteonecrosis(person: Person) -> Fact:
    """Osteonecrosis of the jaw."""
    return has(person, "jaw-osteonecrosis")
