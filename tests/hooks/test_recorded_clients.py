"""Requests recorded from two real clients, replayed as they were sent."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from cds_service.domain.call import Json
from tests.hooks.calls import body_of, rules_said
from tests.reference import REFERENCE, needs_reference, reference

SANDBOX, CRD = "cds-hooks-sandbox.jsonl", "crd-request-generator.jsonl"
pytestmark = needs_reference


def requests(name: str) -> list[Json]:
    if REFERENCE is None:
        return []
    return [json.loads(line) for line in reference("clients", name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("request_", requests(SANDBOX), ids=lambda sent: sent["path"].split("/", 2)[2])
def test_every_request_of_the_public_sandbox_is_answered(client: FlaskClient, request_: Json) -> None:
    answer = client.post(request_["path"], json=request_["body"])
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("request_", requests(CRD), ids=lambda sent: sent["path"].split("/", 2)[2])
def test_a_request_without_conditions_and_without_a_token_is_412(client: FlaskClient, request_: Json) -> None:
    answer = client.post(request_["path"], json=request_["body"])
    assert answer.status_code == 412
    assert body_of(answer)["resourceType"] == "OperationOutcome"


def test_the_sunitinib_order_for_a_pancreatic_tumour_brings_no_warning_of_the_wrong_site(client: FlaskClient) -> None:
    (sent,) = [one for one in requests(SANDBOX) if "sunitinib" in json.dumps(one)]
    answer = client.post(sent["path"], json=sent["body"])
    assert "sunitinib-outside-pancreas" not in rules_said(body_of(answer))


def test_a_ki67_under_the_code_of_another_test_yields_no_grade(client: FlaskClient) -> None:
    hooks = [sent for sent in requests(SANDBOX) if "feedback" not in sent["path"]]
    assert any("85319-2" in json.dumps(sent) for sent in hooks)
    cards = [card for sent in hooks for card in body_of(client.post(sent["path"], json=sent["body"]))["cards"]]
    assert cards
    facts = [fact for card in cards for fact in card["extension"]["org.nen-cds.basis"]["facts"]]
    assert not [fact for fact in facts if fact["fact"] in ("grade", "ki67_percent") and "value" in fact]
