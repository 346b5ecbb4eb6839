"""sstr_imaging where PET and scintigraphy stand side by side, and reports beside their results."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Why
from cds_service.mappers.case import map_case
from tests.mappers.parts import LOINC, OWN, concept, condition, fact, finding, observation, record, value, why

OLD, NEW = "2025-01-01", "2026-05-01"


def scintigraphy(answer: str, day: str = NEW) -> Any:
    return observation("s1", (LOINC, "39828-9"), day, valueCodeableConcept=concept((OWN, answer)))


def report(name: str, code: Any, conclusion: Any, day: str = NEW, **more: Any) -> Any:
    found = {"resourceType": "DiagnosticReport", "id": name, "status": "final", "code": code, "effectiveDateTime": day}
    return found | {"conclusionCode": [conclusion]} | more


def test_an_older_pet_comes_before_a_newer_scintigraphy() -> None:
    pet = finding("sstr-imaging", "positive", "p1", OLD)
    assert value(fact("sstr_imaging", condition(), pet, scintigraphy("negative"))) == "positive"


def test_a_pet_and_a_scintigraphy_of_one_day_do_not_contradict() -> None:
    pet = finding("sstr-imaging", "negative", "p1")
    assert value(fact("sstr_imaging", condition(), pet, scintigraphy("positive"))) == "negative"


def test_scintigraphy_answers_where_there_is_no_pet() -> None:
    assert value(fact("sstr_imaging", condition(), scintigraphy("positive"))) == "positive"


def test_a_pet_that_was_not_understood_is_not_passed_over_for_a_scintigraphy() -> None:
    pet = observation("p1", (OWN, "sstr-imaging"), OLD, valueString="mixed uptake")
    assert why(fact("sstr_imaging", condition(), pet, scintigraphy("positive"))) is Why.NOT_UNDERSTOOD


def test_two_pets_that_contradict_are_not_settled_by_a_scintigraphy() -> None:
    pets = [finding("sstr-imaging", "positive", "a", OLD), finding("sstr-imaging", "negative", "b", OLD)]
    assert why(fact("sstr_imaging", condition(), *pets, scintigraphy("positive"))) is Why.CONFLICTING


def test_reports_of_pet_come_before_reports_of_scintigraphy() -> None:
    pet = report("r1", concept(text="DOTATATE PET"), concept((OWN, "positive")), OLD)
    older_method = report("r2", concept((LOINC, "39828-9")), concept((OWN, "negative")))
    assert value(fact("sstr_imaging", condition(), pet, older_method)) == "positive"


def test_a_report_leaves_the_answer_to_the_result_it_lists_whatever_its_day() -> None:
    listed = {"result": [{"reference": "Observation/p1"}]}
    told = report("r1", concept(text="DOTATATE PET"), concept(text="Liver metastases"), "2026-05-03", **listed)
    result = finding("sstr-imaging", "positive", "p1", "2026-05-01")
    assert value(fact("sstr_imaging", condition(), told, result)) == "positive"
    assert why(fact("sstr_imaging", condition(), told | {"result": []}, result)) is Why.NOT_UNDERSTOOD


@pytest.mark.parametrize("name", ["OctreoScan", "ソマトスタチン受容体シンチグラフィ"])
def test_the_shipped_words_tell_scintigraphy_from_pet(name: str, knowledge: Knowledge) -> None:
    pet = report("r1", concept(text="68Ga-DOTATATE PET/CT"), concept((OWN, "positive")), OLD)
    older_method = report("r2", concept(text=name), concept((OWN, "negative")))
    case = map_case(record(condition(), pet, older_method), knowledge.value_sets)
    assert value(case.fact("sstr_imaging")) == "positive"
    assert value(map_case(record(condition(), older_method), knowledge.value_sets).fact("sstr_imaging")) == "negative"
