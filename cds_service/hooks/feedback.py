"""The shape of feedback: what became of our cards, as clients really send it (plural reasons, extensions, batches)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import orjson
from marshmallow import ValidationError, fields, pre_load, validate, validates_schema

from ..domain.call import Json
from ..ledger.store import FeedbackEntry
from .schemas import MAX_ENTRIES, Bounded, Tolerant, load

MAX_COMMENT = 1000
MAX_NAME = 255  # of a card, a suggestion, a code: ours are UUIDs, some clients send others
MAX_SUGGESTIONS = 100  # accepted of one card
MAX_EXTENSION = 10 * 1024  # bytes as JSON
RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII | re.IGNORECASE)


def _moment(text: str) -> datetime:
    """The moment in UTC; ValueError for anything but an RFC 3339 timestamp with its zone."""
    if not RFC3339.fullmatch(text):
        raise ValueError
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except OverflowError:  # a zone that carries the moment out of the calendar
        raise ValueError from None


class _Moment(fields.Field[datetime]):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        try:
            return _moment(value)
        except (ValueError, TypeError):
            raise ValidationError("is not an RFC 3339 timestamp with its zone") from None


def _name(*, required: bool = False) -> fields.String:
    return fields.String(required=required, validate=validate.Length(min=1, max=MAX_NAME))


def _small(value: object) -> None:
    """Raises for an extension too large to keep; one that is not an object is not kept at all."""
    if isinstance(value, dict) and len(orjson.dumps(value)) > MAX_EXTENSION:
        raise ValidationError(f"is larger than {MAX_EXTENSION} bytes")


def _kept() -> fields.Raw:
    return fields.Raw(allow_none=True, validate=_small)


class _Reason(Tolerant):
    code = _name(required=True)
    system = _name()


class _Override(Tolerant):
    reason = fields.Nested(_Reason, allow_none=True)
    userComment = fields.String(allow_none=True, validate=validate.Length(max=MAX_COMMENT))
    extension = _kept()


class _Suggestion(Tolerant):
    id = _name(required=True)


class _Entry(Tolerant):
    card = _name(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(("accepted", "overridden")))
    outcomeTimestamp = _Moment(required=True)
    acceptedSuggestions = Bounded(fields.Nested(_Suggestion), MAX_SUGGESTIONS, allow_none=True)
    overrideReason = fields.Nested(_Override, allow_none=True)
    overrideReasons = fields.Nested(_Override, allow_none=True)  # the plural member of one large EHR
    extension = _kept()

    @pre_load
    def _one_of_several_reasons(self, entry: Any, **_: Any) -> Any:
        """A list under the plural member is read as its first reason; the specification knows one."""
        if isinstance(entry, dict) and isinstance(several := entry.get("overrideReasons"), list):
            return {**entry, "overrideReasons": several[0] if several else None}
        return entry

    @validates_schema
    def _accepted_names_what(self, entry: Json, **_: Any) -> None:
        if entry.get("outcome") == "accepted" and not entry.get("acceptedSuggestions"):
            raise ValidationError("is required when the outcome is accepted", "acceptedSuggestions")


class _Feedback(Tolerant):
    feedback = Bounded(fields.Nested(_Entry), MAX_ENTRIES, required=True)


_FEEDBACK = _Feedback()


def entries_of(body: object) -> list[FeedbackEntry]:
    """The entries of this message. MalformedCall when one of them is wrong: then none is kept."""
    return [_entry(sent) for sent in load(_FEEDBACK, body)["feedback"]]


def _entry(sent: Json) -> FeedbackEntry:
    override = sent.get("overrideReason") or sent.get("overrideReasons") or {}
    reason = override.get("reason") or {}
    return FeedbackEntry(
        card=sent["card"],
        outcome=sent["outcome"],
        outcome_timestamp=sent["outcomeTimestamp"],
        accepted_suggestions=tuple(suggestion["id"] for suggestion in sent.get("acceptedSuggestions") or ()),
        reason_code=reason.get("code"),
        reason_system=reason.get("system"),
        comment=override.get("userComment"),
        extension=_extension(sent, override),
    )


def _extension(sent: Json, override: Json) -> Json | None:
    """Extensions of the entry and of its reason; one EHR puts a site's own reason there. Not an object: none."""
    found = [each for each in (sent.get("extension"), override.get("extension")) if isinstance(each, dict)]
    return {name: value for each in found for name, value in each.items()} or None
