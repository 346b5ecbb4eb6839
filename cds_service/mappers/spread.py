"""The facts diffuse_liver_metastases and extrahepatic_metastases: where the tumour has gone, as written."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.values import Fact, Unclear, Why
from .conditions import Diagnosis
from .extent import spread_of
from .findings import coded_answer
from .settle import Reading, settled
from .tumour import Tumour

_PATTERN = "liver-metastasis-pattern"
_DIFFUSE = {"diffuse-bilobar": "yes", "not-diffuse": "no"}
_OUTSIDE = frozenset({"bone", "peritoneum", "lung", "distant-lymph-node", "other"})
_WRITTEN = "written-findings"
_BEYOND = {"extrahepatic": "yes", "liver-only": "no"}


def diffuse_liver_metastases(tumour: Tumour) -> Fact:
    """yes or no by the words diffuse and bilobar, or the code for them; never from a volume or a number."""
    findings, left_out = tumour.results(_PATTERN)
    coded = [one.reading(coded_answer(tumour.chart, *_DIFFUSE)) for one in findings]
    read = [Reading(_DIFFUSE.get(str(one.value), one.value), one.span, one.ref) for one in coded]
    spread, unlinked = spread_of(tumour)
    read += [one for found in _told(spread, tumour) for one in written(found, _PATTERN, _DIFFUSE, tumour)]
    return settled(read, tumour.chart.on) or _missing(tumour, left_out or unlinked)


def extrahepatic_metastases(tumour: Tumour) -> Fact:
    """yes for a distant metastasis recorded outside the liver; no only where that is written."""
    spread, unlinked = spread_of(tumour)
    read = [Reading("yes", one.span, one.ref) for one in spread if _OUTSIDE & set(one.metastases)]
    read += [one for found in _told(spread, tumour) for one in written(found, _WRITTEN, _BEYOND, tumour)]
    return settled(read, tumour.chart.on) or _missing(tumour, unlinked)


def _told(spread: list[Diagnosis], tumour: Tumour) -> list[Diagnosis]:
    """The diagnoses whose words count: the NEN and what it has spread to."""
    return [*spread, *(one for one in tumour.nens if one not in spread)]


def written(found: Diagnosis, set_name: str, words: Mapping[str, str], tumour: Tumour) -> list[Reading]:
    """What the words of one diagnosis say of these."""
    terms = tumour.chart.terms
    said = {word for concept in (found.code, found.morphology) for word in terms.by_words(set_name, concept)}
    return [Reading(words[word], found.span, found.ref) for word in sorted(said) if word in words]


def _missing(tumour: Tumour, left_out: bool) -> Unclear:
    return Unclear(Why.NOT_LINKED) if left_out else tumour.chart.missing("Condition", "Observation")
