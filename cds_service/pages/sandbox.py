"""The sandbox: a page that plays an EHR, so that a person can see what the service says. Development only."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, make_response, render_template

from ..domain.knowledge import DRUG_GROUPS, Drug, Knowledge
from ..settings import Settings

HOOKS = ("patient-view", "order-select", "order-sign")
Reading = Callable[[str], dict[str, Any]]
"""The reading report of the hook call that is being answered, for the service of this id. Raises errors.CallError."""


def blueprint(settings: Settings, knowledge: Knowledge, reading: Reading) -> Blueprint:
    """/sandbox, its static files, and the reading report of a call; nothing at all in production."""
    if settings.production:
        return Blueprint("sandbox", __name__)
    pages = Blueprint(
        "sandbox",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/sandbox/static",
    )
    pages.add_url_rule("/sandbox", "page", partial(_page, settings, knowledge))
    pages.add_url_rule("/sandbox/reading/<service_id>", "reading", partial(_reading, reading), methods=["POST"])
    return pages


def _reading(reading: Reading, service_id: str) -> Response:
    return jsonify(reading(service_id))


def _page(settings: Settings, knowledge: Knowledge) -> Response:
    answer = make_response(render_template("sandbox.html", choices=choices(settings, knowledge)))
    answer.headers["Content-Security-Policy"] = _policy(_fhir_base(settings))
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def choices(settings: Settings, knowledge: Knowledge) -> dict[str, Any]:
    """Everything the page offers and every word of knowledge/ it shows."""
    listed = json.loads((resources.files(__package__) / "sandbox_patients.json").read_text("utf-8"))
    return {
        "patients": listed,
        "hooks": HOOKS,
        "drugs": [_drug(drug) for drug in sorted(knowledge.drugs.values(), key=_place)],
        "fhirServer": _fhir_base(settings),
        "jurisdiction": dict(knowledge.jurisdictions[settings.jurisdiction]),
        "language": settings.language,
        "facts": {
            name: {
                "label": dict(fact.label),
                "unit": dict(fact.unit),
                "words": {word: dict(text) for word, text in fact.words.items()},
            }
            for name, fact in knowledge.facts.items()
        },
        "reasonsUnclear": {why: dict(text) for why, text in knowledge.reasons_unclear.items()},
    }


def _fhir_base(settings: Settings) -> str | None:
    """The first server that may be read without a token: the page has none to give."""
    return next((server.base for server in settings.fhir_servers if server.open), None)


def _policy(fhir_base: str | None) -> str:
    """Only our own scripts and styles; besides us, only the FHIR server is spoken to (for the prefetch)."""
    parts = urlsplit(fhir_base or "")
    connect = f"'self' {parts.scheme}://{parts.netloc}" if fhir_base else "'self'"
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src {connect}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _place(drug: Drug) -> tuple[int, str]:
    return DRUG_GROUPS.index(drug.group) if drug.group in DRUG_GROUPS else len(DRUG_GROUPS), drug.id


def _drug(drug: Drug) -> dict[str, Any]:
    """A drug to choose, with the CodeableConcept that its draft order carries."""
    told = [code for code in drug.codes if drug.needs_form and code.form == drug.needs_form]
    told.sort(key=lambda code: code.means != "ingredient")
    plain = [code for code in drug.codes if code.means == "ingredient" and not code.form]
    coding = [{"system": code.system, "code": code.code} for code in (*told, *plain, *drug.codes)[:1]]
    return {"id": drug.id, "names": dict(drug.names), "group": drug.group, "coding": coding}
