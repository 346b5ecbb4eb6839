"""Putting the parts together; the only module that knows them all."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

import structlog
from flask import Flask, Response, request
from flask_cors import CORS
from structlog.typing import EventDict, Processor

from .authoring.reading import in_json, read_record, report
from .domain.call import Call, Json, Levers, Read
from .domain.knowledge import Knowledge
from .errors import KnowledgeError
from .fhir.client import reader
from .fhir.pages import USUAL_BOUNDS
from .fhir.servers import FhirServer, select
from .hooks import health, refusals, routes
from .hooks.wire import drain, harden
from .knowledge_base import knowledge_folder, load, load_cases, stamp_is_valid
from .ledger.store import Ledger
from .pages import sandbox
from .preflight import overlay_faults, preflight
from .settings import Settings, read_settings

HOOK_PATHS = r"^/cds-services(/.*)?$"


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings | None = None,
    *,
    knowledge: Knowledge | None = None,
    store: routes.Store | None = None,
    now: Callable[[], datetime] = _now,
) -> Flask:
    """The WSGI application. What is not given is made as this deployment is set up; faults are raised, all at once."""
    settings = settings or read_settings(os.environ)
    knowledge = knowledge or checked_knowledge(knowledge_folder(), settings.overlay)
    door = routes.Door(
        settings=settings,
        knowledge=knowledge,
        store=store or Ledger(settings.database_url),
        reader=_reader_of(settings),
        now=now,
        new_id=lambda: str(uuid4()),
        levers=levers(knowledge, settings),
    )
    app = Flask("cds_service", static_folder=None)
    app.url_map.strict_slashes = False  # a path with a slash too many is answered, never redirected
    app.url_map.merge_slashes = False
    page = sandbox.blueprint(settings, door.knowledge, partial(_read_for, door))
    for pages in (routes.blueprint(door), health.blueprint(door), page):
        app.register_blueprint(pages)
    refusals.register(app, door.new_id)
    app.after_request(_finish)
    CORS(
        app,
        resources={HOOK_PATHS: {"origins": [re.compile(rf"{re.escape(o)}\Z") for o in settings.cors_origins]}},
        always_send=False,  # to who is no page: nothing
        methods=["GET", "POST"],
        allow_headers=["authorization", "content-type"],
        supports_credentials=False,
    )
    return app


def _read_for(door: routes.Door, service_id: str) -> Json:
    """The reading report of the call that is being answered: what its own service reads, in the same time."""
    call, service, setting = routes.received(door, service_id)
    found = read_record(call, service.templates, door.reader(call), door.knowledge, bounds=USUAL_BOUNDS)
    return in_json(report(found, setting, door.knowledge))


def checked_knowledge(folder: Path, overlay: Path | None = None) -> Knowledge:
    """The knowledge of this folder, with a site's overlay; raises KnowledgeError.

    Without a valid stamp the whole check of the folder runs first. An overlay has none and is checked every time.
    """
    knowledge = load(folder)
    if not stamp_is_valid(folder) and (faults := preflight(knowledge, load_cases(folder, knowledge), folder=folder)):
        raise KnowledgeError(faults)
    if overlay is None:
        return knowledge
    merged = load(folder, overlay)
    if faults := overlay_faults(merged, folder, overlay):
        raise KnowledgeError(faults)
    return merged


def levers(knowledge: Knowledge, settings: Settings) -> Levers:
    """What this site does not serve: rules it switched off and, where it asks for reviews, those it has not signed."""
    unsigned = (rule.id for rule in knowledge.rules if settings.require_review and not rule.reviewed)
    return Levers(off=frozenset((*unsigned, *(rule.id for rule in knowledge.rules if rule.off))))


def configure_logging() -> None:
    """One JSON object a line on standard error, for our own records and those of the libraries."""
    before: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_text_of_errors,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    )
    out = logging.StreamHandler()
    out.setFormatter(formatter)
    logging.basicConfig(handlers=[out], level=logging.WARNING, force=True)
    logging.getLogger("cds_service").setLevel(logging.INFO)


def _without_text_of_errors(_logger: object, _name: str, event: EventDict) -> EventDict:
    """An exception is logged by its kind; its text may quote what was being read."""
    found = event.pop("exc_info", None)
    if isinstance(found, tuple) and found[0]:
        event["kind"] = found[0].__name__
    return event


def _reader_of(settings: Settings) -> Callable[[Call], Read | None]:
    """What a call may read: the configured server that its fhirServer selects, with the call's own token."""
    servers = [FhirServer(server.base, server.open) for server in settings.fhir_servers]

    def read(call: Call) -> Read | None:
        return reader(select(servers, call.fhir_server, development=not settings.production), call.token)

    return read


def _finish(response: Response) -> Response:
    if request.method == "OPTIONS":
        del response.headers["Content-Type"]  # of an empty body; Flask would call it HTML
    drain(request)
    return harden(response)
