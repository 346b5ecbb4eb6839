"""Reading an independent open-source FHIR R4 server: paging, tokens, scopes of a patient, and what it does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests

from cds_service.domain.call import Call, Json, Read, Template, Token, Trouble
from cds_service.domain.values import Why
from cds_service.errors import RecordUnavailable, WrongPatient
from cds_service.fhir.client import Budget, Connections, reader
from cds_service.fhir.gather import gather
from cds_service.fhir.servers import FhirServer
from tests.fhir.records import CONDITIONS, OBSERVATIONS, PERSON, REQUESTS, TEMPLATES, bundle, call, resource
from tests.reference import needs_reference, reference
from tests.servers import free_port, needs_sekmet, start_sekmet

pytestmark = needs_sekmet

TOKEN = "test-token-1"
CALM = Budget(seconds=20, connect_seconds=5)  # this is about what is read, not how fast a laden machine does it
OBSERVED = 120  # more than one page of this server
DISPENSES = Template("dispenses", "MedicationDispense", "MedicationDispense?patient={{context.patientId}}")


def put(*resources: Json) -> Json:
    """A transaction that stores these resources under the ids they have."""
    entry = [
        {"resource": each, "request": {"method": "PUT", "url": f"{each['resourceType']}/{each['id']}"}}
        for each in resources
    ]
    return {"resourceType": "Bundle", "type": "transaction", "entry": entry}


def observation(name: str, patient: str) -> Json:
    code = {"coding": [{"system": "http://loinc.org", "code": "29593-1"}]}
    return resource("Observation", name, patient=patient, status="final", code=code)


def chart(patient: str) -> list[Json]:
    """A synthetic patient with one condition and many observations, and no medication at all."""
    return [
        {"resourceType": "Patient", "id": patient, "gender": "female", "birthDate": "1960-01-01"},
        resource("Condition", f"{patient}-c1", patient=patient, code={"text": "synthetic"}),
        *(observation(f"{patient}-o{number}", patient) for number in range(OBSERVED)),
    ]


@pytest.fixture(scope="module")
def ehr(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with start_sekmet(tmp_path_factory.mktemp("sekmet"), free_port(), TOKEN) as base:
        for patient in ("p1", "p2"):
            store(base, put(*chart(patient)))
        yield base


def store(base: str, transaction: Json) -> Json:
    answer = requests.post(base, json=transaction, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60)
    assert answer.ok, answer.text
    stored: Json = answer.json()
    return stored


def reading(base: str, token: str = TOKEN) -> Read:
    read = reader(FhirServer(base), Token(token), budget=CALM, connections=Connections())
    assert read is not None
    return read


def about(patient: str, prefetch: Json | None = None) -> Call:
    return replace(call(prefetch), patient_id=patient)


def test_a_whole_record_is_read_page_by_page_and_only_this_patients(ehr: str) -> None:
    record = gather(about("p1"), TEMPLATES, reading(ehr))
    assert (record.lacking, record.troubles) == ({}, ())
    assert record.had == {"Patient", "Condition", "Observation", "MedicationRequest"}
    assert len(record.resources["Observation"]) == OBSERVED
    assert [each["id"] for each in record.resources["Condition"]] == ["p1-c1"]
    assert "MedicationRequest" not in record.resources
    assert {each["subject"]["reference"] for each in record.resources["Observation"]} == {"Patient/p1"}


def test_this_server_does_send_pages(ehr: str) -> None:
    page = reading(ehr)("Observation?patient=p1")
    assert page["total"] == OBSERVED
    assert len(page["entry"]) < OBSERVED


def test_the_next_page_of_a_prefetched_bundle_is_read_from_it(ehr: str) -> None:
    first = reading(ehr)("Observation?patient=p1")
    record = gather(about("p1", {"observations": first}), (CONDITIONS, OBSERVATIONS), reading(ehr))
    assert len(record.resources["Observation"]) == OBSERVED
    assert record.had == {"Condition", "Observation"}
    alone = gather(about("p1", {"observations": first}), (OBSERVATIONS,), None)
    assert alone.lacking == {"Observation": Why.INCOMPLETE}


def test_a_first_page_of_another_patient_refuses_the_call(ehr: str) -> None:
    theirs = reading(ehr)("Observation?patient=p2")
    with pytest.raises(WrongPatient):
        gather(about("p1", {"observations": theirs}), TEMPLATES, reading(ehr))


def test_a_search_the_server_does_not_narrow_refuses_the_call(ehr: str) -> None:
    everyone = Template("observations", "Observation", "Observation?status=final")
    with pytest.raises(WrongPatient):
        gather(about("p1"), (CONDITIONS, everyone), reading(ehr))


def test_a_token_that_is_not_taken_leaves_nothing_to_answer_from(ehr: str) -> None:
    with pytest.raises(RecordUnavailable):
        gather(about("p1"), TEMPLATES, reading(ehr, "another-token"))
    record = gather(about("p1", {"conditions": bundle()}), (CONDITIONS, REQUESTS), reading(ehr, "another-token"))
    assert record.lacking == {"MedicationRequest": Why.UNAVAILABLE}
    assert record.troubles == (Trouble("not-read", "medicationRequests", Why.UNAVAILABLE),)


def test_a_patient_the_server_does_not_hold_is_not_read_and_not_absent(ehr: str) -> None:
    record = gather(about("p3"), (PERSON, CONDITIONS, DISPENSES), reading(ehr))
    assert record.lacking == {"Patient": Why.UNAVAILABLE}
    assert record.had == {"Condition", "MedicationDispense"}


@needs_reference
def test_a_transaction_written_elsewhere_is_read_back_whole(ehr: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/fhir+json"}
    body = reference("fhir", "examples", "own", "net-transaction-bundle.json").read_bytes()
    answer = requests.post(ehr, data=body, headers=headers, timeout=60)
    assert answer.ok, answer.text
    places = [entry["response"]["location"] for entry in answer.json()["entry"]]
    patient = next(place.split("Patient/")[1].split("/")[0] for place in places if "Patient/" in place)
    record = gather(about(patient), TEMPLATES, reading(ehr))
    assert (record.lacking, record.troubles) == ({}, ())
    counted = {kind: len(found) for kind, found in record.resources.items()}
    for kind in ("Condition", "Observation", "MedicationRequest"):
        assert counted[kind] == sum(f"{kind}/" in place for place in places)


def test_types_this_server_cannot_search_by_patient_are_filtered_here(ehr: str) -> None:
    studies = Template("researchSubjects", "ResearchSubject", "ResearchSubject?patient={{context.patientId}}")
    goals = Template("goals", "Goal", "Goal?patient={{context.patientId}}")
    held = [
        one
        for patient in ("p1", "p2")
        for one in (
            resource("Goal", f"{patient}-g", patient=patient, lifecycleStatus="active", description={"text": "x"}),
            {
                "resourceType": "ResearchSubject",
                "id": f"{patient}-s",
                "status": "on-study",
                "study": {"reference": "ResearchStudy/1"},
                "individual": {"reference": f"Patient/{patient}"},
            },
        )
    ]
    store(ehr, put(*held))
    record = gather(about("p1"), (*TEMPLATES, goals, studies), reading(ehr))
    assert [one["id"] for one in record.resources["Goal"]] == ["p1-g"]
    assert [one["id"] for one in record.resources["ResearchSubject"]] == ["p1-s"]
    assert record.lacking == {}
    assert {trouble.where for trouble in record.troubles} == {"goals", "researchSubjects"}
