"""statements.yaml: what the review says, and which rules carry it."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from ..domain.knowledge import Statement
from .fields import Named, Strict, a_text, one_of, texts
from .reading import Shelf

FILE = "statements.yaml"
BEHAVIOURS = ("warn", "ask", "guide", "info")


class StatementSchema(Strict):
    topic = a_text()
    behaviour = one_of(*BEHAVIOURS, required=True)
    rules = texts(load_default=list)
    because = a_text(required=False, load_default="")

    @validates_schema
    def carried_or_not(self, found: dict[str, Any], **_: Any) -> None:
        if bool(found["rules"]) == bool(found["because"]):
            raise ValidationError("rules that carry it, or because none does")


STATEMENTS = Named(fields.Nested(StatementSchema), names=r"A\d{3}")


def read_statements(shelf: Shelf) -> dict[str, Statement]:
    """Every statement by its number."""
    found = shelf.check(FILE, STATEMENTS) or {}
    return {
        number: Statement(number, each["topic"], each["behaviour"], tuple(each["rules"]), each["because"])
        for number, each in found.items()
    }
