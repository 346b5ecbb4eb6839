"""What a treatment is recorded to be meant for: around an operation, or palliative."""

from __future__ import annotations

from ..domain.call import Json
from .chart import Chart
from .codes import Concept, Terms
from .shape import children, extensions

PERIOPERATIVE, PALLIATIVE = "perioperative", "palliative"
_SET = "treatment-intent"


def intents_of(resource: Json, chart: Chart) -> set[str]:
    """What a record says its treatment is meant to do: as its intent, or among its reasons and categories."""
    terms = chart.terms
    carried = [*extensions(resource, "procedure-intent"), *extensions(resource, "treatment-intent")]
    concepts = [terms.under(found, "valueCodeableConcept") for found in carried]
    concepts += [terms.concept(found) for key in ("reasonCode", "category") for found in children(resource, key)]
    concepts.append(terms.under(resource, "courseOfTherapyType"))
    read = (terms.by_code, terms.by_words)
    found = {meaning for concept in concepts for ask in read for meaning in ask(_SET, concept)}
    return found & {PERIOPERATIVE, PALLIATIVE}


def is_only_an_intent(concept: Concept, terms: Terms) -> bool:
    """True for a reason that says what a treatment is to do, and not against which disease."""
    return bool(terms.exactly(_SET, concept))
