"""guidance/<rule>/site.yaml of an overlay: signatures, a rule switched off, squares of its grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from ...domain.knowledge import Knowledge, Rule
from ..fields import Flag, Strict, a_date, a_text
from ..fingerprint import LENGTH, fingerprint
from ..guidance import TranscriptSchema
from ..manifest import GUIDANCE
from ..reading import Shelf
from .squares import with_squares

FILE = "site.yaml"


class SignatureSchema(Strict):
    by = a_text()
    role = a_text()
    on = a_date(required=True)
    version = a_text()
    content = fields.String(
        load_default="",
        validate=validate.Regexp(rf"^[0-9a-f]{{{LENGTH}}}$", error=f"the {LENGTH} hex digits of a rule are expected"),
    )


class LocalRuleSchema(Strict):
    reviewed = fields.List(fields.Nested(SignatureSchema), load_default=list)
    off = Flag(load_default=False)
    because = a_text(required=False, load_default="")
    grid = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), load_default=dict)
    transcribed = fields.List(fields.Nested(TranscriptSchema), load_default=list)

    @validates_schema
    def says_why(self, found: dict[str, Any], **_: Any) -> None:
        if found["off"] != bool(found["because"]):
            raise ValidationError("off: true and because belong together", "off" if found["off"] else "because")
        if found["transcribed"] and not found["grid"]:
            raise ValidationError("signatures, and no square they are for", "transcribed")
        if not (found["reviewed"] or found["off"] or found["grid"]):
            raise ValidationError("reviewed, off or grid is expected here")


def with_local_rules(
    base: Knowledge, opened: Shelf, raw: Mapping[str, bytes], added: Shelf
) -> tuple[tuple[Rule, ...], dict[str, str]]:
    """Every rule with what the site says of it, and the signatures that no longer count: rule -> why."""
    found = {name: added.check(file, LocalRuleSchema()) for file, name in _files(added)}
    for file, name in _files(added):
        if base.rule(name) is None:
            added.fault(file, (), f"there is no rule {name} in the base")
    rules: list[Rule] = []
    lapsed: dict[str, str] = {}
    for rule in base.rules:
        said = found.get(rule.id)
        if said is None:
            rules.append(rule)
            continue
        made = _with_what_is_said(rule, said, opened, raw, added)
        valid = [signed for signed in said["reviewed"] if not why_lapsed(signed, made, base.version)]
        if said["reviewed"] and not valid:
            lapsed[rule.id] = why_lapsed(said["reviewed"][-1], made, base.version)
        rules.append(replace(made, reviewed=tuple(valid), off=said["because"]))
    return tuple(rules), lapsed


def why_lapsed(signed: Mapping[str, str], rule: Rule, version: str) -> str:
    """Why a signature does not count for what the rule says now; nothing where it does.

    With the rule's own digits it is held to them, else to the version of knowledge/.
    """
    if signed["content"]:
        now = rule.fingerprint
        return "" if signed["content"] == now else f"signed for content {signed['content']}, and it is {now} now"
    return "" if signed["version"] == version else f"signed for version {signed['version']}, and it is {version} now"


def _files(added: Shelf) -> list[tuple[str, str]]:
    """(file, rule) of every guidance/<rule>/site.yaml."""
    parts = {file: PurePosixPath(file).parts for file in sorted(added.documents)}
    return [(file, p[1]) for file, p in parts.items() if len(p) == 3 and p[0] == GUIDANCE and p[2] == FILE]


def _with_what_is_said(rule: Rule, said: dict[str, Any], opened: Shelf, raw: Mapping[str, bytes], added: Shelf) -> Rule:
    """The rule with its squares; they change what a signature is held to."""
    if not said["grid"]:
        return rule
    made = with_squares(rule, said, opened, added)
    squares = repr(sorted(said["grid"].items())).encode()
    return replace(made, fingerprint=fingerprint(made, raw, squares))
