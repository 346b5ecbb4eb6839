"""Words that doubt, deny, tell as history or of a relative: alike with and without a code beside them."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Why
from cds_service.mappers.case import map_case
from tests.mappers.parts import ICD, ICD_CM, concept, condition, record, status, value, why

JP = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Condition_Disease"
CLAIMS = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterZ-disease-modifier"
NEN = condition(code=concept(text="膵神経内分泌腫瘍"))
SURE: Any = {"verificationStatus": status("confirmed"), "clinicalStatus": status("active")}


def fact(knowledge: Knowledge, name: str, *resources: Any) -> Any:
    return map_case(record(*resources), knowledge.value_sets).fact(name)


def beside(said: str, *codings: Any, **more: Any) -> Any:
    return condition("c2", concept(*codings, text=said), **SURE, **more)


DOUBTED = [
    ("転移性肝癌の疑い", (ICD, "C78.7")),
    ("転移性肝癌疑い", (ICD, "C787")),
    ("転移性骨腫瘍の疑い", (ICD, "C79.5")),
    ("Suspected liver metastasis", (ICD_CM, "C78.7")),
    ("Liver metastases, suspected", (ICD_CM, "C78.7")),
    ("肝腫瘤、転移性肝癌の可能性", (ICD, "C78.7")),
    ("肝転移認めず", (ICD, "C78.7")),
    ("肝転移切除後", (ICD, "C78.7")),
    ("肝SOL疑い", (ICD, "C78.7")),
]


@pytest.mark.parametrize(("said", "code"), DOUBTED)
def test_a_metastasis_its_words_doubt_is_none_with_and_without_its_code(
    knowledge: Knowledge, said: str, code: Any
) -> None:
    for entered in (beside(said, code), beside(said), beside("", (*code, said))):
        assert why(fact(knowledge, "extent", NEN, entered)) is not None
        assert why(fact(knowledge, "extrahepatic_metastases", NEN, entered)) is not None
    past = condition(
        code=concept(text="膵神経内分泌腫瘍"), clinicalStatus=status("resolved"), recordedDate="2020-01-01"
    )
    assert why(fact(knowledge, "diagnosis", past, beside(said, code, onsetDateTime="2026-01-01"))) is Why.NOT_CONFIRMED


@pytest.mark.parametrize(
    "said", ["転移性肝癌", "肝転移あり", "Liver metastases, no bone metastases", "肝転移、骨転移なし", ""]
)
def test_a_metastasis_its_words_do_not_doubt_stays_one(knowledge: Knowledge, said: str) -> None:
    assert value(fact(knowledge, "extent", NEN, beside(said, (ICD, "C78.7")))) == "advanced"


def test_doubt_about_a_metastasis_leaves_the_tumour_of_the_same_entry_sure(knowledge: Knowledge) -> None:
    both = condition(code=concept((ICD, "C25.4"), (ICD, "C78.7"), text="膵神経内分泌腫瘍、肝転移の疑い"), **SURE)
    assert value(fact(knowledge, "diagnosis", both)) == "nen"
    assert why(fact(knowledge, "extent", both)) is not None


@pytest.mark.parametrize(
    "said",
    [
        "カルチノイド症候群の疑い",
        "カルチノイド症候群疑い",
        "Suspected carcinoid syndrome",
        "?Carcinoid syndrome",
        "Carcinoid syndrome?",
        "Carcinoid syndrome, resolved",
        "カルチノイド症候群が疑われる",
    ],
)
def test_a_suspected_or_past_syndrome_is_not_confirmed(knowledge: Knowledge, said: str) -> None:
    for entered in (beside(said, (ICD, "E34.0")), beside(said)):
        assert why(fact(knowledge, "functional_status", NEN, entered)) is Why.NOT_CONFIRMED


def test_a_syndrome_of_a_relative_is_no_sign_at_all(knowledge: Knowledge) -> None:
    assert why(fact(knowledge, "functional_status", NEN, beside("カルチノイド症候群の家族歴"))) is Why.NOT_RECORDED
    assert (
        value(fact(knowledge, "functional_status", NEN, beside("カルチノイド症候群", (ICD, "E34.0")))) == "functioning"
    )


@pytest.mark.parametrize("place", ["PrefixModifier", "PostfixModifier"])
@pytest.mark.parametrize("said", [concept((CLAIMS, "8002")), concept(text="の疑い"), concept((CLAIMS, "1", "疑い"))])
def test_a_modifier_that_says_suspected_leaves_it_unconfirmed(knowledge: Knowledge, place: str, said: Any) -> None:
    code = concept((ICD, "C78.7"), text="転移性肝癌")
    code["extension"] = [{"url": JP + place, "valueCodeableConcept": said}]
    assert why(fact(knowledge, "extent", NEN, condition("c2", code, **SURE))) is Why.NOT_RECORDED
    other = [{"url": JP + place, "valueCodeableConcept": concept((CLAIMS, "8048", "術後"))}]
    assert value(fact(knowledge, "extent", NEN, condition("c2", code | {"extension": other}, **SURE))) == "advanced"


@pytest.mark.parametrize(
    "said",
    [
        "FHx of pancreatic neuroendocrine tumor",
        "FHx: neuroendocrine tumor",
        "FH: carcinoid tumor",
        "Family hx of carcinoid tumor",
        "膵神経内分泌腫瘍の家族歴",
    ],
)
def test_a_history_of_the_family_is_no_diagnosis_of_the_patient(knowledge: Knowledge, said: str) -> None:
    assert value(fact(knowledge, "diagnosis", condition("c1", concept(text=said), **SURE))) == "other"


@pytest.mark.parametrize(
    "said",
    [
        "NET of pancreas, suspected",
        "NET of pancreas, ruled out",
        "NET of pancreas: ruled out",
        "NET of pancreas, r/o",
        "NET of pancreas - ruled out",
        "膵NET s/o",
        "膵NETの可能性",
        "膵NETが疑われる",
        "膵NETは否定できず",
        "Suspicious for pancreatic NET",
        "Concern for pancreatic NET",
        "Father with carcinoid tumor",
        "Mother had insulinoma",
        "Insulinoma in mother",
        "Hx of carcinoid tumor",
        "Personal hx of carcinoid tumor",
        "NET of rectum, resolved",
    ],
)
def test_words_around_the_name_of_a_tumour_leave_it_unconfirmed(knowledge: Knowledge, said: str) -> None:
    assert why(fact(knowledge, "diagnosis", condition(code=concept(text=said)))) is Why.NOT_CONFIRMED


@pytest.mark.parametrize(
    "said",
    [
        "NET of pancreas, suspected liver metastases",
        "NET of pancreas, no liver metastases",
        "NET of pancreas, ruled out for surgery",
        "膵NET、肝転移なし",
        "膵NET、家族歴:胃癌",
        "膵NET・肝転移なし",
        "膵NET、乳癌の家族歴",
        "NET of pancreas, mother had breast cancer",
        "Pancreatic NET, history of resected liver metastases",
    ],
)
def test_words_about_something_else_leave_the_tumour_sure(knowledge: Knowledge, said: str) -> None:
    assert value(fact(knowledge, "diagnosis", condition(code=concept(text=said)))) == "nen"
    assert why(fact(knowledge, "extent", condition(code=concept(text=said)))) is not None


@pytest.mark.parametrize(
    "said", ["膵神経内分泌腫瘍術後", "膵NET切除後", "Pancreatic NET, resected", "Pancreatic NET, s/p resection"]
)
def test_a_tumour_that_was_resected_stays_a_diagnosis(knowledge: Knowledge, said: str) -> None:
    for code in (concept(text=said), concept((ICD, "C25.4"), text=said)):
        assert value(fact(knowledge, "diagnosis", condition(code=code))) == "nen"
    past = fact(knowledge, "functional_status", condition(code=concept(text="膵NET、カルチノイド症候群の既往")))
    assert why(past) is not None


@pytest.mark.parametrize("code", [(ICD_CM, "Z80.0"), (ICD_CM, "Z80.9"), (ICD, "Z83.4"), (ICD_CM, "Z84.8")])
@pytest.mark.parametrize("said", ["", "Pancreatic neuroendocrine tumor", "von Hippel-Lindau disease", "Breast cancer"])
def test_a_code_of_family_history_is_of_no_tumour_of_the_patient(knowledge: Knowledge, said: str, code: Any) -> None:
    entered = condition("c2", concept(code, text=said), **SURE)
    assert value(fact(knowledge, "diagnosis", entered)) == "other"
    assert value(fact(knowledge, "vhl", NEN, entered)) != "yes"


@pytest.mark.parametrize("said", ["VHL病の家族歴", "Family history of von Hippel-Lindau disease", "VHL病疑い"])
def test_a_disease_of_a_relative_or_a_suspected_one_is_not_the_patients(knowledge: Knowledge, said: str) -> None:
    assert why(fact(knowledge, "vhl", NEN, beside(said))) is not None
