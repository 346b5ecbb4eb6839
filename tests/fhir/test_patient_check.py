"""Whose a resource is, told by its references to a Patient and by nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Json
from cds_service.errors import WrongPatient
from cds_service.fhir.patient_check import Owner, owner, refuse_other_patients, usable
from tests.fhir.records import bundle, person, resource


def observed(subject: Any) -> Json:
    return {"resourceType": "Observation", "id": "o1", "subject": subject}


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/p1",
        "https://ehr.example.org/fhir/Patient/p1",
        "https://another.example.org/r4/Patient/p1",
        "Patient/p1/_history/2",
        "Patient/p1#name",
        "https://ehr.example.org/fhir/Patient/p1/_history/2",
    ],
)
def test_a_reference_to_this_patient_is_known_whatever_its_base_and_version(reference: str) -> None:
    assert owner(observed({"reference": reference}), "p1") is Owner.THIS_PATIENT


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/p2",
        "Patient/P1",
        "Patient/0p1",
        "Patient/p1x",
        "https://ehr.example.org/fhir/Patient/p2",
        "https://ehr.example.org/fhir/Patient/p2/_history/1",
        "Patient/p2#p1",
    ],
)
@pytest.mark.parametrize("field", ["subject", "patient", "individual", "beneficiary"])
def test_a_reference_to_another_patient_is_one_in_every_field(reference: str, field: str) -> None:
    assert owner({"resourceType": "Anything", field: {"reference": reference}}, "p1") is Owner.ANOTHER_PATIENT
    assert owner({"resourceType": "Anything", field: [{"reference": reference}]}, "p1") is Owner.ANOTHER_PATIENT


@pytest.mark.parametrize(
    "subject",
    [
        {"identifier": {"system": "urn:oid:1.2.3", "value": "p2"}},
        {"display": "Somebody"},
        {"reference": "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e"},
        {"reference": "#p2"},
        {"reference": ""},
        {"reference": 5},
        {"reference": "Group/p2"},
        {"reference": "patient/p2"},
        {"reference": "NotPatient/p2"},
        {"reference": "Patient/"},
        {"reference": "Patient?identifier=p2"},
        {"reference": "p1"},
        {},
        "Patient/p1",
    ],
)
def test_a_subject_that_is_no_reference_to_a_patient_is_neither_a_mismatch_nor_used(subject: Any) -> None:
    assert owner(observed(subject), "p1") is Owner.UNTOLD
    assert not usable(observed(subject), "p1")


def test_one_mismatch_among_several_references_is_a_mismatch() -> None:
    two = resource("Observation", individual={"reference": "Patient/p2"})
    assert owner(two, "p1") is Owner.ANOTHER_PATIENT


def test_a_patient_is_told_by_its_id() -> None:
    assert owner(person("p1"), "p1") is Owner.THIS_PATIENT
    assert owner(person("p2"), "p1") is Owner.ANOTHER_PATIENT
    assert owner({"resourceType": "Patient"}, "p1") is Owner.UNTOLD


def test_what_is_about_nobody_is_usable_and_what_should_be_about_somebody_is_not() -> None:
    assert usable({"resourceType": "Medication", "id": "m"}, "p1")
    assert not usable({"resourceType": "Observation", "id": "o"}, "p1")


@pytest.mark.parametrize(
    "value",
    [
        resource("Basic", patient="p2"),
        person("p2"),
        bundle(resource("Condition"), resource("Basic", patient="p2")),
        bundle(resource("Condition"), bundle(resource("Basic", patient="p2"))),
        {"entry": [{"resource": resource("Basic", patient="p2"), "search": {"mode": "outcome"}}]},
        {"entry": {"resource": resource("Basic", patient="p2")}},
        [resource("Basic", patient="p2")],
        {"subject": {"reference": "Patient/p2"}},
        resource("MedicationRequest", contained=[resource("Basic", patient="p2")]),
        bundle(resource("MedicationRequest", contained=[resource("Basic", patient="p2")])),
        resource("MedicationRequest", contained=resource("Basic", patient="p2")),
        resource("Basic", contained=[{**person("p2"), "contained": [resource("Basic", patient="p2")]}]),
    ],
)
def test_another_patient_is_found_wherever_a_resource_may_stand(value: Any) -> None:
    with pytest.raises(WrongPatient) as caught:
        refuse_other_patients([None, "text", value], "p1")
    assert "p2" not in caught.value.diagnostics


@pytest.mark.parametrize(
    "contained",
    [person("p2"), {**resource("Specimen"), "subject": {"reference": "#p2"}}, resource("Specimen"), {}, 5, None],
)
def test_a_contained_patient_has_an_id_of_its_container_only(contained: Any) -> None:
    held = resource("Observation", contained=[contained])
    refuse_other_patients([held, bundle(held)], "p1")


OURS, THEIRS = "https://a.example/fhir", "https://b.example/fhir"


@pytest.mark.parametrize("reference", ["Patient/p1", "Patient/p1/_history/2", "Patient/p1#name", "Patient/p2"])
@pytest.mark.parametrize("other", [THEIRS, THEIRS + "/"])
def test_a_patient_of_another_configured_server_is_another_one_whatever_the_id(reference: str, other: str) -> None:
    theirs = observed({"reference": f"{THEIRS}/{reference}"})
    assert owner(theirs, "p1", {other}) is Owner.ANOTHER_PATIENT
    with pytest.raises(WrongPatient):
        refuse_other_patients([bundle(resource("Basic", contained=[theirs]))], "p1", (other,))


@pytest.mark.parametrize("base", [OURS + "/", THEIRS + "/r4/", "https://c.example/fhir/", ""])
def test_a_base_that_is_no_other_configured_servers_does_not_matter(base: str) -> None:
    assert owner(observed({"reference": f"{base}Patient/p1"}), "p1", {THEIRS}) is Owner.THIS_PATIENT
    assert owner(observed({"reference": f"{THEIRS}/Group/p1"}), "p1", {THEIRS}) is Owner.UNTOLD
