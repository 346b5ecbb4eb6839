"""How and when an order is to be given: into an artery, on the skin, and on which day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date as Date

from ..domain.call import Json
from .codes import Concept, Terms
from .dates import span_of
from .drugs import INTRA_ARTERIAL, Find, Recognised, drugs_by_any_route, said_beside
from .shape import child, children, text

LOCAL = "local"


def route_of(resource: Json, terms: Terms, find: Find) -> str:
    """intra-arterial or local where a route, a form, a name or an instruction says so; else empty."""
    means = {word for concept in _told(resource, terms, find) for word in _words(concept, terms)}
    return next((route for route in (INTRA_ARTERIAL, LOCAL) if route in means), "")


def drugs_with_route(resource: Json, terms: Terms, find: Find) -> list[Recognised]:
    """Every listed drug a resource names, with the artery it goes into where form, route or instruction says so."""
    found = drugs_by_any_route(resource, terms, find)
    if found and route_of(resource, terms, find) == INTRA_ARTERIAL:
        return [replace(one, route=INTRA_ARTERIAL) for one in found]
    return found


def _words(concept: Concept, terms: Terms) -> list[str]:
    return terms.by_code("route", concept) or terms.by_words("route", concept) or terms.inside("route", concept)


def _told(resource: Json, terms: Terms, find: Find) -> Iterable[Concept]:
    yield from said_beside(resource, terms, find)
    for dosage in (*children(resource, "dosageInstruction"), *children(resource, "dosage")):
        yield from (terms.under(dosage, key) for key in ("route", "method", "site"))
        yield from (terms.concept(found) for found in children(dosage, "additionalInstruction"))
        yield terms.concept({"text": text(dosage, "text")})
        yield terms.concept({"text": text(dosage, "patientInstruction")})


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
