"""The envelope of a call: what is required, what is refused, what is passed over."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from cds_service.domain.call import Json
from tests.hooks.calls import INSTANCE, PATHS, RECTAL, USER, body_of, call, drafts, sunitinib, with_context
from tests.hooks.ehr import GRANT, ehr

SERVER = "https://ehr.example.org/fhir"


def post(client: FlaskClient, body: object, hook: str = "patient-view") -> tuple[int, Json]:
    answer = client.post(PATHS[hook], json=body)
    assert answer.content_type == "application/json"
    return answer.status_code, body_of(answer)


def refused(client: FlaskClient, body: object, hook: str = "patient-view") -> str:
    """The diagnostics of a 400."""
    status, answer = post(client, body, hook)
    assert status == 400
    assert answer["resourceType"] == "OperationOutcome"
    diagnostics: str = answer["issue"][0]["diagnostics"]
    return diagnostics


@pytest.mark.parametrize("body", [[], "text", 1, True])
def test_json_that_is_no_object_is_refused(client: FlaskClient, body: object) -> None:
    assert "object" in refused(client, body)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null",
        b'{"hook": NaN}',
        b'{"hook": "a", "hook": "b"}',
        b'{"hook": "a\\u0000"}',
        b"\xff\xfe{\x00}\x00",
    ],
)
def test_what_is_not_strict_json_is_refused(client: FlaskClient, raw: bytes) -> None:
    answer = client.post(PATHS["patient-view"], data=raw, content_type="application/json")
    assert answer.status_code == 400
    assert body_of(answer)["resourceType"] == "OperationOutcome"


@pytest.mark.parametrize("missing", ["hook", "hookInstance", "context"])
def test_a_required_member_that_is_missing_is_named(client: FlaskClient, missing: str) -> None:
    assert missing in refused(client, call("patient-view", **{missing: None}))


@pytest.mark.parametrize("other", ["order-sign", "encounter-start", "Patient-View", ""])
def test_a_hook_that_is_not_the_one_of_the_service_is_refused(client: FlaskClient, other: str) -> None:
    assert "hook" in refused(client, call("patient-view", hook=other))


@pytest.mark.parametrize(
    "instance",
    [
        INSTANCE,
        INSTANCE.upper(),
        f"urn:uuid:{INSTANCE}",
        "4150e226-e6f9-11f1-a9cd-02fc00000001",
        "00000000-0000-0000-0000-000000000000",
    ],
)
def test_a_hook_instance_may_be_a_uuid_of_any_version_and_case(client: FlaskClient, instance: str) -> None:
    assert post(client, call("patient-view", hookInstance=instance))[0] == 200


@pytest.mark.parametrize("instance", ["", "1234", f"{INSTANCE}\n", f"{{{INSTANCE}}}", 7])
def test_a_hook_instance_that_is_no_uuid_is_refused(client: FlaskClient, instance: object) -> None:
    assert "hookInstance" in refused(client, call("patient-view", hookInstance=instance))


def test_the_same_hook_instance_may_come_again(client: FlaskClient) -> None:
    assert [post(client, call("patient-view"))[0] for _ in range(2)] == [200, 200]


@pytest.mark.parametrize(
    "patient",
    ["..", ".", "", "1/../../Patient/2", "1&_include=*", "1?x=1", "%2e%2e", "1\n", "a" * 65, "Patient/1", "ä", 1, None],
)
def test_a_patient_id_that_is_no_fhir_id_is_refused(client: FlaskClient, patient: Any) -> None:
    body = call("patient-view", prefetch={})
    body["context"]["patientId"] = patient
    assert "context.patientId" in refused(client, body)


@pytest.mark.parametrize("hook", PATHS)
@pytest.mark.parametrize("missing", ["patientId", "userId"])
def test_a_required_context_member_that_is_missing_is_named(client: FlaskClient, hook: str, missing: str) -> None:
    assert f"context.{missing}" in refused(client, with_context(call(hook), **{missing: None}), hook)


@pytest.mark.parametrize(
    ("hook", "missing"),
    [("order-select", "selections"), ("order-select", "draftOrders"), ("order-sign", "draftOrders")],
)
def test_an_order_hook_names_its_own_missing_members(client: FlaskClient, hook: str, missing: str) -> None:
    assert f"context.{missing}" in refused(client, with_context(call(hook), **{missing: None}), hook)


@pytest.mark.parametrize("orders", [[], "x", {}, {"resourceType": "List"}, {"resourceType": "Bundle", "entry": {}}])
def test_draft_orders_that_are_no_bundle_are_refused(client: FlaskClient, orders: object) -> None:
    assert "context.draftOrders" in refused(client, with_context(call("order-sign"), draftOrders=orders), "order-sign")


@pytest.mark.parametrize("selections", ["MedicationRequest/1", [1], [None], {}])
def test_selections_that_are_no_list_of_references_are_refused(client: FlaskClient, selections: object) -> None:
    body = with_context(call("order-select"), selections=selections)
    assert "context.selections" in refused(client, body, "order-select")


@pytest.mark.parametrize("selections", [[], ["MedicationRequest/another"], ["x"], [""]])
def test_selections_that_name_no_draft_bring_no_card_and_read_nothing(client: FlaskClient, selections: Any) -> None:
    body = with_context(call("order-select", prefetch=None), selections=selections)
    assert post(client, body, "order-select") == (200, {"cards": []})


def test_prefetch_that_is_no_object_is_refused(client: FlaskClient) -> None:
    assert "prefetch" in refused(client, call("patient-view", prefetch=[1]))


def test_authorization_without_a_server_is_refused(client: FlaskClient) -> None:
    assert "fhirServer" in refused(client, call("patient-view", fhirAuthorization=GRANT))


def test_authorization_for_another_patient_is_refused_even_with_a_complete_prefetch(client: FlaskClient) -> None:
    grant = {**GRANT, "patient": "somebody-else"}
    told = refused(client, call("patient-view", fhirServer=SERVER, fhirAuthorization=grant))
    assert "somebody-else" not in told


def test_authorization_for_this_patient_is_fine(client: FlaskClient) -> None:
    grant = {**GRANT, "patient": RECTAL}
    assert post(client, call("patient-view", fhirServer=SERVER, fhirAuthorization=grant))[0] == 200


@pytest.mark.parametrize("part", sorted(GRANT))
def test_authorization_that_lacks_a_part_is_no_access_and_no_error(client: FlaskClient, part: str) -> None:
    grant = {name: value for name, value in GRANT.items() if name != part}
    with ehr(RECTAL) as there:
        body = call("patient-view", fhirServer=there.base, fhirAuthorization=grant)
        assert post(client, body)[0] == 200
        assert post(client, {**body, "prefetch": {}})[0] == 412
        assert there.asked == []
        assert post(client, {**body, "prefetch": {}, "fhirAuthorization": GRANT})[0] == 200


@pytest.mark.parametrize("token", ["", " ", "a b", "a\r\nX: y", "ä", 7, None])
def test_a_token_that_cannot_be_presented_is_no_access_and_no_error(client: FlaskClient, token: object) -> None:
    with ehr(RECTAL) as there:
        grant = {**GRANT, "access_token": token}
        body = call("patient-view", prefetch={}, fhirServer=there.base, fhirAuthorization=grant)
        assert post(client, body)[0] == 412
        assert there.asked == []


@pytest.mark.parametrize("extension", [{"com.example": {"deep": [{"x": None}]}}, "text", [1], None, 7])
def test_an_extension_of_any_shape_is_passed_over(client: FlaskClient, extension: object) -> None:
    body = {**call("patient-view"), "extension": extension}
    assert post(client, body)[0] == 200


def test_unknown_members_are_passed_over_at_every_level(client: FlaskClient) -> None:
    body = call("patient-view", foo=1, hookVersion="1.0", hookConfiguration={"x": 1})
    body["context"]["foo"] = {"bar": 1}
    body["prefetch"]["patient"]["foo"] = 1
    assert post(client, body)[0] == 200


@pytest.mark.parametrize("user", ["Practitioner/abc", "PractitionerRole/abc", "abc"])
def test_any_kind_of_user_may_call(client: FlaskClient, user: str) -> None:
    assert post(client, with_context(call("patient-view"), userId=user, encounterId=None))[0] == 200


def test_no_refusal_repeats_anything_of_the_request(client: FlaskClient) -> None:
    canary = "CANARY-Zzyzx"
    bodies = [
        call("patient-view", hook=canary),
        call("patient-view", hookInstance=canary),
        with_context(call("patient-view", prefetch={}), patientId=f"{canary}/"),
        with_context(call("order-sign"), draftOrders=[canary]),
        {canary: canary},
    ]
    for body in bodies:
        assert canary not in refused(client, body)


@pytest.mark.parametrize("kind", ["MedicationOrder", "ProcedureRequest", "DeviceRequest", "NutritionOrder", "Unheard"])
def test_orders_of_other_types_or_fhir_versions_bring_no_card_and_no_error(client: FlaskClient, kind: str) -> None:
    order = {**sunitinib(), "resourceType": kind}
    body = with_context(call("order-sign", prefetch=None), draftOrders=drafts(order))
    assert post(client, body, "order-sign") == (200, {"cards": []})


def test_the_user_is_required_to_be_named(client: FlaskClient) -> None:
    assert post(client, with_context(call("patient-view"), userId=USER))[0] == 200
    assert "context.userId" in refused(client, with_context(call("patient-view"), userId=""))
