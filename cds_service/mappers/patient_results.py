"""Results and examinations of the patient by name. Of the many of a long record only the newest of each are checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from functools import cached_property

from ..domain.call import Json
from .chart import REPORTED, Chart
from .dates import Span, used, when
from .findings import Finding, specimen_of, superseding, taken_on
from .shape import child, children, ref_of, text

_MOST = 12  # of one kind; what decides is among the newest
_DONE = {"DiagnosticReport": REPORTED, "Procedure": frozenset({"completed"}), "Observation": REPORTED}
_STUDY_DATES = ("effectiveDateTime", "effectivePeriod", "performedDateTime", "performedPeriod")
Named = tuple[Json, Json]  # an Observation, and the element of it that carries the value


class PatientResults:
    """The index of one record, made when first asked."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._names: dict[tuple[str, str], list[str]] = {}

    @cached_property
    def _results(self) -> dict[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for observation in self._chart.observations:
            if text(observation, "status") in REPORTED:
                for carrier in (observation, *children(observation, "component")):
                    for name in self._means("patient-finding", carrier):
                        found.setdefault(name, []).append((observation, carrier))
        return found

    def of(self, name: str, until: Date | None = None) -> list[Finding]:
        """The newest results of one kind; with `until` those of that day and before."""
        self._chart.look_for("patient-finding", name)
        named = self._results.get(name, [])
        standing = {id(one) for one in superseding([observation for observation, _ in named])}
        dated = [(taken_on(one, self._chart), one, carrier) for one, carrier in named if id(one) in standing]
        if until:
            dated = [each for each in dated if each[0] and each[0].last <= until]
        newest = sorted((each for each in dated if each[0]), key=lambda each: self._day(each[0]), reverse=True)[:_MOST]
        newest += [each for each in dated if each[0] is None][:_MOST]
        return [Finding(name, carrier, one, span, self._chart.is_valid(one), False) for span, one, carrier in newest]

    def studies(self, name: str) -> list[tuple[Span | None, str]]:
        """When an examination of this name was done, by reports, procedures and results that stand; newest first."""
        self._chart.look_for("study", name)
        found = [(when(one, *_STUDY_DATES), one) for one in self._examinations if name in self._means("study", one)]
        newest = sorted(found, key=lambda each: self._day(each[0]), reverse=True)[:_MOST]
        newest += [each for each in found if each[0] is None and each not in newest][:1]
        return [(span, ref_of(one)) for span, one in newest if self._chart.is_valid(one)]

    @cached_property
    def _examinations(self) -> list[Json]:
        chart = self._chart
        found = (*chart.of("DiagnosticReport"), *chart.of("Procedure"), *chart.observations)
        done = [one for one in found if text(one, "status") in _DONE[text(one, "resourceType")]]
        return [one for one in done if not chart.is_to_come(one)]

    def _means(self, set_name: str, carrier: Json) -> Iterable[str]:
        """What a code means; a record holds few codes many times over."""
        key = (set_name, repr(carrier.get("code")))
        if key not in self._names:
            terms = self._chart.terms
            concept = terms.under(carrier, "code")
            by_words = terms.exactly if set_name == "patient-finding" else terms.by_words
            self._names[key] = terms.by_code(set_name, concept) or by_words(set_name, concept)
        return self._names[key]

    def _day(self, span: Span | None) -> Date:
        """For sorting: what cannot be dated, or is still to come, last."""
        come = used(span, self._chart.on)
        return come.last if come else Date.min


def is_of_urine(finding: Finding, chart: Chart) -> bool:
    """True where the specimen says so."""
    specimen = specimen_of(finding.observation, chart)
    kind = chart.terms.under(specimen, "type")
    shown = text(child(finding.observation, "specimen"), "display")
    told = (shown, kind.text, *(coding.display for coding in kind.codings))
    return any("urine" in said.casefold() or "尿" in said for said in told)
