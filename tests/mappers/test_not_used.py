"""Whatever must not be used, of whatever type: no fact uses it, it is counted, and named where it was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from cds_service.domain.call import Json
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.set_aside import Aside
from tests.mappers.parts import LOINC, concept, finding, given, ki67, observation, ordered, stated, status, value
from tests.mappers.safety_parts import TODAY, WEEK_AGO, disease, procedure, read, report, result

GONE = "gone"  # an element that is left out
UNASKED = "mgmt"  # a fact that would use none of these
MODIFIER = [{"url": "http://ehr.example/negated", "valueBoolean": True}]
NEXT_MONTH = "2026-12-24"
CLINICAL, VERIFIED = "clinicalStatus", "verificationStatus"


@dataclass(frozen=True)
class Sound:
    """A resource that yields this value of this fact; `always`: every call looks for its kind."""

    fact: str
    said: str
    resource: Json
    always: bool = False


def goal(**more: Any) -> Json:
    found: Json = {"resourceType": "Goal", "id": "x", "lifecycleStatus": "active", "startDate": WEEK_AGO}
    return found | {"subject": {"reference": "Patient/p1"}, "description": {"text": "comfort care only"}} | more


def subject() -> Json:
    found: Json = {"resourceType": "ResearchSubject", "id": "x", "status": "on-study", "period": {"start": WEEK_AGO}}
    return found | {"individual": {"reference": "Patient/p1"}, "study": {"reference": "ResearchStudy/s1"}}


def dispensed(said: str) -> Json:
    found: Json = {"resourceType": "MedicationDispense", "id": "x", "status": "completed", "whenHandedOver": WEEK_AGO}
    return found | {"subject": {"reference": "Patient/p1"}, "medicationCodeableConcept": {"text": said}}


SOUND: Mapping[str, tuple[Sound, ...]] = {
    "Observation": (
        Sound("ki67_percent", "30", ki67(30, "x"), always=True),
        Sound("differentiation", "poor", finding("differentiation", "poor", "x"), always=True),
        Sound("extent", "advanced", finding("disease-extent", "unresectable", "x")),
        Sound("unfit_for_platinum", "yes", observation("x", (LOINC, "89247-1"), TODAY, valueInteger=3)),
        Sound("creatinine", "high", result("2160-0", 9, name="x", flag="H")),
        Sound("vhl", "yes", finding("vhl-status", "present", "x")),
        Sound("tumour_symptoms", "present", finding("tumour-symptoms", "present", "x")),
        Sound("chest_ct", "done", observation("x", concept(text="CT chest"), TODAY, valueString="clear")),
    ),
    "Condition": (
        Sound("extent", "advanced", disease("Liver metastases", "x"), always=True),
        Sound("functional_status", "functioning", disease("carcinoid syndrome", "x"), always=True),
        Sound("heart_failure", "yes", disease("heart failure", "x")),
        Sound("hbv", "carrier", disease("chronic hepatitis B", "x")),
        Sound("vhl", "yes", disease("VHL disease", "x")),
        Sound("thromboembolism", "yes", disease("deep vein thrombosis", "x")),
        Sound("pregnancy", "yes", disease("pregnancy", "x")),
    ),
    "Procedure": (
        Sound("primary_resected", "yes", procedure("distal pancreatectomy", name="x"), always=True),
        Sound("recent_surgery", "yes", procedure("laparotomy", name="x")),
        Sound("chest_ct", "done", procedure("CT chest", name="x")),
    ),
    "DiagnosticReport": (Sound("chest_ct", "done", report("CT chest", name="x")),),
    "MedicationRequest": (Sound("coumarin", "yes", ordered("warfarin", WEEK_AGO, "x")),),
    "MedicationStatement": (Sound("coumarin", "yes", stated("warfarin", name="x", effectiveDateTime=WEEK_AGO)),),
    "MedicationAdministration": (Sound("coumarin", "yes", given("warfarin", WEEK_AGO, "x")),),
    "MedicationDispense": (Sound("coumarin", "yes", dispensed("warfarin")),),
    "Goal": (Sound("unfit_for_platinum", "yes", goal()),),
    "ResearchSubject": (Sound("trial", "yes", subject()),),
}
DAY = {
    "Observation": "effectiveDateTime",
    "DiagnosticReport": "effectiveDateTime",
    "Procedure": "performedDateTime",
    "MedicationRequest": "authoredOn",
    "MedicationStatement": "effectiveDateTime",
    "MedicationAdministration": "effectiveDateTime",
    "MedicationDispense": "whenHandedOver",
}
MOTHER = [{"type": "RelatedPerson", "display": "Mother"}]
SPOILT: Mapping[str, tuple[tuple[Json, Aside], ...]] = {
    "Observation": (
        ({"status": "entered-in-error"}, Aside.ENTERED_IN_ERROR),
        ({"status": "preliminary"}, Aside.PRELIMINARY),
        ({"status": "cancelled"}, Aside.CANCELLED),
        ({"status": "sure"}, Aside.UNKNOWN_STATUS),
        ({"focus": MOTHER}, Aside.SOMEBODY_ELSE),
        ({"focus": [{"reference": "urn:uuid:5c2d"}]}, Aside.SOMEBODY_ELSE),
    ),
    "Condition": (
        ({VERIFIED: status("refuted")}, Aside.REFUTED),
        ({VERIFIED: status("entered-in-error")}, Aside.ENTERED_IN_ERROR),
        ({VERIFIED: status("maybe")}, Aside.UNKNOWN_STATUS),
        ({CLINICAL: status("foo")}, Aside.UNKNOWN_STATUS),
        ({VERIFIED: status("provisional")}, Aside.NOT_CONFIRMED),
        ({VERIFIED: status("differential")}, Aside.NOT_CONFIRMED),
        ({"recordedDate": NEXT_MONTH}, Aside.TO_COME),
        ({"category": [concept((LOINC, "10157-6"))]}, Aside.FAMILY_HISTORY),
    ),
    "Procedure": (
        ({"status": "entered-in-error"}, Aside.ENTERED_IN_ERROR),
        ({"status": "not-done"}, Aside.NOT_DONE),
        ({"status": "in-progress"}, Aside.NOT_DONE),
        ({"status": "sure"}, Aside.UNKNOWN_STATUS),
    ),
    "DiagnosticReport": (
        ({"status": "entered-in-error"}, Aside.ENTERED_IN_ERROR),
        ({"status": "partial"}, Aside.PRELIMINARY),
    ),
    "MedicationRequest": (
        ({"status": "entered-in-error"}, Aside.ENTERED_IN_ERROR),
        ({"status": "cancelled"}, Aside.CANCELLED),
        ({"doNotPerform": True}, Aside.FORBIDS),
        ({"intent": "plan"}, Aside.NOT_AN_ORDER),
    ),
    "MedicationStatement": (({"status": "not-taken"}, Aside.NOT_DONE),),
    "MedicationAdministration": (({"status": "not-done"}, Aside.NOT_DONE),),
    "MedicationDispense": (({"status": "in-progress"}, Aside.NOT_DONE),),
    "Goal": (
        ({"lifecycleStatus": "entered-in-error"}, Aside.ENTERED_IN_ERROR),
        ({"lifecycleStatus": "proposed"}, Aside.NOT_DONE),
        ({"lifecycleStatus": "foo"}, Aside.UNKNOWN_STATUS),
        ({"startDate": NEXT_MONTH}, Aside.TO_COME),
    ),
    "ResearchSubject": (
        ({"status": "foo"}, Aside.UNKNOWN_STATUS),
        ({"status": "candidate"}, Aside.NOT_DONE),
        ({"period": {"start": NEXT_MONTH}}, Aside.TO_COME),
    ),
}
# An operation counts without its day, and an administration without one is not FHIR.
NEEDS_NO_DAY = {"primary_resected", "recent_surgery", "MedicationAdministration"}


def _spoilt() -> Iterator[tuple[Sound, Json, Aside]]:
    for kind, sounds in SOUND.items():
        for sound in sounds:
            dated: list[tuple[Json, Aside]] = [({DAY[kind]: NEXT_MONTH}, Aside.TO_COME)] if kind in DAY else []
            if kind in DAY and not {kind, sound.fact} & NEEDS_NO_DAY:
                dated.append(({DAY[kind]: GONE}, Aside.UNDATED))
            for more, why in (*SPOILT[kind], *dated, ({"modifierExtension": MODIFIER}, Aside.UNKNOWN_MODIFIER)):
                yield sound, {k: v for k, v in (sound.resource | more).items() if v != GONE}, why


CASES = {
    f"{s.resource['resourceType']} for {s.fact}, {why}, {n}": (s, r, why) for n, (s, r, why) in enumerate(_spoilt())
}


@pytest.mark.parametrize("sound", [one for sounds in SOUND.values() for one in sounds], ids=lambda one: one.fact)
def test_what_may_be_used_is_used_and_not_counted(knowledge: Knowledge, sound: Sound) -> None:
    case = read(knowledge, sound.resource)
    assert value(case.fact(sound.fact)) == sound.said
    assert case.set_aside().counts == {}


@pytest.mark.parametrize("what", CASES)
def test_it_is_not_used_and_named_with_its_reason(knowledge: Knowledge, what: str) -> None:
    sound, resource, why = CASES[what]
    case = read(knowledge, resource)
    assert value(case.fact(sound.fact)) != sound.said
    aside = case.set_aside()
    assert [(one.where, one.why) for one in aside.named] == [(f"{resource['resourceType']}/x", why)]
    assert aside.counts == {why: 1}


@pytest.mark.parametrize("what", CASES)
def test_it_is_counted_and_not_named_where_nobody_asked(knowledge: Knowledge, what: str) -> None:
    sound, resource, why = CASES[what]
    case = read(knowledge, resource)
    case.fact(UNASKED)
    aside = case.set_aside()
    assert aside.counts == {why: 1}
    assert sound.always or not aside.named
