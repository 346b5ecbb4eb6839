"""What is stored of feedback, and what a repeat changes, on both databases."""

from __future__ import annotations

import json
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from cds_service.errors import ServiceUnavailable
from cds_service.ledger.store import FeedbackEntry, Ledger
from tests.ledger.conftest import Rows

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OVERRIDDEN = FeedbackEntry(
    card="4e0a3a1e-3283-4575-ab82-028d55fe2719",
    outcome="overridden",
    outcome_timestamp=NOON,
    reason_code="patient-ineligible",
    reason_system="http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes",
    comment="実際は直腸 — told by phone",
    extension={"com.example": {"display": "x"}},
)
ACCEPTED = FeedbackEntry("123456", "accepted", NOON, accepted_suggestions=("b", "a"))


def _value(stored: Any) -> Any:
    """What a JSON column holds: SQLite hands out the text, PostgreSQL the value."""
    return json.loads(stored) if isinstance(stored, str) else stored


def test_all_that_was_said_is_stored(ledger: Ledger, rows: Rows) -> None:
    later = NOON + timedelta(seconds=3)
    assert ledger.record_feedback("nen-order-sign", [OVERRIDDEN], later) == 1
    [row] = rows()
    assert {name: row[name] for name in ("service", "card", "outcome", "reason_code", "reason_system", "comment")} == {
        "service": "nen-order-sign",
        "card": OVERRIDDEN.card,
        "outcome": "overridden",
        "reason_code": OVERRIDDEN.reason_code,
        "reason_system": OVERRIDDEN.reason_system,
        "comment": OVERRIDDEN.comment,
    }
    assert row["outcome_at"] == "2026-11-23T12:00:00.000000+00:00"
    assert row["received_at"] == "2026-11-23T12:00:03.000000+00:00"
    assert _value(row["accepted_suggestions"]) == []
    assert _value(row["extension"]) == OVERRIDDEN.extension


def test_the_accepted_suggestions_are_stored(ledger: Ledger, rows: Rows) -> None:
    ledger.record_feedback("nen-order-sign", [ACCEPTED], NOON)
    [row] = rows()
    assert _value(row["accepted_suggestions"]) == ["a", "b"]
    assert row["extension"] is None


def test_a_repeat_is_stored_once_however_it_is_repeated(ledger: Ledger, rows: Rows) -> None:
    tokyo = NOON.astimezone(timezone(timedelta(hours=9)))
    assert ledger.record_feedback("nen-order-sign", [ACCEPTED, ACCEPTED], NOON) == 1
    again = [replace(ACCEPTED, accepted_suggestions=("a", "b")), replace(ACCEPTED, outcome_timestamp=tokyo)]
    assert ledger.record_feedback("nen-order-sign", again, NOON + timedelta(hours=1)) == 0
    assert len(rows()) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"card": "another"},
        {"outcome": "accepted"},
        {"outcome_timestamp": NOON + timedelta(microseconds=1)},
        {"accepted_suggestions": ("a",)},
        {"reason_code": "need-more-info"},
        {"reason_system": "urn:another"},
        {"comment": "another"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_differs_in_anything_said_is_stored_beside(ledger: Ledger, rows: Rows, other: dict[str, Any]) -> None:
    ledger.record_feedback("nen-order-sign", [OVERRIDDEN], NOON)
    assert ledger.record_feedback("nen-order-sign", [OVERRIDDEN, replace(OVERRIDDEN, **other)], NOON) == 1
    assert len(rows()) == 2


def test_the_same_card_of_another_service_is_stored_beside(ledger: Ledger, rows: Rows) -> None:
    ledger.record_feedback("nen-order-sign", [ACCEPTED], NOON)
    assert ledger.record_feedback("nen-order-select", [ACCEPTED], NOON) == 1
    assert [row["service"] for row in rows()] == ["nen-order-sign", "nen-order-select"]


def test_nothing_to_store_is_no_error(ledger: Ledger, rows: Rows) -> None:
    assert ledger.record_feedback("nen-order-sign", [], NOON) == 0
    assert rows() == []


def test_fifty_repeats_at_once_are_stored_once(ledger: Ledger, rows: Rows) -> None:
    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(lambda _: ledger.record_feedback("nen-order-sign", [ACCEPTED], NOON), range(50)))
    assert sorted(told) == [0] * 49 + [1]
    assert len(rows()) == 1


def test_a_batch_that_fails_half_way_leaves_nothing(ledger: Ledger, rows: Rows) -> None:
    impossible = replace(OVERRIDDEN, card=None)  # type: ignore[arg-type]  # NOT NULL refuses it in the database
    with pytest.raises(ServiceUnavailable):
        ledger.record_feedback("nen-order-sign", [ACCEPTED, impossible], NOON)
    assert rows() == []


def test_an_error_of_the_database_does_not_repeat_what_was_written(
    ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ServiceUnavailable) as caught:
        ledger.record_feedback("nen-order-sign", [replace(OVERRIDDEN, card=None)], NOON)  # type: ignore[arg-type]
    told = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert "IntegrityError" in caplog.text
    assert "told by phone" not in told
    assert "実際" not in told


def test_a_moment_without_its_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="zone"):
        ledger.record_feedback("nen-order-sign", [replace(ACCEPTED, outcome_timestamp=datetime(2026, 11, 23))], NOON)  # noqa: DTZ001
