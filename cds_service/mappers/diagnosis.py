"""The facts diagnosis and primary_site."""

from __future__ import annotations

from ..domain.values import Fact, Known, Unclear, Why
from .conditions import Diagnosis
from .kinds import NEN, class_of
from .reasons import reasons_of
from .settle import day
from .tumour import Tumour


def diagnosis(tumour: Tumour) -> Fact:
    """nen, other, or unclear: a patient without a usable NEN Condition has none only when all were read."""
    if tumour.nens:
        return _known("nen", tumour.nens[0])
    for found in tumour.diagnoses:
        if found.is_nen is not False or found.doubted:
            return Unclear(tumour.why_not(found) or Why.NOT_UNDERSTOOD)
    if any(_names_a_nen(tumour)):
        return Unclear(Why.NOT_LINKED)
    if any(not found.code.stated and not tumour.chart.passes(found.resource) for found in tumour.diagnoses):
        return Unclear(Why.NOT_UNDERSTOOD)
    return Known("other") if tumour.chart.had("Condition") else tumour.chart.missing("Condition")


def primary_site(tumour: Tumour) -> Fact:
    """Where the NEN comes from, never where it has spread to; of two sites, the one the orders are for."""
    primaries = [found for found in tumour.nens if not found.secondary]
    fact = _one_site(primaries)
    if isinstance(fact, Unclear) and fact.why is Why.CONFLICTING:
        wanted = _ordered_for(tumour)
        named = [found for found in primaries if found.ref in wanted]
        return _one_site(named) if named else fact
    return fact


def _one_site(primaries: list[Diagnosis]) -> Fact:
    stated = [_known(site, d) for d in primaries for site in (*d.place.sites, *d.place.contradicted)]
    if len({known.value for known in stated}) > 1:
        return Unclear(Why.CONFLICTING, tuple(stated))
    if stated:
        return stated[0]
    return Unclear(Why.NOT_UNDERSTOOD if any(d.place.not_understood for d in primaries) else Why.NOT_RECORDED)


def _ordered_for(tumour: Tumour) -> set[str]:
    """The Conditions the draft orders are for."""
    return {ref for draft in tumour.chart.drafts for ref in reasons_of(draft.resource, tumour.chart).refs}


def _names_a_nen(tumour: Tumour) -> list[bool]:
    """Histology of a NEN that belongs to no Condition of one."""
    terms = tumour.chart.terms
    concepts = [terms.under(finding.carrier, "valueCodeableConcept") for finding in tumour.histology]
    return [class_of([concept], terms) in NEN for concept in concepts]


def _known(value: str, found: Diagnosis) -> Known:
    return Known(value, found.ref or None, day(found.span))
