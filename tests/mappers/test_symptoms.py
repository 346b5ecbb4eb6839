"""tumour_symptoms: a symptom counts only where it is the tumour's."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.values import Fact, Why
from tests.mappers.parts import ALL, ICD_CM, concept, condition, fact, finding, observation, seen, status, value, why

DUE_TO = "http://hl7.org/fhir/StructureDefinition/condition-dueTo"
BREAST = condition("c2", concept(text="Breast cancer"))


def symptoms(*resources: Any, **more: Any) -> Fact:
    return fact("tumour_symptoms", condition(), *resources, **more)


def pain(**more: Any) -> Any:
    return condition("s1", concept(text="Abdominal pain"), **more)


def due_to(**cause: Any) -> Any:
    return pain(extension=[{"url": DUE_TO, **cause}])


def test_the_local_code_says_that_there_are_symptoms() -> None:
    assert value(symptoms(finding("tumour-symptoms", "present"))) == "present"
    assert value(symptoms(finding("tumour-symptoms", "present", day="2020-01-01"))) == "present"


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-05-27", "absent"), ("2026-05-26", "unclear: too-old"), ("2026-05", "unclear: too-old")],
)
def test_their_absence_holds_for_180_days(day: str, expected: str) -> None:
    assert value(symptoms(finding("tumour-symptoms", "absent", day=day))) == expected


def test_the_newer_statement_stands() -> None:
    was = finding("tumour-symptoms", "present", day="2026-07-01")
    assert value(symptoms(was, finding("tumour-symptoms", "absent", "f2", "2026-10-01"))) == "absent"
    both = [finding("tumour-symptoms", answer, answer, "2026-10-01") for answer in ("present", "absent")]
    assert why(symptoms(*both)) is Why.CONFLICTING


def test_a_functioning_syndrome_is_a_symptom() -> None:
    assert value(symptoms(condition("y1", concept((ICD_CM, "E34.00"))))) == "present"
    assert value(symptoms(finding("functional-status", "functioning"))) == "present"
    assert why(symptoms(finding("functional-status", "non-functioning"))) is Why.NOT_RECORDED


@pytest.mark.parametrize(
    "found",
    [
        due_to(valueReference={"reference": "Condition/c1"}),
        due_to(valueCodeableConcept=concept(text="Neuroendocrine tumor of pancreas")),
        condition("s1", concept(text="Cancer pain")),
        condition("s1", concept(text="Abdominal pain due to pancreatic neuroendocrine tumor")),
        observation("o1", concept(text="Abdominal pain"), valueBoolean=True, focus=[{"reference": "Condition/c1"}]),
    ],
)
def test_a_symptom_recorded_as_due_to_the_tumour_is_one(found: Any) -> None:
    assert value(symptoms(found)) == "present"


@pytest.mark.parametrize(
    "found",
    [pain(), due_to(valueReference={"reference": "Condition/other"}), due_to(valueCodeableConcept={"text": "NSAID"})],
)
def test_a_bare_symptom_is_unclear(found: Any) -> None:
    answer = symptoms(found)
    assert (why(answer), seen(answer)) == (Why.NOT_LINKED, ["present"])


@pytest.mark.parametrize(
    "found",
    [
        pain(clinicalStatus=status("resolved")),
        pain(verificationStatus=status("refuted")),
        condition("s1", concept(text="No abdominal pain")),
        condition("s1", concept(text="Hypertension")),
        observation("o1", concept(text="Abdominal pain"), valueBoolean=False, focus=[{"reference": "Condition/c1"}]),
        observation("o1", concept(text="Abdominal pain"), valueBoolean=True),
        observation("o1", concept(text="Weight"), valueBoolean=True, focus=[{"reference": "Condition/c1"}]),
    ],
)
def test_what_is_past_or_denied_or_no_symptom_tells_nothing(found: Any) -> None:
    assert why(symptoms(found)) is Why.NOT_RECORDED


def test_cancer_pain_may_be_of_the_other_cancer() -> None:
    assert why(symptoms(BREAST, condition("s1", concept(text="Cancer pain")))) is Why.NOT_LINKED


def test_absence_stands_against_a_bare_symptom_and_not_against_one_of_the_tumour() -> None:
    absent = finding("tumour-symptoms", "absent", day="2026-10-01")
    assert value(symptoms(absent, pain())) == "absent"
    contradicted = symptoms(absent, due_to(valueReference={"reference": "Condition/c1"}))
    assert (why(contradicted), seen(contradicted)) == (Why.CONFLICTING, ["present", "absent"])
    assert why(symptoms(absent, finding("functional-status", "functioning", "f2"))) is Why.CONFLICTING


def test_an_old_absence_does_not_hide_a_symptom_of_the_tumour() -> None:
    old = finding("tumour-symptoms", "absent", day="2025-10-01")
    assert value(symptoms(old, due_to(valueReference={"reference": "Condition/c1"}))) == "present"


def test_nothing_read_is_unclear() -> None:
    assert why(symptoms(had=ALL - {"Observation"})) is Why.UNAVAILABLE
    assert why(symptoms()) is Why.NOT_RECORDED


def test_a_syndrome_that_something_else_contradicts_leaves_the_symptoms_open() -> None:
    syndrome = condition("c2", concept(text="carcinoid syndrome"))
    assert value(symptoms(syndrome)) == "present"
    assert why(symptoms(syndrome, finding("functional-status", "non-functioning"))) is Why.CONFLICTING
    absent = finding("tumour-symptoms", "absent", "f2", "2026-10-01")
    assert why(symptoms(syndrome, finding("functional-status", "non-functioning"), absent)) is Why.CONFLICTING


def test_a_symptom_that_a_correction_takes_back_is_none() -> None:
    seen_once = observation("o1", concept(text="Abdominal pain"), valueBoolean=True)
    seen_once |= {"focus": [{"reference": "Condition/c1"}], "identifier": [{"value": "7"}]}
    taken_back = seen_once | {"id": "o2", "status": "corrected", "valueBoolean": False}
    assert value(symptoms(seen_once)) == "present"
    assert why(symptoms(seen_once, taken_back)) is Why.NOT_RECORDED
