"""Antitumour treatment on record that does not say of which drug: "PRRT cycle 2", a chemotherapy, "EP"."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.call import Json
from .acts import is_only_spoken_of
from .chart import Chart
from .codes import Concept, Terms
from .dates import Span
from .told_of_drug import said_of_drug

PRRT = "prrt-unnamed"
CHEMOTHERAPY = "chemotherapy-unnamed"
_INITIALS = "regimen-initials"
_ANOTHER = frozenset({"other-radionuclide", "another-organ"})
_SET = "procedure"


@dataclass(frozen=True)
class Unnamed:
    """One such record: whether of PRRT or of chemotherapy, and when."""

    means: str
    span: Span | None
    resource: Json


def treatment_unnamed(kind: str, resource: Json, chart: Chart) -> str:
    """PRRT or chemotherapy where a record is of it and names no drug; else empty."""
    terms = chart.terms
    concepts = [terms.under(resource, "code")] if kind == "Procedure" else said_of_drug(resource, terms, chart.find)
    for concept in concepts:
        if is_only_spoken_of(concept, terms):
            continue
        means = _of_procedure(concept, terms) if kind == "Procedure" else _of_drug(concept, terms)
        if _INITIALS in terms.exactly(_SET, concept):
            return CHEMOTHERAPY
        if PRRT in means and not means & _ANOTHER:
            return PRRT
        if CHEMOTHERAPY in means and "other-radionuclide" not in means:
            return CHEMOTHERAPY
    return ""


def _of_procedure(concept: Concept, terms: Terms) -> set[str]:
    return {*(terms.by_code(_SET, concept) or terms.by_words(_SET, concept))}


def _of_drug(concept: Concept, terms: Terms) -> set[str]:
    """The same of a drug record, which has to begin with it: "ondansetron for chemotherapy" is of another drug."""
    found = [match for said in concept.texts for match in terms.matches(_SET, said)]
    first = {match.means for match in found if match.start == 0 and not match.denied}
    also = {match.means for match in found if match.means in _ANOTHER}
    beside = any("beside" in terms.in_text("drug-act", said) for said in concept.texts)
    return set() if beside else {*terms.by_code(_SET, concept), *first, *also}
