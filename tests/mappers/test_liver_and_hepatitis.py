"""child_pugh, liver_impairment and hbv."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import SCT, concept, status
from tests.mappers.safety_parts import answer, disease, result, told, without


@pytest.mark.parametrize(
    ("found", "letter", "level"),
    [
        (answer("Child-Pugh class", "B"), "B", "moderate"),
        (answer("Child-Pugh分類", "Child-Pugh A"), "A", "mild"),
        (disease("Cirrhosis, Child-Pugh C"), "C", "severe"),
        (disease("肝硬変 Child-Pugh B"), "B", "moderate"),
        (disease("Severe hepatic impairment"), "unclear: not-recorded", "severe"),
        (disease("重度肝機能障害"), "unclear: not-recorded", "severe"),
        (disease(concept((SCT, "59927004"))), "unclear: not-recorded", "severe"),
        (disease("Hepatic impairment", severity=concept((SCT, "24484000"))), "unclear: not-recorded", "severe"),
        (disease("Hepatic impairment"), "unclear: not-recorded", "unclear: not-recorded"),
        (disease("Severe hepatic impairment", clinicalStatus=status("resolved")), *["unclear: not-recorded"] * 2),
        (answer("Child-Pugh class", "B", status="preliminary"), *["unclear: not-recorded"] * 2),
        (answer("Child-Pugh class", "about B"), *["unclear: not-understood"] * 2),
    ],
)
def test_class_and_impairment(knowledge: Knowledge, found: Any, letter: str, level: str) -> None:
    assert told(knowledge, "child_pugh", found) == letter
    assert told(knowledge, "liver_impairment", found) == level


def test_the_worst_impairment_counts(knowledge: Knowledge) -> None:
    told_twice = (answer("Child-Pugh class", "A"), disease("Severe liver impairment"))
    assert told(knowledge, "liver_impairment", *told_twice) == "severe"


def test_without_the_searches_they_are_unavailable(knowledge: Knowledge) -> None:
    assert told(knowledge, "child_pugh", had=without("Observation")) == "unclear: unavailable"


POSITIVE, NEGATIVE = concept((SCT, "10828004")), concept((SCT, "260385009"))


def _antigen(value: Any, **more: Any) -> Any:
    return answer("5195-3", "", **more) | {"valueCodeableConcept": value}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([disease(concept((SCT, "235871004")))], "carrier"),
        ([disease("B型肝炎キャリア")], "carrier"),
        ([disease("Hepatitis B vaccination given")], "none"),
        ([disease("Chronic hepatitis B", clinicalStatus=status("resolved"))], "unclear: not-confirmed"),
        ([_antigen(POSITIVE)], "carrier"),
        ([_antigen(NEGATIVE)], "negative"),
        ([answer("HBs抗原", "陰性")], "negative"),
        ([answer("HBs抗原", "(+/-)")], "unclear: not-understood"),
        ([result("HBs抗原", 0.01, "IU/mL") | {"interpretation": [{"text": "陰性"}]}], "negative"),
        ([_antigen(NEGATIVE), answer("16933-4", "positive", "o2")], "unclear: ambiguous"),
        ([_antigen(NEGATIVE), answer("29610-3", "positive", "o2")], "carrier"),
        ([answer("16933-4", "negative")], "unclear: not-recorded"),
        ([_antigen(POSITIVE, status="preliminary")], "none"),
        ([], "none"),
    ],
)
def test_hepatitis_b(knowledge: Knowledge, found: list[Any], expected: str) -> None:
    assert told(knowledge, "hbv", *found) == expected


@pytest.mark.parametrize("kind", ["Observation", "Condition"])
def test_hepatitis_b_is_not_untested_where_a_search_failed(knowledge: Knowledge, kind: str) -> None:
    assert told(knowledge, "hbv", had=without(kind)) == "unclear: unavailable"
