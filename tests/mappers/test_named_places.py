"""Spellings, places and reasons in the words this project ships."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.mappers.case import map_case
from tests.mappers.parts import ICD_CM, concept, condition, ki67, record, request, value


def words(said: str, name: str = "c1", **more: Any) -> Any:
    return condition(name, concept(text=said), **({"recordedDate": "2024-01-01"} | more))


def told(knowledge: Knowledge, name: str, *resources: Any) -> str:
    return value(map_case(record(*resources), knowledge.value_sets).fact(name))


@pytest.mark.parametrize("place", ["bladder", "prostate", "uterine cervix", "skin", "breast", "ovary"])
def test_a_nec_of_these_places_is_never_a_nen_however_it_is_written(place: str, knowledge: Knowledge) -> None:
    for said in (f"Neuroendocrine carcinoma, {place}", f"Neuroendocrine carcinoma ({place})"):
        assert told(knowledge, "diagnosis", words(said)) == "other"


@pytest.mark.parametrize(
    ("said", "site"),
    [
        ("大腸神経内分泌癌", "unclear: not-recorded"),
        ("消化管神経内分泌癌", "unclear: not-recorded"),
        ("切除不能神経内分泌癌", "unclear: not-recorded"),
        ("Gastroenteropancreatic neuroendocrine carcinoma", "unclear: not-recorded"),
        ("Colorectal neuroendocrine carcinoma", "unclear: not-recorded"),
        ("Neuroendocrine carcinoma of ampulla", "duodenum"),
        ("膵 NET", "pancreas"),
        ("直腸 NET", "rectum"),
        ("pNET", "pancreas"),
        ("膵頭部NET", "pancreas"),
        ("膵尾部NET", "pancreas"),
        ("Neuroendocrine cancer", "unclear: not-recorded"),
    ],
)
def test_these_spellings_are_a_nen(said: str, site: str, knowledge: Knowledge) -> None:
    assert told(knowledge, "diagnosis", words(said)) == "nen"
    assert told(knowledge, "primary_site", words(said)) == site


def because(knowledge: Knowledge, reason: Any, *resources: Any) -> str:
    order = request("sunitinib", reasonCode=[reason] if reason else [])
    [read] = map_case(record(words("直腸カルチノイド"), *resources, drafts=(order,)), knowledge.value_sets).orders
    return value(read.reason)


@pytest.mark.parametrize(
    "said", ["がん化学療法", "Metastatic cancer", "Stage IV cancer", "悪性腫瘍", "進行癌", "Cancer", "Cancer pain"]
)
def test_a_reason_that_tells_no_organ_may_be_the_nen(said: str, knowledge: Knowledge) -> None:
    assert because(knowledge, concept(text=said)) == "unclear: not-understood"


def test_the_code_of_a_cancer_of_no_told_site_may_be_the_nen(knowledge: Knowledge) -> None:
    assert because(knowledge, concept((ICD_CM, "C80.1"))) == "unclear: not-understood"
    assert because(knowledge, concept((ICD_CM, "C50.9"))) == "another-disease"


@pytest.mark.parametrize("said", ["Metastatic breast cancer", "乳癌", "Small lymphocytic lymphoma"])
def test_a_reason_that_tells_another_organ_is_another_disease(said: str, knowledge: Knowledge) -> None:
    assert because(knowledge, concept(text=said)) == "another-disease"


def test_a_long_reason_of_unspecific_words_is_read_in_no_time(knowledge: Knowledge) -> None:
    assert because(knowledge, concept(text="cancer " + "転移性iiii" * 150 + " breast")) == "another-disease"


@pytest.mark.parametrize("said", ["Neuroendocrine cancer", "神経内分泌がん"])
def test_a_reason_that_is_a_neuroendocrine_cancer_is_this_tumour(said: str, knowledge: Knowledge) -> None:
    assert because(knowledge, concept(text=said)) == "this-tumour"


@pytest.mark.parametrize("said", ["癌性腹膜炎", "非浸潤性乳管癌", "癌性疼痛", "Cancer related pain"])
def test_what_holds_the_name_of_a_cancer_may_be_no_other_cancer(said: str, knowledge: Knowledge) -> None:
    assert because(knowledge, None, words(said, "c2")) == "this-tumour"


@pytest.mark.parametrize("said", ["乳管癌", "Breast cancer with cancer pain", "乳癌、癌性疼痛"])
def test_another_cancer_stays_one_beside_such_words(said: str, knowledge: Knowledge) -> None:
    assert because(knowledge, None, words(said, "c2")) == "unclear: not-linked"


def test_a_result_of_the_breast_is_not_of_a_nen_of_another_unlisted_organ(knowledge: Knowledge) -> None:
    both = (words("Renal carcinoid"), words("Breast cancer", "c2"), ki67(35, bodySite=concept(text="Breast")))
    assert told(knowledge, "ki67_percent", *both) == "unclear: not-linked"


@pytest.mark.parametrize(
    ("drug", "known"),
    [
        ("octreotide 30 mg", True),
        ("octreotide microspheres", True),
        ("octreotide 20 mg", False),
        ("octreotide 20 mg capsule", None),
        ("octreotide 100 mcg/ml", None),
        ("octreotide 500 µg", None),
    ],
)
def test_a_strength_tells_the_depot_from_the_injection(drug: str, known: bool | None, knowledge: Knowledge) -> None:
    [order] = map_case(record(words("直腸カルチノイド"), drafts=(request(drug),)), knowledge.value_sets).orders
    assert (order.formulation_is_known if order.drug == "octreotide-lar" else None) is known
