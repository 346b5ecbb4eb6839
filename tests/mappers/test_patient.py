"""age, trial, deceased, uninformed."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.values import Why
from cds_service.mappers.case import map_case
from tests.mappers.parts import ALL, VALUE_SETS, condition, fact, record, value, why


def patient(**more: Any) -> Any:
    return {"resourceType": "Patient", "id": "p1"} | more


def test_without_a_patient_the_age_is_unavailable() -> None:
    assert why(fact("age", had=ALL - {"Patient"})) is Why.UNAVAILABLE


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("1961-04-02", "65"),
        ("2008-11-23", "18"),
        ("2008-11-24", "17"),
        ("1961", "64..65"),
        ("2008-11", "17..18"),
        ("2026-11-24", "unclear: not-recorded"),
        ("soon", "unclear: not-recorded"),
        (1961, "unclear: not-recorded"),
        (None, "unclear: not-recorded"),
    ],
)
def test_age_is_in_completed_years(born: Any, expected: str) -> None:
    assert value(fact("age", patient(birthDate=born))) == expected


def died(**more: Any) -> bool:
    return map_case(record(patient(**more)), VALUE_SETS).deceased


@pytest.mark.parametrize(
    "told",
    [
        {"deceasedBoolean": True},
        {"deceasedDateTime": "2026-01-01"},
        {"deceasedBoolean": "true"},
        {"_deceasedDateTime": {"extension": [{"url": "x"}]}},
        {"link": [{"type": "replaced-by", "other": {"reference": "Patient/p2"}}]},
        {"link": {"type": "replaced-by"}},
    ],
)
def test_a_patient_recorded_as_dead_or_replaced_stops_everything(told: Any) -> None:
    assert died(**told)


@pytest.mark.parametrize("told", [{}, {"deceasedBoolean": False}, {"link": [{"type": "seealso"}]}, {"link": "x"}])
def test_a_patient_not_recorded_as_dead_or_replaced_goes_on(told: Any) -> None:
    assert not died(**told)


def test_a_tag_of_not_told_on_any_resource_is_seen() -> None:
    tag = {"system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", "code": "UNINFORMED"}
    assert map_case(record(condition(meta={"tag": [tag]})), VALUE_SETS).uninformed
    assert not map_case(record(condition(meta={"tag": [tag | {"code": "LTS"}]})), VALUE_SETS).uninformed


def subject(status: str, **more: Any) -> Any:
    told = {"resourceType": "ResearchSubject", "id": "r1", "status": status}
    return told | {"study": {"reference": "ResearchStudy/s"}, "individual": {"reference": "Patient/p1"}} | more


@pytest.mark.parametrize("status", ["on-study", "on-study-intervention", "on-study-observation"])
def test_a_subject_on_study_is_in_a_trial(status: str) -> None:
    assert value(fact("trial", subject(status))) == "yes"


@pytest.mark.parametrize("status", ["candidate", "screening", "off-study", "withdrawn", "follow-up", "invented"])
def test_a_subject_not_on_study_is_in_no_trial(status: str) -> None:
    assert value(fact("trial", subject(status))) == "no"


def test_a_study_whose_period_is_over_is_no_trial() -> None:
    assert value(fact("trial", subject("on-study", period={"end": "2025-01-01"}))) == "no"


def test_no_trial_is_known_only_when_the_search_was_answered() -> None:
    assert why(fact("trial", had=ALL - {"ResearchSubject"})) is Why.UNAVAILABLE
