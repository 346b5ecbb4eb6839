"""drugs/: names, codes, groups and approvals of each ingredient."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from ..domain.knowledge import DRUG_GROUPS, Drug, DrugCode, FactWords
from .approvals import ApprovalSchema, approvals_of
from .fields import ID, WORD, Flag, Named, Pair, Strict, Whole, a_text, one_of, texts
from .provenance import CheckedSchema, CiteSchema
from .reading import Shelf
from .value_sets import Systems, system_uri

FOLDER = "drugs"
FURTHER_GROUPS = ("platinum-partner", "cis-carbo", "fluoropyrimidine", "phase-two")
SSA_SHORT, PLATINUM = "ssa-short", "platinum"
DERIVED_GROUPS = ("antitumour", "antitumour-not-platinum")


OF_NAMES = ("also_in", "excluded_forms", "same_course_as", "allergy_with")


class WordsSchema(Strict):
    en = texts(required=True)
    ja = texts(required=True)


class DrugCodeSchema(Strict):
    system = a_text()
    code = a_text()
    means = one_of("ingredient", "product", "brand", required=True)
    form = fields.String(load_default="")


class DrugSchema(Strict):
    id = a_text()
    names = Pair(required=True)
    words = fields.Nested(WordsSchema, required=True)
    group = one_of(*DRUG_GROUPS, required=True)
    also_in = fields.List(one_of(*FURTHER_GROUPS), load_default=list)
    window_days = Whole(required=True)
    codes = fields.List(fields.Nested(DrugCodeSchema), load_default=list)
    needs_form = fields.String(load_default="")
    assumed_form = fields.String(load_default="")
    form_words = Named(texts(required=True), load_default=dict)
    excluded_forms = texts(load_default=list)
    same_course_as = texts(load_default=list)
    allergy_with = texts(load_default=list)
    reason_is_this_tumour = Flag(load_default=False)
    other_indications = texts(load_default=list)
    approvals = Named(fields.List(fields.Nested(ApprovalSchema)), names=WORD, load_default=dict)
    cites = Named(fields.Nested(CiteSchema), names=ID, load_default=dict)
    checked = fields.List(fields.Nested(CheckedSchema), load_default=list)

    @validates_schema
    def forms_are_told(self, found: dict[str, Any], **_: Any) -> None:
        known = set(found["form_words"])
        for field in ("needs_form", "assumed_form"):
            if found[field] and found[field] not in known:
                raise ValidationError(f"{found[field]} has no words in form_words", field)


def read_drugs(
    shelf: Shelf, facts: Mapping[str, FactWords], systems: Systems, jurisdictions: Collection[str]
) -> dict[str, Drug]:
    """Every drug by its id."""
    found = shelf.check_each(FOLDER, DrugSchema())
    for name, content in found.items():
        file = f"{FOLDER}/{name}.yaml"
        for place in sorted(set(content["approvals"]) - set(jurisdictions)) if jurisdictions else ():
            shelf.fault(file, ("approvals", place), f"approvals: {place} is no jurisdiction of manifest.yaml")
        for field in ("same_course_as", "allergy_with"):
            for place, other in enumerate(content[field]):
                if other not in found:
                    shelf.fault(file, (field, place), f"{field}: {other} is no drug of drugs/")
    return {name: _drug(content, shelf, facts, systems) for name, content in found.items()}


def groups_of(drugs: Mapping[str, Drug]) -> dict[str, frozenset[str]]:
    """Group -> drug ids; every group of the format is there, if only empty."""
    groups: dict[str, set[str]] = {name: set() for name in (*DRUG_GROUPS, *FURTHER_GROUPS)}
    for drug in drugs.values():
        for group in (drug.group, *drug.also_in):
            groups[group].add(drug.id)
    antitumour = set(drugs) - groups[SSA_SHORT]  # every other drug listed is given against the tumour
    groups |= {"antitumour": antitumour, "antitumour-not-platinum": antitumour - groups[PLATINUM]}
    return {name: frozenset(ids) for name, ids in groups.items()}


def _drug(found: dict[str, Any], shelf: Shelf, facts: Mapping[str, FactWords], systems: Systems) -> Drug:
    file = f"{FOLDER}/{found['id']}.yaml"
    if found["id"] in (*DRUG_GROUPS, *FURTHER_GROUPS, *DERIVED_GROUPS):
        shelf.fault(file, ("id",), f"id: {found['id']} is the name of a group")
    codes = [
        DrugCode(system_uri(c["system"], systems, shelf, file, ("codes", place)), c["code"], c["means"], c["form"])
        for place, c in enumerate(found["codes"])
    ]
    cites = {name: cite["text"] for name, cite in found["cites"].items()}
    lists: dict[str, Any] = {name: frozenset(found[name]) for name in OF_NAMES}
    plain = ("id", "names", "group", "window_days", "needs_form", "assumed_form", "reason_is_this_tumour")
    return Drug(
        **{name: found[name] for name in plain},
        **lists,
        words={language: tuple(said) for language, said in found["words"].items()},
        codes=tuple(codes),
        approvals=approvals_of(found, shelf, file, facts),
        form_words={form: tuple(said) for form, said in found["form_words"].items()},
        other_indications=tuple(found["other_indications"]),
        cites=cites,
    )
