"""Diagnoses of the safety rules by ICD-10 code or heading, and names that only sound like one."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import SCT, concept, condition, status
from tests.mappers.safety_parts import ACTIVE, MONTHS_AGO, WEEK_AGO, disease, procedure, told

ICD_10, ICD_10_CM = "http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm"


@pytest.mark.parametrize(
    ("fact", "code", "display", "expected"),
    [
        ("heart_failure", "I50.9", "Heart failure, unspecified", "yes"),
        ("pneumonitis", "J84.10", "Pulmonary fibrosis, unspecified", "yes"),
        ("pneumonitis", "J70.4", "Drug-induced interstitial lung disorders, unspecified", "yes"),
        ("pneumonitis", "J18.9", "Pneumonia, unspecified organism", "no"),
        ("hbv", "B18.1", "Chronic viral hepatitis B without delta-agent", "carrier"),
        ("thromboembolism", "I26.99", "Other pulmonary embolism without acute cor pulmonale", "yes"),
        ("thromboembolism", "I82.401", "Acute embolism and thrombosis of unspecified deep veins of leg", "yes"),
        ("thromboembolism", "I81", "Portal vein thrombosis", "yes"),
        ("thromboembolism", "I80.01", "Phlebitis and thrombophlebitis of superficial vessels of leg", "no"),
        ("gallstones", "K80.20", "Calculus of gallbladder without cholecystitis without obstruction", "yes"),
        ("bradycardia", "R00.1", "Bradycardia, unspecified", "yes"),
        ("bradycardia", "R00.0", "Tachycardia, unspecified", "no"),
        ("qtc", "I45.81", "Long QT syndrome", "long"),
        ("perforation", "K63.1", "Perforation of intestine (nontraumatic)", "yes"),
        ("haemorrhage", "K92.0", "Hematemesis", "yes"),
        ("haemorrhage", "K92.2", "Gastrointestinal hemorrhage, unspecified", "yes"),
        ("haemorrhage", "K92.9", "Disease of digestive system, unspecified", "no"),
        ("jaw_osteonecrosis", "M87.180", "Osteonecrosis due to drugs, jaw", "yes"),
        ("pregnancy", "Z33.1", "Pregnant state, incidental", "yes"),
        ("pregnancy", "O09.92", "Supervision of high risk pregnancy, unspecified, second trimester", "yes"),
        ("pregnancy", "Z3A.12", "12 weeks gestation of pregnancy", "yes"),
        ("pregnancy_possible", "Z90.710", "Acquired absence of both cervix and uterus", "no"),
        ("pregnancy_possible", "Z90.711", "Acquired absence of uterus with remaining cervical stump", "no"),
        ("pregnancy_possible", "Z90.712", "Acquired absence of cervix with remaining uterus", "yes"),
        ("pregnancy_possible", "Z78.0", "Asymptomatic menopausal state", "no"),
        ("pregnancy_possible", "N95.1", "Menopausal and female climacteric states", "no"),
    ],
)
def test_by_code_alone_and_by_heading(knowledge: Knowledge, fact: str, code: str, display: str, expected: str) -> None:
    woman = _woman(fact)
    by_code = disease({"coding": [{"system": ICD_10_CM, "code": code}]})
    assert told(knowledge, fact, by_code, *woman) == expected
    by_both = disease({"coding": [{"system": ICD_10_CM, "code": code, "display": display}]})
    assert told(knowledge, fact, by_both, *woman) == expected


def _woman(fact: str) -> list[Any]:
    born = {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1990-01-01"}
    return [born] if fact == "pregnancy_possible" else []


@pytest.mark.parametrize(
    ("fact", "code", "expected"),
    [
        ("heart_failure", "I50", "yes"),
        ("heart_failure", "I509", "yes"),
        ("gallstones", "K802", "yes"),
        ("pregnancy", "Z33", "yes"),
        ("pregnancy", "Z34.9", "yes"),
    ],
)
def test_by_the_code_of_the_who(knowledge: Knowledge, fact: str, code: str, expected: str) -> None:
    assert told(knowledge, fact, disease(concept((ICD_10, code)))) == expected


def test_words_that_doubt_a_coded_diagnosis_leave_it_open(knowledge: Knowledge) -> None:
    assert (
        told(knowledge, "gallstones", disease(concept((ICD_10, "K80.2"), text="胆石症の疑い")))
        == "unclear: not-confirmed"
    )
    assert told(knowledge, "gallstones", disease(concept((ICD_10, "K80.2"), text="胆石症"))) == "yes"


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        *(("haemorrhage", said) for said in ("GI bleed", "Hematemesis", "Melena", "吐血")),
        *(("thromboembolism", said) for said in ("門脈血栓症", "Portal vein thrombosis")),
        *(("gallstones", said) for said in ("Choledocholithiasis", "総胆管結石")),
        *(
            ("uncontrolled_hypertension", said)
            for said in ("Hypertension, uncontrolled", "Hypertension, poorly controlled")
        ),
        *(("pneumonitis", said) for said in ("薬剤性肺炎", "器質化肺炎", "Cryptogenic organizing pneumonia")),
        *(
            ("pregnancy", said)
            for said in ("Currently pregnant", "妊娠12週", "妊娠 8週3日", "正常妊娠", "Pregnancy, 12 weeks")
        ),
    ],
)
def test_names_of_these_diagnoses(knowledge: Knowledge, fact: str, said: str) -> None:
    assert told(knowledge, fact, disease(said)) == "yes"


@pytest.mark.parametrize("code", ["72892002", "47200007", "77386006"])
def test_pregnancy_in_snomed(knowledge: Knowledge, code: str) -> None:
    assert told(knowledge, "pregnancy", disease(concept((SCT, code)))) == "yes"


@pytest.mark.parametrize(
    "said",
    [
        *("Immune to hepatitis B", "Non-immune to hepatitis B", "Hepatitis B negative"),
        *("At risk for hepatitis B reactivation", "B型肝炎(既往)", "B型肝炎（既往感染）"),
    ],
)
def test_no_hepatitis_b(knowledge: Knowledge, said: str) -> None:
    assert told(knowledge, "hbv", disease(said)) == "none"
    assert told(knowledge, "hbv", disease(said), disease("Chronic hepatitis B", "d2")) == "carrier"


@pytest.mark.parametrize("said", ["DVT prophylaxis", "At risk for DVT", "VTE prophylaxis", "深部静脈血栓症予防"])
def test_no_thromboembolism(knowledge: Knowledge, said: str) -> None:
    assert told(knowledge, "thromboembolism", disease(said)) == "no"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"recordedDate": WEEK_AGO}, "unclear: undated"),
        ({"recordedDate": WEEK_AGO, "onsetDateTime": "2019-01"}, "no"),
        ({"recordedDate": WEEK_AGO, "onsetDateTime": MONTHS_AGO}, "yes"),
    ],
)
def test_a_history_is_not_of_the_day_it_was_recorded(knowledge: Knowledge, more: Any, expected: str) -> None:
    history = condition("d1", concept(text="History of DVT"), **ACTIVE, **more)
    assert told(knowledge, "thromboembolism", history) == expected
    coded = {"coding": [{"system": ICD_10_CM, "code": "Z86.711", "display": "Personal history of pulmonary embolism"}]}
    assert told(knowledge, "thromboembolism", condition("d1", coded, **ACTIVE, **more)) == expected


def test_an_event_that_is_over_is_of_the_day_it_was_recorded(knowledge: Knowledge) -> None:
    assert told(knowledge, "thromboembolism", disease("DVT", clinicalStatus=status("resolved"))) == "yes"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        *((said, "yes") for said in ("Hysterectomy planned", "Considering hysterectomy", "Hysterectomy not performed")),
        *((said, "yes") for said in ("Hysterectomy consultation", "子宮全摘術予定", "子宮摘出検討")),
        *((said, "no") for said in ("Hysterectomy", "Total abdominal hysterectomy", "子宮全摘術後")),
    ],
)
def test_a_hysterectomy_that_was_done(knowledge: Knowledge, said: str, expected: str) -> None:
    woman = _woman("pregnancy_possible")
    assert told(knowledge, "pregnancy_possible", disease(said), *woman) == expected
    assert told(knowledge, "pregnancy_possible", procedure(said), *woman) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("AV fistula for dialysis", "no"), ("Arteriovenous fistula", "no"), ("Enterocutaneous fistula", "yes")],
)
def test_a_fistula_of_the_bowel(knowledge: Knowledge, said: str, expected: str) -> None:
    assert told(knowledge, "perforation", disease(said)) == expected
