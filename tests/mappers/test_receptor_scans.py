"""sstr_imaging where PET and scintigraphy stand side by side, and reports beside their results."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Why
from cds_service.mappers.case import map_case
from tests.mappers.parts import ICD, LOINC, OWN, concept, condition, fact, finding, observation, record, value, why

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


PET = concept(text="DOTATATE PET")
IN_WORDS: Any = {"conclusionCode": None, "conclusion": "Intense uptake"}
AS_DOCUMENT: Any = {"conclusionCode": None, "presentedForm": [{"contentType": "application/pdf", "title": "PET"}]}


def in_words(day: str | None = NEW, words: Any = IN_WORDS, **more: Any) -> Any:
    found = report("r2", PET, None, **more) | {"effectiveDateTime": day} | words
    return {key: told for key, told in found.items() if told is not None}


@pytest.mark.parametrize("words", [IN_WORDS, AS_DOCUMENT])
def test_an_older_answer_does_not_stand_for_a_newer_report_in_words(words: Any) -> None:
    for older in (report("r1", PET, concept((OWN, "positive")), OLD), finding("sstr-imaging", "positive", "p1", OLD)):
        assert why(fact("sstr_imaging", condition(), older, in_words(words=words))) is Why.NOT_UNDERSTOOD


def test_a_report_in_words_takes_nothing_from_what_answers_for_it() -> None:
    older = report("r1", PET, concept((OWN, "negative")), OLD)
    of_its_day, of_another_day = (finding("sstr-imaging", "positive", "p1", day) for day in (NEW, "2026-04-30"))
    holds: Any = {"result": [{"reference": "Observation/p1"}]}
    coded = report("r3", PET, concept((OWN, "positive")))
    for beside, words in (
        ([of_its_day], in_words()),
        ([of_another_day], in_words(**holds)),
        ([coded], in_words()),
        ([of_its_day], in_words("2026-01-01")),
    ):
        assert value(fact("sstr_imaging", condition(), older, *beside, words)) == "positive"


@pytest.mark.parametrize("more", [{"day": None}, {"day": "2026-11-25"}, {"status": "preliminary"}])
def test_a_report_in_words_that_does_not_stand_or_is_of_no_day_changes_nothing(more: Any) -> None:
    older = report("r1", PET, concept((OWN, "positive")), OLD)
    assert value(fact("sstr_imaging", condition(), older, in_words(**more))) == "positive"


def test_a_receptor_scan_needs_no_link_beside_another_cancer() -> None:
    breast = condition("c2", concept((ICD, "C50.9")))
    stain = finding("sstr2-ihc", "positive")
    assert value(fact("sstr_imaging", condition(), breast, scintigraphy("negative"), stain)) == "negative"
    of_breast = scintigraphy("negative") | {"focus": [{"reference": "Condition/c2"}]}
    assert why(fact("sstr_imaging", condition(), breast, of_breast)) is Why.NOT_RECORDED


@pytest.mark.parametrize("name", ["OctreoScan", "ソマトスタチン受容体シンチグラフィ"])
def test_the_shipped_words_tell_scintigraphy_from_pet(name: str, knowledge: Knowledge) -> None:
    pet = report("r1", concept(text="68Ga-DOTATATE PET/CT"), concept((OWN, "positive")), OLD)
    older_method = report("r2", concept(text=name), concept((OWN, "negative")))
    case = map_case(record(condition(), pet, older_method), knowledge.value_sets)
    assert value(case.fact("sstr_imaging")) == "positive"
    assert value(map_case(record(condition(), older_method), knowledge.value_sets).fact("sstr_imaging")) == "negative"
