"""The order of a record, what is beside the point in it, and extensions nobody knows never change a fact."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cds_service.domain.call import Json
from cds_service.domain.case import Case
from cds_service.domain.facts import READINGS, RECORD
from cds_service.domain.values import Known
from tests.records.any_record import PROPERTY, Whole, case_of, some_record

LOCAL = "urn:oid:1.2.840.114350.1.13.0.1.7.2.1"
UNKNOWN = "http://hospital.example/fhir/StructureDefinition/unknown"


def told(case: Case) -> dict[str, object]:
    """Everything the rules may ask of a record, without where it stands: of two that say the same either may."""
    facts = {name: case.fact(name) for name in (*RECORD, *READINGS)}
    said: dict[str, object] = {n: str(f.value) if isinstance(f, Known) else f.why for n, f in facts.items()}
    orders = [(one.ref, one.drug, str(one.reason), str(one.kind)) for one in case.orders]
    drugs = sorted(f"{one.drug} {one.state} {one.begun} {one.date} {one.route}" for one in case.medications)
    return said | {"orders": orders, "drugs": drugs, "allergies": sorted(case.allergies), "history": str(case.history)}


def _about(kind: str, **more: Any) -> Json:
    return {"resourceType": kind, "status": "final", **more}


def _coded(code: str, text: str) -> Json:
    return {"coding": [{"system": LOCAL, "code": code, "display": text}], "text": text}


# What a hospital record is full of, and what no fact is about. `subject`, id and day are put in by chance.
NOISE: tuple[Json, ...] = (
    _about("Observation", code=_coded("1", "Body height"), valueQuantity={"value": 172, "unit": "cm"}),
    _about("Observation", code=_coded("2", "尿酸"), valueQuantity={"value": 5.1, "unit": "mg/dL"}),
    _about("Observation", code=_coded("3", "Smoking status"), valueString="never"),
    _about("Observation", code=_coded("85319-2", "HER2"), valueQuantity={"value": 30, "unit": "%"}),
    _about("DiagnosticReport", code=_coded("4", "Lipid panel")),
    _about("Condition", code=_coded("5", "Seasonal allergic rhinitis")),
    _about("Condition", code=_coded("6", "Osteoarthritis of knee")),
    _about("Procedure", status="completed", code=_coded("7", "Cataract extraction")),
    _about("MedicationRequest", status="active", intent="order", medicationCodeableConcept=_coded("8", "paracetamol")),
    _about("MedicationStatement", status="active", medicationCodeableConcept=_coded("11", "vitamin D")),
    _about("MedicationAdministration", status="completed", medicationCodeableConcept={"text": "0.9 % sodium chloride"}),
    _about("Encounter", status="finished"),
    _about("Immunization", status="completed", vaccineCode=_coded("9", "tetanus vaccine")),
    _about("Coverage", status="active"),
    _about("Specimen", status="available", type=_coded("10", "urine")),
)
_DAY_OF = {
    "Observation": "effectiveDateTime",
    "DiagnosticReport": "effectiveDateTime",
    "Condition": "recordedDate",
    "Procedure": "performedDateTime",
    "MedicationRequest": "authoredOn",
    "MedicationAdministration": "effectiveDateTime",
}


@st.composite
def noise(draw: st.DrawFn, patient: str) -> list[Json]:
    found = []
    for number in range(draw(st.integers(1, 12))):
        one = copy.deepcopy(draw(st.sampled_from(NOISE)))
        kind = one["resourceType"]
        if kind in ("Condition", "Specimen"):
            one.pop("status", None)
        one |= {"id": f"noise-{number}", "subject": {"reference": f"Patient/{patient}"}}
        if kind in _DAY_OF and draw(st.booleans()):
            one[_DAY_OF[kind]] = draw(st.sampled_from(["2026-11-01", "2025-03-04", "2019-07"]))
        found.append(one)
    return found


def objects(value: Any) -> list[Json]:
    """Every element of a resource that may have an extension."""
    if isinstance(value, list):
        return [found for item in value for found in objects(item)]
    if not isinstance(value, dict):
        return []
    inside = [found for key, item in value.items() if key not in ("extension", "meta") for found in objects(item)]
    return [value, *inside]


@PROPERTY
@given(st.data())
def test_the_order_of_a_record_does_not_matter(data: st.DataObject) -> None:
    whole = data.draw(some_record())
    shuffled = whole.but(data.draw(st.permutations(whole.resources)))
    assert told(case_of(shuffled)) == told(case_of(whole))


@PROPERTY
@given(st.data())
def test_what_no_fact_is_about_changes_none(data: st.DataObject) -> None:
    whole = data.draw(some_record())
    added = data.draw(noise(whole.patient))
    noisy = whole.but(data.draw(st.permutations([*whole.resources, *added])))
    assert told(case_of(noisy)) == told(case_of(whole))


def _extended(whole: Whole, data: st.DataObject) -> Whole:
    resources = copy.deepcopy(whole.resources)
    places = [place for one in resources for place in objects(one)]
    for place in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=8, unique_by=id)):
        value: Json = data.draw(st.sampled_from([{"valueString": "neuroendocrine carcinoma"}, {"valueBoolean": True}]))
        place["extension"] = [{"url": UNKNOWN, **value}, *place.get("extension", [])]
    return whole.but(resources)


@PROPERTY
@given(st.data())
def test_an_extension_that_nobody_knows_changes_no_fact(data: st.DataObject) -> None:
    whole = data.draw(some_record())
    assert told(case_of(_extended(whole, data))) == told(case_of(whole))


WITHDRAWN: dict[str, Json] = {
    "Observation": {"status": "entered-in-error"},
    "DiagnosticReport": {"status": "entered-in-error"},
    "Procedure": {"status": "entered-in-error"},
    "MedicationRequest": {"status": "entered-in-error"},
    "MedicationStatement": {"status": "entered-in-error"},
    "MedicationAdministration": {"status": "entered-in-error"},
    "Condition": {"verificationStatus": {"coding": [{"code": "entered-in-error"}]}},
    "AllergyIntolerance": {"verificationStatus": {"coding": [{"code": "entered-in-error"}]}},
}


@PROPERTY
@given(st.data())
def test_what_was_entered_in_error_changes_no_fact(data: st.DataObject) -> None:
    whole, other = data.draw(some_record()), data.draw(some_record())
    possible = [one for one in other.resources if one["resourceType"] in WITHDRAWN]
    wrong = []
    for number, one in enumerate(possible):
        found = copy.deepcopy(one) | WITHDRAWN[one["resourceType"]] | {"id": f"wrong-{number}"}
        key = "patient" if one["resourceType"] == "AllergyIntolerance" else "subject"
        found.pop("clinicalStatus", None)
        wrong.append(found | {key: {"reference": f"Patient/{whole.patient}"}})
    assert told(case_of(whole.but([*whole.resources, *wrong]))) == told(case_of(whole))
