"""Diagnoses the safety rules ask for: there now, denied or doubted, or not on record."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..domain.interval import Interval
from ..domain.set_aside import Aside
from ..domain.values import Fact, Known, Unclear, Why
from .certainty import ACTIVE, Sure, status_of
from .codes import Concept
from .conditions import Diagnosis
from .dates import Span, used, when
from .person import Person
from .results import first_within
from .settle import day

_SET = "precaution"
_WEEKS = re.compile(r",? ?(?:第 ?)?\(?\d{1,2} ?(?:週|weeks?\b).*$")


class Recorded:
    """The diagnoses of some meanings: those that hold now, and why others cannot be relied on."""

    def __init__(self, person: Person, meanings: Iterable[str], *, exactly: bool = False) -> None:
        self.all: list[Diagnosis] = []
        self.active: list[Diagnosis] = []
        self.doubt: Why | None = None
        wanted = set(meanings)
        person.chart.look_for(_SET, *wanted)
        for found in person.tumour.diagnoses:
            told, denied = _said(found, person, exactly=exactly)
            if wanted & (told - denied):
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

    def leave_out(self, person: Person) -> None:
        """Note what a reader who asks for what holds now could not use, for it is over."""
        for found in self.all:
            if found not in self.active:
                person.chart.leave_out(found.ref, Aside.OVER)


def _said(found: Diagnosis, person: Person, *, exactly: bool) -> tuple[set[str], set[str]]:
    """What the codes and the name of a diagnosis mean, and what its name denies or doubts."""
    terms = person.chart.terms
    if exactly:
        return set(terms.exactly(_SET, found.code) or terms.exactly(_SET, _without_weeks(found.code))), set()
    matches = [match for said in terms.said(_SET, found.code) for match in terms.matches(_SET, said)]
    told = {match.means for match in matches if not match.denied}
    return told | set(terms.by_code(_SET, found.code)), {match.means for match in matches if match.denied} - told


def _without_weeks(code: Concept) -> Concept:
    """A name without how far a pregnancy has come, as "pregnancy, 12 weeks"."""
    return Concept(text=_WEEKS.sub("", code.text))


def _is_over(found: Diagnosis, person: Person) -> bool:
    span = used(when(found.resource, "abatementDateTime", "abatementPeriod"), person.chart.on)
    return span is not None


def known(value: str | Interval, found: Diagnosis) -> Known:
    """A fact that stands on this diagnosis."""
    return Known(value, found.ref or None, day(found.span))


def doubt_of(person: Person, *meanings: str) -> Why | None:
    """Why such a diagnosis may be there though none can be relied on."""
    return Recorded(person, meanings).doubt


def has(person: Person, *meanings: str) -> Fact:
    """yes while such a diagnosis is active; no where the search was answered in full and holds none."""
    recorded = Recorded(person, meanings)
    if recorded.active:
        return known("yes", recorded.active[0])
    recorded.leave_out(person)
    return Unclear(recorded.doubt) if recorded.doubt else person.no_or("Condition")


def had_within(person: Person, window: str, *meanings: str) -> Fact:
    """yes for such an event within the window, over or not; one whose day is not told leaves it open."""
    recorded = Recorded(person, meanings)
    days = [(found, _newest_day(found, person)) for found in recorded.all]
    if recent := first_within([(span, found.ref) for found, span in days], person.chart, window):
        return recent
    if any(span is None for _, span in days):
        return Unclear(Why.UNDATED)
    if recorded.doubt or recorded.active:
        return Unclear(recorded.doubt or Why.TOO_OLD)
    return person.no_or("Condition")


def _newest_day(found: Diagnosis, person: Person) -> Span | None:
    """The day of an event: its onset, else the day it was recorded; a history is recorded on some later day."""
    by_words = found.status == "inactive" and status_of(found.resource) == "active"
    keys = ("onsetDateTime", "onsetPeriod") if by_words else ("onsetDateTime", "onsetPeriod", "recordedDate")
    return used(when(found.resource, *keys), person.chart.on)
