"""The demo patients: whole, coherent, recognisably synthetic, and always of the recent past."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import resources
from itertools import pairwise
from typing import Any

import pytest

from cds_service.domain.call import Json
from cds_service.domain.knowledge import Knowledge
from cds_service.harness.patients import DemoPatient, demo_patients
from tests.reference import needs_reference, reference

ON = date(2027, 3, 1)
FINDINGS = "http://nen-cds.org/fhir/CodeSystem/nen-finding"
PATIENTS = demo_patients()
each_patient = pytest.mark.parametrize("patient", PATIENTS, ids=lambda patient: patient.id)


def resources_of(patient: DemoPatient) -> list[Json]:
    return [entry["resource"] for entry in patient.bundle(ON)["entry"]]


def texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)
    elif isinstance(value, str):
        yield value


def codings_of(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if "system" in value and "code" in value:
            yield value["system"], value["code"]
        for inner in value.values():
            yield from codings_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from codings_of(inner)


def test_there_are_nine_and_each_chart_is_listed() -> None:
    charts = {path.name for path in (resources.files("cds_service.harness") / "patients").iterdir()}
    assert len(PATIENTS) == 9
    assert charts == {f"{patient.id}.json" for patient in PATIENTS}


@each_patient
def test_every_resource_belongs_to_its_patient(patient: DemoPatient) -> None:
    for resource in resources_of(patient):
        if resource["resourceType"] == "Patient":
            assert resource["id"] == patient.id
        else:
            whose = resource.get("subject") or resource["patient"]
            assert whose == {"reference": f"Patient/{patient.id}"}


@each_patient
def test_every_entry_is_put_under_its_own_id_and_ids_are_those_fhir_allows(patient: DemoPatient) -> None:
    entries = patient.bundle(ON)["entry"]
    addresses = [entry["request"]["url"] for entry in entries]
    assert addresses == [f"{entry['resource']['resourceType']}/{entry['resource']['id']}" for entry in entries]
    assert len(set(addresses)) == len(addresses)
    assert all(re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", entry["resource"]["id"]) for entry in entries)


@each_patient
def test_nobody_can_take_the_patient_for_a_real_one(patient: DemoPatient) -> None:
    person = resources_of(patient)[0]
    assert {name["family"] for name in person["name"]} <= {"ZZ-Demo", "架空", "カクウ"}
    assert person["meta"]["tag"][0]["code"] == "synthetic"


@each_patient
def test_every_observation_and_report_is_final(patient: DemoPatient) -> None:
    kinds = ("Observation", "DiagnosticReport")
    assert {one["status"] for one in resources_of(patient) if one["resourceType"] in kinds} <= {"final"}


@each_patient
def test_references_within_a_chart_lead_somewhere(patient: DemoPatient) -> None:
    held = {f"{resource['resourceType']}/{resource['id']}" for resource in resources_of(patient)}
    pointed = re.findall(r'"reference": "([^"]+)"', json.dumps(resources_of(patient)))
    assert set(pointed) <= held


@each_patient
@pytest.mark.parametrize("on", [date(2026, 11, 1), ON, date(2031, 2, 28)])
def test_the_newest_record_is_from_the_last_sixty_days_whenever_the_demo_runs(patient: DemoPatient, on: date) -> None:
    chart = patient.bundle(on)["entry"]
    days = [date.fromisoformat(text[:10]) for text in texts_of(chart) if re.match(r"\d{4}-\d{2}-\d{2}", text)]
    assert on - timedelta(days=60) < max(days) < on


def test_moving_a_chart_keeps_the_days_between_two_of_its_dates() -> None:
    patient = next(one for one in PATIENTS if one.id == "nen-demo-smallbowel-ssa")
    spans = []
    for on in (date(2026, 11, 1), ON):
        given = [
            date.fromisoformat(entry["resource"]["effectiveDateTime"])
            for entry in patient.bundle(on)["entry"]
            if entry["resource"]["resourceType"] == "MedicationAdministration"
        ]
        spans.append([later - earlier for earlier, later in pairwise(given)])
    assert spans[0] == spans[1] == [timedelta(days=28), timedelta(days=28)]


def test_every_drug_worth_trying_is_one_that_knowledge_holds(knowledge: Knowledge) -> None:
    tried = [drugs.split("+") for patient in PATIENTS for drugs in patient.tries]
    assert {drug for drugs in tried for drug in drugs} <= set(knowledge.drugs)
    assert max(map(len, tried)) == 2


def test_every_title_stands_in_both_languages() -> None:
    for patient in PATIENTS:
        assert set(patient.title) == set(patient.about) == {"en", "ja"}


def code_system() -> Json:
    found: Json = json.loads((resources.files("cds_service.harness") / "nen-finding.json").read_text("utf-8"))
    return found


def test_every_code_of_ours_is_one_our_code_system_defines() -> None:
    defined = [concept["code"] for concept in code_system()["concept"]]
    used = {code for patient in PATIENTS for system, code in codings_of(resources_of(patient)) if system == FINDINGS}
    assert code_system()["url"] == FINDINGS
    assert len(set(defined)) == len(defined) == code_system()["count"]
    assert used <= set(defined)


@needs_reference
def test_our_code_system_defines_what_was_agreed_with_others() -> None:
    agreed = re.findall(
        r"^\| (`.*?\|.*?)\|", reference("terminology", "local-codes.md").read_text("utf-8"), re.MULTILINE
    )
    codes = set(re.findall(r"`([a-z0-9-]+)`", " ".join(agreed)))
    assert len(codes) > 30
    ours_only = {"pre-treatment-labs"}  # what we offer to order; no record holds it
    assert codes | ours_only == {concept["code"] for concept in code_system()["concept"]}


@needs_reference
def test_every_clinical_code_has_a_published_source() -> None:
    with reference("terminology", "codes.csv").open(encoding="utf-8", newline="") as rows:
        listed = {(row["system"], row["code"]): row["confidence"] for row in csv.DictReader(rows)}
    ours = {pair for patient in PATIENTS for pair in codings_of(resources_of(patient)) if pair[0] in SOURCED}
    undotted = {
        (system, f"{code[:3]}.{code[3:]}") if re.fullmatch(r"[A-Z]\d{3}", code) else (system, code)
        for system, code in ours
    }
    assert not {pair for pair in undotted if "memory" in listed.get(pair, "memory")}


SOURCED = (
    "http://snomed.info/sct",
    "http://loinc.org",
    "http://hl7.org/fhir/sid/icd-10",
    "http://hl7.org/fhir/sid/icd-10-cm",
    "http://terminology.hl7.org/CodeSystem/icd-o-3",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
    "http://medis.or.jp/CodeSystem/master-disease-keyNumber",
    "http://medis.or.jp/CodeSystem/master-disease-exCode",
)
