"""The fact extent: the newest statement, unless active disease is recorded after it."""

from __future__ import annotations

from ..domain.values import Fact, Known, Unclear, Why
from .certainty import ACTIVE, RETURNED
from .conditions import Diagnosis
from .dates import used
from .findings import coded_answer
from .settle import Reading, agreed, newest, nothing_usable, usable
from .tumour import Tumour

# Regional nodes do not make a tumour advanced, and a code or word for "lymph node" does not tell which are meant.
_MAY_BE_REGIONAL = "lymph-node"
_MEANS = {
    "unresectable": "advanced",
    "metastatic": "advanced",
    "recurrent": "advanced",
    "resectable": "resectable",
    "no-residual-disease": "resected-no-residual",
}


def extent(tumour: Tumour) -> Fact:
    """advanced, resectable or resected-no-residual; surgery alone says nothing."""
    chart = tumour.chart
    findings, left_out = tumour.results("disease-extent")
    said = [finding.reading(coded_answer(chart, *_MEANS)) for finding in findings]
    stated = [Reading(_MEANS.get(str(one.value), one.value), one.span, one.ref) for one in said]
    latest = newest(usable(stated, chart.on))
    fact = agreed(latest) if latest else None
    spread, unlinked = _active_disease(tumour)
    if fact is None:
        nothing = nothing_usable(stated, chart.missing("Condition", "Observation"))
        return _without_a_statement(spread, unlinked or left_out, nothing)
    if isinstance(fact, Known) and fact.value != "advanced" and spread:
        return _against(fact, latest, spread, tumour)
    return fact


def _without_a_statement(spread: list[Reading], left_out: bool, nothing: Unclear) -> Fact:
    known = next((one.known for one in spread if one.known), None)
    return known or (Unclear(Why.NOT_LINKED) if left_out else nothing)


def _against(fact: Known, latest: list[Reading], spread: list[Reading], tumour: Tumour) -> Fact:
    """A statement of less than advanced disease, beside active disease: what is later stands, if that can be told."""
    for one in spread:
        span = used(one.span, tumour.chart.on)
        if one.known and span and all(stated.span and span.after(stated.span) for stated in latest):
            return one.known
    undated = [one.known for one in spread if one.known and not used(one.span, tumour.chart.on)]
    return Unclear(Why.CONFLICTING, (fact, *undated)) if undated else fact


def _active_disease(tumour: Tumour) -> tuple[list[Reading], bool]:
    """Active metastases and recurrences of the NEN, and whether some were left out as another tumour's."""
    refs = {found.ref for found in tumour.nens if not found.secondary}
    found: list[Reading] = []
    left_out = False
    for diagnosis in tumour.diagnoses:
        distant = set(diagnosis.metastases) - {_MAY_BE_REGIONAL}
        if not (distant or diagnosis.status in RETURNED) or not _counts(diagnosis, tumour):
            continue
        if diagnosis.is_nen or _is_of_the_nen(diagnosis, refs, tumour):
            # A Condition that says it has come back does not say since when.
            undated = diagnosis.status in RETURNED and not diagnosis.secondary
            found.append(Reading("advanced", None if undated else diagnosis.span, diagnosis.ref))
        else:
            left_out = left_out or diagnosis.secondary
    return found, left_out


def _counts(diagnosis: Diagnosis, tumour: Tumour) -> bool:
    return diagnosis.status in ACTIVE and tumour.why_not(diagnosis) is None


def _is_of_the_nen(diagnosis: Diagnosis, refs: set[str], tumour: Tumour) -> bool:
    """True for a metastasis related to the NEN, or of a patient who has no other cancer it could come from."""
    if not diagnosis.secondary:
        return False
    related = diagnosis.related
    if related:
        return bool(related & refs)
    return tumour.chart.had("Condition") and not tumour.other_malignancies
