"""facts.yaml: the closed list of what a table may ask, with its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from ..domain.facts import FACTS
from ..domain.knowledge import Drug, FactWords
from .fields import FACT_NAME, WORD, Flag, Named, Pair, Strict, texts
from .reading import Shelf

FILE = "facts.yaml"
KINDS = ("choice", "number", "date", "drug")
RESERVED = frozenset({"any", "unclear"})


class NumberSchema(Strict):
    unit = Pair(blank=True, required=True)


class FactSchema(Strict):
    label = Pair(required=True)
    choice = Named(Pair(), names=WORD, least=1)
    groups = Named(texts(required=True), load_default=dict)
    number = fields.Nested(NumberSchema)
    date = Flag()
    drug = Flag()
    ask = Pair()

    @validates_schema
    def one_kind(self, found: dict[str, Any], **_: Any) -> None:
        if sum(kind in found for kind in KINDS) != 1:
            raise ValidationError(f"exactly one of {', '.join(KINDS)} is expected here")
        if found["groups"] and "choice" not in found:
            raise ValidationError("groups: only a choice has groups", "groups")
        for word in RESERVED & set(found.get("choice", ())):
            raise ValidationError(f"{word} is not a word of a fact", "choice")


ALL_FACTS = Named(fields.Nested(FactSchema), names=FACT_NAME, least=1)


def read_facts(shelf: Shelf) -> dict[str, FactWords]:
    """Every fact, in the order of the file; none where the list is not the closed one. Drugs are no words of it yet."""
    found = shelf.check(FILE, ALL_FACTS) or {}
    for name in sorted(set(found) - set(FACTS)):
        shelf.fault(FILE, (name,), f"{name} is not a fact of this program")
    for name in sorted(set(FACTS) - set(found)) if found else ():
        shelf.fault(FILE, (), f"{name} is a fact of this program and has no words")
    return {name: _fact(name, fact, shelf) for name, fact in found.items()} if set(found) == set(FACTS) else {}


def with_drugs(facts: Mapping[str, FactWords], drugs: Mapping[str, Drug], groups: Groups) -> dict[str, FactWords]:
    """The same facts; the one that is a drug takes the ids and groups of drugs/ as its words."""
    names = {drug.id: drug.names for drug in drugs.values()}
    return {
        name: replace(fact, kind="choice", words=names, groups=groups) if fact.kind == "drug" else fact
        for name, fact in facts.items()
    }


Groups = Mapping[str, frozenset[str]]


def _fact(name: str, found: dict[str, Any], shelf: Shelf) -> FactWords:
    choice = found.get("choice", {})
    return FactWords(
        name=name,
        label=found["label"],
        kind=next(kind for kind in KINDS if kind in found),
        words=choice,
        groups=_groups(name, found, shelf),
        unit=found["number"]["unit"] if "number" in found else {},
        asked_for=found.get("ask", {}),
    )


def _groups(fact: str, found: dict[str, Any], shelf: Shelf) -> dict[str, frozenset[str]]:
    """Each group as words; a group may name one written above it."""
    groups: dict[str, frozenset[str]] = {}
    for name, members in found["groups"].items():
        if name in found["choice"] or name in RESERVED:
            shelf.fault(FILE, (fact, "groups", name), f"{fact}: {name} is a word already, it cannot be a group")
        held: set[str] = set()
        for place, member in enumerate(members):
            if member not in found["choice"] and member not in groups:
                message = f"{fact}: {member} in group {name} is neither a word nor a group above it"
                shelf.fault(FILE, (fact, "groups", name, place), message)
            held |= groups.get(member, frozenset({member}) & set(found["choice"]))
        groups[name] = frozenset(held)
    return groups
