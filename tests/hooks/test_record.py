"""The record of a call: prefetch in its three states, the FHIR server for what is missing, 412 and 400."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from cds_service.domain.call import Json
from cds_service.hooks.services import TEMPLATES
from tests.hooks.calls import (
    PATHS,
    RECTAL,
    SPARSE,
    body_of,
    bundle,
    call,
    chart,
    drafts,
    drug_order,
    prefetch,
    rules_said,
    sunitinib,
    with_context,
    without_ids,
)
from tests.hooks.ehr import GRANT, TOKEN, ehr

KEYS = [template.key for template in TEMPLATES]
WARNING: Json = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "processing"}]}
EMPTY: list[Any] = [
    None,
    {"resourceType": "Bundle", "type": "searchset", "total": 0},
    {"resourceType": "Bundle", "type": "searchset", "entry": []},
    {"resourceType": "Bundle", "type": "searchset", "total": 0, "entry": [{"resource": WARNING}]},
]


def answer(client: FlaskClient, body: Json) -> Json:
    """The answer to a call that must succeed."""
    got = client.post(PATHS[body["hook"]], json=body)
    assert got.status_code == 200, got.text
    return body_of(got)


def status(client: FlaskClient, body: Json) -> int:
    return client.post(PATHS[body["hook"]], json=body).status_code


@pytest.mark.parametrize("hook", PATHS)
@pytest.mark.parametrize("key", KEYS)
def test_each_key_may_be_missing(client: FlaskClient, hook: str, key: str) -> None:
    body = call(hook)
    del body["prefetch"][key]
    assert status(client, body) == (412 if key == "conditions" else 200)


@pytest.mark.parametrize("key", [key for key in KEYS if key != "patient"])
def test_each_way_to_say_known_to_be_empty_gives_the_same_cards(client: FlaskClient, key: str) -> None:
    bodies = [call("patient-view", SPARSE) for _ in EMPTY]
    for body, empty in zip(bodies, EMPTY, strict=True):
        body["prefetch"][key] = empty
    first, *others = [without_ids(answer(client, body)) for body in bodies]
    assert all(other == first for other in others)


def test_conditions_known_to_be_empty_are_no_reason_for_412(client: FlaskClient) -> None:
    for empty in EMPTY:
        body = call("patient-view", SPARSE)
        body["prefetch"]["conditions"] = empty
        assert answer(client, body)["cards"] == []


def test_a_missing_key_is_not_the_same_as_an_empty_one(client: FlaskClient) -> None:
    empty, missing = call("patient-view", SPARSE), call("patient-view", SPARSE)
    empty["prefetch"]["observations"] = None
    del missing["prefetch"]["observations"]
    assert without_ids(answer(client, empty)) != without_ids(answer(client, missing))


def test_a_key_that_holds_an_operation_outcome_has_failed_and_is_not_asked_again(client: FlaskClient) -> None:
    with ehr(RECTAL) as there:
        body = call("patient-view", fhirServer=there.base, fhirAuthorization=GRANT)
        body["prefetch"]["observations"] = {**WARNING, "issue": [{"severity": "error", "code": "forbidden"}]}
        got = answer(client, body)
        assert there.asked == []
    assert got["extension"]["org.nen-cds.data"]["troubles"]


def test_conditions_that_failed_are_412(client: FlaskClient) -> None:
    body = call("patient-view")
    body["prefetch"]["conditions"] = {**WARNING, "issue": [{"severity": "error", "code": "forbidden"}]}
    assert status(client, body) == 412


def test_keys_we_did_not_ask_for_are_read_by_the_type_of_what_they_hold(client: FlaskClient) -> None:
    asked = call("patient-view")
    renamed = {**asked, "prefetch": {f"site-{key}": value for key, value in asked["prefetch"].items()}}
    renamed["prefetch"]["conditions"] = asked["prefetch"]["conditions"]
    assert rules_said(answer(client, renamed)) & rules_said(answer(client, asked))


def test_the_same_patient_by_prefetch_and_by_server_gives_the_same_cards(client: FlaskClient) -> None:
    for hook in PATHS:
        with ehr(RECTAL) as there:
            grant: Json = {"fhirServer": there.base, "fhirAuthorization": GRANT}
            by_server = answer(client, call(hook, prefetch=None, **grant))
            assert there.asked
        assert without_ids(by_server) == without_ids(answer(client, call(hook)))
        assert by_server["cards"] or hook == "patient-view"


def test_only_the_key_that_is_missing_is_asked_for(client: FlaskClient) -> None:
    with ehr(RECTAL) as there:
        body = call("patient-view", fhirServer=there.base, fhirAuthorization=GRANT)
        del body["prefetch"]["specimens"]
        answer(client, body)
        assert there.asked == [(f"/fhir/Specimen?patient={RECTAL}", f"Bearer {TOKEN}")]


def test_every_request_to_the_server_presents_the_token_of_the_call(client: FlaskClient) -> None:
    with ehr(RECTAL) as there:
        answer(client, call("patient-view", prefetch=None, fhirServer=there.base, fhirAuthorization=GRANT))
        assert len(there.asked) == len(TEMPLATES)
        assert {token for _, token in there.asked} == {f"Bearer {TOKEN}"}


def test_a_draft_order_is_never_asked_of_the_server(client: FlaskClient) -> None:
    with ehr(RECTAL) as there:
        answer(client, call("order-sign", prefetch=None, fhirServer=there.base, fhirAuthorization=GRANT))
        assert not [path for path, _ in there.asked if "draft-1" in path]


def test_a_server_that_is_not_configured_is_never_called(client: FlaskClient) -> None:
    for server in (
        "https://ehr.good.org/fhir",
        "http://169.254.169.254/latest",
        "http://127.0.0.2:1/fhir",
        "file:///x",
    ):
        body = call("patient-view", prefetch=None, fhirServer=server, fhirAuthorization=GRANT)
        got = client.post(PATHS["patient-view"], json=body)
        assert got.status_code == 412
        assert server not in got.text


@pytest.mark.parametrize("refusal", [401, 403, 404, 429, 500])
def test_conditions_the_server_refuses_are_412(client: FlaskClient, refusal: int) -> None:
    with ehr(RECTAL) as there:
        there.answer = lambda path: (refusal, WARNING) if "/Condition" in path else None
        assert (
            status(client, call("patient-view", prefetch=None, fhirServer=there.base, fhirAuthorization=GRANT)) == 412
        )


def test_observations_the_server_refuses_leave_facts_unclear(client: FlaskClient) -> None:
    with ehr(SPARSE) as there:
        there.answer = lambda path: (403, WARNING) if "/Observation" in path else None
        got = answer(
            client, call("patient-view", SPARSE, prefetch=None, fhirServer=there.base, fhirAuthorization=GRANT)
        )
    assert got["extension"]["org.nen-cds.data"]["troubles"]


def test_the_token_is_in_no_answer_and_no_log_record(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    said = ""
    with ehr(RECTAL) as there:
        for refusal in (200, 401, 500):
            there.answer = lambda path, refusal=refusal: None if refusal == 200 else (refusal, WARNING)  # type: ignore[misc]
            for hook in PATHS:
                body = call(hook, prefetch=None, fhirServer=there.base, fhirAuthorization=GRANT)
                said += client.post(PATHS[hook], json=body).text
        assert there.asked
    assert TOKEN not in said
    assert TOKEN not in "".join(str(record.__dict__) for record in caplog.records)
    assert TOKEN.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_prefetch_alone_needs_no_server(client: FlaskClient) -> None:
    assert "sunitinib-outside-pancreas" in rules_said(answer(client, call("order-sign")))


def test_an_order_that_names_no_drug_of_ours_is_answered_without_reading(client: FlaskClient) -> None:
    for orders in (drafts(), drafts(drug_order("paracetamol")), drafts({"resourceType": "ServiceRequest", "id": "s"})):
        body = with_context(call("order-sign", prefetch=None), draftOrders=orders)
        assert answer(client, body) == {"cards": []}


@pytest.mark.parametrize("where", ["prefetch", "draft", "beside"])
def test_a_resource_of_another_patient_is_400_and_nothing_is_said(client: FlaskClient, where: str) -> None:
    body = call("order-sign")
    if where == "prefetch":
        stray = {"resourceType": "Coverage", "id": "c", "beneficiary": {"reference": "Patient/somebody-else"}}
        body["prefetch"]["theirs"] = bundle([stray])
    elif where == "draft":
        body = with_context(body, draftOrders=drafts(sunitinib("somebody-else")))
    else:
        body = with_context(body, draftOrders=drafts(sunitinib(), {**sunitinib("somebody-else"), "id": "other"}))
    got = client.post(PATHS["order-sign"], json=body)
    assert got.status_code == 400
    assert body_of(got)["issue"][0]["code"] == "conflict"
    assert "somebody-else" not in got.text
    assert "cards" not in body_of(got)


def test_a_page_that_is_not_followed_is_told_and_nothing_is_concluded_from_what_it_lacks(client: FlaskClient) -> None:
    conditions = [resource for resource in chart(RECTAL) if resource["resourceType"] == "Condition"]
    body = call("patient-view")
    link = [{"relation": "next", "url": "http://ehr.example/fhir?_getpages=1"}]
    body["prefetch"]["conditions"] = bundle(conditions, link=link)
    assert answer(client, body)["extension"]["org.nen-cds.data"]["troubles"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "odd",
    [
        [],
        "text",
        7,
        True,
        {},
        {"resourceType": "Bundle", "entry": "x"},
        {"resourceType": "Bundle", "entry": ["x", None, {}]},
    ],
)
def test_a_prefetch_value_of_any_shape_is_survived(client: FlaskClient, key: str, odd: object) -> None:
    body = call("patient-view")
    body["prefetch"][key] = odd
    assert status(client, body) in (200, 400, 412)


def test_full_prefetch_of_every_patient_is_answered_for_every_hook(client: FlaskClient) -> None:
    for patient in (RECTAL, SPARSE):
        for hook in PATHS:
            assert prefetch(patient)
            assert status(client, call(hook, patient)) == 200


def test_what_a_fact_would_have_used_is_named_and_everything_set_aside_is_counted(client: FlaskClient) -> None:
    ours: Json = next(one for one in chart(RECTAL) if one["id"].endswith("ki67"))
    withdrawn = {**ours, "id": "withdrawn", "status": "entered-in-error", "note": [{"text": "CANARY"}]}
    other = {**withdrawn, "id": "other", "code": {"text": "shoe size"}}
    body = call("patient-view")
    body["prefetch"]["observations"]["entry"] += [{"resource": one} for one in (withdrawn, other)]
    got = client.post(PATHS["patient-view"], json=body)
    told = body_of(got)["extension"]["org.nen-cds.data"]
    assert {"what": "set-aside", "where": "Observation/withdrawn", "why": "entered-in-error"} in told["troubles"]
    assert told["setAside"]["entered-in-error"] == 2
    assert "Observation/other" not in str(told)
    assert b"CANARY" not in got.data


def test_no_more_than_a_hundred_are_named_and_all_are_counted(client: FlaskClient) -> None:
    ours = next(one for one in chart(RECTAL) if one["id"].endswith("ki67"))
    body = call("patient-view")
    many = [{**ours, "id": f"k{number}", "status": "entered-in-error"} for number in range(150)]
    body["prefetch"]["observations"] = bundle([ours, *many])
    told = answer(client, body)["extension"]["org.nen-cds.data"]
    assert len([one for one in told["troubles"] if one["what"] == "set-aside"]) == 100
    assert told["setAside"] == {"entered-in-error": 150}


def test_an_order_that_no_rule_speaks_of_has_nothing_set_aside(client: FlaskClient) -> None:
    body = with_context(call("order-sign"), draftOrders=drafts(drug_order("paracetamol")))
    body["prefetch"]["observations"]["entry"].append({"resource": {**chart(RECTAL)[-1], "status": "unknown"}})
    assert answer(client, body) == {"cards": []}
