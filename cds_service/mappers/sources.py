"""Where a fact stands, as far as an answer may repeat it: `Type/id`, and nothing that could be chart text."""

from __future__ import annotations

import re
from dataclasses import replace

from ..domain.call import Json
from ..domain.case import Medication, Order
from ..domain.values import Fact, Known, Unclear
from .shape import ref_of, text

# The characters of FHIR ids; ids longer than FHIR allows are real, and so is the underscore.
_REFERENCE = re.compile(r"[A-Za-z]{1,64}/[A-Za-z0-9\-._]{1,255}")


def citable(fact: Fact) -> Fact:
    """The fact with no source but a plain reference, also in what it was seen as."""
    if isinstance(fact, Known):
        return _citable(fact)
    if not fact.seen and not fact.unread:
        return fact
    unread = tuple(ref for ref in fact.unread if _REFERENCE.fullmatch(ref))
    return Unclear(fact.why, tuple(_citable(known) for known in fact.seen), unread)


def citable_order(order: Order) -> Order:
    """The order with citable facts."""
    return replace(order, reason=citable(order.reason), kind=citable(order.kind))


def citable_medication(medication: Medication) -> Medication:
    """The medication with a plain reference as its source, or an empty one."""
    return medication if _REFERENCE.fullmatch(medication.source) else replace(medication, source="")


def place_of_trouble(resource: Json) -> str:
    """`Type/id` of a resource, or only its type where the id is an odd one."""
    ref = ref_of(resource)
    return ref if _REFERENCE.fullmatch(ref) else text(resource, "resourceType")


def _citable(known: Known) -> Known:
    beside = tuple(_citable(one) for one in known.beside)
    plain = known.source is None or _REFERENCE.fullmatch(known.source)
    return known if plain and not beside else replace(known, source=known.source if plain else None, beside=beside)
