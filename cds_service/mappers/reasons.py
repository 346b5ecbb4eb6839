"""What an order says it is for."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.call import Json
from .chart import Chart
from .codes import Concept
from .shape import children, local_ref, references


@dataclass(frozen=True)
class Reasons:
    """The reasons of an order: coded or worded concepts, and references to what is on the record."""

    concepts: tuple[Concept, ...] = ()
    refs: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        return bool(self.refs) or any(concept.stated for concept in self.concepts)


def reasons_of(order: Json, chart: Chart) -> Reasons:
    """The reasons of one order; a reference that leads nowhere counts by its display."""
    concepts = [chart.terms.concept(found) for found in children(order, "reasonCode")]
    for reference in children(order, "reasonReference"):
        found = chart.find(local_ref(reference), order)
        said = found.get("code") if found else {"text": reference.get("display")}
        concepts.append(chart.terms.concept(said))
    return Reasons(tuple(concepts), tuple(references(order, "reasonReference")))
