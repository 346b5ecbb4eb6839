"""Which tumour a result is about, where the patient has more than one."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.call import Json
from .chart import REPORTED, Chart
from .findings import Finding, specimen_of
from .kinds import NEN, class_of
from .shape import child, children, extensions, local_ref, ref_of, references, text


def condition_refs(observation: Json) -> set[str]:
    """The Conditions a result says it is about: by focus, or by mCODE's related condition."""
    related = [local_ref(child(found, "valueReference")) for found in extensions(observation, "related-condition")]
    return {ref for ref in (*references(observation, "focus"), *related) if ref.startswith("Condition/")}


def is_linked(
    finding: Finding, nen_refs: set[str], sites: set[str], of_nen: Mapping[str, list[Json]], chart: Chart
) -> bool | None:
    """True when the result says it is of the NEN, False when it says it is not, None when it does not say."""
    observation = finding.observation
    named = condition_refs(observation)
    if named and not named & nen_refs:
        return False
    if named or finding.own_code or _stated_sites(observation, chart) & sites:
        return True
    return True if any(chart.passes(report) for report in of_nen.get(finding.ref, ())) else None


def reports_of_nen(chart: Chart) -> dict[str, list[Json]]:
    """The reports that stand and conclude a NEN, by the results they hold."""
    found: dict[str, list[Json]] = {}
    for report in chart.of("DiagnosticReport"):
        concluded = [chart.terms.concept(one) for one in children(report, "conclusionCode")]
        stands = text(report, "status") in REPORTED and not chart.is_to_come(report)
        if stands and ref_of(report) and class_of(concluded, chart.terms) in NEN:
            for ref in references(report, "result"):
                found.setdefault(ref, []).append(report)
    return found


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
