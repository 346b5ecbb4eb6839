"""drugs/<drug>.yaml of an overlay: approvals the site read, and its own codes for the drug."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date as Date
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from ...domain.approvals import span_of
from ...domain.knowledge import Approval, Drug, DrugCode, Knowledge
from ..approvals import ApprovalSchema, approvals_of
from ..drugs import FOLDER, DrugCodeSchema
from ..fields import ID, WORD, Named, Strict
from ..provenance import CheckedSchema, CiteSchema
from ..reading import Shelf
from ..value_sets import Systems, system_uri


class LocalDrugSchema(Strict):
    approvals = Named(fields.List(fields.Nested(ApprovalSchema)), names=WORD, load_default=dict)
    cites = Named(fields.Nested(CiteSchema), names=ID, load_default=dict)
    codes = fields.List(fields.Nested(DrugCodeSchema), load_default=list)
    checked = fields.List(fields.Nested(CheckedSchema), required=True, validate=validate.Length(min=1))

    @validates_schema
    def adds_something(self, found: dict[str, Any], **_: Any) -> None:
        if not found["approvals"] and not found["codes"]:
            raise ValidationError("approvals or codes are expected here")


def with_local_drugs(base: Knowledge, systems: Systems, added: Shelf) -> dict[str, Drug]:
    """Every drug, with what the site adds to it."""
    drugs = dict(base.drugs)
    for file in added.inside(FOLDER):
        name = file.removeprefix(f"{FOLDER}/").removesuffix(".yaml")
        found = added.check(file, LocalDrugSchema())
        if name not in drugs:
            added.fault(file, (), f"there is no drug {name} in the base")
        elif found is not None:
            codes = _codes(drugs, name, found, systems, added)
            drugs[name] = replace(_with_approvals(drugs[name], found, base, added), codes=codes)
    return drugs


def _with_approvals(drug: Drug, found: dict[str, Any], base: Knowledge, added: Shelf) -> Drug:
    file = f"{FOLDER}/{drug.id}.yaml"
    for place in sorted(set(found["approvals"]) - set(base.jurisdictions)):
        added.fault(file, ("approvals", place), f"approvals: {place} is no jurisdiction of manifest.yaml")
    for name, cite in found["cites"].items():
        if drug.cites.get(name, cite["text"]) != cite["text"]:
            added.fault(file, ("cites", name), f"cites: {name} is another source in the base")
    approvals = {name: tuple(entries) for name, entries in drug.approvals.items()}
    for jurisdiction, entries in approvals_of(found, added, file, base.facts).items():
        there = approvals.get(jurisdiction, ())
        for place, entry in enumerate(entries):
            for wrong in _contradictions(entry, there):
                added.fault(file, ("approvals", jurisdiction, place), f"{jurisdiction}: {wrong}")
        approvals[jurisdiction] = (*there, *entries)
    cites = {**{name: cite["text"] for name, cite in found["cites"].items()}, **drug.cites}
    return replace(drug, approvals=approvals, cites=cites)


def _contradictions(entry: Approval, there: tuple[Approval, ...]) -> Iterator[str]:
    """Where the base says "approved" and the site "not approved" of one time, or the other way round, or the same."""
    for other in there:
        if entry.approved != other.approved and _overlap(entry, other):
            said = ("not approved", "approved")
            since = f" from {other.since}" if other.since else ""
            yield f"the base says {said[other.approved]}{since}, this says {said[entry.approved]} of the same time"
        elif replace(entry, cite="", last_check="") == replace(other, cite="", last_check=""):
            yield "the base holds this entry already"


def _overlap(one: Approval, other: Approval) -> bool:
    (begins, ends), (begins_other, ends_other) = _known_span(one), _known_span(other)
    return begins < ends_other and begins_other < ends


def _known_span(entry: Approval) -> tuple[Date, Date]:
    """From when to when somebody looked: a "not approved" is known to its last check, an approval to its end."""
    begins = span_of(entry.since)[1] if entry.since else Date.min
    if entry.until:
        return begins, span_of(entry.until)[0]
    return begins, span_of(entry.last_check)[0] if entry.last_check and not entry.approved else Date.max


def _codes(
    drugs: Mapping[str, Drug], name: str, found: dict[str, Any], systems: Systems, added: Shelf
) -> tuple[DrugCode, ...]:
    """The codes of both; a code that names a drug of the base already is not added again."""
    file = f"{FOLDER}/{name}.yaml"
    taken = {(code.system, code.code): drug.id for drug in drugs.values() for code in drug.codes}
    codes = list(drugs[name].codes)
    for place, entry in enumerate(found["codes"]):
        uri = system_uri(entry["system"], systems, added, file, ("codes", place))
        if owner := taken.get((uri, entry["code"])):
            added.fault(file, ("codes", place), f"{entry['system']} {entry['code']} names {owner} already")
        codes.append(DrugCode(uri, entry["code"], entry["means"], entry["form"]))
    return tuple(codes)
