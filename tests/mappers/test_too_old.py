"""What a fact would have used had it been newer is too old for it; what a newer one superseded is not."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Json
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.set_aside import Aside
from tests.mappers.parts import LOINC, OWN, SCT, concept, finding, given, observation, ordered, value
from tests.mappers.safety_parts import disease, procedure, read, report, result

LONG_AGO, EARLIER = "2024-01-10", "2023-01-10"


def assessed(day: str, name: str) -> Json:
    return observation(name, (LOINC, "97509-4"), day, valueCodeableConcept=concept((SCT, "271299001")))


def made(day: str, name: str) -> dict[str, tuple[str, Json]]:
    """One resource of this day for each fact with a window, and what it says when it is new."""
    return {
        "progression": ("progressing", assessed(day, name)),
        "tumour_symptoms": ("absent", finding("tumour-symptoms", "absent", name, day)),
        "chest_ct": ("done", report("CT chest", day, name)),
        "chest_ct as procedure": ("done", procedure("CT chest", day, name)),
        "chest_ct as result": ("done", observation(name, concept(text="CT chest"), day, valueString="clear")),
        "recent_surgery": ("yes", procedure("laparotomy", day, name)),
        "thromboembolism": ("yes", disease("deep vein thrombosis", name, recordedDate=day)),
        "thromboembolism, over": (
            "yes",
            disease("deep vein thrombosis", name, recordedDate=day, clinicalStatus={"coding": [{"code": "resolved"}]}),
        ),
        "uncontrolled_hypertension": ("yes", disease("uncontrolled hypertension", name, recordedDate=day)),
        "pregnancy": ("yes", disease("pregnancy", name, recordedDate=day)),
        "coumarin": ("yes", given("warfarin", day, name)),
        "coumarin as order": ("yes", ordered("warfarin", day, name)),
        "s1_within_seven_days": ("yes", given("S-1", day, name)),
        "lvef_percent": ("60", result("10230-1", 60, "%", name, day=day)),
        "liver_tumour_volume_percent": (
            "20",
            observation(name, (OWN, "hepatic-tumour-load"), day, valueQuantity={"value": 20, "unit": "%"}),
        ),
    }


def resource_of(what: str, day: str, name: str) -> Json:
    return made(day, name)[what][1]


WINDOWED = tuple(made(LONG_AGO, "x"))


@pytest.mark.parametrize("what", WINDOWED)
def test_what_is_too_old_is_not_used_and_named(knowledge: Knowledge, what: str) -> None:
    name = what.split(",")[0].split(" as ")[0]
    case = read(knowledge, resource_of(what, LONG_AGO, "x"), resource_of(what, EARLIER, "y"))
    assert value(case.fact(name)) != made(LONG_AGO, "x")[what][0]
    aside = case.set_aside()
    assert [(one.where.split("/")[1], one.why) for one in aside.named if one.why == Aside.TOO_OLD] == [
        ("x", Aside.TOO_OLD)
    ]


@pytest.mark.parametrize("what", WINDOWED)
def test_what_a_newer_one_supersedes_is_not_too_old(knowledge: Knowledge, what: str) -> None:
    name = what.split(",")[0].split(" as ")[0]
    case = read(knowledge, resource_of(what, "2026-11-20", "x"), resource_of(what, LONG_AGO, "y"))
    assert value(case.fact(name)) == made("2026-11-20", "x")[what][0]
    assert case.set_aside().counts == {}


@pytest.mark.parametrize("what", WINDOWED)
def test_nothing_is_too_old_for_a_fact_that_was_not_asked_for(knowledge: Knowledge, what: str) -> None:
    case = read(knowledge, resource_of(what, LONG_AGO, "x"))
    case.fact("mgmt")
    assert case.set_aside().counts == {}


def dispensed(day: str | None) -> Any:
    found: Json = {"resourceType": "MedicationDispense", "id": "x", "status": "completed"}
    found |= {"subject": {"reference": "Patient/p1"}, "medicationCodeableConcept": {"text": "warfarin"}}
    return found | ({"whenHandedOver": day} if day else {})


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-11-01", "yes"), (LONG_AGO, "no"), (None, "unclear: undated"), ("2026-12-24", "unclear: undated")],
)
def test_a_drug_handed_out_on_no_known_day_may_be_in_plan(knowledge: Knowledge, day: str | None, said: str) -> None:
    assert value(read(knowledge, dispensed(day)).fact("coumarin")) == said


@pytest.mark.parametrize("name", ["heart_failure", "hbv", "bradycardia"])
def test_a_disease_that_is_over_is_counted_only_where_it_was_asked_for(knowledge: Knowledge, name: str) -> None:
    said = {"heart_failure": "heart failure", "hbv": "chronic hepatitis B", "bradycardia": "bradycardia"}[name]
    case = read(knowledge, disease(said, "x", clinicalStatus={"coding": [{"code": "resolved"}]}))
    case.fact("lymphopenia")
    assert case.set_aside().counts == {}
    case.fact(name)
    assert case.set_aside().counts == {Aside.OVER: 1}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("heart_failure", "no heart failure"),
        ("thromboembolism", "rule out deep vein thrombosis"),
        ("functional_status", "carcinoid syndrome ruled out"),
        ("extent", "肝転移の疑い"),
        ("diagnosis", "suspected neuroendocrine tumor of ileum"),
    ],
)
def test_a_disease_that_is_denied_or_doubted_in_words_is_not_confirmed(
    knowledge: Knowledge, name: str, said: str
) -> None:
    case = read(knowledge, disease(said, "x"))
    case.fact(name)
    assert [(one.where, one.why) for one in case.set_aside().named] == [("Condition/x", Aside.NOT_CONFIRMED)]


def test_an_operation_of_no_told_day_is_undated_for_the_fact_that_asks_when(knowledge: Knowledge) -> None:
    case = read(knowledge, procedure("laparotomy", None, "x"))
    assert value(case.fact("recent_surgery")) == "unclear: undated"
    assert [(one.where, one.why) for one in case.set_aside().named] == [("Procedure/x", Aside.UNDATED)]
