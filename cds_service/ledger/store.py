"""Feedback on our cards, committed before it is acknowledged.

The hook audit comes later and brings its own writer thread with a bounded queue; one pool is enough for feedback,
which is rare and waits for its commit anyway.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from ..errors import ServiceUnavailable
from .database import open_database
from .failure import passing
from .schema import is_current, prepare, schema_is_current, upgrade
from .tables import FEEDBACK

__all__ = ["FeedbackEntry", "Ledger", "prepare", "schema_is_current", "upgrade"]

_INSERT: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True)
class FeedbackEntry:
    """What became of one card: taken up, or overridden and why. `outcome_timestamp` carries its zone."""

    card: str
    outcome: str
    outcome_timestamp: datetime
    accepted_suggestions: tuple[str, ...] = ()
    reason_code: str | None = None
    reason_system: str | None = None
    comment: str | None = None
    extension: Mapping[str, Any] | None = None


class Ledger:
    """The held connection to the database that keeps what was acknowledged."""

    def __init__(self, url: str) -> None:
        self._database = open_database(url)

    def record_feedback(self, service_id: str, entries: Sequence[FeedbackEntry], received_at: datetime) -> int:
        """Commit all entries or none, and answer how many are new; raises errors.ServiceUnavailable.

        A message that is sent again changes nothing: clients repeat feedback whose answer they did not see.
        """
        rows = [_row(service_id, entry, received_at) for entry in entries]
        if not rows:
            return 0
        insert = _INSERT[self._database.dialect.name](FEEDBACK).on_conflict_do_nothing().returning(FEEDBACK.c.id)
        with passing(), self._database.begin() as connection:
            return len(connection.execute(insert, rows).all())

    def ready(self) -> bool:
        """True when a write could begin now on the schema this version writes."""
        try:
            with passing(), self._database.begin() as connection:
                return is_current(connection)
        except ServiceUnavailable:
            return False

    def close(self) -> None:
        """Let go of every connection."""
        self._database.dispose()


def _row(service_id: str, entry: FeedbackEntry, received_at: datetime) -> dict[str, Any]:
    said: dict[str, Any] = {
        "service": service_id,
        "card": entry.card,
        "outcome": entry.outcome,
        "outcome_at": _utc(entry.outcome_timestamp),
        "accepted_suggestions": sorted(set(entry.accepted_suggestions)),
        "reason_code": entry.reason_code,
        "reason_system": entry.reason_system,
        "comment": entry.comment,  # two comments on one card are two messages: neither may be lost
    }
    fingerprint = sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    extension = None if entry.extension is None else dict(entry.extension)
    return {**said, "fingerprint": fingerprint, "extension": extension, "received_at": _utc(received_at)}


def _utc(moment: datetime) -> str:
    """The moment in UTC, always of the same length so that text sorts as time does."""
    if moment.tzinfo is None:
        raise ValueError("a moment without its zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
