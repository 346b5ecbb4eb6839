"""Traps of real clients that show only in the whole service; the others stand in tests/mappers/test_traps_fhir.py."""

from __future__ import annotations

import base64
import json
import re
import time
from typing import Any

from flask.testing import FlaskClient

from cds_service.domain.call import Json
from tests.hooks.calls import (
    PATHS,
    RECTAL,
    body_of,
    bundle,
    call,
    chart,
    drafts,
    drug_order,
    rules_said,
    sunitinib,
    with_context,
    without_ids,
)
from tests.mappers.whole_record import prefetched

JP_TAG = "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication"
NOT_INFORMED = "not informed of the diagnosis"
RULE = "sunitinib-outside-pancreas"


def post(client: FlaskClient, body: Json, **more: Any) -> Json:
    got = client.post(PATHS[body["hook"]], json=body, **more)
    assert got.status_code == 200, got.text
    return body_of(got)


def offered(cards: list[Json]) -> list[Json]:
    """The resources that suggestions would put on the chart."""
    actions = [action for card in cards for one in card.get("suggestions", []) for action in one["actions"]]
    return [action["resource"] for action in actions if "resource" in action]


def test_trap_5_a_patient_who_has_not_been_told_the_diagnosis(client: FlaskClient) -> None:
    """Every card says so to the prescriber, and nothing that is offered for the chart names the diagnosis."""
    tag = {"system": JP_TAG, "code": "UNINFORMED", "display": "未告知"}
    tagged = [one | ({"meta": {"tag": [tag]}} if one["resourceType"] == "Condition" else {}) for one in chart(RECTAL)]
    orders = [sunitinib(), drug_order("everolimus 10 mg tablet", id="draft-2")]
    found: list[Json] = []
    for hook in ("patient-view", "order-sign"):
        body = call(hook) if hook == "patient-view" else with_context(call(hook), draftOrders=drafts(*orders))
        cards = post(client, body | {"prefetch": prefetched(tagged)})["cards"]
        assert cards
        assert [card["summary"] for card in cards if NOT_INFORMED not in card["detail"]] == []
        assert [card for card in post(client, body)["cards"] if NOT_INFORMED in card["detail"]] == []
        found += offered(cards)
    assert found
    usual = {"resourceType", "status", "intent", "subject", "code", "medicationCodeableConcept"}
    assert {key for one in found for key in one} <= usual
    assert not re.search(
        r"tumou?r|neoplas|cancer|carcino|腫瘍|癌|がん", json.dumps(found, ensure_ascii=False).casefold()
    )


def test_trap_10_a_category_that_is_no_list_and_an_order_that_lacks_everything(client: FlaskClient) -> None:
    system = "http://terminology.hl7.org/CodeSystem/medicationrequest-category"
    category = {"coding": [{"system": system, "code": "community"}]}
    odd = sunitinib(category=category)
    bare = {key: odd[key] for key in ("resourceType", "id", "status", "subject", "authoredOn", "category")}
    body = call("order-sign")
    assert "encounterId" not in body["context"]
    assert "type" not in drafts(odd)
    for order, speaks in ((odd, True), (bare, False)):
        said = rules_said(post(client, with_context(body, draftOrders=drafts(order))))
        assert (RULE in said) == speaks


def test_trap_12_a_client_with_keys_of_its_own_and_an_empty_token(client: FlaskClient) -> None:
    """Its resources are used; what it did not send under our keys is not taken for absent."""
    conditions = [one for one in chart(RECTAL) if one["resourceType"] == "Condition"]
    keys = {"coverageBundle": bundle([]), "conditionBundle": bundle(conditions)}
    grant = {"access_token": "", "token_type": "Bearer", "expires_in": 300, "scope": "x", "subject": "cds-service4"}
    body = call(
        "order-sign",
        prefetch=keys,
        fhirServer="http://127.0.0.1:3111/fhir",
        fhirAuthorization=grant,
        extension={"davinci-crd.configuration": {"alt-drug": True}},
    )
    first, second = post(client, body), post(client, body)  # the hookInstance never changes
    assert without_ids(first) == without_ids(second)
    assert RULE in rules_said(first)
    basis = [fact for card in first["cards"] for fact in card["extension"]["org.nen-cds.basis"]["facts"]]
    ki67_read = [fact for fact in basis if fact["fact"] == "ki67_percent"]
    assert [fact for fact in ki67_read if "value" in fact] == []
    without_conditions = client.post(PATHS["order-sign"], json=body | {"prefetch": {"coverageBundle": bundle([])}})
    assert without_conditions.status_code == 412


def test_trap_13_a_token_issued_half_a_second_from_now(client: FlaskClient) -> None:
    """Tokens are not checked in this release; the one that checks them must leave this call its answer."""
    parts = ({"alg": "ES384", "typ": "JWT"}, {"iss": "https://ehr.example", "iat": time.time() + 0.5})
    token = ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
    answer = post(client, call("order-sign"), headers={"Authorization": f"Bearer {token}.c2lnbmF0dXJl"})
    assert RULE in rules_said(answer)
