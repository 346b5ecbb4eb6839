"""pregnancy and pregnancy_possible."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import LOINC, SCT, concept, observation
from tests.mappers.safety_parts import MONTHS_AGO, WEEK_AGO, answer, disease, procedure, told, without


def patient(gender: str = "female", born: str = "1990-01-01") -> Any:
    return {"resourceType": "Patient", "id": "p1", "gender": gender, "birthDate": born}


def stated(code: str, **more: Any) -> Any:
    return observation("s1", (LOINC, "82810-3"), WEEK_AGO, valueCodeableConcept=concept((SCT, code))) | more


WOMAN = patient()


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([disease(concept((SCT, "77386006")))], "yes"),
        ([disease("妊娠")], "yes"),
        ([disease("Pregnancy", recordedDate="2025-12-01")], "unclear: too-old"),
        ([disease("Gestational diabetes in earlier pregnancy")], "unclear: not-recorded"),
        ([answer("2106-3", "positive")], "yes"),
        ([answer("妊娠反応", "陰性")], "no"),
        ([answer("2106-3", "negative", day="2026-10-20")], "unclear: not-recorded"),
        ([answer("2106-3", "negative", status="preliminary")], "unclear: not-recorded"),
        ([stated("77386006")], "yes"),
        ([stated("60001007")], "no"),
        ([stated("60001007", focus=[{"reference": "RelatedPerson/x"}])], "unclear: not-recorded"),
        ([disease("Pregnancy"), answer("2106-3", "negative")], "unclear: conflicting"),
        ([], "unclear: not-recorded"),
    ],
)
def test_pregnancy_is_a_diagnosis_or_a_test(knowledge: Knowledge, found: list[Any], expected: str) -> None:
    assert told(knowledge, "pregnancy", WOMAN, *found) == expected


def test_where_none_is_possible_there_is_none(knowledge: Knowledge) -> None:
    assert told(knowledge, "pregnancy", patient("male")) == "no"
    assert told(knowledge, "pregnancy", patient(born="1950-01-01")) == "no"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([WOMAN], "yes"),
        ([patient("male")], "no"),
        ([patient("unknown")], "unclear: not-recorded"),
        ([patient(born="1970-11-24")], "yes"),
        ([patient(born="1970-11-23")], "no"),
        ([patient(born="2014-11-24")], "no"),
        ([patient(born="2014-11-23")], "yes"),
        ([WOMAN, procedure("Total hysterectomy", MONTHS_AGO)], "no"),
        ([WOMAN, procedure("Total hysterectomy", status="not-done")], "yes"),
        ([WOMAN, disease("閉経後")], "no"),
        ([], "unclear: not-recorded"),
    ],
)
def test_whether_pregnancy_is_possible(knowledge: Knowledge, found: list[Any], expected: str) -> None:
    assert told(knowledge, "pregnancy_possible", *found) == expected


@pytest.mark.parametrize("kind", ["Procedure", "Condition"])
def test_it_is_not_known_to_be_possible_where_a_search_failed(knowledge: Knowledge, kind: str) -> None:
    assert told(knowledge, "pregnancy_possible", WOMAN, had=without(kind)) == "unclear: unavailable"
