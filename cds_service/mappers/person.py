"""The patient beside the tumour: results and examinations that the safety facts are read from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date

from ..domain.call import Json
from ..domain.values import Fact, Known, Unclear, Why
from .chart import Chart
from .codes import Concept
from .dates import Span
from .findings import Finding
from .history import History
from .patient_results import PatientResults
from .result_names import is_of_another_fluid
from .settle import Reading, Value
from .tumour import Tumour


class Person:
    """One patient as the chart tells of them; everything is worked out when first asked."""

    def __init__(self, tumour: Tumour, history: History) -> None:
        self.tumour = tumour
        self.history = history
        self.chart: Chart = tumour.chart
        self._results = PatientResults(self.chart)

    def results(self, name: str, until: Date | None = None) -> list[Finding]:
        """The newest results of one kind, up to a day."""
        return self._results.of(name, until)

    def blood(self, name: str, until: Date | None = None) -> list[Finding]:
        """The same, up to a day, without those whose specimen or name says that they are of another fluid."""
        return [found for found in self._results.of(name, until) if not is_of_another_fluid(found, self.chart)]

    def readings(self, name: str, read: Callable[[Json], Value]) -> list[Reading]:
        """What is read from the results of one kind."""
        return [finding.reading(read) for finding in self.results(name)]

    def studies(self, name: str) -> list[tuple[Span | None, str]]:
        """When an examination of this name was done, newest first."""
        return self._results.studies(name)

    def means(self, set_name: str, concept: Concept) -> list[str]:
        """What a concept means in a value set: by code, else by the words it holds."""
        terms = self.chart.terms
        return terms.by_code(set_name, concept) or terms.by_words(set_name, concept)

    def no_or(self, *kinds: str) -> Fact:
        """no, where the searches of these types were answered in full; else why that cannot be said."""
        missing = self.chart.missing(*kinds)
        return Known("no") if missing.why is Why.NOT_RECORDED else Unclear(missing.why)
