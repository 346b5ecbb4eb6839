"""The fact differentiation."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.values import Known, Why
from tests.mappers.parts import (
    ICD,
    ICD_CM,
    ICD_O,
    LOINC,
    concept,
    condition,
    fact,
    finding,
    observation,
    seen,
    value,
    why,
    with_morphology,
)


def histology(code: str, day: str | None) -> Any:
    return observation("h1", (LOINC, "59847-4"), day, valueCodeableConcept=concept((ICD_O, code)))


def test_a_net_whose_words_say_no_more_is_unclear() -> None:
    assert why(fact("differentiation", condition())) is Why.NOT_RECORDED


def test_without_the_condition_search_it_is_unavailable() -> None:
    assert why(fact("differentiation", had=frozenset())) is Why.UNAVAILABLE


def test_a_code_used_for_both_leaves_it_open() -> None:
    assert why(fact("differentiation", condition(code=concept((ICD, "C25.4"))))) is Why.AMBIGUOUS


def test_a_code_used_for_both_gives_way_to_words_that_tell() -> None:
    code = concept((ICD, "C25.4"), text="Neuroendocrine tumour, well differentiated")
    assert value(fact("differentiation", condition(code=code))) == "well"


@pytest.mark.parametrize(("code", "expected"), [("8240/3", "well"), ("8249/3", "well"), ("8154/3", "mixed")])
def test_histology_of_the_condition_tells(code: str, expected: str) -> None:
    assert value(fact("differentiation", with_morphology(code))) == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, "unclear: ambiguous"),
        ({"recordedDate": "2019-12-31"}, "unclear: ambiguous"),
        ({"recordedDate": "2020-01-01"}, "poor"),
        ({"recordedDate": "2020"}, "poor"),
        ({"onsetDateTime": "2018-05", "recordedDate": "2024-01-01"}, "unclear: ambiguous"),
    ],
)
def test_a_nec_of_no_cell_type_is_poor_only_since_2020(dates: dict[str, str], expected: str) -> None:
    assert value(fact("differentiation", with_morphology("8246/3", **dates))) == expected


def test_the_words_nec_are_poor_only_since_2020() -> None:
    code = concept(text="Neuroendocrine carcinoma of pancreas")
    assert value(fact("differentiation", condition(code=code, recordedDate="2022-01-01"))) == "poor"
    assert why(fact("differentiation", condition(code=code, recordedDate="2017"))) is Why.AMBIGUOUS


def test_a_nec_of_2018_whose_pathologist_wrote_poorly_differentiated_is_poor() -> None:
    code = concept(text="Poorly differentiated neuroendocrine carcinoma")
    assert value(fact("differentiation", condition(code=code, recordedDate="2018-01-01"))) == "poor"


def test_a_nec_of_2018_whose_pathologist_wrote_well_differentiated_is_a_net() -> None:
    nec = with_morphology("8246/3", code=concept(text="Well differentiated"), recordedDate="2018-01-01")
    assert value(fact("differentiation", nec)) == "well"


def test_well_differentiated_beside_a_nec_code_is_a_contradiction() -> None:
    nec = with_morphology("8246/3", code=concept(text="Well differentiated"), recordedDate="2024-01-01")
    found = fact("differentiation", nec)
    assert why(found) is Why.CONFLICTING
    assert seen(found) == ["poor", "well"]


def test_the_legacy_word_carcinoma_does_not_contradict_the_histology_of_a_net() -> None:
    net = with_morphology("8240/3", code=concept(text="Neuroendocrine carcinoma of ileum"), recordedDate="2024-01-01")
    assert value(fact("differentiation", net)) == "well"


def test_histology_is_not_given_to_either_of_two_primaries() -> None:
    two = [condition(), condition("c2", concept((ICD_CM, "C7A.010")))]
    assert why(fact("differentiation", *two, histology("8240/3", "2026-01-01"))) is Why.NOT_RECORDED


def test_a_text_that_denies_a_differentiation_does_not_state_it() -> None:
    assert why(fact("differentiation", condition(code=concept(text="Carcinoid, not well differentiated")))) is not None


def test_a_lying_display_loses_to_its_code() -> None:
    code = concept((ICD_CM, "C7A.1", "Well differentiated carcinoid"))
    assert value(fact("differentiation", condition(code=code))) == "poor"


def test_a_histology_result_carries_its_own_date() -> None:
    old = condition(code=concept((ICD, "C25.4")), recordedDate="2018-01-01")
    found = fact("differentiation", old, histology("8246/3", "2024-05-01"))
    assert found == Known("poor", "Observation/h1", "2024-05-01")


def test_a_histology_result_of_2018_is_no_newer_for_a_condition_entered_later() -> None:
    entered = condition(code=concept((ICD, "C25.4")), recordedDate="2024-01-01")
    assert why(fact("differentiation", entered, histology("8246/3", "2018-05-01"))) is Why.AMBIGUOUS


@pytest.mark.parametrize("day", [None, "2026-11-25"])
def test_an_undated_or_future_histology_result_is_not_used(day: str | None) -> None:
    assert why(fact("differentiation", condition(code=concept((ICD, "C25.4"))), histology("8240/3", day))) is not None


def test_a_coded_pathology_result_tells() -> None:
    assert value(fact("differentiation", condition(), finding("differentiation", "poor"))) == "poor"


def test_an_undated_pathology_result_is_not_used() -> None:
    assert why(fact("differentiation", condition(), finding("differentiation", "poor", day=None))) is Why.UNDATED


def test_pathology_against_histology_is_a_contradiction() -> None:
    found = fact("differentiation", with_morphology("8240/3"), finding("differentiation", "poor"))
    assert why(found) is Why.CONFLICTING


def test_two_pathology_results_that_differ_are_a_contradiction_whatever_their_dates() -> None:
    older = finding("differentiation", "well", "f1", "2024-01-01")
    newer = finding("differentiation", "poor", "f2", "2026-01-01")
    assert why(fact("differentiation", condition(), older, newer)) is Why.CONFLICTING


def test_a_morphology_code_gives_no_grade() -> None:
    assert why(fact("recorded_grade", with_morphology("8249/3"))) is Why.NOT_RECORDED


@pytest.mark.parametrize(("words", "expected"), [("well", "well"), ("poorly", "poor")])
def test_words_apart_from_the_tumour_still_say_whether_a_carcinoma_is_a_net(words: str, expected: str) -> None:
    entered = condition(code=concept(text=f"Neuroendocrine carcinoma of pancreas, {words} differentiated"))
    assert value(fact("differentiation", {**entered, "recordedDate": "2024-01-01"})) == expected
