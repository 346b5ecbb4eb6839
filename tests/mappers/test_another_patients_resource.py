"""One resource of another patient, wherever it stands in a call, and the whole call is refused."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from cds_service.app import create_app
from cds_service.domain.call import Json
from cds_service.settings import Settings
from tests.hooks.calls import ON, PATHS, bundle, call, drafts
from tests.records.any_record import PROPERTY, shipped, wholes

MINE = wholes()[0]
WHOSE = ("subject", "patient", "individual")
ADDRESSES = ("Patient/p2", "https://ehr.example.org/fhir/Patient/p2", "Patient/p2/_history/3")
Place = Callable[[Json, Json], None]


def another_patients(resource: Json, address: str) -> Json:
    """The same resource about another patient."""
    found = copy.deepcopy(resource)
    if found["resourceType"] == "Patient":
        return found | {"id": "p2"}
    key = next((key for key in WHOSE if key in found), "subject")
    return found | {key: {"reference": address}}


def _of_its_type(body: Json, wrong: Json) -> None:
    searches = [one for one in body["prefetch"].values() if one["resourceType"] == "Bundle"]
    searches[len(wrong["id"]) % len(searches)]["entry"].append({"resource": wrong})


def _included(body: Json, wrong: Json) -> None:
    body["prefetch"]["conditions"]["entry"].append({"search": {"mode": "include"}, "resource": wrong})


def _as_an_outcome(body: Json, wrong: Json) -> None:
    body["prefetch"]["conditions"]["entry"].append({"search": {"mode": "outcome"}, "resource": wrong})


def _under_a_key_of_its_own(body: Json, wrong: Json) -> None:
    body["prefetch"]["item1"] = wrong


def _bundle_in_a_bundle(body: Json, wrong: Json) -> None:
    body["prefetch"]["conditions"]["entry"].append({"resource": bundle([wrong])})


def _among_the_drafts(body: Json, wrong: Json) -> None:
    body["context"].setdefault("draftOrders", drafts())["entry"].append({"resource": wrong})


PLACES: tuple[Place, ...] = (
    *(_of_its_type, _included, _as_an_outcome, _under_a_key_of_its_own, _bundle_in_a_bundle, _among_the_drafts),
)


class NoStore:
    """No call of these tests reaches the ledger."""

    def record_feedback(self, service_id: str, entries: object, received_at: object) -> int:
        raise AssertionError("nothing is stored here")

    def ready(self) -> bool:
        return True


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(on=ON), knowledge=shipped(), store=NoStore()).test_client()


def test_without_another_patients_resource_the_call_is_answered(client: FlaskClient) -> None:
    assert client.post(PATHS["order-sign"], json=call("order-sign", MINE.patient)).status_code == 200


@PROPERTY
@given(st.data())
def test_one_resource_of_another_patient_refuses_the_call(client: FlaskClient, data: st.DataObject) -> None:
    body = call("order-sign", MINE.patient)
    resource = data.draw(st.sampled_from(data.draw(st.sampled_from(wholes())).resources))
    wrong = another_patients(resource, data.draw(st.sampled_from(ADDRESSES)))
    data.draw(st.sampled_from(PLACES))(body, wrong)
    answer = client.post(PATHS["order-sign"], json=body)
    assert answer.status_code == 400
    assert "p2" not in answer.text


@PROPERTY
@given(st.data())
def test_contained_it_is_another_patients_too(client: FlaskClient, data: st.DataObject) -> None:
    body = call("order-sign", MINE.patient)
    found = [one for one in data.draw(st.sampled_from(wholes())).resources if one["resourceType"] != "Patient"]
    wrong = another_patients(data.draw(st.sampled_from(found)), data.draw(st.sampled_from(ADDRESSES)))
    entries = body["prefetch"]["conditions"]["entry"]
    data.draw(st.sampled_from(entries))["resource"]["contained"] = [wrong]
    assert client.post(PATHS["order-sign"], json=body).status_code == 400
