"""Other drugs in plan, by what makes them matter: value sets of ingredients, each with a source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from ..domain.call import Json
from ..domain.values import Fact, Known, Unclear, Why
from .administration import LOCAL, route_of
from .codes import Concept
from .dates import Span, used, when
from .drugs import names_nothing, said_of_drug
from .person import Person
from .results import is_within
from .settle import day
from .shape import child, forbids, modified, ref_of, text
from .supplies import counted

_SETS = ("interacting-drug", "cyp3a4-inhibitor")
_WINDOW = "interacting-drug"
_LONGEST = 400  # days of one supply that are believed
_GIVEN = ("MedicationAdministration", "MedicationDispense")
_WITHDRAWN = frozenset({"entered-in-error", "cancelled", "revoked", "stopped", "completed"})


@dataclass(frozen=True)
class Exposure:
    """One record of a drug: what it means in the value sets, and when it was ordered, reported or given."""

    means: frozenset[str]
    kind: str
    status: str
    span: Span | None
    first: Date | None
    last: Date | None
    ref: str
    valid: bool

    @property
    def active(self) -> bool:
        return self.kind in ("MedicationRequest", "MedicationStatement") and self.status == "active"

    @property
    def given(self) -> bool:
        return self.kind in _GIVEN


class OtherDrugs:
    """The drugs of one patient as far as the value sets of interacting ingredients name them."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.chart = person.chart

    @cached_property
    def exposures(self) -> list[Exposure]:
        """Every record that counts as history and names such a drug."""
        found = []
        for kind, resource, span in counted(self.chart):
            if means := self._means(resource):
                valid = self.chart.passes(resource) and forbids(resource) is False
                status, course = text(resource, "status"), _course(resource, span, self.chart.on)
                found.append(Exposure(means, kind, status, span, *course, ref_of(resource), valid))
        return found

    @cached_property
    def drafts(self) -> list[tuple[str, frozenset[str], Json]]:
        """The drafts of this call that order a drug: reference, meanings, and the order."""
        return [
            (draft.ref, self._means(draft.resource, local_too=True), draft.resource)
            for draft in self.chart.record.drafts
            if text(draft.resource, "status") not in _WITHDRAWN
            and forbids(draft.resource) is False
            and not modified(draft.resource)
        ]

    def in_plan(self, *meanings: str) -> Fact:
        """yes for a draft or a supplied drug; no only where the history was read and holds none of these."""
        wanted = set(meanings)
        for ref, means, order in self.drafts:
            if wanted & means and not self._is_local(order):
                return Known("yes", ref)
        found = [one for one in self.exposures if wanted & one.means]
        recent = [one for one in found if one.valid and is_within(one.span, self.chart, _WINDOW)]
        supplied = [one for one in recent if one.active or one.given]
        if supplied and not self._is_over(supplied, found):
            last = max(supplied, key=lambda one: one.span.last if one.span else self.chart.on)
            return Known("yes", last.ref or None, day(last.span))
        return self._absent(found)

    def _is_over(self, supplied: list[Exposure], found: list[Exposure]) -> bool:
        """True where nothing is active, and an order was stopped that is not certainly older than what was given."""
        if any(one.active for one in found):
            return False
        last = max((one.span.last for one in supplied if one.span), default=None)
        stopped = [one for one in found if one.status == "stopped"]
        return any(last is None or one.span is None or one.span.last >= last for one in stopped)

    def _absent(self, found: Iterable[Exposure]) -> Fact:
        """no, unless an entry is still active though old, undated or not understood, or the history was not read."""
        for one in found:
            if not one.valid:
                return Unclear(Why.NOT_UNDERSTOOD)
            if one.active:
                return Unclear(Why.UNDATED if one.span is None else Why.TOO_OLD)
        read = self.person.history.was_read
        return Known("no") if isinstance(read, Known) else read

    def names_nothing(self) -> bool:
        """True when a draft of this call does not say which drug it orders."""
        requests = [order for _, _, order in self.drafts if text(order, "resourceType") == "MedicationRequest"]
        return any(names_nothing(order, self.chart.terms, self.chart.find) for order in requests)

    def course_of(self, meaning: str, window: str) -> Fact:
        """yes where supplies of such a drug that follow each other up to now span the days of this window."""
        found = [one for one in self.exposures if meaning in one.means]
        told = [(one.first, one.last, one) for one in found if one.valid and one.first and one.last]
        days, gap = self.chart.window(window), timedelta(self.chart.window(_WINDOW) or 0)
        begun = end = self.chart.on if self._is_ordered(meaning) else None
        for first, last, one in sorted(told, key=lambda each: each[1], reverse=True):
            if (begun or self.chart.on) - last > gap:
                break
            begun, end = min(begun or first, first), end or last
            if days is not None and end - begun >= timedelta(days):
                return Known("yes", one.ref or None, day(one.span))
        plan = self.in_plan(meaning)
        if isinstance(plan, Unclear):
            return plan
        read = self.person.history.was_read
        return Known("no") if isinstance(read, Known) else read

    def _is_ordered(self, meaning: str) -> bool:
        return any(meaning in means and not self._is_local(order) for _, means, order in self.drafts)

    def _is_local(self, resource: Json) -> bool:
        return route_of(resource, self.chart.terms, self.chart.find) == LOCAL

    def _means(self, resource: Json, *, local_too: bool = False) -> frozenset[str]:
        terms = self.chart.terms
        said = said_of_drug(resource, terms, self.chart.find)
        found = frozenset(word for name in _SETS for concept in said for word in _in_set(name, concept, self.person))
        return frozenset() if found and not local_too and self._is_local(resource) else found


