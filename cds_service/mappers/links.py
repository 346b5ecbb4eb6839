"""Which tumour a result is about, where the patient has more than one."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.call import Json
from .chart import REPORTED, Chart
from .findings import Finding, specimen_of
from .kinds import NEN, class_of
from .shape import child, children, extensions, local_ref, ref_of, references, text

_PEOPLE = ("Patient/", "RelatedPerson/", "Group/", "Practitioner/", "PractitionerRole/")


def condition_refs(observation: Json) -> set[str]:
    """The Conditions a result says it is about: by focus, or by mCODE's related condition."""
    related = [local_ref(child(found, "valueReference")) for found in extensions(observation, "related-condition")]
    return {ref for ref in (*references(observation, "focus"), *related) if ref.startswith("Condition/")}


def about_somebody_else(observation: Json) -> bool:
    """True when the focus is a person or group: such a result is not about the patient."""
    return any(ref.startswith(_PEOPLE) for ref in references(observation, "focus"))


def is_linked(finding: Finding, nen_refs: Iterable[str], sites: set[str], chart: Chart) -> bool | None:
    """True when the result says it is of the NEN, False when it says it is not, None when it does not say."""
    observation = finding.observation
    named = condition_refs(observation)
    if about_somebody_else(observation) or (named and not named & set(nen_refs)):
        return False
    if named or finding.own_code or _stated_sites(observation, chart) & sites:
        return True
    return True if any(_reports_nen(report, finding, chart) for report in chart.of("DiagnosticReport")) else None


def _stated_sites(observation: Json, chart: Chart) -> set[str]:
    """The sites a result or its specimen names."""
    specimen = specimen_of(observation, chart)
    concepts = [
        chart.terms.under(observation, "bodySite"),
        chart.terms.under(child(specimen, "collection"), "bodySite"),
        chart.terms.under(specimen, "type"),
        chart.terms.concept({"text": text(child(observation, "specimen"), "display")}),
    ]
    read = (chart.terms.by_code, chart.terms.by_words)
    return {site for concept in concepts for ask in read for site in ask("primary-site", concept)}


def _reports_nen(report: Json, finding: Finding, chart: Chart) -> bool:
    """True when a report that stands holds this result and concludes a NEN."""
    if text(report, "status") not in REPORTED or finding.ref not in references(report, "result"):
        return False
    concluded = [chart.terms.concept(found) for found in children(report, "conclusionCode")]
    return bool(ref_of(report)) and class_of(concluded, chart.terms) in NEN and chart.passes(report)
