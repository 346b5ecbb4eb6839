"""Is the process alive, can it answer, and what does it offer: for machines that look after it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from flask import Blueprint, Response

from ..cards.basis import knowledge_stamp, overlay_stamp
from .refusals import try_again
from .routes import Door
from .wire import reply

PACKAGE = Path(__file__).resolve().parents[1]
DESCRIPTIONS = (PACKAGE / "_openapi.yaml", PACKAGE.parent / "openapi.yaml")  # in a wheel, in a checkout


def blueprint(door: Door) -> Blueprint:
    """/livez, /readyz and /openapi.yaml."""
    routes = Blueprint("health", __name__)
    description = next(path for path in DESCRIPTIONS if path.is_file()).read_bytes()
    routes.add_url_rule("/livez", "livez", _livez)
    routes.add_url_rule("/readyz", "readyz", partial(_readyz, door))
    routes.add_url_rule("/openapi.yaml", "openapi", partial(_openapi, description))
    return routes


def _livez() -> Response:
    return reply({"status": "alive"})


def _readyz(door: Door) -> Response:
    """Ready when knowledge is loaded and feedback could be stored. A FHIR server that is away does not count."""
    if not door.knowledge.rules:
        return try_again("no rule is loaded")
    if not door.store.ready():
        return try_again("the database cannot take feedback now")
    overlay = overlay_stamp(door.knowledge)
    told = {"status": "ready", "knowledge": knowledge_stamp(door.knowledge)}
    return reply(told | ({"overlay": overlay} if overlay else {}))


def _openapi(description: bytes) -> Response:
    return Response(description, content_type="application/yaml")
