"""glossary.yaml: clinical words in both languages, to which every card is held."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from ..domain.knowledge import Term
from .fields import ID, Named, Strict, texts
from .reading import Shelf

FILE = "glossary.yaml"


class TermSchema(Strict):
    en = texts(required=True)
    ja = texts(load_default=list)
    never = texts(load_default=list)

    @validates_schema
    def asks_something(self, found: dict[str, Any], **_: Any) -> None:
        if not found["en"] or not (found["ja"] or found["never"]):
            raise ValidationError("English words, and what the Japanese has or never has, are expected here")
        if both := set(found["ja"]) & set(found["never"]):
            raise ValidationError(f"{min(both)} is both right and wrong", "never")


GLOSSARY = Named(fields.Nested(TermSchema), names=ID)


def read_glossary(shelf: Shelf) -> dict[str, Term]:
    """Every term by its id; an English word belongs to one term."""
    found = shelf.check(FILE, GLOSSARY) or {}
    owners: dict[str, str] = {}
    for name, term in found.items():
        for place, word in enumerate(term["en"]):
            if owners.setdefault(word.casefold(), name) != name:
                shelf.fault(FILE, (name, "en", place), f"{name}: {word} is {owners[word.casefold()]} already")
    return {name: Term(name, *(tuple(each[part]) for part in ("en", "ja", "never"))) for name, each in found.items()}
