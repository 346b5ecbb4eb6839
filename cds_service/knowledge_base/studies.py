"""evidence/: one study per file, its figures as printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate

from ..domain.knowledge import FactWords, Figure, Study
from .cells import cell_of
from .fields import ID, Named, Pair, PairOrText, Strict, a_text, texts
from .provenance import CheckedSchema, CiteSchema
from .reading import Shelf

FOLDER = "evidence"
FIGURE_NAME = r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"
PARTS = frozenset({"population", "limits", "title", "citation"})  # what else a sentence may take from a study


class ArmSchema(Strict):
    n = fields.String(validate=validate.Regexp(r"^\d+$", error="a number of patients is expected here"))
    name = Pair(required=True)
    dose = fields.String()


class HazardRatioSchema(Strict):
    value = a_text()
    ci95 = fields.List(a_text(), validate=validate.Length(equal=2), load_default=list)


class FigureSchema(Strict):
    endpoint = Pair(required=True)
    assessed_by = fields.String(load_default="")
    unit = a_text()
    values = Named(a_text(), names=ID, required=True, least=1)
    hazard_ratio = fields.Nested(HazardRatioSchema, load_default=dict)
    p = fields.String(load_default="")
    note = Pair(load_default=dict)
    cite = fields.String(load_default="")


class StudySchema(Strict):
    id = a_text()
    title = a_text()
    design = PairOrText(required=True)
    population = Pair(required=True)
    sites = texts(required=True)
    arms = Named(fields.Nested(ArmSchema), names=ID, load_default=dict)
    figures = Named(fields.Nested(FigureSchema), names=FIGURE_NAME, load_default=dict)
    limits = fields.List(Pair(), load_default=list)
    cites = Named(fields.Nested(CiteSchema), names=ID, required=True, least=1)
    checked = fields.List(fields.Nested(CheckedSchema), load_default=list)
    disagreements = texts(load_default=list)
    background = fields.String(load_default="")


def read_studies(shelf: Shelf, facts: Mapping[str, FactWords]) -> dict[str, Study]:
    """Every study by its id."""
    found = shelf.check_each(FOLDER, StudySchema())
    return {name: _study(content, shelf, facts) for name, content in found.items()}


def _study(found: dict[str, Any], shelf: Shelf, facts: Mapping[str, FactWords]) -> Study:
    file = f"{FOLDER}/{found['id']}.yaml"
    sites = frozenset[str]()
    try:
        sites = cell_of(found["sites"], facts["primary_site"]).words if found["sites"] and facts else sites
    except ValueError as error:
        shelf.fault(file, ("sites",), f"sites: {error}")
    _check_figures(found, shelf, file)
    return Study(
        **{name: found[name] for name in ("id", "title", "design", "population", "cites", "background")},
        sites=sites,
        arms={name: arm["name"] for name, arm in found["arms"].items()},
        figures={name: _figure(figure) for name, figure in found["figures"].items()},
        limits=tuple(found["limits"]),
        checked=tuple(found["checked"]),
        disagreements=tuple(found["disagreements"]),
    )


def _check_figures(found: dict[str, Any], shelf: Shelf, file: str) -> None:
    for name, figure in found["figures"].items():
        if name in PARTS:
            shelf.fault(file, ("figures", name), f"{name}: a figure cannot have this name")
        for arm in sorted(set(figure["values"]) - set(found["arms"])):
            shelf.fault(file, ("figures", name, "values", arm), f"{name}: {arm} is no arm of this study")
        if figure["cite"] and figure["cite"] not in found["cites"]:
            message = f"{name}: {figure['cite']} is not among the cites of this file"
            shelf.fault(file, ("figures", name, "cite"), message)
    for place, check in enumerate(found["checked"]):
        for figure in sorted(set(check.get("figures", ())) - set(found["figures"])):
            shelf.fault(file, ("checked", place), f"checked: {figure} is no figure of this study")


def _figure(found: dict[str, Any]) -> Figure:
    ratio = found["hazard_ratio"]
    plain = ("endpoint", "unit", "values", "cite", "assessed_by", "p", "note")
    return Figure(
        **{name: found[name] for name in plain},
        hazard_ratio=ratio.get("value", ""),
        ci95=tuple(ratio.get("ci95", ())),
    )