def _in_set(name: str, concept: Concept, person: Person) -> list[str]:
    return person.means(name, concept)


def _course(resource: Json, span: Span | None, on: Date) -> tuple[Date | None, Date | None]:
    """From when to when one record says the drug was supplied, as far as it has come."""
    if span is None:
        return None, None
    start = used(when(child(resource, "effectivePeriod"), "start"), on)
    first = min(span.first, start.first) if start else span.first
    goes_on = text(resource, "resourceType") == "MedicationStatement" and start and text(resource, "status") == "active"
    ended = "end" in child(resource, "effectivePeriod")
    days = child(child(resource, "dispenseRequest"), "expectedSupplyDuration")
    days = days or child(resource, "daysSupply")
    number = days.get("value")
    if isinstance(number, int | float | Decimal) and text(days, "code") == "d" and 0 < number < _LONGEST:
        return first, max(span.last, first + timedelta(int(number)))
    return first, on if goes_on and not ended else span.last


def cyp3a4_inhibitor(drugs: OtherDrugs) -> Fact:
    """The strongest inhibitor in plan; none where the history was read and holds none."""
    facts = [(strength, drugs.in_plan(strength)) for strength in ("strong", "moderate")]
    for strength, fact in facts:
        if isinstance(fact, Known) and fact.value == "yes":
            return Known(strength, fact.source, fact.date)
    return next((fact for _, fact in facts if isinstance(fact, Unclear)), Known("none"))


def ace_inhibitor(drugs: OtherDrugs) -> Fact:
    """An ACE inhibitor in plan."""
    return drugs.in_plan("ace-inhibitor")


def coumarin(drugs: OtherDrugs) -> Fact:
    """A coumarin anticoagulant in plan."""
    return drugs.in_plan("coumarin")


def beta_blocker(drugs: OtherDrugs) -> Fact:
    """A beta-blocker in plan."""
    return drugs.in_plan("beta-blocker")


def ciclosporin(drugs: OtherDrugs) -> Fact:
    """Ciclosporin in plan."""
    return drugs.in_plan("ciclosporin")


def bromocriptine(drugs: OtherDrugs) -> Fact:
    """Bromocriptine in plan."""
    return drugs.in_plan("bromocriptine")


def glucose_lowering_drug(drugs: OtherDrugs) -> Fact:
    """A drug that lowers glucose in plan."""
    return drugs.in_plan("glucose-lowering")


def steroid_course(drugs: OtherDrugs) -> Fact:
    """A corticosteroid over a long time."""
    return drugs.course_of("corticosteroid", "steroid-course")


def live_vaccine(drugs: OtherDrugs) -> Fact:
    """A live vaccine among the drafts of this call; what was given before does not matter."""
    for ref, means, _ in drugs.drafts:
        if "live-vaccine" in means:
            return Known("yes", ref)
    return Unclear(Why.NOT_UNDERSTOOD) if drugs.names_nothing() else Known("no")


def s1_within_seven_days(drugs: OtherDrugs) -> Fact:
    """S-1 supplied within the washout."""
    chart, history = drugs.chart, drugs.person.history
    found = [one for one in history.supplies if one.drug == "s-1"]
    for one in found:
        if is_within(one.span, chart, "s1-washout"):
            return Known("yes", one.ref or None, day(one.span))
    if any(one.span is None for one in found):
        return Unclear(Why.UNDATED)
    return Known("no") if isinstance(history.was_read, Known) else history.was_read
