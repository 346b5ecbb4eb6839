"""What an order says it is for."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.call import Json
from .certainty import Sure, status_of, sure_of
from .chart import Chart
from .codes import Concept
from .family import is_family_history
from .intents import is_only_an_intent
from .shape import children, local_ref, ref_of, text


@dataclass(frozen=True)
class Reasons:
    """The reasons of an order: concepts, references to Conditions, and whether there are others of no use."""

    concepts: tuple[Concept, ...] = ()
    refs: tuple[str, ...] = ()
    some_unusable: bool = False

    @property
    def given(self) -> bool:
        return bool(self.refs) or self.some_unusable or any(concept.stated for concept in self.concepts)


def reasons_of(order: Json, chart: Chart) -> Reasons:
    """The reasons of one order; a reference that leads nowhere counts by its display."""
    coded = [chart.terms.concept(found) for found in children(order, "reasonCode")]
    concepts = [concept for concept in coded if not is_only_an_intent(concept, chart.terms)]
    refs: list[str] = []
    some_unusable = False
    for reference in filter(None, children(order, "reasonReference")):
        ref = local_ref(reference)
        named = chart.whereabouts.everywhere(ref)
        if len(named) == 1 and _can_be_relied_on(named[0], chart):
            concepts.append(chart.terms.under(named[0], "code"))
            refs.append(ref_of(named[0]) or ref)
        elif named or ref.startswith("#"):  # a contained Condition is nobody's; its display is no better
            some_unusable = True
        else:
            concepts.append(chart.terms.concept({"text": reference.get("display")}))
            refs.append(ref)
    return Reasons(tuple(concepts), tuple(refs), some_unusable)


def _can_be_relied_on(found: Json, chart: Chart) -> bool:
    """True for a valid Condition of this patient that is sure; one that is past may still be what an order is for."""
    if text(found, "resourceType") != "Condition" or not chart.whereabouts.is_of_patient(found):
        return False
    if chart.is_to_come(found) or is_family_history(found, chart.terms):
        return False
    return sure_of(found) is Sure.CONFIRMED and status_of(found) != "unreadable" and chart.passes(found)
