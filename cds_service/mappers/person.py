"""The patient beside the tumour: results, diagnoses and reports that the safety facts are read from."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from ..domain.call import Json
from ..domain.values import Fact, Known, Unclear, Why
from .chart import REPORTED, Chart
from .codes import Concept
from .dates import Span, when
from .findings import Finding, findings_of, specimen_of
from .history import History
from .links import about_somebody_else
from .settle import Reading, Value
from .shape import child, ref_of, text
from .tumour import Tumour

_DONE = frozenset({"completed"})
_STUDY_DATES = ("effectiveDateTime", "effectivePeriod", "performedDateTime", "performedPeriod")


class Person:
    """One patient as the chart tells of them; everything is worked out when first asked."""

    def __init__(self, tumour: Tumour, history: History) -> None:
        self.tumour = tumour
        self.history = history
        self.chart: Chart = tumour.chart

    @cached_property
    def _results(self) -> dict[str, list[Finding]]:
        found = findings_of(self.chart, "patient-finding")
        return {
            name: [one for one in all_of_it if not about_somebody_else(one.observation)]
            for name, all_of_it in found.items()
        }

    def results(self, name: str) -> list[Finding]:
        """The results of one kind that are of the patient; a fetus or a donor is somebody else."""
        return self._results.get(name, [])

    def blood(self, name: str) -> list[Finding]:
        """The results of one kind, without those whose specimen says that it is urine."""
        return [found for found in self.results(name) if not _is_of_urine(found, self.chart)]

    def readings(self, name: str, read: Callable[[Json], Value]) -> list[Reading]:
        """What is read from the results of one kind."""
        return [finding.reading(read) for finding in self.results(name)]

    def studies(self, name: str) -> list[tuple[Span | None, str]]:
        """When an examination of this name was done, by reports, procedures and results that stand."""
        found = []
        for kind, stands in (("DiagnosticReport", REPORTED), ("Procedure", _DONE), ("Observation", REPORTED)):
            for one in self.chart.of(kind):
                if text(one, "status") in stands and self._is_study(one, name) and self.chart.passes(one):
                    found.append((when(one, *_STUDY_DATES), ref_of(one)))
        return found

    def _is_study(self, resource: Json, name: str) -> bool:
        return name in self.means("study", self.chart.terms.under(resource, "code"))

    def means(self, set_name: str, concept: Concept) -> list[str]:
        """What a concept means in a value set: by code, else by the words it holds."""
        terms = self.chart.terms
        return terms.by_code(set_name, concept) or terms.by_words(set_name, concept)

    def no_or(self, *kinds: str) -> Fact:
        """no, where the searches of these types were answered in full; else why that cannot be said."""
        missing = self.chart.missing(*kinds)
        return Known("no") if missing.why is Why.NOT_RECORDED else Unclear(missing.why)


def _is_of_urine(finding: Finding, chart: Chart) -> bool:
    specimen = specimen_of(finding.observation, chart)
    kind = chart.terms.under(specimen, "type")
    shown = text(child(finding.observation, "specimen"), "display")
    told = (shown, kind.text, *(coding.display for coding in kind.codings))
    return any("urine" in said.casefold() or "尿" in said for said in told)
