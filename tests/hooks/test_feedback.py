"""Feedback: as the specification has it, and as clients really send it."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from flask.testing import FlaskClient

from cds_service.domain.call import Json
from cds_service.hooks.feedback import entries_of
from tests.hooks.calls import body_of

PATH = "/cds-services/nen-patient-view/feedback"
CARD = "4e0a3a1e-3283-4575-ab82-028d55fe2719"
CODE = "action-completed"
SYSTEM = "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes"


def overridden(**more: Any) -> Json:
    """An entry; None takes a member away."""
    entry = {"card": CARD, "outcome": "overridden", "outcomeTimestamp": "2026-01-05T10:05:31Z", **more}
    return {name: value for name, value in entry.items() if value is not None}


def accepted(*suggestions: str) -> Json:
    return {**overridden(outcome="accepted"), "acceptedSuggestions": [{"id": one} for one in suggestions]}


def send(client: FlaskClient, *entries: Json, path: str = PATH) -> int:
    answer = client.post(path, json={"feedback": list(entries)})
    if answer.status_code == 200:
        assert body_of(answer) == {"status": "ok"}
    else:
        assert body_of(answer)["resourceType"] == "OperationOutcome"
    return answer.status_code


def stored(tmp_path: Path) -> list[dict[str, Any]]:
    """The rows of the database, read past the ledger."""
    with sqlite3.connect(tmp_path / "ledger.db") as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute("SELECT * FROM feedback ORDER BY id")]


def test_an_override_is_kept_with_reason_and_comment(client: FlaskClient, tmp_path: Path) -> None:
    reason = {"reason": {"code": CODE, "system": SYSTEM}, "userComment": "done elsewhere"}
    assert send(client, overridden(overrideReason=reason)) == 200
    (row,) = stored(tmp_path)
    assert (row["service"], row["card"], row["outcome"]) == ("nen-patient-view", CARD, "overridden")
    assert (row["reason_code"], row["reason_system"], row["comment"]) == (CODE, SYSTEM, "done elsewhere")


def test_an_accepted_suggestion_is_kept(client: FlaskClient, tmp_path: Path) -> None:
    assert send(client, accepted("s-2", "s-1")) == 200
    assert stored(tmp_path)[0]["accepted_suggestions"] == '["s-1", "s-2"]'


@pytest.mark.parametrize("reason", [None, {}, {"reason": {"code": CODE}}, {"userComment": "x"}, {"reason": None}])
def test_an_override_may_have_no_reason_a_code_or_a_comment(client: FlaskClient, reason: object) -> None:
    assert send(client, overridden(overrideReason=reason)) == 200


@pytest.mark.parametrize("several", [{"reason": {"code": CODE}}, [{"reason": {"code": CODE}}, {"userComment": "x"}]])
def test_the_plural_member_of_one_large_ehr_is_read(client: FlaskClient, tmp_path: Path, several: object) -> None:
    assert send(client, overridden(overrideReasons=several)) == 200
    assert stored(tmp_path)[0]["reason_code"] == CODE


def test_extensions_are_kept_and_any_other_shape_of_them_is_passed_over(client: FlaskClient, tmp_path: Path) -> None:
    inner = {"com.example.reasonDisplay": "not now"}
    assert send(client, overridden(overrideReasons={"extension": inner}, extension={"com.example": 1})) == 200
    assert send(client, overridden(card="another", extension=["x"])) == 200
    first, second = stored(tmp_path)
    assert first["extension"] == '{"com.example": 1, "com.example.reasonDisplay": "not now"}'
    assert second["extension"] is None


def test_a_batch_is_kept_whole(client: FlaskClient, tmp_path: Path) -> None:
    assert send(client, overridden(), accepted("s-1"), overridden(card="123456")) == 200
    assert [row["card"] for row in stored(tmp_path)] == [CARD, CARD, "123456"]


def test_one_bad_entry_and_nothing_of_the_batch_is_kept(client: FlaskClient, tmp_path: Path) -> None:
    assert send(client, overridden(), overridden(outcome="ignored"), overridden(card="b")) == 400
    assert stored(tmp_path) == []


def test_what_is_sent_again_is_kept_once(client: FlaskClient, tmp_path: Path) -> None:
    assert [send(client, overridden()) for _ in range(3)] == [200, 200, 200]
    assert send(client, overridden(), overridden()) == 200
    assert len(stored(tmp_path)) == 1


def test_a_card_that_is_no_uuid_or_not_known_is_kept(client: FlaskClient, tmp_path: Path) -> None:
    assert send(client, overridden(card="123456")) == 200
    assert len(stored(tmp_path)) == 1


def test_an_empty_batch_is_fine(client: FlaskClient) -> None:
    assert send(client) == 200


@pytest.mark.parametrize("body", [[], {}, {"feedback": {}}, {"feedback": None}, {"feedback": ["x"]}, "x"])
def test_a_body_without_a_list_of_entries_is_refused(client: FlaskClient, body: object) -> None:
    assert client.post(PATH, json=body).status_code == 400


@pytest.mark.parametrize("member", ["card", "outcome", "outcomeTimestamp"])
def test_a_required_member_that_is_missing_is_named_with_its_entry(client: FlaskClient, member: str) -> None:
    answer = client.post(PATH, json={"feedback": [overridden(), overridden(**{member: None})]})
    assert answer.status_code == 400
    assert f"feedback.1.{member}" in body_of(answer)["issue"][0]["diagnostics"]


@pytest.mark.parametrize(
    ("sent", "utc"),
    [
        ("2026-01-05T10:05:31Z", "2026-01-05T10:05:31.000000+00:00"),
        ("2026-01-05T10:05:31.481Z", "2026-01-05T10:05:31.481000+00:00"),
        ("2026-01-05T10:05:31.4812345678Z", "2026-01-05T10:05:31.481234+00:00"),
        ("2026-01-05t10:05:31z", "2026-01-05T10:05:31.000000+00:00"),
        ("2026-01-05T19:05:31+09:00", "2026-01-05T10:05:31.000000+00:00"),
        ("2026-01-05T10:05:31+00:00", "2026-01-05T10:05:31.000000+00:00"),
    ],
)
def test_a_timestamp_is_read_with_its_zone(client: FlaskClient, tmp_path: Path, sent: str, utc: str) -> None:
    assert send(client, overridden(outcomeTimestamp=sent)) == 200
    assert stored(tmp_path)[0]["outcome_at"] == utc


@pytest.mark.parametrize(
    "sent",
    [
        "2026-01-05T10:05:31",
        "2026-01-05",
        "2026-13-05T10:05:31Z",
        "20260105T100531Z",
        "0001-01-01T00:00:00+14:00",
        1,
        "",
    ],
)
def test_a_timestamp_without_zone_or_sense_is_refused(client: FlaskClient, sent: object) -> None:
    assert send(client, overridden(outcomeTimestamp=sent)) == 400


@pytest.mark.parametrize("suggestions", [None, [], [{}], ["x"], {}])
def test_accepting_names_the_suggestion(client: FlaskClient, suggestions: object) -> None:
    entry = overridden(outcome="accepted", acceptedSuggestions=suggestions)
    assert send(client, entry) == 400


def test_feedback_to_a_service_there_is_not_is_404(client: FlaskClient) -> None:
    assert send(client, overridden(), path="/cds-services/nen-other/feedback") == 404


def test_a_comment_of_more_than_a_thousand_characters_is_refused(client: FlaskClient, tmp_path: Path) -> None:
    assert send(client, overridden(overrideReason={"userComment": "x" * 1001})) == 400
    assert send(client, overridden(overrideReason={"userComment": "膵" * 1000})) == 200
    assert len(stored(tmp_path)) == 1


def test_an_extension_of_more_than_ten_kilobytes_is_refused(client: FlaskClient, tmp_path: Path) -> None:
    large = {"com.example": "膵" * 3500}
    assert send(client, overridden(extension=large)) == 400
    assert send(client, overridden(overrideReason={"extension": large})) == 400
    assert send(client, overridden(extension={"com.example": "x" * 10_000})) == 200
    assert len(stored(tmp_path)) == 1


def test_more_than_a_hundred_suggestions_of_one_card_are_refused(client: FlaskClient) -> None:
    assert send(client, accepted(*(str(n) for n in range(101)))) == 400
    assert send(client, accepted(*(str(n) for n in range(100)))) == 200


@pytest.mark.parametrize("wrong", [{}, 1, overridden()])
def test_more_entries_than_anybody_has_to_tell_are_refused_unread(client: FlaskClient, wrong: object) -> None:
    started = monotonic()
    answer = client.post(PATH, json={"feedback": [wrong] * 300_000 if wrong in ({}, 1) else [wrong] * 1001})
    assert monotonic() - started < 5  # it was over 40 s
    assert answer.status_code == 400
    assert "feedback: has more than 1000 entries" in body_of(answer)["issue"][0]["diagnostics"]


def test_of_many_faults_the_first_are_told_and_the_others_counted(client: FlaskClient) -> None:
    answer = client.post(PATH, json={"feedback": [{}] * 1000})
    told = body_of(answer)["issue"][0]["diagnostics"]
    assert told.count(";") == 20
    assert told.endswith("… and at least 40 more")
    assert len(answer.data) < 3000


def test_the_most_faults_a_batch_can_hold_are_answered_soon(client: FlaskClient) -> None:
    started = monotonic()
    answer = client.post(PATH, json={"feedback": [{"acceptedSuggestions": [{}] * 100}] * 1000})
    assert monotonic() - started < 5  # it was over 40 s
    assert answer.status_code == 400
    assert len(answer.data) < 3000


@pytest.mark.parametrize("bad", ["a\\u0000b", "\\ud800"])
def test_text_that_a_database_may_not_take_is_refused(client: FlaskClient, bad: str) -> None:
    body = (
        '{"feedback": [{"card": "' + bad + '", "outcome": "overridden", "outcomeTimestamp": "2026-01-05T10:05:31Z"}]}'
    )
    assert client.post(PATH, data=body, content_type="application/json").status_code == 400


def test_a_comment_is_never_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert send(client, overridden(overrideReason={"userComment": "CANARY-comment"})) == 200
    assert send(client, overridden(outcome="x", overrideReason={"userComment": "CANARY-comment"})) == 400
    assert "CANARY" not in "".join(str(record.__dict__) for record in caplog.records)


def test_entries_carry_nothing_that_was_not_sent() -> None:
    (entry,) = entries_of({"feedback": [overridden()]})
    assert (entry.accepted_suggestions, entry.reason_code, entry.comment, entry.extension) == ((), None, None, None)
