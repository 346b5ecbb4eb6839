"""Results whose focus is not the patient, and diagnoses of the family: nothing of the patient is read from them."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Json
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.set_aside import Aside
from cds_service.mappers.case import map_case
from tests.mappers.parts import (
    ICD,
    ICD_CM,
    ICD_O,
    LOINC,
    SCT,
    concept,
    condition,
    finding,
    ki67,
    observation,
    record,
    value,
)
from tests.mappers.safety_parts import TODAY, disease, fact, read, result, told

RELATIVE = {"resourceType": "RelatedPerson", "id": "gm"}
SOMEBODY_ELSE: dict[str, list[Json]] = {
    "a relative": [{"reference": "RelatedPerson/mother"}],
    "a relative by type and name": [{"type": "RelatedPerson", "display": "Mother"}],
    "a relative by type and number": [{"type": "RelatedPerson", "identifier": {"value": "1"}}],
    "another patient": [{"reference": "Patient/donor"}],
    "a group": [{"reference": "Group/fetuses"}],
    "a relative beside the tumour": [{"reference": "Condition/c1"}, {"reference": "RelatedPerson/mother"}],
    "a contained relative": [{"reference": "#gm"}],
    "nothing contained": [{"reference": "#nobody"}],
    "a number": [{"identifier": {"value": "1"}}],
    "a name": [{"display": "Mother"}],
    "an address that leads nowhere": [{"reference": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"}],
}
THE_PATIENT: dict[str, list[Json]] = {
    "nothing": [],
    "the patient": [{"reference": "Patient/p1"}],
    "the patient at an address": [{"reference": "https://ehr.example/fhir/Patient/p1"}],
    "the tumour": [{"reference": "Condition/c1"}],
    "a specimen": [{"reference": "Specimen/s1"}],
}
READ_BY: dict[str, tuple[str, Json]] = {
    "ki67_percent": ("30", ki67(30, "x")),
    "differentiation": (
        "poor",
        observation("x", (LOINC, "59847-4"), valueCodeableConcept=concept((ICD_O, "8041/3"))),
    ),
    "extent": ("advanced", finding("disease-extent", "metastatic", "x")),
    "vhl": ("yes", finding("vhl-status", "present", "x")),
    "unfit_for_platinum": ("yes", observation("x", (LOINC, "89247-1"), TODAY, valueInteger=3)),
    "creatinine": ("high", result("2160-0", 9, name="x", flag="H")),
    "urinalysis": ("done", observation("x", (LOINC, "24356-8"), TODAY, valueString="clear")),
    "chest_ct": ("done", observation("x", concept(text="CT chest"), TODAY, valueString="clear")),
}


@pytest.mark.parametrize("name", READ_BY)
@pytest.mark.parametrize("whom", SOMEBODY_ELSE)
def test_no_fact_is_read_from_a_result_about_somebody_else(knowledge: Knowledge, name: str, whom: str) -> None:
    said, found = READ_BY[name]
    case = read(knowledge, found | {"focus": SOMEBODY_ELSE[whom], "contained": [RELATIVE]})
    assert value(case.fact(name)) != said
    assert [(one.where, one.why) for one in case.set_aside().named] == [("Observation/x", Aside.SOMEBODY_ELSE)]


@pytest.mark.parametrize("name", READ_BY)
@pytest.mark.parametrize("whom", THE_PATIENT)
def test_a_result_about_the_patient_is_read(knowledge: Knowledge, name: str, whom: str) -> None:
    said, found = READ_BY[name]
    focus = {"focus": THE_PATIENT[whom]} if THE_PATIENT[whom] else {}
    assert told(knowledge, name, found | focus) == said


def test_a_variant_of_a_donor_is_none_of_the_patient(knowledge: Knowledge) -> None:
    gene = {"code": concept((LOINC, "48018-6")), "valueCodeableConcept": concept(text="DPYD")}
    found = observation("x", (LOINC, "69548-6"), component=[gene])
    found |= {"valueCodeableConcept": concept((LOINC, "LA9633-4"))}
    assert told(knowledge, "dpyd", found) == "partial"
    assert told(knowledge, "dpyd", found | {"focus": [{"reference": "RelatedPerson/x"}]}) == "none"


NET = "neuroendocrine tumor of pancreas"
OF_THE_FAMILY: dict[str, Json] = {
    "ICD-10": {"code": concept((ICD, "Z80.0", NET))},
    "ICD-10-CM": {"code": concept((ICD_CM, "Z84.81"), text="VHL disease")},
    "SNOMED CT": {"code": concept((SCT, "266883004", NET))},
    "its category": {"category": [concept((LOINC, "10157-6"))]},
    "the name of its category": {"category": [{"text": "Family history"}]},
    "words before": {"code": concept(text=f"Family history of {NET}")},
    "FH": {"code": concept(text=f"FH: {NET}")},
    "FHx": {"code": concept(text=f"FHx {NET}")},
    "none in the family": {"code": concept(text=f"No family history of {NET}")},
    "words in brackets": {"code": concept(text=f"{NET} (family history)")},
    "Japanese words before": {"code": concept(text="家族歴：膵神経内分泌腫瘍")},
    "Japanese words after": {"code": concept(text="膵神経内分泌腫瘍の家族歴")},
    "Japanese words that deny": {"code": concept(text="膵神経内分泌腫瘍の家族歴なし")},
}


@pytest.mark.parametrize("how", OF_THE_FAMILY)
def test_a_family_history_is_no_diagnosis(knowledge: Knowledge, how: str) -> None:
    record_of_it = record(condition("x", concept(text=NET)) | OF_THE_FAMILY[how])
    case = map_case(record_of_it, knowledge.value_sets)
    assert value(case.fact("diagnosis")) == "other"  # no tumour of these rules is on record
    assert case.set_aside().counts == {Aside.FAMILY_HISTORY: 1}


@pytest.mark.parametrize(
    ("name", "said"),
    [("heart_failure", "heart failure"), ("hbv", "chronic hepatitis B"), ("thromboembolism", "deep vein thrombosis")],
)
@pytest.mark.parametrize("words", ["Family history of {}", "{} (FHx)", "家族歴: {}"])
def test_a_disease_of_the_family_is_none_of_the_patient(knowledge: Knowledge, name: str, said: str, words: str) -> None:
    case = read(knowledge, disease(words.format(said), "x"))
    assert case.fact(name) == fact(knowledge, name)
    assert [(one.where, one.why) for one in case.set_aside().named] == [("Condition/x", Aside.FAMILY_HISTORY)]


def test_a_cancer_of_the_mother_leaves_a_result_to_the_tumour(knowledge: Knowledge) -> None:
    mother = condition("x", concept((ICD, "C50.9"), text="Family history of breast cancer"))
    assert told(knowledge, "ki67_percent", ki67(30), mother) == "30"


@pytest.mark.parametrize(
    "said",
    [
        "Pancreatic neuroendocrine tumor, family history of MEN1",
        "Pancreatic neuroendocrine tumor, no family history",
        "Familial pancreatic neuroendocrine tumor",
        "膵神経内分泌腫瘍、乳癌の家族歴あり",
        "膵神経内分泌腫瘍 家族歴なし",
    ],
)
def test_a_tumour_beside_a_family_history_is_the_patients(knowledge: Knowledge, said: str) -> None:
    case = read(knowledge, condition("c1", concept(text=said)))
    case.fact("diagnosis")
    assert Aside.FAMILY_HISTORY not in case.set_aside().counts


def test_family_member_histories_are_counted_and_not_named(knowledge: Knowledge) -> None:
    history: Any = {"resourceType": "FamilyMemberHistory", "id": "x", "status": "completed"}
    case = read(knowledge, history | {"patient": {"reference": "Patient/p1"}})
    case.fact("diagnosis")
    assert (case.set_aside().counts, case.set_aside().named) == ({Aside.FAMILY_HISTORY: 1}, ())
