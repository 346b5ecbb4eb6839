"""platinum_unfit and recent_diagnosis."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known
from tests.mappers.parts import ICD, LOINC, OWN, SCT, concept, condition, ki67, observation, record, status, value
from tests.mappers.safety_parts import HAD, WEEK_AGO, fact, told, without

from cds_service.mappers.case import map_case  # isort: skip


def ecog(number: Any, day: str = WEEK_AGO, **more: Any) -> Any:
    told_as = number if isinstance(number, dict) else {"valueInteger": number}
    return observation("e1", (LOINC, "89247-1"), day) | told_as | more


def goal(**more: Any) -> Any:
    found = {"resourceType": "Goal", "id": "g1", "lifecycleStatus": "active", "subject": {"reference": "Patient/p1"}}
    return found | {"description": concept((OWN, "comfort-care-only"))} | more


def allergy(said: str) -> Any:
    found = {"resourceType": "AllergyIntolerance", "id": "a1", "clinicalStatus": status("active")}
    return found | {"patient": {"reference": "Patient/p1"}, "code": {"text": said}}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([ecog(3)], "yes"),
        ([ecog(4)], "yes"),
        ([ecog(2)], "no"),
        ([ecog(5)], "no"),
        ([ecog({"valueString": "ECOG PS 3"})], "yes"),
        ([ecog({"valueCodeableConcept": concept((SCT, "423053003"))})], "yes"),
        ([ecog({"valueCodeableConcept": {"text": "Grade 3"}})], "yes"),
        ([ecog({"valueString": "2-3"})], "no"),
        ([ecog(3, "2026-09-24")], "yes"),
        ([ecog(3, "2026-09-23")], "no"),
        ([ecog(3, status="preliminary")], "no"),
        ([ecog(3), ecog(1, "2026-11-20", id="e2")], "no"),
        ([goal()], "yes"),
        ([goal(lifecycleStatus="completed")], "no"),
        ([goal(description={"text": "Palliative care"})], "no"),
        ([goal(description={"text": "緩和ケアのみ"})], "yes"),
        ([observation("o1", (OWN, "comfort-care-only"), valueCodeableConcept=concept((OWN, "yes")))], "yes"),
        ([observation("o1", (OWN, "comfort-care-only"), valueCodeableConcept=concept((OWN, "no")))], "no"),
        ([allergy("Cisplatin")], "yes"),
        ([allergy("プラチナ製剤")], "yes"),
        ([allergy("Penicillin")], "no"),
        ([allergy("Tolerates cisplatin")], "no"),
        ([allergy("Mother allergic to cisplatin")], "no"),
        ([], "no"),
    ],
)
def test_who_is_unfit_for_platinum(knowledge: Knowledge, found: list[Any], expected: str) -> None:
    assert told(knowledge, "unfit_for_platinum", *found) == expected


def test_it_is_never_unclear(knowledge: Knowledge) -> None:
    assert told(knowledge, "unfit_for_platinum", had=frozenset()) == "no"
    assert fact(knowledge, "unfit_for_platinum", ecog(3)) == Known("yes", "Observation/e1", WEEK_AGO)


PATIENT = {"resourceType": "Patient", "id": "p1", "birthDate": "1960-10-01"}
PAST = condition("c2", onsetDateTime="2019-05-01", clinicalStatus=status("resolved"))


def years(count: int) -> Any:
    return {"value": count, "unit": "years", "system": "http://unitsofmeasure.org", "code": "a"}


def _recent(knowledge: Knowledge, *resources: Any, **more: Any) -> str:
    return value(map_case(record(*resources, **({"had": HAD} | more)), knowledge.value_sets).fact("recent_diagnosis"))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([condition(recordedDate="2026-05-27")], "yes"),
        ([condition(recordedDate="2026-05-26")], "no"),
        ([condition(recordedDate="2026-11-01", onsetDateTime="2025-01")], "no"),
        ([condition(recordedDate="2026-11-01", onsetDateTime="2026")], "unclear: straddles"),
        ([condition(recordedDate="2026-11-01"), ki67(8, day="2024-03-01")], "no"),
        ([condition(recordedDate="2026-11-01"), ki67(8, day="2026-10-20")], "yes"),
        ([condition(recordedDate="2026-11-01"), ki67(8, day="2024-03-01", status="preliminary")], "yes"),
        ([condition(), ki67(8, day="2026-10-20")], "yes"),
        ([condition(recordedDate="2026-03-01", onsetDateTime="2026")], "no"),
        ([condition(recordedDate="2026-11-01", onsetString="2019")], "no"),
        ([condition(recordedDate="2026-11-01", onsetString="a few years ago")], "unclear: not-understood"),
        ([condition(recordedDate="2026-01-01", onsetString="a few years ago")], "no"),
        ([PATIENT, condition(recordedDate="2026-11-01", onsetAge=years(55))], "no"),
        ([PATIENT, condition(recordedDate="2026-11-01", onsetAge=years(66))], "yes"),
        ([PATIENT, condition(recordedDate="2026-11-01", onsetAge=years(65))], "unclear: straddles"),
        ([PATIENT, condition(recordedDate="2026-11-01", onsetRange={"low": years(50), "high": years(55)})], "no"),
        ([PATIENT, condition(recordedDate="2026-11-01", onsetRange={"low": years(50)})], "unclear: not-understood"),
        ([condition(recordedDate="2026-11-01", onsetAge=years(55))], "unclear: not-understood"),
        ([condition(recordedDate="2026-11-01"), PAST], "no"),
        ([condition(recordedDate="2026-11-01"), PAST | {"verificationStatus": status("refuted")}], "yes"),
        (
            [condition(recordedDate="2026-11-01"), PAST | {"code": concept(text="Neuroendocrine tumor of rectum")}],
            "yes",
        ),
        ([condition()], "unclear: undated"),
        ([], "unclear: not-recorded"),
    ],
)
def test_the_first_record_of_the_tumour_decides(knowledge: Knowledge, found: list[Any], expected: str) -> None:
    assert _recent(knowledge, *found) == expected


def test_another_tumour_does_not_date_this_one(knowledge: Knowledge) -> None:
    breast = condition("c2", concept((ICD, "C50.9")), onsetDateTime="2010-01-01")
    assert _recent(knowledge, condition(recordedDate="2026-11-01"), breast) == "yes"


def test_an_older_record_may_be_among_what_was_not_received(knowledge: Knowledge) -> None:
    new, old = condition(recordedDate="2026-11-01"), condition(recordedDate="2020-11-01")
    assert _recent(knowledge, new, had=without("Observation")) == "unclear: unavailable"
    assert _recent(knowledge, old, had=without("Observation")) == "no"
