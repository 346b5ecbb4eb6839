"""The fact differentiation: histology codes, coded pathology, disorder codes, and words where they are unambiguous."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date

from ..domain.values import Fact, Known, Unclear, Why
from .conditions import Diagnosis, stated_morphology
from .dates import Span, span_of
from .findings import Finding, coded_answer
from .settle import day, nothing_usable, usable
from .shape import text
from .tumour import Tumour, of_each_tumour

# What a code or word means since a day; before that it also named something else.
_SINCE = {
    # Until the WHO classification of 2019 was in use, "NEC" and "NEC G3" also named what is now NET-G3 (A051).
    "poor-if-since-2020": ("poor", Date(2020, 1, 1)),
    # Before ICD-O-3.2 its code for MiNEN named mixed pancreatic tumours. Registries use 3.2 from this day on (NAACCR,
    # Guidelines for ICD-O-3.2 histology code and behavior update implementation, effective January 1, 2021).
    "mixed-if-since-2021": ("mixed", Date(2021, 1, 1)),
}
_WORDS = ("well", "poor", "mixed")


@of_each_tumour
def differentiation(tumour: Tumour) -> Fact:
    """well, poor or mixed; two of them on one record are a contradiction, and NEC of old may be a NET."""
    found = [known for d in tumour.nens if not tumour.primaries.is_of_another(d) for known in _of_diagnosis(d, tumour)]
    findings, left_out = tumour.results("differentiation")
    read = [finding.reading(coded_answer(tumour.chart, *_WORDS)) for finding in findings]
    found += [reading.known or Why.NOT_UNDERSTOOD for reading in usable(read, tumour.chart.on)]
    known = [one for one in found if isinstance(one, Known)]
    if len({one.value for one in known}) > 1:
        return Unclear(Why.CONFLICTING, tuple(known))
    if known:
        return known[0]
    if found:
        return Unclear(Why.NOT_UNDERSTOOD if Why.NOT_UNDERSTOOD in found else Why.AMBIGUOUS)
    return Unclear(Why.NOT_LINKED) if left_out else nothing_usable(read, tumour.chart.missing("Condition"))


def _of_diagnosis(diagnosis: Diagnosis, tumour: Tumour) -> list[Known | Why]:
    """What one Condition and its histology say; words that may mean either are read only where no code tells."""
    terms, results = tumour.chart.terms, _histology_of(diagnosis, tumour)
    since = first_recorded(diagnosis, results)
    coded = [(concept, diagnosis.ref, since) for concept in stated_morphology(diagnosis.resource, terms)]
    coded += [(terms.under(found.carrier, "valueCodeableConcept"), found.ref, found.span) for found in results]
    coded.append((diagnosis.code, diagnosis.ref, since))
    said = [
        _resolved(word, source, span)
        for concept, source, span in coded
        for word in terms.by_code("differentiation", concept)
    ]
    told = any(isinstance(one, Known) for one in said)
    worded = terms.by_words("differentiation", diagnosis.code)
    if set(_WORDS) & set(worded):  # "well differentiated neuroendocrine carcinoma" is a NET: its own words decide
        worded = [word for word in worded if word in _WORDS]
    return said + [_resolved(word, diagnosis.ref, since) for word in worded if word in _WORDS or not told]


def _histology_of(diagnosis: Diagnosis, tumour: Tumour) -> list[Finding]:
    place = next(number for number, found in enumerate(tumour.diagnoses) if found is diagnosis)
    return tumour.histology_by_diagnosis[place]


def _resolved(word: str, source: str, span: Span | None) -> Known | Why:
    if word in _SINCE:
        meant, first_day = _SINCE[word]
        word = meant if span and span.first >= first_day else "ask"
    return Known(word, source or None, day(span)) if word in _WORDS else Why.AMBIGUOUS


def first_recorded(diagnosis: Diagnosis, histology: Iterable[Finding]) -> Span | None:
    """The earliest of onset, recorded date and dated pathology."""
    written = [span_of(text(diagnosis.resource, key)) for key in ("onsetDateTime", "recordedDate")]
    dates = [span for span in (diagnosis.span, *written, *(found.span for found in histology)) if span]
    return min(dates, key=lambda span: span.first) if dates else None
