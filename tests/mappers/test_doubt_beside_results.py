"""Doubted, worse and unread findings beside a milder one: never none, and never the milder one alone."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import LOINC, concept, observation, status
from tests.mappers.safety_parts import WEEK_AGO, answer, disease, result, told, without

DOUBTED: Any = {"verificationStatus": status("provisional")}
NOT_CONFIRMED, NOT_UNDERSTOOD = "unclear: not-confirmed", "unclear: not-understood"


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("dpyd", "DPD deficiency"),
        ("dpyd", "DPYD intermediate metabolizer"),
        ("qtc", "Long QT syndrome"),
        ("nyha_class", "Heart failure, NYHA III"),
        ("child_pugh", "Liver cirrhosis, Child-Pugh C"),
        ("liver_impairment", "Severe liver impairment"),
        ("liver_impairment", "Hepatic impairment"),
    ],
)
def test_a_doubted_diagnosis_is_not_none(knowledge: Knowledge, fact: str, said: str) -> None:
    assert told(knowledge, fact, disease(said, **DOUBTED)) == NOT_CONFIRMED
    refuted = disease(said, verificationStatus=status("refuted"))
    assert told(knowledge, fact, refuted) in ("none", "unclear: not-recorded")


@pytest.mark.parametrize(("fact", "said"), [("dpyd", "DPD欠損症の疑い"), ("qtc", "QT延長症候群の疑い")])
def test_a_suspected_diagnosis_is_not_none(knowledge: Knowledge, fact: str, said: str) -> None:
    assert told(knowledge, fact, disease(said)) == NOT_CONFIRMED


def test_qtc_is_none_only_where_diagnoses_were_read(knowledge: Knowledge) -> None:
    assert told(knowledge, "qtc", had=without("Condition")) == "unclear: unavailable"
    flagged = result("8636-3", 430, "ms", flag="N")
    assert told(knowledge, "qtc", flagged, had=without("Condition")) == "normal"


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        (answer("29610-3", "positive", "o2"), "carrier"),
        (answer("29610-3", "see comment", "o2"), NOT_UNDERSTOOD),
        (result("29610-3", 3.5, "LogIU/mL", "o2"), NOT_UNDERSTOOD),
        (answer("16933-4", "see comment", "o2"), NOT_UNDERSTOOD),
        (answer("16933-4", "negative", "o2"), "negative"),
        (answer("29610-3", "検出せず", "o2"), "negative"),
    ],
)
def test_a_negative_antigen_beside_another_test(knowledge: Knowledge, beside: Any, expected: str) -> None:
    assert told(knowledge, "hbv", answer("5195-3", "negative"), beside) == expected


@pytest.mark.parametrize(
    ("by_result", "diagnosed", "letter", "level"),
    [
        ("A", "Liver cirrhosis, Child-Pugh C", "unclear: conflicting", "severe"),
        ("B", "肝硬変(Child-Pugh分類B)", "B", "moderate"),
        ("C", "Liver cirrhosis, Child-Pugh A", "C", "severe"),
        ("B (8)", "", "B", "moderate"),
        ("Child-Pugh分類B", "", "B", "moderate"),
        ("B（8点）", "", "B", "moderate"),
        ("about B", "Liver cirrhosis, Child-Pugh A", NOT_UNDERSTOOD, NOT_UNDERSTOOD),
        ("A or B", "", NOT_UNDERSTOOD, NOT_UNDERSTOOD),
    ],
)
def test_a_milder_class_does_not_hide_a_worse_diagnosis(
    knowledge: Knowledge, by_result: str, diagnosed: str, letter: str, level: str
) -> None:
    text = observation("o1", concept(text="Child-Pugh class"), WEEK_AGO, valueString=by_result)
    found = [text, *([disease(diagnosed)] if diagnosed else [])]
    assert told(knowledge, "child_pugh", *found) == letter
    assert told(knowledge, "liver_impairment", *found) == level


def test_a_worse_impairment_that_is_doubted_leaves_it_open(knowledge: Knowledge) -> None:
    mild = answer("Child-Pugh class", "A")
    assert told(knowledge, "liver_impairment", mild, disease("Severe liver impairment", **DOUBTED)) == NOT_CONFIRMED
    assert told(knowledge, "liver_impairment", mild, disease("Liver impairment", **DOUBTED)) == "mild"


@pytest.mark.parametrize(
    ("said", "expected"),
    [("心不全 NYHA III度", "III"), ("慢性心不全 NYHAⅣ", "IV"), ("Heart failure, NYHA class II", "II")],
)
def test_nyha_in_the_name_of_a_diagnosis(knowledge: Knowledge, said: str, expected: str) -> None:
    assert told(knowledge, "nyha_class", disease(said)) == expected
    coded = concept(("http://hl7.org/fhir/sid/icd-10", "I50.0"), text=said)
    assert told(knowledge, "nyha_class", disease(coded)) == expected
    assert told(knowledge, "heart_failure", disease(coded)) == "yes"


def grade(value: Any, name: str = "pneumonitis CTCAE grade", day: str = WEEK_AGO) -> Any:
    return observation("g1", concept(text=name), day) | value


@pytest.mark.parametrize(
    ("found", "there", "expected"),
    [
        ([grade({"valueInteger": 1}), disease("Pneumonitis, grade 3")], "yes", "3"),
        ([grade({"valueInteger": 3}), disease("Pneumonitis, grade 1")], "yes", "3"),
        ([grade({"valueString": "Grade３"})], NOT_CONFIRMED, "3"),
        ([grade({"valueInteger": 2})], NOT_CONFIRMED, "2"),
        ([grade({"valueInteger": 0})], "no", "0"),
        ([grade({"valueInteger": 2}, day="2026-08-20")], "no", "unclear: not-recorded"),
        ([grade({"valueInteger": 2}), disease("Pneumonitis", clinicalStatus=status("resolved"))], "no", "2"),
    ],
)
def test_pneumonitis_by_its_grade(knowledge: Knowledge, found: list[Any], there: str, expected: str) -> None:
    assert told(knowledge, "pneumonitis", *found) == there
    assert told(knowledge, "pneumonitis_ctcae_grade", *found) == expected


def _of_gene(code: str, gene: Any, *components: Any, **more: Any) -> Any:
    named = {"code": concept((LOINC, "48018-6")), "valueCodeableConcept": gene}
    return observation("v1", (LOINC, code), "2020-02-02", component=[named, *components], **more)


DPYD, HGNC = concept(text="DPYD"), concept(("http://www.genenames.org/geneId", "HGNC:3012"))
KRAS, BY_OID = concept(text="KRAS"), concept(("urn:oid:2.16.840.1.113883.6.281", "HGNC:3012"))


def _effect(said: Any) -> Any:
    return {"code": concept((LOINC, "53040-2")), "valueCodeableConcept": said}


NOTE = {"code": concept((LOINC, "48004-6")), "valueCodeableConcept": concept(text="DPYD not tested")}


def _of_no_gene(*components: Any) -> Any:
    return observation("v1", (LOINC, "51963-7"), "2020-02-02", component=list(components))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (_of_gene("51963-7", DPYD, _effect(concept((LOINC, "LA9657-3")))), "complete"),
        (_of_gene("51963-7", HGNC, _effect(concept((LOINC, "LA10317-8")))), "partial"),
        (_of_gene("51963-7", DPYD, _effect(concept((LOINC, "LA25391-6")))), "normal"),
        (_of_gene("51963-7", DPYD, _effect(concept(text="somewhat slow"))), NOT_UNDERSTOOD),
        (_of_gene("51963-7", KRAS, _effect(concept((LOINC, "LA9657-3")))), "none"),
        (_of_gene("84413-4", DPYD, valueCodeableConcept=concept(text="*1/*2A")), NOT_UNDERSTOOD),
        (_of_gene("84413-4", KRAS, valueCodeableConcept=concept(text="*1/*2A")), "none"),
        (_of_gene("69548-6", HGNC, valueCodeableConcept=concept((LOINC, "LA9633-4"))), "partial"),
        (_of_gene("69548-6", HGNC, valueCodeableConcept=concept((LOINC, "LA9634-2"))), "none"),
        (_of_gene("51963-7", BY_OID, _effect(concept((LOINC, "LA10317-8")))), "partial"),
        (_of_gene("69548-6", KRAS, NOTE, valueCodeableConcept=concept((LOINC, "LA9633-4"))), "none"),
        (_of_no_gene(_effect(concept(text="DPYD poor metabolizer"))), "complete"),
        (disease("DPYD intermediate metabolizer"), "partial"),
        (disease("DPD部分欠損症"), "partial"),
    ],
)
def test_dpyd_as_genomic_reports_tell_it(knowledge: Knowledge, found: Any, expected: str) -> None:
    assert told(knowledge, "dpyd", found) == expected
