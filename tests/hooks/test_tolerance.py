"""What real clients do that a strict service would refuse. Each is answered, and none with a wrong card."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from cds_service.domain.call import Json
from tests.hooks.calls import (
    PANCREATIC,
    PATHS,
    RECTAL,
    body_of,
    bundle,
    call,
    drafts,
    drug_order,
    rules_said,
    sunitinib,
    with_context,
    without_ids,
)
from tests.hooks.ehr import GRANT

RULE = "sunitinib-outside-pancreas"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
RXNORM_OID = "urn:oid:2.16.840.1.113883.6.88"
LONG = "e" + "X-" * 97  # as long as one large EHR sends


def post(client: FlaskClient, body: Json) -> Json:
    got = client.post(PATHS[body["hook"]], json=body)
    assert got.status_code == 200, got.text
    return body_of(got)


def said_of(client: FlaskClient, *orders: Json, **more: Any) -> set[str]:
    """The rules that speak when these orders of the rectal patient are signed."""
    return rules_said(post(client, with_context(call("order-sign", **more), draftOrders=drafts(*orders))))


def without_drug(**more: Any) -> Json:
    order = {**sunitinib(), **more}
    del order["medicationCodeableConcept"]
    return order


def test_t2_keys_of_the_user_are_no_harm(client: FlaskClient) -> None:
    body = call("patient-view")
    body["prefetch"]["practitioner-user"] = {"resourceType": "Practitioner", "id": "abc"}
    assert without_ids(post(client, body)) == without_ids(post(client, call("patient-view")))


def test_t3_ids_of_two_hundred_characters_are_kept_whole(client: FlaskClient) -> None:
    body = with_context(
        call("order-select"),
        draftOrders=drafts(sunitinib(id=LONG)),
        selections=[f"MedicationRequest/{LONG}"],
    )
    (card,) = [card for card in post(client, body)["cards"] if "suggestions" in card][:1]
    assert card["extension"]["org.nen-cds.basis"]["order"] == f"MedicationRequest/{LONG}"


@pytest.mark.parametrize("reference", [f"Patient/{RECTAL}", f"https://ehr.example/fhir/Patient/{RECTAL}"])
def test_t3_relative_and_absolute_references_name_the_same_patient(client: FlaskClient, reference: str) -> None:
    assert RULE in said_of(client, sunitinib(subject={"reference": reference}))


def test_t3_orders_known_by_urn_uuid_are_answered(client: FlaskClient) -> None:
    order = sunitinib()
    del order["id"]
    urn = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"
    body = with_context(
        call("order-sign"), draftOrders={"resourceType": "Bundle", "entry": [{"fullUrl": urn, "resource": order}]}
    )
    answer = post(client, body)
    assert RULE in rules_said(answer)
    assert answer["cards"][0]["extension"]["org.nen-cds.basis"]["order"] == urn


@pytest.mark.parametrize("kind", ["Medication", "NutritionOrder", "DeviceRequest", "VisionPrescription", "Unheard"])
def test_t4_other_resources_beside_the_orders_are_no_harm(client: FlaskClient, kind: str) -> None:
    assert RULE in said_of(client, {"resourceType": kind, "id": "x"}, sunitinib())


@pytest.mark.parametrize("missing", ["intent", "status", "authoredOn"])
def test_t4_an_order_may_lack_what_fhir_requires(client: FlaskClient, missing: str) -> None:
    order = sunitinib()
    del order[missing]
    assert RULE in said_of(client, order)


def test_t4_an_order_without_any_medication_brings_no_card(client: FlaskClient) -> None:
    body = with_context(call("order-select", prefetch=None), draftOrders=drafts(without_drug()))
    assert post(client, body) == {"cards": []}


@pytest.mark.parametrize("kind", ["batch", "collection", None])
def test_t4_draft_orders_of_any_bundle_type_are_read(client: FlaskClient, kind: str | None) -> None:
    orders = {**drafts(sunitinib()), **({"type": kind} if kind else {})}
    assert RULE in rules_said(post(client, with_context(call("order-sign"), draftOrders=orders)))


MEDICATION: Json = {"resourceType": "Medication", "id": "m", "code": {"coding": [{"system": RXNORM, "code": "357977"}]}}


@pytest.mark.parametrize("where", ["concept", "bundle", "contained", "prefetch", "display"])
def test_t5_the_drug_is_found_wherever_it_is_named(client: FlaskClient, where: str) -> None:
    order, body = without_drug(), call("order-sign")
    orders = [order]
    if where == "concept":
        order["medicationCodeableConcept"] = MEDICATION["code"]
    elif where == "contained":
        order |= {"contained": [MEDICATION], "medicationReference": {"reference": "#m"}}
    elif where == "display":
        order["medicationReference"] = {"display": "sunitinib"}
    else:
        order["medicationReference"] = {"reference": "Medication/m"}
        orders += [MEDICATION] if where == "bundle" else []
        body["prefetch"]["theirs"] = bundle([MEDICATION] if where == "prefetch" else [])
    assert RULE in rules_said(post(client, with_context(body, draftOrders=drafts(*orders))))


@pytest.mark.parametrize("system", [RXNORM, RXNORM_OID])
def test_t6_a_code_system_may_be_an_address_or_an_oid(client: FlaskClient, system: str) -> None:
    coded = {"coding": [{"system": system, "code": "357977"}]}
    assert RULE in said_of(client, sunitinib(medicationCodeableConcept=coded))


@pytest.mark.parametrize(
    "odd",
    [
        {"category": {"coding": [{"code": "community"}]}},
        {"dosageInstruction": [{"doseQuantity": {"value": 1, "unit": "mg"}}]},
        {"dosageInstruction": [{"doseAndRate": [{"doseQuantity": {"value": 37.5, "unit": "mg"}}]}]},
    ],
)
def test_t7_members_of_another_shape_do_not_cost_the_order(client: FlaskClient, odd: Json) -> None:
    assert RULE in said_of(client, sunitinib(**odd))


@pytest.mark.parametrize("user", ["Practitioner/a", "PractitionerRole/a", "PractitionerRole/nobody-has-seen"])
def test_t8_any_user_may_call_without_an_encounter(client: FlaskClient, user: str) -> None:
    assert RULE in rules_said(post(client, with_context(call("order-sign"), userId=user)))


@pytest.mark.parametrize("trigger", [5, 23, 60])
def test_t9_a_hook_that_fires_again_for_another_reason_brings_the_same_answer(
    client: FlaskClient, trigger: int
) -> None:
    again = {**call("patient-view"), "extension": {"com.epic.cdshooks.request.bpa-trigger-action": trigger}}
    assert without_ids(post(client, again)) == without_ids(post(client, call("patient-view")))


@pytest.mark.parametrize("change", [{"scope": "Epic.Read anything?!"}, {"token_type": "bearer"}, {"expires_in": "300"}])
def test_t10_scopes_and_token_types_may_be_spelt_in_any_way(client: FlaskClient, change: Json) -> None:
    server = "https://ehr.example.org/fhir"
    assert post(client, call("patient-view", fhirServer=server, fhirAuthorization={**GRANT, **change}))


def test_t13_members_of_later_versions_are_passed_over(client: FlaskClient) -> None:
    server = "https://ehr.example.org/fhir"
    newer: Json = {
        "hookVersion": "1.0",
        "fhirServer": server,
        "fhirAuthorization": {**GRANT, "scope": "patient/Observation.rs?x=1"},
    }
    assert RULE in rules_said(post(client, call("order-sign", **newer)))


@pytest.mark.parametrize("kind", ["MedicationOrder", "ProcedureRequest"])
def test_t15_orders_of_older_fhir_bring_no_card(client: FlaskClient, kind: str) -> None:
    body = with_context(call("order-sign"), draftOrders=drafts({**sunitinib(), "resourceType": kind}))
    assert post(client, body) == {"cards": []}


def test_t16_no_answer_depends_on_feedback(client: FlaskClient) -> None:
    first = post(client, call("order-sign"))
    entry = {"card": first["cards"][0]["uuid"], "outcome": "overridden", "outcomeTimestamp": "2026-01-05T10:05:31Z"}
    sent = client.post(f"{PATHS['order-sign']}/feedback", json={"feedback": [entry]})
    assert sent.status_code == 200
    assert without_ids(post(client, call("order-sign"))) == without_ids(first)


def test_what_is_tolerated_is_still_silent_where_the_rule_is(client: FlaskClient) -> None:
    order = sunitinib(PANCREATIC, category={"coding": []})
    body = with_context(call("order-sign", PANCREATIC), draftOrders=drafts(order))
    assert RULE not in rules_said(post(client, body))


def test_two_drafts_are_each_asked_about(client: FlaskClient) -> None:
    answer = post(
        client, with_context(call("order-sign"), draftOrders=drafts(drug_order("paracetamol"), sunitinib(id="2")))
    )
    assert RULE in rules_said(answer)
