"""The shape of a hook call: JSON in, a checked Call out. `prefetch` stays raw; stations read it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date as Date
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from ..domain.call import Call, Json, Token
from ..errors import MalformedCall, WrongPatient
from .orders import selected, sent_orders
from .services import Service

PATIENT_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")  # FHIR's id; fullmatch, since `$` would let a newline through
UUID = re.compile(r"(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
MAX_ENTRIES = 1000  # of a list in a call: more orders or feedback at once than any client has to tell
MAX_FAULTS = 20  # told of one body
TOKEN_PARTS = ("access_token", "token_type", "expires_in", "scope", "subject")  # all required by the specification


def _patient_id(text: str) -> None:
    if not PATIENT_ID.fullmatch(text) or text in (".", ".."):
        raise ValidationError("is not a FHIR id")


def _uuid(text: str) -> None:
    if not UUID.fullmatch(text):
        raise ValidationError("is not a UUID")


def _is_object(value: object) -> None:
    if not isinstance(value, dict):
        raise ValidationError("is not an object")


def _is_bundle(value: object) -> None:
    if not isinstance(value, dict) or value.get("resourceType") != "Bundle":
        raise ValidationError("is not a Bundle")
    if not isinstance(value.get("entry"), list | None):
        raise ValidationError("has an entry that is not a list")


class Bounded(fields.List[Any]):
    """A list that is counted before any entry is read, and not read on when enough of them are wrong.

    Otherwise a small body of very many wrong entries would keep a thread busy for seconds.
    """

    def __init__(self, inner: fields.Field[Any], most: int, **more: Any) -> None:
        super().__init__(inner, **more)
        self._most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list):
            raise ValidationError("is not a list")
        if len(value) > self._most:
            raise ValidationError(f"has more than {self._most} entries")
        found, faults = [], {}
        for number, entry in enumerate(value):
            try:
                found.append(self.inner.deserialize(entry, **kwargs))
            except ValidationError as wrong:
                faults[number] = wrong.messages
            if len(faults) == MAX_FAULTS:
                break
        if faults:
            raise ValidationError(faults)
        return found


class Tolerant(Schema):
    """A shape that passes over members it does not know: clients of every version may call."""

    class Meta:
        unknown = EXCLUDE


class _Context(Tolerant):
    patientId = fields.String(required=True, validate=_patient_id)
    userId = fields.String(required=True, validate=validate.Length(min=1))


class _SignContext(_Context):
    draftOrders = fields.Raw(required=True, validate=_is_bundle)


class _SelectContext(_SignContext):
    selections = Bounded(fields.String(), MAX_ENTRIES, required=True)


class _Envelope(Tolerant):
    hook = fields.String(required=True)
    hookInstance = fields.String(required=True, validate=_uuid)
    fhirServer = fields.String(allow_none=True)
    fhirAuthorization = fields.Raw(allow_none=True, validate=_is_object)
    context = fields.Raw(required=True, validate=_is_object)
    prefetch = fields.Raw(allow_none=True, validate=_is_object)


_ENVELOPE = _Envelope()
_CONTEXTS: Mapping[str, Schema] = {
    "patient-view": _Context(),
    "order-select": _SelectContext(),
    "order-sign": _SignContext(),
}


def call_of(body: object, service: Service, on: Date, servers: Sequence[str] = ()) -> Call:
    """The call in this body, made to this service. `servers`: bases of our FHIR servers. Raises CallError."""
    envelope = load(_ENVELOPE, body)
    if envelope["hook"] != service.hook:
        raise MalformedCall(f"hook: this service answers {service.hook}")
    context = load(_CONTEXTS[service.hook], envelope["context"], "context.")
    sent = sent_orders(context.get("draftOrders", {}))
    server = envelope.get("fhirServer")
    return Call(
        hook=service.hook,
        patient_id=context["patientId"],
        on=on,
        prefetch=envelope.get("prefetch") or {},
        drafts=sent.drafts,
        others=sent.others,
        troubles=sent.troubles,
        selections=selected(context.get("selections", ()), sent.names),
        fhir_server=server,
        other_servers=tuple(base for base in servers if base != server) if server else (),
        token=_token(envelope, context["patientId"]),
        hook_instance=envelope["hookInstance"].lower().removeprefix("urn:uuid:"),
        user_id=context["userId"],
    )


def load(schema: Schema, body: object, where: str = "") -> dict[str, Any]:
    """The body in this shape; MalformedCall names every member that is wrong and never repeats its content."""
    if not isinstance(body, dict):
        raise MalformedCall("the body is not a JSON object")
    try:
        found: dict[str, Any] = schema.load(body)
    except ValidationError as wrong:
        raise MalformedCall(_told(sorted(_faults(wrong.messages, where)))) from None
    return found


def _told(faults: Sequence[str]) -> str:
    more = len(faults) - MAX_FAULTS
    return "; ".join([*faults[:MAX_FAULTS], *([f"… and at least {more} more"] if more > 0 else [])])


def _faults(messages: Any, where: str) -> list[str]:
    if not isinstance(messages, dict):
        return [f"{where.rstrip('.')}: {message}" for message in messages]
    return [fault for name, inner in messages.items() for fault in _faults(inner, f"{where}{name}.")]


def _token(envelope: Json, patient_id: str) -> Token | None:
    """The access token, or None where the grant is incomplete or empty: then there is no access, and no error."""
    grant = envelope.get("fhirAuthorization")
    if grant is None:
        return None
    if not envelope.get("fhirServer"):
        raise MalformedCall("fhirServer: is required with fhirAuthorization")
    if grant.get("patient") not in (None, patient_id):
        raise WrongPatient("fhirAuthorization.patient is not context.patientId")
    secret, kind = grant.get("access_token"), grant.get("token_type")
    if any(grant.get(part) is None for part in TOKEN_PARTS) or not isinstance(secret, str):
        return None
    return Token(secret) if secret and isinstance(kind, str) and kind.lower() == "bearer" else None
