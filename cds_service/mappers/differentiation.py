"""The fact differentiation: histology codes, coded pathology, disorder codes, and words where they are unambiguous."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date as Date
from functools import partial

from ..domain.call import Json
from ..domain.values import Fact, Known, Specimen, Unclear, Why
from .codes import Concept, Terms
from .conditions import Diagnosis, stated_morphology
from .dates import Span, span_of
from .findings import Finding, answered, coded, coded_answer
from .kinds import NEN, as_primary, class_of
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
_GRADED = "well-if-net"  # a WHO grade beside the name


@of_each_tumour
def differentiation(tumour: Tumour) -> Fact:
    """well, poor or mixed; two of them on one record are a contradiction, and NEC of old may be a NET."""
    mine = [d for d in tumour.nens if not tumour.primaries.is_of_another(d)]
    said = [one for d in mine for one in _of_diagnosis(d, tumour)]
    findings, left_out = tumour.results("differentiation")
    read = [finding.reading(partial(_own, finding, tumour)) for finding in findings]
    answers = usable(read, tumour.chart.on)
    said += [_Said(one.known or Why.NOT_UNDERSTOOD, one.span, pathology=True) for one in answers]
    known = [one.value for one in said if isinstance(one.value, Known)]
    if len({one.value for one in known}) > 1:
        return Unclear(Why.CONFLICTING, tuple(known))
    if known and not _hidden_by_an_unread_answer(said):
        return known[0]
    if said:
        unread = any(one.value is Why.NOT_UNDERSTOOD for one in said)
        return Unclear(Why.NOT_UNDERSTOOD if unread else Why.AMBIGUOUS, tuple(known))
    return Unclear(Why.NOT_LINKED) if left_out else nothing_usable(read, tumour.chart.missing("Condition"))


@dataclass(frozen=True)
class _Said:
    """What one place of the record says; `pathology` where a pathologist says it and not the name of a diagnosis."""

    value: Known | Why
    span: Span | None
    pathology: bool


def _hidden_by_an_unread_answer(said: list[_Said]) -> bool:
    """True where pathology answered in words not understood, and no pathology as new as that is understood."""
    unread = [one for one in said if one.value is Why.NOT_UNDERSTOOD]
    understood = [one for one in said if one.pathology and isinstance(one.value, Known)]
    return any(all(one.span and old.span and one.span.after(old.span) for old in understood) for one in unread)


def _own(finding: Finding, tumour: Tumour, carrier: Json) -> str | Why:
    """The answer under our own code: the word itself, else words that tell it as those of histology do."""
    answer = coded_answer(tumour.chart, *_WORDS)(carrier)
    concept = answered(carrier, tumour.chart.terms)
    if answer is not Why.NOT_UNDERSTOOD or concept is None:
        return answer
    meant = {_meant(word, finding.span) for word in _words_of(concept, tumour.chart.terms)}
    return coded({word for word in meant if word}, *_WORDS)


def _of_diagnosis(diagnosis: Diagnosis, tumour: Tumour) -> list[_Said]:
    """What one Condition and its histology say; each concept with the source and the date it stands under."""
    terms, results = tumour.chart.terms, _histology_of(diagnosis, tumour)
    since = first_recorded(diagnosis, results)
    said: list[_Said] = []
    for concept in stated_morphology(diagnosis.resource, terms):
        said += _resolved(_words_of(concept, terms), diagnosis.ref, since, pathology=True)
    for found in results:
        concept = answered(found.carrier, terms) or Concept()
        told_in = _resolved(_words_of_histology(concept, terms), found.ref, found.span, pathology=True)
        said += [_in_specimen(one, found.specimen) for one in told_in]
    told = any(isinstance(one.value, Known) for one in said)
    named = _words_of(diagnosis.code, terms, told=told)
    return said + _resolved(named, diagnosis.ref, since, pathology=False)


def _words_of_histology(concept: Concept, terms: Terms) -> list[str]:
    """The words of a result, unless it names another tumour ("well differentiated adenocarcinoma")."""
    kind = class_of([concept], terms)
    of_another = kind not in NEN if kind else bool(terms.by_words("other-malignancy", concept))
    return [] if of_another else _words_of(concept, terms)


def _words_of(concept: Concept, terms: Terms, *, told: bool = False) -> list[str]:
    """What one concept says: its code, and over a code that leaves it open the words that tell.

    "Neuroendocrine carcinoma, well differentiated" under the code of a NEC is a NET. Words that may mean either count
    where nothing tells, here or, where `told`, in the histology.
    """
    coded = terms.by_code("differentiation", as_primary(concept))
    words = terms.by_words("differentiation", concept)
    plain = [word for word in words if word in _WORDS]
    if not plain and _GRADED in words and _is_only_a_net(concept, terms):
        plain = ["well"]
    if plain:
        return [word for word in coded if word in _WORDS] + plain
    if told or any(word in _WORDS for word in coded):
        return coded
    return coded + [word for word in words if word != _GRADED]


def _is_only_a_net(concept: Concept, terms: Terms) -> bool:
    return set(terms.by_words("tumour-class", concept)) == {"net"}


def _histology_of(diagnosis: Diagnosis, tumour: Tumour) -> list[Finding]:
    place = next(number for number, found in enumerate(tumour.diagnoses) if found is diagnosis)
    return tumour.histology_by_diagnosis[place]


def _resolved(words: Iterable[str], source: str, span: Span | None, *, pathology: bool) -> list[_Said]:
    meant = [_meant(word, span) for word in words]
    return [_Said(Known(one, source or None, day(span)) if one else Why.AMBIGUOUS, span, pathology) for one in meant]


def _in_specimen(said: _Said, specimen: Specimen | None) -> _Said:
    value = replace(said.value, specimen=specimen) if isinstance(said.value, Known) else said.value
    return replace(said, value=value)


def _meant(word: str, span: Span | None) -> str:
    """well, poor or mixed; empty where the word may mean either."""
    if word in _SINCE:
        meant, first_day = _SINCE[word]
        return meant if span and span.first >= first_day else ""
    return word if word in _WORDS else ""


def first_recorded(diagnosis: Diagnosis, histology: Iterable[Finding]) -> Span | None:
    """The earliest of onset, recorded date and dated pathology."""
    written = [span_of(text(diagnosis.resource, key)) for key in ("onsetDateTime", "recordedDate")]
    dates = [span for span in (diagnosis.span, *written, *(found.span for found in histology)) if span]
    return min(dates, key=lambda span: span.first) if dates else None
