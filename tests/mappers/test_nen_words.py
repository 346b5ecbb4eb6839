"""More spellings of NETs, their grades and what is benign, in the words this project ships."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Why
from cds_service.mappers.case import map_case
from tests.mappers.parts import ICD, ICD_CM, LOINC, concept, condition, observation, record, value, why

OID = "urn:oid:1.2.392.200119.4.101.2"


def fact(knowledge: Knowledge, name: str, *resources: Any) -> Any:
    return map_case(record(*resources), knowledge.value_sets).fact(name)


def words(said: str) -> Any:
    return condition(code=concept(text=said), recordedDate="2024-01-01")


@pytest.mark.parametrize(
    ("said", "site", "differentiation"),
    [
        ("胃内分泌細胞癌", "stomach", "poor"),
        ("胃腺内分泌細胞癌", "stomach", "mixed"),
        ("カルチノイド", "unclear: not-recorded", "well"),
        ("直腸のカルチノイド", "rectum", "well"),
        ("カルチノイド（直腸）", "rectum", "well"),
        ("十二指腸乳頭部カルチノイド", "duodenum", "well"),
        ("Carcinoid of rectum", "rectum", "well"),
        ("十二指腸乳頭部NET", "duodenum", "unclear: not-recorded"),
        ("膵体尾部NET", "pancreas", "unclear: not-recorded"),
        ("膵島腫瘍", "pancreas", "unclear: not-recorded"),
        ("膵NETG2", "pancreas", "well"),
        ("膵NET（G2）", "pancreas", "well"),
        ("膵 NET (G2)", "pancreas", "well"),
        ("pNET G2", "pancreas", "well"),
        ("膵神経内分泌腫瘍 Grade 2", "pancreas", "well"),
        ("膵神経内分泌腫瘍 グレード2", "pancreas", "well"),
        ("膵神経内分泌腫瘍(WHO G2)", "pancreas", "well"),
        ("Pancreatic neuroendocrine tumor, WHO grade 3", "pancreas", "well"),
        ("Pancreatic neuroendocrine neoplasm G3", "pancreas", "unclear: not-recorded"),
        ("Neuroendocrine tumor or carcinoma of stomach, poorly differentiated, G3", "stomach", "poor"),
        ("膵NEC G3", "pancreas", "poor"),
    ],
)
def test_these_words_name_a_nen_and_what_they_say_of_it(
    knowledge: Knowledge, said: str, site: str, differentiation: str
) -> None:
    assert value(fact(knowledge, "diagnosis", words(said))) == "nen"
    assert value(fact(knowledge, "primary_site", words(said))) == site
    assert value(fact(knowledge, "differentiation", words(said))) == differentiation


@pytest.mark.parametrize(
    "said", ["虫垂杯細胞カルチノイド", "良性カルチノイド", "Goblet cell carcinoid of the appendix"]
)
def test_other_tumours_that_hold_the_word_carcinoid_are_no_nen(knowledge: Knowledge, said: str) -> None:
    assert value(fact(knowledge, "diagnosis", words(said))) == "other"


@pytest.mark.parametrize("said", ["カルチノイド症候群", "カルチノイド心", "カルチノイドクリーゼ", "カルチノイド心疾患"])
def test_what_a_carcinoid_does_is_not_a_carcinoid(knowledge: Knowledge, said: str) -> None:
    assert why(fact(knowledge, "diagnosis", words(said))) is Why.AMBIGUOUS


@pytest.mark.parametrize(
    ("said", "expected"),
    [("WDHA syndrome", "vipoma"), ("WDHA症候群", "vipoma"), ("Verner-Morrison syndrome", "vipoma")],
)
def test_names_of_the_syndrome_of_a_vipoma(knowledge: Knowledge, said: str, expected: str) -> None:
    assert value(fact(knowledge, "hormone_syndrome", condition("c0"), words(said))) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("膵神経内分泌腫瘍(機能性)", "functioning"),
        ("膵神経内分泌腫瘍（非機能性）", "non-functioning"),
        ("NF-PanNET", "non-functioning"),
        ("Pancreatic neuroendocrine tumor (non-functioning)", "non-functioning"),
        ("Pancreatic neuroendocrine tumor (functioning)", "functioning"),
    ],
)
def test_whether_it_functions_may_stand_after_the_name(knowledge: Knowledge, said: str, expected: str) -> None:
    assert value(fact(knowledge, "functional_status", words(said))) == expected


@pytest.mark.parametrize("said", ["WHO G2", "G2 (WHO 2019)", "WHO grade 2", "G2（NET）", "グレード2"])
def test_a_recorded_grade_in_these_words(knowledge: Knowledge, said: str) -> None:
    told = observation("g1", (LOINC, "33732-9"), valueString=said)
    assert value(fact(knowledge, "recorded_grade", condition(), told)) == "G2"


@pytest.mark.parametrize("system", [ICD, ICD_CM])
@pytest.mark.parametrize("said", ["", "Insulinoma", "Islet cell tumor", "膵島腫瘍"])
def test_a_benign_tumour_of_the_endocrine_pancreas_is_another_disease(
    knowledge: Knowledge, system: str, said: str
) -> None:
    assert value(fact(knowledge, "diagnosis", condition(code=concept((system, "D13.7"), text=said)))) == "other"


def test_the_japanese_management_number_is_read_under_its_oid(knowledge: Knowledge) -> None:
    assert value(fact(knowledge, "primary_site", condition(code=concept((OID, "20097897"))))) == "pancreas"
