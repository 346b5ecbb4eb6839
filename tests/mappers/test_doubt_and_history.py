"""Diagnoses that are suspected, and diagnoses that are history, by words and by JP Core's postfix."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.values import Why
from cds_service.mappers.case import map_case
from tests.mappers.parts import ICD, ICD_O, VALUE_SETS, concept, condition, fact, record, request, status, value, why

POSTFIX = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Condition_DiseasePostfixModifier"


def words(said: str, **more: Any) -> Any:
    return condition(code=concept(text=said), **more)


@pytest.mark.parametrize(
    "said",
    [
        "膵神経内分泌腫瘍（疑い）",
        "膵神経内分泌腫瘍(疑)",
        "膵神経内分泌腫瘍？",
        "susp. neuroendocrine tumor of pancreas",
        "susp neuroendocrine tumor of pancreas",
        "Neuroendocrine tumor?",
        "Neuroendocrine tumor (r/o)",
    ],
)
def test_a_suspected_tumour_is_not_confirmed(said: str) -> None:
    assert why(fact("diagnosis", words(said))) is Why.NOT_CONFIRMED


def test_a_code_whose_own_text_doubts_it_is_not_confirmed() -> None:
    coded = concept((ICD, "C25.4"), text="膵神経内分泌腫瘍の疑い")
    assert why(fact("diagnosis", condition(code=coded))) is Why.NOT_CONFIRMED
    assert value(fact("diagnosis", condition(code=concept((ICD, "C25.4"), text="膵神経内分泌腫瘍")))) == "nen"


def test_the_postfix_for_suspected_leaves_a_diagnosis_unconfirmed() -> None:
    postfix = {"url": POSTFIX, "valueCodeableConcept": concept(("masterZ-disease-modifier", "8002", "の疑い"))}
    other = {"url": POSTFIX, "valueCodeableConcept": concept(("masterZ-disease-modifier", "8048", "術後"))}
    code = concept(text="膵神経内分泌腫瘍")
    assert why(fact("diagnosis", condition(code=code | {"extension": [postfix]}))) is Why.NOT_CONFIRMED
    assert why(fact("diagnosis", condition(code=code, extension=[postfix]))) is Why.NOT_CONFIRMED
    assert value(fact("diagnosis", condition(code=code | {"extension": [other]}))) == "nen"


@pytest.mark.parametrize(
    "said",
    [
        "Neuroendocrine tumor of pancreas with suspected liver metastases",
        "Neuroendocrine tumor of pancreas found at screening",
        "Neuroendocrine tumor of pancreas and adrenal lesion, metastasis unlikely",
        "Neuroendocrine tumor of pancreas detected by screening",
    ],
)
def test_doubt_about_something_else_does_not_doubt_the_tumour(said: str) -> None:
    assert value(fact("diagnosis", words(said))) == "nen"


@pytest.mark.parametrize("said", ["Neuroendocrine tumor unlikely", "Neuroendocrine tumor of pancreas ruled out"])
def test_doubt_that_follows_the_tumour_still_doubts_it(said: str) -> None:
    assert value(fact("diagnosis", words(said))) != "nen"


@pytest.mark.parametrize(
    "said",
    [
        "History of carcinoid of rectum",
        "Personal history of carcinoid",
        "H/o neuroendocrine tumor of pancreas",
        "膵神経内分泌腫瘍の既往",
    ],
)
def test_a_tumour_that_is_history_is_no_current_tumour(said: str) -> None:
    assert why(fact("diagnosis", words(said))) is Why.NOT_CONFIRMED
    assert value(fact("diagnosis", words(said, clinicalStatus=status("recurrence")))) == "nen"


@pytest.mark.parametrize("said", ["with a history of breast cancer", "family history of cancer", ", 乳癌の既往"])
def test_the_history_of_something_else_leaves_the_tumour_current(said: str) -> None:
    assert value(fact("diagnosis", words(f"Neuroendocrine tumor {said}"))) == "nen"


def test_a_tumour_that_is_history_leaves_the_site_of_the_current_one_alone() -> None:
    past = condition("c2", concept(text="History of carcinoid of rectum"))
    assert value(fact("primary_site", condition(), past)) == "pancreas"


def test_a_cancer_that_is_history_is_still_another_cancer_on_record() -> None:
    past = condition("c2", concept(text="History of breast cancer"))
    case = map_case(record(condition(), past, drafts=(request("sunitinib"),)), VALUE_SETS)
    assert why(case.orders[0].reason) is Why.NOT_LINKED


def test_morphology_beside_a_text_of_the_same_tumour_is_sure() -> None:
    coded = concept((ICD_O, "8240/3"), text="Neuroendocrine tumor of pancreas")
    assert value(fact("diagnosis", condition(code=coded))) == "nen"
