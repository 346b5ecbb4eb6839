"""Observations -> readings: only those a value set names, that stand, and that are valid FHIR."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..domain.call import Json
from ..domain.values import Specimen, Why
from .chart import Chart
from .codes import Concept, Terms
from .dates import Span, when
from .settle import Reading, Value
from .shape import child, children, local_ref, ref_of, text
from .specimens import specimen_words
from .whereabouts import may_be_named

NEN_FINDING = "http://nen-cds.org/fhir/CodeSystem/nen-finding"
# Quantities of these say nothing of any tumour but a breast tumour; beside them no other name of the code counts.
KI67_OF_BREAST = "ki67-breast"
# What is found in a piece of tissue: it is of one tumour, and of the day the tissue was taken.
TISSUE = frozenset(
    {"ki67", "ki67-presence", KI67_OF_BREAST, "mitoses-per-2mm2", "mitoses-per-10hpf", "grade", "histology"}
    | {"differentiation", "sstr2-ihc", "rb-status", "kras-status", "genomic-variant", "mgmt-status", "tmb", "msi"}
    | {"pd-l1"}
)
# PET before scintigraphy (rules.md section 1a).
RECEPTOR_STUDIES = ("sstr-imaging", "sstr-scintigraphy")


@dataclass(frozen=True)
class Finding:
    """One result: what it is of, the element that carries its value, and the Observation around it.

    `specimen` says what a finding in tissue was made in, where that is told.
    """

    name: str
    carrier: Json
    observation: Json
    span: Span | None
    valid: bool
    own_code: bool
    specimen: Specimen | None = None

    @property
    def ref(self) -> str:
        return ref_of(self.observation)

    def reading(self, read: Callable[[Json], Value]) -> Reading:
        """The reading `read` makes of it; one that is not FHIR is there, and not understood."""
        return Reading(self._value(read), self.span, self.ref, self.specimen)

    def _value(self, read: Callable[[Json], Value]) -> Value:
        if not self.valid:
            return Why.NOT_UNDERSTOOD
        return Why.NOT_RECORDED if "dataAbsentReason" in self.carrier else read(self.carrier)


def findings_of(chart: Chart) -> dict[str, list[Finding]]:
    """All results that stand, by what they are of; a corrected result takes the place of the one it corrects."""
    found: dict[str, list[Finding]] = {}
    for observation in chart.results:
        for finding in _results(observation, chart):
            found.setdefault(finding.name, []).append(finding)
    return found


def coded(finding_words: Iterable[str], *wanted: str) -> str | Why:
    """The one wanted word among those a coded answer gave."""
    found = {word for word in finding_words if word in wanted}
    return found.pop() if len(found) == 1 else Why.NOT_UNDERSTOOD


def answered(carrier: Json, terms: Terms) -> Concept | None:
    """What a result answers in codes or words, however it is sent; None where it answers in neither."""
    if "valueCodeableConcept" in carrier:
        return terms.under(carrier, "valueCodeableConcept")
    return terms.concept({"text": carrier["valueString"]}) if "valueString" in carrier else None


def coded_answer(chart: Chart, *wanted: str) -> Callable[[Json], str | Why]:
    """Reads one of these words from a coded value, or from a text that is the word and nothing else."""

    def read(carrier: Json) -> str | Why:
        if said := answered(carrier, chart.terms):
            return coded(chart.terms.answer(said), *wanted)
        return Why.NOT_UNDERSTOOD if any(key.startswith("value") for key in carrier) else Why.NOT_RECORDED

    return read


def _results(observation: Json, chart: Chart) -> Iterable[Finding]:
    """The Observation itself and its components, as far as a value set names them."""
    for carrier in (observation, *children(observation, "component")):
        concept = chart.terms.under(carrier, "code")
        names = chart.terms.by_code("observation", concept)
        own = any(system == NEN_FINDING for coding in concept.codings for system, _ in coding.keys)
        for name in [KI67_OF_BREAST] if KI67_OF_BREAST in names else names:
            in_tissue = name in TISSUE
            span = tissue_taken_on(observation, chart) if in_tissue else taken_on(observation, chart)
            piece = specimen_words(observation, specimen_of(observation, chart), chart) if in_tissue else None
            yield Finding(name, carrier, observation, span, chart.passes(observation), own, piece)


def taken_on(observation: Json, chart: Chart) -> Span | None:
    """When the specimen was taken or the finding made; a date of issue is not that day."""
    return when(observation, "effectiveDateTime", "effectivePeriod", "effectiveInstant") or _collected(
        observation, chart
    )


def tissue_taken_on(observation: Json, chart: Chart) -> Span | None:
    """The day of the tissue: a stain may be made on an old block long after it was taken."""
    collected, told = _collected(observation, chart), taken_on(observation, chart)
    return collected if collected and told and told.after(collected) else told


def _collected(observation: Json, chart: Chart) -> Span | None:
    collection = child(specimen_of(observation, chart), "collection")
    return when(collection, "collectedDateTime", "collectedPeriod")


def specimen_of(observation: Json, chart: Chart) -> Json:
    """The specimen of a result, where the record holds it."""
    named = chart.find(local_ref(child(observation, "specimen")), observation)
    found = named[0] if len(named) == 1 else {}
    return found if text(found, "resourceType") == "Specimen" and may_be_named(found) else {}
