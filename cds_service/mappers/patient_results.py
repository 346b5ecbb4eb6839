"""Results and examinations of the patient by name. Of the many of a long record only the newest of each are checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from functools import cached_property

from ..domain.call import Json
from .chart import REPORTED, Chart
from .dates import Span, used, when
from .findings import Finding, taken_on
from .result_names import Names, names_of
from .shape import children, ref_of, text

_MOST = 12  # of one kind; what decides is among the newest
_DONE = {"DiagnosticReport": REPORTED, "Procedure": frozenset({"completed"})}
_STUDY_DATES = ("effectiveDateTime", "effectivePeriod", "performedDateTime", "performedPeriod")
Named = tuple[Json, Json, bool]  # an Observation, the element of it that carries the value, and whether it surely does


class PatientResults:
    """The index of one record, made when first asked."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._names: dict[str, Names] = {}
        self._studies: dict[tuple[str, str], Iterable[str]] = {}

    @cached_property
    def _results(self) -> dict[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for observation in self._chart.results:
            for carrier in (observation, *children(observation, "component")):
                names = self._named(carrier)
                for name in names.kinds:
                    found.setdefault(name, []).append((observation, carrier, names.surely))
        return found

    def of(self, name: str, until: Date | None = None) -> list[Finding]:
        """The newest results of one kind; with `until` those of that day and before."""
        self._chart.look_for("patient-finding", name)
        named = self._results.get(name, [])
        # A name beside a code that is not listed may be wrong: such a result is asked only where there is no other.
        named = [each for each in named if each[2]] or named
        dated = [(taken_on(one, self._chart), one, carrier, surely) for one, carrier, surely in named]
        if until:
            dated = [each for each in dated if each[0] and each[0].last <= until]
        newest = sorted((each for each in dated if each[0]), key=lambda each: self._day(each[0]), reverse=True)[:_MOST]
        newest += [each for each in dated if each[0] is None][:_MOST]
        valid = self._chart.is_valid
        return [Finding(name, by, one, span, surely and valid(one), False) for span, one, by, surely in newest]

    def studies(self, name: str) -> list[tuple[Span | None, str]]:
        """When an examination of this name was done, by reports, procedures and results that stand; newest first."""
        self._chart.look_for("study", name)
        found = [(when(one, *_STUDY_DATES), one) for one in self._examinations if name in self._studied(one)]
        newest = sorted(found, key=lambda each: self._day(each[0]), reverse=True)[:_MOST]
        newest += [each for each in found if each[0] is None and each not in newest][:1]
        return [(span, ref_of(one)) for span, one in newest if self._chart.is_valid(one)]

    @cached_property
    def _examinations(self) -> list[Json]:
        chart = self._chart
        done = [one for kind, statuses in _DONE.items() for one in chart.of(kind) if text(one, "status") in statuses]
        return [one for one in (*done, *chart.results) if not chart.is_to_come(one)]

    def _named(self, carrier: Json) -> Names:
        """What a code stands for; a record holds few codes many times over."""
        key = repr(carrier.get("code"))
        if key not in self._names:
            self._names[key] = names_of(self._chart.terms.under(carrier, "code"), self._chart.terms)
        return self._names[key]

    def _studied(self, examination: Json) -> Iterable[str]:
        """Which examination a report, procedure or result is of: by its code, its name, or the name of its images."""
        shown = [text(one, "display") for one in children(examination, "imagingStudy")]
        key = (repr(examination.get("code")), repr(shown))
        if key not in self._studies:
            terms = self._chart.terms
            concept = terms.under(examination, "code")
            images = [word for one in shown for word in terms.by_words("study", terms.concept({"text": one}))]
            self._studies[key] = [*terms.by_code("study", concept), *terms.by_words("study", concept), *images]
        return self._studies[key]

    def _day(self, span: Span | None) -> Date:
        """For sorting: what cannot be dated, or is still to come, last."""
        come = used(span, self._chart.on)
        return come.last if come else Date.min
