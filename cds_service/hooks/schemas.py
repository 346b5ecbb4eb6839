"""The shape of a hook call: JSON in, a checked Call out. `prefetch` stays raw; stations read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from ..domain.call import Call, Json, Token
from ..errors import MalformedCall, WrongPatient
from .orders import drafts_and_others, selected
from .services import Service

PATIENT_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")  # FHIR's id; fullmatch, since `$` would let a newline through
UUID = re.compile(r"(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
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
    selections = fields.List(fields.String(), required=True)


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


def call_of(body: object, service: Service, on: Date) -> Call:
    """The call in this body, made to this service. Raises MalformedCall or WrongPatient."""
    envelope = load(_ENVELOPE, body)
    if envelope["hook"] != service.hook:
        raise MalformedCall(f"hook: this service answers {service.hook}")
    context = load(_CONTEXTS[service.hook], envelope["context"], "context.")
    bundle = context.get("draftOrders", {})
    drafts, others = drafts_and_others(bundle)
    return Call(
        hook=service.hook,
        patient_id=context["patientId"],
        on=on,
        prefetch=envelope.get("prefetch") or {},
        drafts=drafts,
        others=others,
        selections=selected(context.get("selections", ()), bundle),
        fhir_server=envelope.get("fhirServer"),
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
        raise MalformedCall("; ".join(sorted(_faults(wrong.messages, where)))) from None
    return found


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
