"""Discovery, hook calls, feedback."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Protocol

from flask import Blueprint, Response, request

from ..advise import advise
from ..domain.advice import Answer, Verdict
from ..domain.call import Call, Json, Levers, Read, Setting, Trouble
from ..domain.knowledge import Knowledge
from ..errors import UnknownService
from ..ledger.store import FeedbackEntry
from ..settings import Settings
from .feedback import entries_of
from .schemas import call_of
from .services import BY_ID, Service, discovery
from .wire import read_json, reply

DATA = "org.nen-cds.data"
LANGUAGES = ("en", "ja")
MOST_NAMED = 100  # resources set aside; all are counted
log = logging.getLogger(__name__)


class Store(Protocol):
    """Where feedback is kept: ledger.store.Ledger."""

    def record_feedback(self, service_id: str, entries: Sequence[FeedbackEntry], received_at: datetime) -> int: ...

    def ready(self) -> bool: ...


@dataclass(frozen=True)
class Door:
    """What the routes need. `reader` gives the FHIR access of one call, or None; `now` has its zone."""

    settings: Settings
    knowledge: Knowledge
    store: Store
    reader: Callable[[Call], Read | None]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    levers: Levers = field(default_factory=Levers)


def blueprint(door: Door) -> Blueprint:
    """The routes of CDS Hooks."""
    routes = Blueprint("hooks", __name__)
    routes.add_url_rule("/cds-services", "discovery", _discovery)
    routes.add_url_rule("/cds-services/<service_id>", "call", partial(_call, door), methods=["POST"])
    routes.add_url_rule("/cds-services/<service_id>/feedback", "feedback", partial(_feedback, door), methods=["POST"])
    return routes


def _discovery() -> Response:
    return reply(discovery())


def _call(door: Door, service_id: str) -> Response:
    """One hook call, from its body to its cards."""
    call, service, setting = received(door, service_id)
    answer = advise(
        call,
        service.templates,
        setting,
        door.knowledge,
        door.levers,
        read=door.reader(call),
        new_id=door.new_id,
    )
    log.info("answered", extra={"hook": call.hook, "cards": len(answer.cards), "troubles": len(answer.troubles)})
    response = reply(body_of(answer))
    response.content_language.add(setting.language)
    return response


def received(door: Door, service_id: str) -> tuple[Call, Service, Setting]:
    """The hook call that is being answered, the service it is to, and where, when and in which language."""
    service = _service(service_id)
    day = today(door.settings, door.now())
    servers = [server.base for server in door.settings.fhir_servers]
    call = call_of(read_json(request), service, day, servers)
    return call, service, Setting(door.settings.jurisdiction, day, _language(door.settings.language))


def _feedback(door: Door, service_id: str) -> Response:
    """Feedback on cards, committed before it is acknowledged."""
    service = _service(service_id)
    entries = entries_of(read_json(request))
    stored = door.store.record_feedback(service.id, entries, door.now().astimezone(UTC))
    log.info("feedback", extra={"hook": service.hook, "entries": len(entries), "stored": stored})
    return reply({"status": "ok"})


def body_of(answer: Answer) -> Json:
    """The answer as CDS Hooks JSON; the extension stands only where something was held back or went wrong."""
    withheld = [_named(verdict) for advice in answer.withheld for verdict in advice.all]
    troubles = [_told(trouble) for trouble in dict.fromkeys((*answer.troubles, *answer.set_aside.named[:MOST_NAMED]))]
    aside = dict(answer.set_aside.counts)
    told = {key: found for key, found in (("withheld", withheld), ("troubles", troubles), ("setAside", aside)) if found}
    return {"cards": answer.cards} | ({"extension": {DATA: told}} if told else {})


def _service(service_id: str) -> Service:
    if service_id not in BY_ID:
        raise UnknownService("no service has this id")
    return BY_ID[service_id]


def today(settings: Settings, now: datetime) -> date:
    """The day to answer as of: the one that is set, or the day it is in the zone that is set."""
    return settings.on or now.astimezone(settings.timezone).date()


def _language(configured: str) -> str:
    """What Accept-Language prefers of our languages; the configured one where it has no wish."""
    ours = sorted(LANGUAGES, key=lambda language: language != configured)
    return request.accept_languages.best_match(ours, configured)


def _named(verdict: Verdict) -> Mapping[str, str]:
    named = {"rule": verdict.rule.id, "row": verdict.row_name}
    return {**named, "order": verdict.asked.order.ref} if verdict.asked.order else named


def _told(trouble: Trouble) -> Mapping[str, str]:
    parts = {"what": trouble.what, "where": trouble.where, "why": str(trouble.why)}
    return {key: part for key, part in parts.items() if part}
