"""JSON Schemas of every kind of file, made from what reads it, so that an editor can say what may stand where.

They know shapes, not meanings: that a fact, a study or a card exists is what `nen-cds check` knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import INCLUDE, Schema, fields, validate

from ..domain.facts import FACTS
from .cases import CASES
from .classification import GradeSchema, IntervalField
from .drugs import DrugSchema
from .facts import ALL_FACTS
from .fields import LANGUAGES, Flag, Named, OneOrMany, Pair, PairOrText, Whole
from .glossary import GLOSSARY
from .guidance import CARDS, RowSchema, RuleSchema
from .manifest import ManifestSchema
from .orderables import ALL_REASONS, ALL_TESTS
from .overlay.codes import LocalCodesSchema, LocalSystemsSchema
from .overlay.drugs import LocalDrugSchema
from .overlay.rules import LocalRuleSchema
from .overlay.site import SiteSchema
from .reading import Checker
from .regimens import REGIMENS
from .statements import STATEMENTS
from .studies import StudySchema
from .value_sets import SystemsSchema, ValueSetSchema

Json = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"

# What reads a file, by the name of its schema. Those of a site's overlay begin with `site`.
KINDS: Mapping[str, Checker] = {
    "manifest": ManifestSchema(),
    "facts": ALL_FACTS,
    "statements": STATEMENTS,
    "glossary": GLOSSARY,
    "regimens": REGIMENS,
    "tests": ALL_TESTS,
    "override_reasons": ALL_REASONS,
    "drug": DrugSchema(),
    "systems": SystemsSchema(),
    "value_set": ValueSetSchema(),
    "classification": GradeSchema(),
    "study": StudySchema(),
    "rule": RuleSchema(),
    "cards": CARDS,
    "cases": CASES,
    "site": SiteSchema(),
    "site_rule": LocalRuleSchema(),
    "site_drug": LocalDrugSchema(),
    "site_codes": LocalCodesSchema(),
    "site_systems": LocalSystemsSchema(),
}

# The program takes every scalar as text; an editor reads 5 as a number, and that is the same here.
SCALAR: Json = {"type": ["string", "number", "boolean"]}
SOME_TEXT: Json = {**SCALAR, "minLength": 1}


def kind_of(file: str) -> str:
    """The schema of a file of knowledge/ by its path; KeyError where it has none."""
    folder, _, name = file.rpartition("/")
    stem = name.removesuffix(".yaml")
    if not folder or folder.startswith("guidance/") or file == "value_sets/systems.yaml":
        return stem
    return {"drugs": "drug", "evidence": "study", "value_sets": "value_set", "classifications": "classification"}[
        folder
    ]


def json_schema(kind: str) -> Json:
    """The JSON Schema of one kind of file."""
    return {"$schema": DIALECT, "title": f"nen-cds: {kind}", **_of(KINDS[kind])}


def _of(checker: Checker) -> Json:
    return _mapping(checker) if isinstance(checker, Schema) else _field(checker)


def _mapping(schema: Schema) -> Json:
    found = {field.data_key or name: field for name, field in schema.fields.items()}
    made: Json = {"type": "object", "properties": {name: _field(field) for name, field in found.items()}}
    if required := [name for name, field in found.items() if field.required]:
        made["required"] = sorted(required)
    if isinstance(schema, RowSchema):  # beside its own fields a row has cells, each named by a fact
        made["patternProperties"] = {f"^(?:{'|'.join(sorted(FACTS))})$": _one_or_many(OneOrMany())}
    elif schema.unknown == INCLUDE:
        return made
    return {**made, "additionalProperties": False}


def _field(field: fields.Field[Any]) -> Json:
    for kind, make in _FIELDS.items():
        if isinstance(field, kind):
            return make(field)
    raise TypeError(f"no JSON Schema is known of {type(field).__name__}")


def _named(field: Any) -> Json:
    made = {
        "type": "object",
        "patternProperties": {f"^(?:{field.names.pattern})$": _field(field.inner)},
        "additionalProperties": False,
    }
    return {**made, "minProperties": field.least} if field.least else made


def _pair(field: Any) -> Json:
    text = SCALAR if field.blank else SOME_TEXT
    made: Json = {"type": "object", "properties": dict.fromkeys(LANGUAGES, text), "additionalProperties": False}
    return made if field.load_default == {} else {**made, "required": list(LANGUAGES)}


def _pair_or_text(field: Any) -> Json:
    return {"anyOf": [SOME_TEXT, _pair(field)]}


def _one_or_many(_: Any) -> Json:
    return {"anyOf": [SOME_TEXT, {"type": "array", "items": SOME_TEXT, "minItems": 1}]}


def _list(field: Any) -> Json:
    made: Json = {"type": "array", "items": _field(field.inner)}
    lengths = [check for check in field.validators if isinstance(check, validate.Length)]
    for check in lengths:
        made |= {"minItems": check.equal or check.min} | ({"maxItems": check.equal} if check.equal else {})
    return made


def _dict(field: Any) -> Json:
    return {"type": "object", "additionalProperties": _field(field.value_field)}


def _text(field: Any) -> Json:
    for check in field.validators:
        if isinstance(check, validate.OneOf):
            return {"enum": [*check.choices, *(word for word in ("",) if field.load_default == "")]}
        if isinstance(check, validate.Regexp) and (pattern := str(check.regex.pattern)).startswith("^"):
            return {**SCALAR, "pattern": pattern}
    return SCALAR


_FIELDS: Mapping[type, Callable[[Any], Json]] = {
    Named: _named,
    PairOrText: _pair_or_text,
    Pair: _pair,
    OneOrMany: _one_or_many,
    Whole: lambda _: {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^[1-9]\d{0,8}$"}]},
    Flag: lambda _: {"enum": ["true", "false", True, False]},
    IntervalField: lambda _: SCALAR,
    fields.Nested: lambda field: _mapping(field.schema),
    fields.List: _list,
    fields.Dict: _dict,
    fields.String: _text,
}
