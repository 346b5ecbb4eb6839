"""What a resource says of its drug: names and codes, form and route, and how much is taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from ..domain.call import Json
from .codes import Concept, Terms
from .formulary import formulary_of
from .shape import child, children, local_ref, text
from .whereabouts import MEDICATIONS, may_be_named

Find = Callable[[str, Json | None], list[Json]]
"""Finds the resources a reference may name: contained, on the record, or sent along."""

OTHERS = ("interacting-drug", "cyp3a4-inhibitor")  # the value sets of drugs that matter beside the listed ones
_OF_ACTS = frozenset({"Procedure", "ServiceRequest"})  # their code says what was done, not what was given
# A code list of a hospital that has no code for a drug says so in words, which are no name of one.
_NO_NAME = frozenset({"標準コードなし", "コードなし", "nocoded", "unknown", "not available", "n/a", "不明"})
_MICROGRAMS = re.compile(r"\bug\b")  # UCUM writes what drug names do not


@dataclass(frozen=True)
class Said:
    """What a resource says of its drug, and beside it of form and route; and what its instructions say.

    `acts`: those that say what was done, so that naming a drug is not yet giving it.
    """

    concepts: tuple[Concept, ...]
    beside: tuple[Concept, ...] = ()
    instructions: tuple[Concept, ...] = ()
    acts: tuple[Concept, ...] = ()


def told_of_drug(resource: Json, terms: Terms, find: Find) -> Said:
    """All that a resource says of its drug; nothing where a reference may be to one of two."""
    acts = [terms.under(resource, "code"), *(terms.concept(one) for one in children(resource, "orderDetail"))]
    concepts = [terms.under(resource, "medicationCodeableConcept"), *acts]
    concepts += [terms.concept(found) for found in children(resource, "usedCode")]
    dosages = [*children(resource, "dosageInstruction"), *children(resource, "dosage")]
    beside = [route for dosage in dosages for route in _route(dosage, terms)]
    for reference in chain(children(resource, "medicationReference"), children(resource, "usedReference")):
        named = _named(reference, resource, find)
        if len(named) > 1 or not all(map(may_be_named, named)):
            return Said(())  # which of them is meant is not told, or what is meant was withdrawn
        told = list(_of_medication(named[0], terms, find)) if named else []
        concepts += told
        if not any(map(_named_in_words, told)):
            concepts.append(terms.concept({"text": reference.get("display")}))
        beside += [terms.under(medication, "form") for medication in named]
    instructions = tuple(terms.concept({"text": one}) for dosage in dosages for one in _instructions(dosage))
    done = tuple(acts) if text(resource, "resourceType") in _OF_ACTS else ()
    return Said(tuple(concepts), tuple(beside), instructions, done)


def said_of_drug(resource: Json, terms: Terms, find: Find) -> tuple[Concept, ...]:
    """What a resource says of its drug, listed or not."""
    return told_of_drug(resource, terms, find).concepts


def said_beside(resource: Json, terms: Terms, find: Find) -> tuple[Concept, ...]:
    """What a resource says of its drug, and of its form and route."""
    said = told_of_drug(resource, terms, find)
    return (*said.concepts, *said.beside)


def names_nothing(resource: Json, terms: Terms, find: Find) -> bool:
    """True when a resource does not say what drug it is of: a dead reference, an unread text, a code no list knows."""
    concepts = said_of_drug(resource, terms, find)
    return any(concept.unread for concept in concepts) or not any(_tells(concept, terms) for concept in concepts)


def _tells(concept: Concept, terms: Terms) -> bool:
    """True for words, and for a code that some list of drugs holds; any other code may be of any drug."""
    known = formulary_of(terms).codes
    listed = any(key in known for coding in concept.codings for key in coding.keys)
    return _named_in_words(concept) or listed or any(terms.by_code(name, concept) for name in OTHERS)


def _named_in_words(concept: Concept) -> bool:
    return any(said not in _NO_NAME for said in concept.texts)


def _route(dosage: Json, terms: Terms) -> Iterable[Concept]:
    """A route as written, and its code in the word that names it."""
    route = terms.under(dosage, "route")
    yield route
    yield from (terms.concept({"text": word}) for word in terms.by_code("route", route))


def _instructions(dosage: Json) -> Iterable[str]:
    """How much and how, in words: the text of a dosage, its doses and its rates with their units."""
    yield text(dosage, "text")
    carriers = [*children(dosage, "doseAndRate"), dosage]  # an older FHIR has them without doseAndRate
    amounts = [child(one, key) for one in carriers for key in ("doseQuantity", "rateQuantity")]
    for amount in (*amounts, child(dosage, "dose")):
        value = amount.get("value")
        if isinstance(value, int | float | Decimal):
            unit = _MICROGRAMS.sub("mcg", text(amount, "code") or text(amount, "unit"))
            yield f"{Decimal(str(value)).normalize():f} {unit}"


def _of_medication(medication: Json, terms: Terms, find: Find) -> Iterable[Concept]:
    yield terms.under(medication, "code")
    for ingredient in children(medication, "ingredient"):
        if ingredient.get("isActive") is not False:
            yield terms.under(ingredient, "itemCodeableConcept")
            named = _named(child(ingredient, "itemReference"), medication, find)
            yield from (terms.under(one, "code") for one in named if len(named) == 1 and may_be_named(one))


def _named(reference: Json, inside: Json, find: Find) -> list[Json]:
    found = find(local_ref(reference), inside)
    return [one for one in found if text(one, "resourceType") in MEDICATIONS]
