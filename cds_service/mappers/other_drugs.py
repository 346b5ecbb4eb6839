"""Other drugs of the patient, by what makes them matter: value sets of ingredients, each with a source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import cached_property

from ..domain.call import Json
from ..domain.values import Fact, Known, Unclear, Why
from .administration import LOCAL, route_of
from .exposures import Exposure, course_of_record
from .on_record import records_in_doubt
from .person import Person
from .results import first_within, is_within
from .settle import day
from .shape import forbids, text
from .supplies import counted
from .told_of_drug import OTHERS, names_nothing, said_of_drug

_WINDOW = "interacting-drug"
_NAMES = ("medicationCodeableConcept", "medicationReference", "code", "orderDetail", "usedCode", "usedReference")


class OtherDrugs:
    """The drugs of one patient as far as the value sets of interacting ingredients name them."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.chart = person.chart
        self._named: dict[str, frozenset[str]] = {}

    @cached_property
    def exposures(self) -> list[Exposure]:
        """Every record that counts as history and names such a drug, the newest first; none is checked yet."""
        found = []
        for kind, resource, span in counted(self.chart):
            if means := self._means(resource):
                course = course_of_record(resource, span, self.chart.on)
                found.append(Exposure(means, kind, text(resource, "status"), span, *course, resource))
        return sorted(found, key=lambda one: one.day, reverse=True)

    def _is_usable(self, one: Exposure) -> bool:
        return self.chart.is_valid(one.resource) and forbids(one.resource) is False

    @cached_property
    def drafts(self) -> list[tuple[str, frozenset[str], Json]]:
        """The drafts of this call that order a drug: reference, meanings, and the order."""
        return [(draft.ref, self._means(draft.resource, local_too=True), draft.resource) for draft in self.chart.drafts]

    def in_plan(self, *meanings: str) -> Fact:
        """yes for a draft or a supplied drug; no only where the history was read and holds none of these."""
        wanted = set(meanings)
        self.chart.look_for("other-drug", *wanted)
        for ref, means, order in self.drafts:
            if wanted & means and not self._is_local(order):
                return Known("yes", ref)
        found = [one for one in self.exposures if wanted & one.means]
        recent = (one for one in found if (one.active or one.given) and self._is_recent(one))
        last = next((one for one in recent if self._is_usable(one)), None)
        if last and not _is_over(last, found):
            return Known("yes", last.ref or None, day(last.span))
        if not any(self._is_recent(one) for one in found):
            first_within([(one.span, one.ref) for one in found if one.active or one.given], self.chart, _WINDOW)
        return self._absent(found, wanted)

    def _is_recent(self, one: Exposure) -> bool:
        """True for a supply within the window, or one of so many days that it lasts till now."""
        handed_out = one.kind in ("MedicationRequest", "MedicationDispense")
        lasts = handed_out and one.first and one.last and one.first <= self.chart.on <= one.last
        return bool(lasts) or is_within(one.span, self.chart, _WINDOW)

    @cached_property
    def _in_doubt(self) -> frozenset[str]:
        """What the records mean of which no status tells whether the drug was supplied."""
        return frozenset(word for _, one in records_in_doubt(self.chart) for word in self._means(one))

    def _absent(self, found: Iterable[Exposure], wanted: set[str]) -> Fact:
        """no, unless an entry is still active though old, undated or not understood, or the history was not read."""
        for one in (each for each in found if each.active or (each.given and each.span is None)):
            why = Why.UNDATED if one.span is None else Why.TOO_OLD
            return Unclear(why if self._is_usable(one) else Why.NOT_UNDERSTOOD)
        if any(one.may_be_taken_still(self.chart.on) for one in found) or wanted & self._in_doubt:
            return Unclear(Why.NOT_UNDERSTOOD)
        read = self.person.history.was_told
        return Known("no") if isinstance(read, Known) else read

    def names_nothing(self) -> bool:
        """True when a draft of this call does not say which drug it orders."""
        requests = [order for _, _, order in self.drafts if text(order, "resourceType") == "MedicationRequest"]
        return any(names_nothing(order, self.chart.terms, self.chart.find) for order in requests)

    def course_of(self, meaning: str, window: str) -> Fact:
        """yes where supplies of such a drug that follow each other up to now span the days of this window.

        A dose given covers its day: it joins what came later only where the two lie close together.
        """
        found = [one for one in self.exposures if meaning in one.means]
        told = [(one.first, one.last, one) for one in found if one.first and one.last]
        days, gap, close = (timedelta(self.chart.window(name) or 0) for name in (window, _WINDOW, "between-doses"))
        begun = end = self.chart.on if self._is_ordered(meaning) else None
        for first, last, one in sorted(told, key=lambda each: each[1], reverse=True):
            if (begun or self.chart.on) - last > gap:
                break
            is_dose_apart = begun and one.kind == "MedicationAdministration" and begun - last > close
            if is_dose_apart or not self._is_usable(one):
                continue
            begun, end = min(begun or first, first), end or last
            if days and end - begun >= days:
                return Known("yes", one.ref or None, day(one.span))
        plan = self.in_plan(meaning)
        if isinstance(plan, Unclear):
            return plan
        read = self.person.history.was_told
        return Known("no") if isinstance(read, Known) else read

    def _is_ordered(self, meaning: str) -> bool:
        return any(meaning in means and not self._is_local(order) for _, means, order in self.drafts)

    def _is_local(self, resource: Json) -> bool:
        return route_of(resource, self.chart.terms, self.chart.find) == LOCAL

    def _means(self, resource: Json, *, local_too: bool = False) -> frozenset[str]:
        """What a record of a drug means; a long record holds the same drug many times over."""
        key = repr([resource.get(name) for name in _NAMES])
        if key not in self._named or "'#" in key:
            said = said_of_drug(resource, self.chart.terms, self.chart.find)
            self._named[key] = frozenset(w for name in OTHERS for one in said for w in self.person.means(name, one))
        found = self._named[key]
        return frozenset() if found and not local_too and self._is_local(resource) else found


def _is_over(last: Exposure, found: Iterable[Exposure]) -> bool:
    """True where nothing is active, and an order was stopped that is not certainly older than what was given last."""
    if any(one.active for one in found):
        return False
    stopped = [one for one in found if one.status == "stopped" and one is not last]
    return any(one.span is None or one.span.last >= last.day for one in stopped)
