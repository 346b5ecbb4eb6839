"""The facts diagnosis and primary_site."""

from __future__ import annotations

from ..domain.values import Fact, Known, Unclear, Why
from .conditions import Diagnosis
from .findings import answered
from .kinds import NEN, class_of
from .reasons import reasons_of
from .settle import day
from .tumour import Tumour


def diagnosis(tumour: Tumour) -> Fact:
    """nen, other, or unclear: a patient without a usable NEN Condition has none only when all were read."""
    if tumour.nens:
        return _known("nen", tumour.nens[0]) if not _of_a_look_alike(tumour) else Unclear(Why.NOT_LINKED)
    for found in tumour.diagnoses:
        if found.is_nen is not False or found.named_in_doubt:
            return Unclear(tumour.why_not(found) or Why.NOT_UNDERSTOOD)
    if _names_a_nen(tumour):
        return Unclear(Why.NOT_LINKED)
    if any(found.syndromes for found in tumour.diagnoses):
        return Unclear(Why.AMBIGUOUS)  # the syndrome of a tumour that nobody recorded
    if any(not found.code.stated and not tumour.chart.passes(found.resource) for found in tumour.diagnoses):
        return Unclear(Why.NOT_UNDERSTOOD)
    return Known("other") if tumour.chart.had("Condition") else tumour.chart.missing("Condition")


def _of_a_look_alike(tumour: Tumour) -> bool:
    """True where all that names a NEN are metastases, beside a primary that is a look-alike or a NEC of elsewhere."""
    primaries = [found for found in tumour.diagnoses if not found.secondary and found.kind not in ("", "benign")]
    return all(found.secondary for found in tumour.nens) and any(found.is_nen is False for found in primaries)


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


def _names_a_nen(tumour: Tumour) -> bool:
    """True for histology of a NEN that belongs to no Condition of one."""
    terms = tumour.chart.terms
    read = [answered(finding.carrier, terms) for finding in tumour.histology]
    return any(class_of([concept], terms) in NEN for concept in read if concept)


def _known(value: str, found: Diagnosis) -> Known:
    return Known(value, found.ref or None, day(found.span))
