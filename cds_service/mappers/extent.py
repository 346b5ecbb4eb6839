"""The fact extent: the newest statement, unless active disease is recorded after it."""

from __future__ import annotations

from ..domain.values import Fact, Known, Unclear, Why
from .certainty import ACTIVE, RETURNED
from .conditions import Diagnosis
from .dates import used
from .extent_in_words import extent_in_words
from .findings import coded_answer
from .operations import operations_of
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
    written = extent_in_words(tumour)
    stated = [Reading(_MEANS.get(str(one.value), one.value), one.span, one.ref) for one in said]
    stated += [one for one in written if one.value != "advanced"]
    latest = newest(usable(stated, chart.on))
    fact = agreed(latest) if latest else None
    spread, unlinked = active_disease(tumour)
    spread += [one for one in written if one.value == "advanced"]
    if fact is None:
        nothing = nothing_usable(stated, chart.missing("Condition", "Observation"))
        return _without_a_statement(spread, unlinked or left_out, nothing)
    if isinstance(fact, Known) and fact.value != "advanced" and spread:
        fact = _against(fact, latest, spread, tumour)
    return _after_surgery(fact, latest, tumour)


def _after_surgery(fact: Fact, latest: list[Reading], tumour: Tumour) -> Fact:
    """No residual disease is said of surgery before it: an operation after it may have left some."""
    if not isinstance(fact, Known) or fact.value != _MEANS["no-residual-disease"]:
        return fact
    operations = [one.span for one in operations_of(tumour) if one.is_resection and one.may_be_of_nen and one.span]
    later = any(one.span and span.after(one.span) for span in operations for one in latest)
    return Unclear(Why.TOO_OLD, (fact,)) if later else fact


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


def active_disease(tumour: Tumour) -> tuple[list[Reading], bool]:
    """Active metastases and recurrences of the NEN, and whether some were left out as another tumour's."""
    found, left_out = spread_of(tumour)
    # A Condition that says it has come back does not say since when.
    undated = [one.status in RETURNED and not one.secondary for one in found]
    spans = [None if hidden else one.span for one, hidden in zip(found, undated, strict=True)]
    return [Reading("advanced", span, one.ref) for one, span in zip(found, spans, strict=True)], left_out


def spread_of(tumour: Tumour) -> tuple[list[Diagnosis], bool]:
    """The diagnoses that tell of active distant disease of the NEN, and whether some may be of another tumour."""
    refs = {found.ref for found in tumour.nens if not found.secondary}
    told = [one for one in tumour.diagnoses if _tells_of_spread(one) and _counts(one, tumour)]
    found = [one for one in told if one.is_nen or _is_of_the_nen(one, refs, tumour)]
    return found, any(one.secondary for one in told if one not in found)


def _tells_of_spread(diagnosis: Diagnosis) -> bool:
    return bool(set(diagnosis.metastases) - {_MAY_BE_REGIONAL}) or diagnosis.status in RETURNED


def _counts(diagnosis: Diagnosis, tumour: Tumour) -> bool:
    return diagnosis.status in ACTIVE and tumour.why_not(diagnosis) is None


def _is_of_the_nen(diagnosis: Diagnosis, refs: set[str], tumour: Tumour) -> bool:
    """True for a metastasis related to the NEN, or of a patient who has no other cancer it could come from."""
    if not diagnosis.secondary:
        return False
    related = diagnosis.related
    if related:
        return bool(related & refs)
    return tumour.chart.had("Condition") and not tumour.certain_others
