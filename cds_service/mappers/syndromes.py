"""The facts functional_status and hormone_syndrome."""

from __future__ import annotations

from ..domain.values import Fact, Known, Unclear, Why
from .certainty import ACTIVE
from .conditions import Diagnosis
from .findings import coded_answer
from .reasons import reasons_of
from .settle import day, knowns, nothing_usable, usable
from .tumour import Tumour

_UNNAMED = "other"


def functional_status(tumour: Tumour) -> Fact:
    """functioning by an active syndrome, a finding or an order's reason; non-functioning only where written."""
    functioning = [known for known, _ in _syndromes(tumour)]
    written, findings_missing = _written(tumour)
    functioning += [known for known in written if known.value == "functioning"]
    silent = [known for known in written if known.value == "non-functioning"]
    past = [_known("functioning", d) for d in _with_syndrome(tumour) if not _is_active(d, tumour)]
    if silent and (functioning or past):
        return Unclear(Why.CONFLICTING, (*functioning, *past, *silent))
    if functioning or silent:
        return (functioning or silent)[0]
    return Unclear(Why.NOT_CONFIRMED, tuple(past)) if past else findings_missing


def hormone_syndrome(tumour: Tumour) -> Fact:
    """The syndrome of a functioning tumour; `other` where it has no name of ours, none where it is non-functioning."""
    status = functional_status(tumour)
    if isinstance(status, Unclear):
        return status
    if status.value == "non-functioning":
        return Known("none", status.source, status.date)
    found = [Known(name, known.source, known.date) for known, name in _syndromes(tumour)]
    named = [known for known in found if known.value != _UNNAMED]
    if len({known.value for known in named}) > 1:
        return Unclear(Why.CONFLICTING, tuple(named))
    return (named or found or [Known(_UNNAMED, status.source, status.date)])[0]


def _syndromes(tumour: Tumour) -> list[tuple[Known, str]]:
    """Every sign that the tumour functions, with the syndrome it names."""
    active = [found for found in _with_syndrome(tumour) if _is_active(found, tumour)]
    found = [(_known("functioning", d), name) for d in active for name in d.syndromes]
    terms = tumour.chart.terms
    for draft in tumour.chart.drafts:
        for concept in reasons_of(draft.resource, tumour.chart).concepts:
            names = terms.by_code("hormone-syndrome", concept) or terms.by_words("hormone-syndrome", concept)
            found += [(Known("functioning", draft.ref), name) for name in names]
    return found


def _written(tumour: Tumour) -> tuple[list[Known], Unclear]:
    """Where functioning or non-functioning is written, and why there may be nothing."""
    chart = tumour.chart
    findings, left_out = tumour.results("functional-status")
    read = [finding.reading(coded_answer(chart, "functioning", "non-functioning")) for finding in findings]
    told = list(knowns(usable(read, chart.on)))
    for diagnosis in (found for found in tumour.nens if not tumour.primaries.is_of_another(found)):
        concepts = (diagnosis.code, diagnosis.morphology)
        words = [word for concept in concepts for word in chart.terms.by_code("functional-status", concept)]
        words = words or chart.terms.by_words("functional-status", diagnosis.code)
        told += [_known(word, diagnosis) for word in words]
    missing = Unclear(Why.NOT_LINKED) if left_out else chart.missing("Condition", "Observation")
    return told, nothing_usable(read, missing)


def _with_syndrome(tumour: Tumour) -> list[Diagnosis]:
    return [found for found in tumour.diagnoses if found.syndromes and not tumour.primaries.is_of_another(found)]


def _is_active(found: Diagnosis, tumour: Tumour) -> bool:
    return found.status in ACTIVE and tumour.why_not(found) is None


def _known(value: str, found: Diagnosis) -> Known:
    return Known(value, found.ref or None, day(found.span))
