"""The shape of guidance/<rule>/rule.yaml and cards.yaml, before any word in them is looked up."""

from __future__ import annotations

from typing import Any

from marshmallow import INCLUDE, ValidationError, fields, post_load, validates_schema

from .fields import FACT_NAME, ID, Flag, Named, OneOrMany, Pair, Strict, a_date, a_text, one_of, texts
from .grid import GridSchema

HOOKS = ("patient-view", "order-select", "order-sign")
BODIES = {"table": "table", "list": "rows", "grid": "grid"}  # type -> the field that holds it


class RowSchema(Strict):
    """A row's own fields; every other field is a cell, named by its fact."""

    class Meta:
        unknown = INCLUDE

    row = fields.String(required=True)
    say = a_text()
    because = fields.String(load_default="")
    order = one_of("new", load_default="")
    draft = Flag(load_default=False)
    option = fields.String(load_default="")

    @post_load(pass_original=True)
    def cells_apart(self, found: dict[str, Any], written: dict[str, Any], **_: Any) -> dict[str, Any]:
        own = {name: found.pop(name) for name in self.fields}
        in_order = {name: found[name] for name in written if name in found}  # marshmallow's own order is a set's
        cells = Named(OneOrMany(), names=FACT_NAME).deserialize(in_order)
        if own["say"] == "nothing" and not own["because"]:
            raise ValidationError("say: nothing needs because", "say")
        if own["say"] != "nothing" and own["because"]:
            raise ValidationError("only a row that says nothing has a because", "because")
        return {**own, "cells": cells}


class TableSchema(Strict):
    inputs = texts(required=True)
    rows = fields.List(fields.Nested(RowSchema), required=True)


class EvidenceSchema(Strict):
    supporting = texts(data_key="for", required=True)
    against = texts(required=True)


class ReviewSchema(Strict):
    by = a_text()
    role = a_text()
    on = a_date(required=True)
    version = a_text()


class RuleSchema(Strict):
    id = a_text()
    status = one_of("draft", "active", "retired", required=True)
    because = a_text(required=False)
    replaced_by = a_text(required=False)
    title = Pair(required=True)
    question = a_text()
    asked_at = fields.List(one_of(*HOOKS), required=True)
    evidence = fields.Nested(EvidenceSchema, required=True)
    applies_when = Named(OneOrMany(), names=FACT_NAME, load_default=dict)
    lift = fields.List(one_of("site", "setting"), load_default=list)
    continuation = one_of("speaks", load_default="")
    unclear_order_kind = one_of("caps", load_default="")
    sign_only_when = Named(OneOrMany(), names=FACT_NAME, load_default=dict)
    together = fields.String(load_default="")
    pack = one_of("labels", load_default="")
    type = one_of(*BODIES)
    table = fields.Nested(TableSchema)
    rows = fields.List(fields.Nested(RowSchema))
    grid = fields.Nested(GridSchema)
    transcribed = fields.List(fields.Nested(lambda: TranscriptSchema()), load_default=list)
    merged = Pair(load_default=dict)
    reviewed = fields.List(fields.Nested(ReviewSchema), required=True)
    review_due = a_date(required=True)

    @validates_schema
    def one_body(self, found: dict[str, Any], **_: Any) -> None:
        bodies = [kind for kind, field in BODIES.items() if field in found]
        if len(bodies) != 1:
            raise ValidationError("exactly one of table, rows and grid is expected here")
        if bodies == ["list"] and found.get("type") != "list":
            raise ValidationError("rows at the top need type: list", "rows")
        if found.get("type", bodies[0]) != bodies[0]:
            raise ValidationError(f"type: {found['type']} needs {BODIES[found['type']]}", "type")
        if found["merged"] and bodies != ["list"]:
            raise ValidationError("only a list can be merged", "merged")

    @validates_schema
    def retired_says_why(self, found: dict[str, Any], **_: Any) -> None:
        if (found["status"] == "retired") != ("because" in found):
            raise ValidationError("a retired rule, and no other, says because", "status")

    @post_load
    def type_told(self, found: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**found, "type": next(kind for kind, field in BODIES.items() if field in found)}


class TranscriptSchema(Strict):
    by = a_text()
    on = a_date(required=True)
    source = a_text(data_key="from")


class CardSchema(Strict):
    verdict = one_of("supports", "context", "ask", "against", required=True)
    indicator = one_of("info", "warning", "critical", required=True)
    source = a_text()
    summary = Pair(load_default=dict)
    detail = Pair(required=True)
    asks = fields.String(load_default="")
    item = Pair(load_default=dict)
    suggest = texts(load_default=list)
    override_reasons = texts(load_default=list)


CARDS = Named(fields.Nested(CardSchema), names=ID)
