"""Observations -> readings: only those a value set names, that stand, and that are valid FHIR."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..domain.call import Json
from ..domain.values import Why
from .chart import REPORTED, Chart
from .dates import Span, when
from .settle import Reading, Value
from .shape import child, children, local_ref, ref_of, text
from .whereabouts import may_be_named

NEN_FINDING = "http://nen-cds.org/fhir/CodeSystem/nen-finding"
# Quantities of these say nothing of any tumour but a breast tumour; beside them no other name of the code counts.
_NEVER = "ki67-breast"


@dataclass(frozen=True)
class Finding:
    """One result: what it is of, the element that carries its value, and the Observation around it."""

    name: str
    carrier: Json
    observation: Json
    span: Span | None
    valid: bool
    own_code: bool

    @property
    def ref(self) -> str:
        return ref_of(self.observation)

    def reading(self, read: Callable[[Json], Value]) -> Reading:
        """The reading `read` makes of it; one that is not FHIR is there, and not understood."""
        return Reading(self._value(read), self.span, self.ref)

    def _value(self, read: Callable[[Json], Value]) -> Value:
        if not self.valid:
            return Why.NOT_UNDERSTOOD
        return Why.NOT_RECORDED if "dataAbsentReason" in self.carrier else read(self.carrier)


def findings_of(chart: Chart) -> dict[str, list[Finding]]:
    """All results that stand, by what they are of; a corrected result takes the place of the one it corrects."""
    found: dict[str, list[Finding]] = {}
    for observation in superseding(chart.observations):
        if text(observation, "status") in REPORTED:
            for finding in _results(observation, chart):
                found.setdefault(finding.name, []).append(finding)
    return found


def coded(finding_words: Iterable[str], *wanted: str) -> str | Why:
    """The one wanted word among those a coded answer gave."""
    found = {word for word in finding_words if word in wanted}
    return found.pop() if len(found) == 1 else Why.NOT_UNDERSTOOD


def coded_answer(chart: Chart, *wanted: str) -> Callable[[Json], str | Why]:
    """Reads one of these words from a coded value, or from a text that is the word and nothing else."""

    def read(carrier: Json) -> str | Why:
        if "valueCodeableConcept" in carrier:
            return coded(chart.terms.answer(chart.terms.under(carrier, "valueCodeableConcept")), *wanted)
        if "valueString" in carrier:
            return coded(chart.terms.answer(chart.terms.concept({"text": carrier["valueString"]})), *wanted)
        return Why.NOT_UNDERSTOOD if any(key.startswith("value") for key in carrier) else Why.NOT_RECORDED

    return read


def _results(observation: Json, chart: Chart) -> Iterable[Finding]:
    """The Observation itself and its components, as far as a value set names them."""
    for carrier in (observation, *children(observation, "component")):
        concept = chart.terms.under(carrier, "code")
        names = chart.terms.by_code("observation", concept)
        if names and _NEVER not in names:
            own = any(system == NEN_FINDING for coding in concept.codings for system, _ in coding.keys)
            span = taken_on(observation, chart)
            for name in names:
                yield Finding(name, carrier, observation, span, chart.passes(observation), own)


def taken_on(observation: Json, chart: Chart) -> Span | None:
    """When the specimen was taken or the finding made; a date of issue is not that day."""
    span = when(observation, "effectiveDateTime", "effectivePeriod", "effectiveInstant")
    if span:
        return span
    collection = child(specimen_of(observation, chart), "collection")
    return when(collection, "collectedDateTime", "collectedPeriod")


def specimen_of(observation: Json, chart: Chart) -> Json:
    """The specimen of a result, where the record holds it."""
    named = chart.find(local_ref(child(observation, "specimen")), observation)
    found = named[0] if len(named) == 1 else {}
    return found if text(found, "resourceType") == "Specimen" and may_be_named(found) else {}


def superseding(observations: list[Json]) -> list[Json]:
    """Without originals whose correction, of the same identifier, code, specimen and time, is there too."""
    corrected = {
        key
        for observation in observations
        if text(observation, "status") in ("amended", "corrected")
        for key in _identities(observation)
    }
    return [one for one in observations if text(one, "status") != "final" or not corrected & set(_identities(one))]


def _identities(observation: Json) -> list[tuple[str, ...]]:
    codes = sorted(text(coding, "code") for coding in children(child(observation, "code"), "coding"))
    around = (*codes, local_ref(child(observation, "specimen")), text(observation, "effectiveDateTime"))
    return [
        (text(identifier, "system"), text(identifier, "value"), *around)
        for identifier in children(observation, "identifier")
        if text(identifier, "value")
    ]
