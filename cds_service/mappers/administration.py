"""How and when an order is to be given: into an artery, on the skin, and on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as Date

from ..domain.call import Json
from .acts import SURE, Act
from .codes import Concept, Terms
from .dates import span_of
from .drugs import INTRA_ARTERIAL, Recognised, drugs_by_any_route
from .shape import child, children, text
from .told_of_drug import Find, said_beside

LOCAL = "local"
_CAVITY = "into-a-cavity"  # as local as what is put on the skin; only the words may stand anywhere


def route_of(resource: Json, terms: Terms, find: Find) -> str:
    """intra-arterial or local where a route, a form, a name or an instruction says so; else empty."""
    return _route({*_named_routes(resource, terms, find), *_written_routes(resource, terms)})


def drugs_with_route(resource: Json, terms: Terms, find: Find, acts: frozenset[Act] = SURE) -> list[Recognised]:
    """Every listed drug a resource names, with the artery it goes into; none where it is put on or into one place.

    The ointment that an instruction speaks of may be another drug: only name, form and route tell that it is one.
    """
    found = drugs_by_any_route(resource, terms, find, acts)
    if not found:
        return []
    written = _written_routes(resource, terms) - {LOCAL}
    route = _route({*_named_routes(resource, terms, find), *written})
    if route == LOCAL:
        return []
    return [replace(one, route=route) for one in found] if route else found


def _route(means: set[str]) -> str:
    if INTRA_ARTERIAL in means:
        return INTRA_ARTERIAL
    return LOCAL if means & {LOCAL, _CAVITY} else ""


def _words(concept: Concept, terms: Terms) -> list[str]:
    return terms.by_code("route", concept) or terms.by_words("route", concept) or terms.inside("route", concept)


def _named_routes(resource: Json, terms: Terms, find: Find) -> set[str]:
    """What name, form, route, method and site say."""
    told = list(said_beside(resource, terms, find))
    for dosage in (*children(resource, "dosageInstruction"), *children(resource, "dosage")):
        told += [terms.under(dosage, key) for key in ("route", "method", "site")]
    return {word for concept in told for word in _words(concept, terms)}


def _written_routes(resource: Json, terms: Terms) -> set[str]:
    """What the instructions say in words."""
    told: list[Concept] = []
    for dosage in (*children(resource, "dosageInstruction"), *children(resource, "dosage")):
        told += [terms.concept(found) for found in children(dosage, "additionalInstruction")]
        told += [terms.concept({"text": text(dosage, key)}) for key in ("text", "patientInstruction")]
    return {word for concept in told for word in _words(concept, terms)}


def planned_day(order: Json, on: Date) -> str | None:
    """The day an order is for, where it names one that is not past: the first of its timing, else of its validity."""
    timings = [child(dosage, "timing") for dosage in children(order, "dosageInstruction")]
    timings.append(child(order, "occurrenceTiming"))
    timed = [day for timing in timings for day in _days(timing)]
    occurrence = [text(order, "occurrenceDateTime"), text(child(order, "occurrencePeriod"), "start")]
    validity = [text(child(child(order, "dispenseRequest"), "validityPeriod"), "start")]
    for written in (timed, occurrence, validity):
        spans = [span for span in map(span_of, written) if span and span.first == span.last and span.first >= on]
        if spans:
            return min(span.first for span in spans).isoformat()
    return None


def _days(timing: Json) -> list[str]:
    events = timing.get("event")
    told = [one for one in events if isinstance(one, str)] if isinstance(events, list) else []
    return [*told, text(child(child(timing, "repeat"), "boundsPeriod"), "start")]
