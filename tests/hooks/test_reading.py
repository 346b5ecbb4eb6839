"""The reading report of a hook call, as the sandbox asks for it: what the service reads for that very call."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from cds_service.domain.call import Json
from cds_service.domain.facts import READINGS, RECORD
from tests.hooks.calls import ON, ORDER, RECTAL, body_of, bundle, call, chart, drafts, drug_order, with_context
from tests.test_cli import run

READING = "/sandbox/reading/nen-{}"


def reading(client: FlaskClient, body: Json, language: str = "en", status: int = 200) -> Json:
    answer = client.post(READING.format(body["hook"]), json=body, headers={"Accept-Language": language})
    assert answer.status_code == status, answer.text
    return body_of(answer)


def sections(report: Json) -> dict[str, list[Json]]:
    return {one["name"]: one["lines"] for one in report["sections"]}


@pytest.mark.parametrize("hook", ["patient-view", "order-select", "order-sign"])
def test_every_fact_is_told(client: FlaskClient, hook: str) -> None:
    facts = sections(reading(client, call(hook)))["facts"]
    assert [one["name"] for one in facts] == [*RECORD, *READINGS]
    told = {one["name"]: one for one in facts}
    assert told["ki67_percent"] == {
        "name": "ki67_percent",
        "label": "Ki-67",
        "told": "8% · biopsy · liver",
        "source": f"Observation/{RECTAL}-ki67",
        "date": "2026-03-01",  # the day the tissue was taken, not that of the report
    }
    assert told["tmb_msi"]["unclear"] is True
    assert told["tmb_msi"]["told"] == "unclear: not recorded"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_says_what_the_command_says(client: FlaskClient, tmp_path: Path, language: str) -> None:
    told: list[str] = []
    for one in reading(client, call("patient-view"), language)["sections"]:
        told += (f"{line['label']} [{line['name']}]: {line['told']}" for line in one["lines"] if "name" in line)
    file = tmp_path / "record.json"
    file.write_text(json.dumps(bundle(chart(RECTAL))), "utf-8")
    printed = run("read", str(file), "--on", str(ON), *(["--ja"] if language == "ja" else [])).output
    assert [line for line in told if line not in printed] == []
    assert len(told) > len(RECORD)


def test_the_orders_of_the_call_are_told_and_one_not_recognised_too(client: FlaskClient) -> None:
    orders = drafts(drug_order("sunitinib"), drug_order("moonshine", id="draft-2"))
    report = reading(client, with_context(call("order-sign"), draftOrders=orders))
    titles = [one["title"] for one in report["sections"] if one["name"] == "order"]
    assert titles == [
        f"Draft order {ORDER}: sunitinib",
        "Draft order MedicationRequest/draft-2: no listed drug recognised",
    ]
    assert [line["label"] for line in sections(report)["drugs-not-recognised"]] == ["moonshine"]


def test_everything_set_aside_is_told_with_its_reason(client: FlaskClient) -> None:
    body = call("patient-view")
    wrong: list[dict[str, Any]] = [
        {**one, "id": f"x-{name}", "status": "entered-in-error", "note": [{"text": "CANARY"}]}
        for one in chart(RECTAL)
        for name in ("a", "b")
        if one["id"] == f"{RECTAL}-ki67"
    ]
    body["prefetch"]["observations"]["entry"] += [{"resource": one} for one in wrong]
    del body["prefetch"]["observations"]["total"]
    report = reading(client, body)
    named = sections(report)["would-have-been-used"]
    assert [(one["label"], one["told"]) for one in named] == [
        ("Observation/x-a", "entered in error"),
        ("Observation/x-b", "entered in error"),
    ]
    assert "CANARY" not in json.dumps(report)


def test_a_call_that_is_refused_has_no_report(client: FlaskClient) -> None:
    refused = reading(client, call("patient-view", prefetch=None), status=412)
    assert refused["resourceType"] == "OperationOutcome"
    stranger = call("patient-view")
    stranger["prefetch"]["conditions"]["entry"][0]["resource"]["subject"]["reference"] = "Patient/somebody-else"
    assert reading(client, stranger, status=400)["resourceType"] == "OperationOutcome"
