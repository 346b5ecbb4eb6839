"""Histology told in words counts like histology told in codes, wherever it stands and however it is sent."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known, Why
from cds_service.mappers.case import map_case
from tests.mappers.parts import (
    ICD,
    ICD_O,
    LOINC,
    MORPHOLOGY,
    OWN,
    concept,
    condition,
    finding,
    observation,
    record,
    seen,
    value,
    why,
)

WELL = condition(code=concept(text="Neuroendocrine tumour of pancreas, well differentiated"))
OPEN = condition(code=concept(text="Pancreatic neuroendocrine neoplasm"))
POORLY = "Poorly differentiated neuroendocrine carcinoma"


def fact(knowledge: Knowledge, name: str, *resources: Any) -> Any:
    return map_case(record(*resources), knowledge.value_sets).fact(name)


def coded(*codings: Any, text: str = "", day: str = "2026-05-01") -> Any:
    return observation("h1", (LOINC, "59847-4"), day, valueCodeableConcept=concept(*codings, text=text))


def worded(text: str, day: str = "2026-05-01") -> Any:
    return observation("h1", (LOINC, "59847-4"), day, valueString=text)


def extended(text: str, said: str = "Neuroendocrine tumour of pancreas, well differentiated") -> Any:
    extension = {"url": MORPHOLOGY, "valueCodeableConcept": concept(text=text)}
    return condition(code=concept(text=said), extension=[extension])


@pytest.mark.parametrize("said", [POORLY, "低分化型神経内分泌癌(NEC), 小細胞型", "Small cell neuroendocrine carcinoma"])
def test_a_pathologist_who_wrote_poor_contradicts_a_diagnosis_that_says_well(knowledge: Knowledge, said: str) -> None:
    for told in ([WELL, coded(text=said)], [WELL, worded(said)], [extended(said)]):
        found = fact(knowledge, "differentiation", *told)
        assert why(found) is Why.CONFLICTING
        assert set(seen(found)) == {"well", "poor"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Well-differentiated neuroendocrine tumor", "well"),
        ("Well differentiated neuroendocrine carcinoma", "well"),
        ("NET G2", "well"),
        ("高分化型神経内分泌腫瘍", "well"),
        (POORLY, "poor"),
        ("Neuroendocrine carcinoma, large cell", "poor"),
        ("MANEC", "mixed"),
        ("腺内分泌細胞癌", "mixed"),
        ("Poorly differentiated", "poor"),
    ],
)
def test_a_result_in_words_alone_tells_with_its_own_source_and_day(
    knowledge: Knowledge, said: str, expected: str
) -> None:
    for told in (coded(text=said), worded(said), coded((LOINC, "LA1-1", said))):
        assert fact(knowledge, "differentiation", OPEN, told) == Known(expected, "Observation/h1", "2026-05-01")


def test_words_decide_over_the_code_of_a_nec_that_leaves_it_open(knowledge: Knowledge) -> None:
    named = coded((ICD_O, "8246/3"), text="Well differentiated neuroendocrine carcinoma")
    assert value(fact(knowledge, "differentiation", OPEN, named)) == "well"
    old = coded((ICD_O, "8246/3"), text=POORLY, day="2018-01-01")
    assert value(fact(knowledge, "differentiation", OPEN, old)) == "poor"
    against = coded((ICD_O, "8240/3"), text=POORLY)
    assert why(fact(knowledge, "differentiation", OPEN, against)) is Why.CONFLICTING


def test_the_word_carcinoma_alone_is_dated_like_the_code(knowledge: Knowledge) -> None:
    assert value(fact(knowledge, "differentiation", OPEN, worded("Neuroendocrine carcinoma"))) == "poor"
    old = worded("Neuroendocrine carcinoma", "2018-01-01")
    assert why(fact(knowledge, "differentiation", OPEN, old)) is Why.AMBIGUOUS


@pytest.mark.parametrize(
    "said",
    [
        "Well differentiated adenocarcinoma of colon",
        "低分化腺癌",
        "Goblet cell adenocarcinoma, poorly differentiated",
        "No evidence of poorly differentiated neuroendocrine carcinoma",
        "See report",
        "Neuroendocrine tumour, small cell carcinoma excluded",
    ],
)
def test_words_of_another_tumour_or_denied_ones_say_nothing_of_this(knowledge: Knowledge, said: str) -> None:
    assert why(fact(knowledge, "differentiation", OPEN, worded(said))) is not None


@pytest.mark.parametrize("said", ["未分化", "NEC", "undifferentiated"])
def test_an_answer_not_understood_is_not_covered_by_the_name_of_the_diagnosis(knowledge: Knowledge, said: str) -> None:
    answer = observation("d1", (OWN, "differentiation"), valueCodeableConcept=concept(text=said))
    assert why(fact(knowledge, "differentiation", WELL, answer)) is Why.NOT_UNDERSTOOD
    assert why(fact(knowledge, "differentiation", OPEN, answer)) is Why.NOT_UNDERSTOOD


def test_pathology_that_is_understood_stands_beside_an_answer_that_is_not(knowledge: Knowledge) -> None:
    answer = observation("d1", (OWN, "differentiation"), "2026-05-01", valueString="未分化")
    same_day, before = coded((ICD_O, "8240/3")), coded((ICD_O, "8240/3"), day="2025-05-01")
    assert value(fact(knowledge, "differentiation", WELL, answer, same_day)) == "well"
    assert value(fact(knowledge, "differentiation", WELL, answer, finding("differentiation", "well", "d2"))) == "well"
    assert why(fact(knowledge, "differentiation", WELL, answer, before)) is Why.NOT_UNDERSTOOD


def test_our_own_answer_may_be_told_in_the_words_of_histology(knowledge: Knowledge) -> None:
    answer = observation("d1", (OWN, "differentiation"), valueString=POORLY)
    assert value(fact(knowledge, "differentiation", OPEN, answer)) == "poor"


@pytest.mark.parametrize("said", ["神経内分泌癌", "Neuroendocrine carcinoma"])
def test_histology_of_a_nen_beside_another_cancer_is_not_linked_however_it_is_sent(
    knowledge: Knowledge, said: str
) -> None:
    gastric = condition(code=concept((ICD, "C16.9"), text="胃癌"))
    for told in (coded(text=said), worded(said)):
        assert why(fact(knowledge, "diagnosis", gastric, told)) is Why.NOT_LINKED
        named = told | {"focus": [{"reference": "Condition/c1"}]}
        assert value(fact(knowledge, "diagnosis", gastric, named)) == "nen"


def test_a_look_alike_in_a_text_counts_like_one_in_a_code(knowledge: Knowledge) -> None:
    appendix = condition(code=concept(text="Neuroendocrine tumor of appendix"))
    assert value(fact(knowledge, "diagnosis", appendix, worded("Goblet cell adenocarcinoma"))) == "other"


def test_histology_of_a_metastasis_does_not_turn_the_primary_into_one(knowledge: Knowledge) -> None:
    biopsy = coded((ICD_O, "8240/6"))
    assert value(fact(knowledge, "primary_site", WELL, biopsy)) == "pancreas"
    assert value(fact(knowledge, "differentiation", OPEN, biopsy)) == "well"
