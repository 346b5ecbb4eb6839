"""Diagnoses the safety rules ask for: there now, denied or doubted, or not on record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from ..domain.interval import Interval
from ..domain.values import Fact, Known, Unclear, Why
from .certainty import ACTIVE, Sure
from .conditions import Diagnosis
from .dates import Span, used, when
from .person import Person
from .results import is_within, latest, measuring, number
from .settle import Reading, day
from .shape import child, children
from .units import GRADE_OF_CTCAE

_SET = "precaution"
_GRADE = re.compile(r"(?:grade|gr\.?|グレード) ?([1-5])(?!\d)")


class Recorded:
    """The diagnoses of some meanings: those that hold now, and why others cannot be relied on."""

    def __init__(self, person: Person, meanings: Iterable[str], *, exactly: bool = False) -> None:
        self.all: list[Diagnosis] = []
        self.active: list[Diagnosis] = []
        self.doubt: Why | None = None
        wanted = set(meanings)
        for found in person.tumour.diagnoses:
            told, denied = _said(found, person, exactly=exactly)
            if wanted & told:
                self._add(found, person)
            elif wanted & denied:
                self.doubt = self.doubt or Why.NOT_CONFIRMED

    def _add(self, found: Diagnosis, person: Person) -> None:
        if found.sure is Sure.UNREADABLE or found.status == "unreadable" or not person.chart.passes(found.resource):
            self.doubt = self.doubt or Why.NOT_UNDERSTOOD
        elif found.sure is Sure.UNCONFIRMED or found.doubted:
            self.doubt = self.doubt or Why.NOT_CONFIRMED
        else:
            self.all.append(found)
            if found.status in ACTIVE and not _is_over(found, person):
                self.active.append(found)


def _said(found: Diagnosis, person: Person, *, exactly: bool) -> tuple[set[str], set[str]]:
    """What the name of a diagnosis means, and what it only denies or doubts."""
    terms = person.chart.terms
    if exactly:
        return set(terms.exactly(_SET, found.code)), set()
    if coded := terms.by_code(_SET, found.code):
        return set(coded), set()
    matches = [match for said in terms.said(_SET, found.code) for match in terms.matches(_SET, said)]
    told = {match.means for match in matches if not match.denied}
    return told, {match.means for match in matches if match.denied} - told


def _is_over(found: Diagnosis, person: Person) -> bool:
    span = used(when(found.resource, "abatementDateTime", "abatementPeriod"), person.chart.on)
    return span is not None


def known(value: str | Interval, found: Diagnosis) -> Known:
    """A fact that stands on this diagnosis."""
    return Known(value, found.ref or None, day(found.span))


def has(person: Person, *meanings: str) -> Fact:
    """yes while such a diagnosis is active; no where the search was answered in full and holds none."""
    recorded = Recorded(person, meanings)
    if recorded.active:
        return known("yes", recorded.active[0])
    return Unclear(recorded.doubt) if recorded.doubt else person.no_or("Condition")


def had_within(person: Person, window: str, *meanings: str) -> Fact:
    """yes for such an event within the window, over or not; one whose day is not told leaves it open."""
    recorded = Recorded(person, meanings)
    days = [(found, _newest_day(found, person)) for found in recorded.all]
    for found, span in days:
        if is_within(span, person.chart, window):
            return Known("yes", found.ref or None, day(span))
    if any(span is None for _, span in days):
        return Unclear(Why.UNDATED)
    if recorded.doubt or recorded.active:
        return Unclear(recorded.doubt or Why.TOO_OLD)
    return person.no_or("Condition")


def _newest_day(found: Diagnosis, person: Person) -> Span | None:
    """The day of an event: its onset, else the day it was recorded."""
    return used(when(found.resource, "onsetDateTime", "onsetPeriod", "recordedDate"), person.chart.on)


def ctcae_grade(person: Person, result: str, *meanings: str) -> Fact:
    """The recorded CTCAE grade of an active adverse event; never one worked out from a count."""
    read = person.readings(result, measuring(GRADE_OF_CTCAE))
    read += [Reading(_grade_in_text(finding.carrier), finding.span, finding.ref) for finding in person.results(result)]
    told = [one for one in read if isinstance(one.value, Interval)]
    if latest(told, person.chart, "laboratory"):
        return number(told, person.chart, "laboratory")
    graded = [(found, _grade_of(found, person)) for found in Recorded(person, meanings).active]
    highest = max((pair for pair in graded if pair[1]), key=lambda pair: pair[1] or 0, default=None)
    if highest is None:
        return person.chart.missing("Condition", "Observation")
    return known(Interval.point(Decimal(highest[1] or 0)), highest[0])


def _grade_in_text(carrier: dict[str, object]) -> Interval | Why:
    said = carrier.get("valueString") or child(carrier, "valueCodeableConcept").get("text")
    found = _GRADE.search(str(said).casefold()) if isinstance(said, str) else None
    return Interval.point(int(found[1])) if found else Why.NOT_RECORDED


def _grade_of(found: Diagnosis, person: Person) -> int | None:
    """A grade written in the name of a diagnosis, its severity or its stage."""
    terms, resource = person.chart.terms, found.resource
    concepts = [found.code, terms.under(resource, "severity")]
    concepts += [terms.under(stage, "summary") for stage in children(resource, "stage")]
    said = [one for concept in concepts for one in (concept.text, *(coding.display for coding in concept.codings))]
    grades = [int(match[1]) for one in said if (match := _GRADE.search(one))]
    return max(grades, default=None)


def pneumonitis(person: Person) -> Fact:
    """An active pneumonitis or interstitial lung disease."""
    return has(person, "pneumonitis")


def pneumonitis_ctcae_grade(person: Person) -> Fact:
    """Its recorded grade."""
    return ctcae_grade(person, "pneumonitis-grade", "pneumonitis")


def platelet_decrease_ctcae_grade(person: Person) -> Fact:
    """The recorded grade of a platelet decrease."""
    return ctcae_grade(person, "platelet-decrease-grade", "platelet-decrease")


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


def recent_surgery(person: Person) -> Fact:
    """An operation within the window, by the name of a Procedure that was done."""
    open_day = False
    for procedure in person.chart.of("Procedure"):
        done = procedure.get("status") == "completed"
        concept = person.chart.terms.under(procedure, "code")
        if not done or not {"surgery", "hysterectomy"} & set(person.means(_SET, concept)):
            continue
        span = used(when(procedure, "performedDateTime", "performedPeriod"), person.chart.on)
        if is_within(span, person.chart, "recent-surgery") and person.chart.passes(procedure):
            return Known("yes", str(procedure.get("id") and f"Procedure/{procedure['id']}") or None, day(span))
        open_day = open_day or span is None
    return Unclear(Why.UNDATED) if open_day else person.no_or("Procedure")
