"""Every error is an OperationOutcome in JSON: never HTML, never a stack trace, never a word of the request."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from cds_service.app import create_app
from cds_service.domain.knowledge import Knowledge
from cds_service.errors import ServiceUnavailable
from cds_service.hooks.wire import MAX_BODY
from cds_service.ledger.store import FeedbackEntry, Ledger
from cds_service.settings import Settings
from tests.hooks.calls import ON, PATHS, call

CANARY = "CANARY-Zzyzx-991"


def outcome(answer: object, status: int, code: str) -> str:
    """The diagnostics, after every promise about an error was held to it."""
    assert answer.status_code == status  # type: ignore[attr-defined]
    assert answer.content_type == "application/json"  # type: ignore[attr-defined]
    body = answer.json  # type: ignore[attr-defined]
    assert body["resourceType"] == "OperationOutcome"
    (issue,) = body["issue"]
    assert (issue["severity"], issue["code"]) == ("error", code)
    assert answer.headers["Cache-Control"] == "no-store"  # type: ignore[attr-defined]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"  # type: ignore[attr-defined]
    text = answer.text  # type: ignore[attr-defined]
    assert CANARY not in text
    assert "Traceback" not in text
    diagnostics: str = issue["diagnostics"]
    return diagnostics


@pytest.mark.parametrize("path", [f"/{CANARY}", "/", "/cds-services/a/b/c", "//cds-services", "/metrics", "/admin"])
def test_a_path_there_is_not_is_404(client: FlaskClient, path: str) -> None:
    outcome(client.get(path), 404, "not-found")


def test_a_service_there_is_not_is_404(client: FlaskClient) -> None:
    outcome(client.post(f"/cds-services/{CANARY}", json=call("patient-view")), 404, "not-found")


def test_a_hook_call_by_get_is_405_and_names_what_is_allowed(client: FlaskClient) -> None:
    answer = client.get(PATHS["patient-view"])
    outcome(answer, 405, "not-supported")
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_405(client: FlaskClient, method: str) -> None:
    outcome(client.open("/cds-services", method=method), 405, "not-supported")


@pytest.mark.parametrize(
    "media",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "application/json; charset=latin-1",
        "application/fhir+xml",
        "application/fhir+json",
        "",
    ],
)
def test_any_other_media_type_is_415(client: FlaskClient, media: str) -> None:
    answer = client.post(PATHS["patient-view"], data=b"{}", content_type=media)
    outcome(answer, 415, "not-supported")


@pytest.mark.parametrize(
    "media", ["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"']
)
def test_json_in_utf_8_is_taken_however_it_is_spelt(client: FlaskClient, media: str) -> None:
    assert client.post(PATHS["patient-view"], data=b"{}", content_type=media).status_code == 400


def test_a_compressed_body_is_415(client: FlaskClient) -> None:
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    outcome(client.post(PATHS["patient-view"], data=b"\x1f\x8b", headers=headers), 415, "not-supported")


def test_a_body_over_the_cap_is_413(client: FlaskClient) -> None:
    body = b'{"hook": "' + b"x" * MAX_BODY + b'"}'
    outcome(client.post(PATHS["patient-view"], data=body, content_type="application/json"), 413, "too-long")


def test_what_cannot_be_read_is_412(client: FlaskClient) -> None:
    outcome(client.post(PATHS["patient-view"], json=call("patient-view", prefetch=None)), 412, "incomplete")


def test_deep_nesting_is_400(client: FlaskClient) -> None:
    for depth in (65, 2_000, 100_000):
        body = b'{"prefetch":' + b"[" * depth + b"]" * depth + b"}"
        outcome(client.post(PATHS["patient-view"], data=body, content_type="application/json"), 400, "invalid")


class FullDisk:
    """A store that cannot take anything now."""

    def record_feedback(self, service_id: str, entries: Sequence[FeedbackEntry], received_at: datetime) -> int:
        raise ServiceUnavailable(CANARY)

    def ready(self) -> bool:
        return False


class Broken(FullDisk):
    """A store with a fault of ours in it."""

    def record_feedback(self, service_id: str, entries: Sequence[FeedbackEntry], received_at: datetime) -> int:
        raise ValueError(CANARY)


ENTRY = {"card": CANARY, "outcome": "overridden", "outcomeTimestamp": "2026-01-05T10:05:31Z"}
FEEDBACK = "/cds-services/nen-patient-view/feedback"


def test_what_could_not_be_kept_is_503_with_the_time_to_try_again(knowledge: Knowledge) -> None:
    client = create_app(Settings(on=ON), knowledge=knowledge, store=FullDisk()).test_client()
    answer = client.post(FEEDBACK, json={"feedback": [ENTRY]})
    outcome(answer, 503, "transient")
    assert answer.headers["Retry-After"] == "1"


def test_readiness_fails_while_the_store_does_and_life_goes_on(knowledge: Knowledge) -> None:
    client = create_app(Settings(on=ON), knowledge=knowledge, store=FullDisk()).test_client()
    answer = client.get("/readyz")
    outcome(answer, 503, "transient")
    assert answer.headers["Retry-After"] == "1"
    assert client.get("/livez").json == {"status": "alive"}


def test_readiness_names_the_knowledge_that_speaks(client: FlaskClient, knowledge: Knowledge) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {"status": "ready", "knowledge": f"{knowledge.version}+{knowledge.hash[:12]}"}


def test_a_database_without_its_schema_is_not_ready(knowledge: Knowledge, tmp_path: object) -> None:
    store = Ledger(f"sqlite:///{tmp_path}/empty.db")
    client = create_app(Settings(on=ON), knowledge=knowledge, store=store).test_client()
    assert client.get("/readyz").status_code == 503
    assert client.post(FEEDBACK, json={"feedback": [ENTRY]}).status_code == 503
    store.close()


def test_a_fault_of_ours_is_500_and_its_text_goes_nowhere(
    knowledge: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = create_app(Settings(on=ON), knowledge=knowledge, store=Broken()).test_client()
    told = outcome(client.post(FEEDBACK, json={"feedback": [ENTRY]}), 500, "exception")
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.__dict__["name_of_error"] in told
    assert record.__dict__["kind"] == "ValueError"
    assert CANARY not in str(record.__dict__)


def test_an_answer_is_never_kept_by_a_cache(client: FlaskClient) -> None:
    answer = client.post(PATHS["patient-view"], json=call("patient-view"))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_call_to_options_holds_no_html(client: FlaskClient) -> None:
    answer = client.options(PATHS["patient-view"])
    assert answer.status_code == 200
    assert answer.data == b""
    assert "Content-Type" not in answer.headers
