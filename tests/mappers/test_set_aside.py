"""What must not be used is counted by its reason, and named where a fact that was asked for would have used it."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Json, Trouble
from cds_service.domain.facts import READINGS, RECORD
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.set_aside import Aside
from cds_service.domain.values import Known, Unclear
from tests.mappers.parts import condition, given, ki67, ordered, request, stated, status
from tests.mappers.safety_parts import disease, read, result

BREAST = condition("breast", {"text": "breast cancer"})
MODIFIER = [{"url": "http://ehr.example/negated", "valueBoolean": True}]
GRANDMOTHER = [{"reference": "RelatedPerson/grandmother"}]
KI67 = "ki67_percent"
WITHDRAWN = "entered-in-error"

CASES: dict[str, tuple[str, Json, Aside]] = {
    "a result entered in error": (KI67, ki67(30, "x", status=WITHDRAWN), Aside.ENTERED_IN_ERROR),
    "a preliminary result": (KI67, ki67(30, "x", status="preliminary"), Aside.PRELIMINARY),
    "a result announced": (KI67, ki67(30, "x", status="registered"), Aside.PRELIMINARY),
    "a cancelled result": (KI67, ki67(30, "x", status="cancelled"), Aside.CANCELLED),
    "a result of a status nobody knows": (KI67, ki67(30, "x", status="unknown"), Aside.UNKNOWN_STATUS),
    "a result without a status": (KI67, ki67(30, "x", status=None), Aside.UNKNOWN_STATUS),
    "a result with an unknown modifier": (KI67, ki67(30, "x", modifierExtension=MODIFIER), Aside.UNKNOWN_MODIFIER),
    "a result that is not FHIR": (KI67, ki67(30, "x", category="laboratory"), Aside.INVALID),
    "a result without a date": (KI67, ki67(30, "x", None), Aside.UNDATED),
    "a result of tomorrow": (KI67, ki67(30, "x", "2026-11-25"), Aside.TO_COME),
    "a result about the grandmother": (KI67, ki67(30, "x", focus=GRANDMOTHER), Aside.SOMEBODY_ELSE),
    "a result of another tumour": (
        KI67,
        ki67(30, "x", focus=[{"reference": "Condition/breast"}]),
        Aside.ANOTHER_TUMOUR,
    ),
    "a Ki-67 of a breast tumour": (
        KI67,
        ki67(30, "x", code={"coding": [{"system": "http://loinc.org", "code": "85330-9"}]}),
        Aside.ANOTHER_TUMOUR,
    ),
    "a result too old": ("lvef_percent", result("10230-1", 60, "%", "x", day="2001-01-01"), Aside.TOO_OLD),
    "a laboratory result entered in error": (
        "creatinine",
        result("2160-0", 9, name="x", status=WITHDRAWN),
        Aside.ENTERED_IN_ERROR,
    ),
    "a refuted diagnosis": ("diagnosis", condition("x", verificationStatus=status("refuted")), Aside.REFUTED),
    "a diagnosis entered in error": (
        "diagnosis",
        condition("x", verificationStatus=status(WITHDRAWN)),
        Aside.ENTERED_IN_ERROR,
    ),
    "a metastasis that is over and not FHIR": (
        "diagnosis",
        condition("x", {"text": "liver metastasis"}, clinicalStatus=status("inactive"), meta=[]),
        Aside.INVALID,
    ),
    "a tumour that is only suspected": (
        "diagnosis",
        condition("x", verificationStatus=status("provisional")),
        Aside.NOT_CONFIRMED,
    ),
    "a look-alike": ("diagnosis", condition("x", {"text": "goblet cell carcinoid"}), Aside.LOOK_ALIKE),
    "a refuted heart failure": (
        "heart_failure",
        disease("heart failure", "x", verificationStatus=status("refuted")),
        Aside.REFUTED,
    ),
    "an order not to give": ("diagnosis", ordered("sunitinib", "2026-11-01", "x", doNotPerform=True), Aside.FORBIDS),
    "a plan": ("diagnosis", ordered("sunitinib", "2026-11-01", "x", intent="plan"), Aside.NOT_AN_ORDER),
    "an order entered in error": (
        "diagnosis",
        ordered("sunitinib", "2026-11-01", "x", WITHDRAWN),
        Aside.ENTERED_IN_ERROR,
    ),
    "a cancelled order": ("diagnosis", ordered("sunitinib", "2026-11-01", "x", "cancelled"), Aside.CANCELLED),
    "a dose not given": ("diagnosis", given("sunitinib", "2026-11-01", "x", "not-done"), Aside.NOT_DONE),
    "a drug not taken": ("diagnosis", stated("sunitinib", "not-taken", "x"), Aside.NOT_DONE),
}


@pytest.mark.parametrize("what", CASES)
def test_it_is_named_with_its_reason(knowledge: Knowledge, what: str) -> None:
    name, resource, why = CASES[what]
    case = read(knowledge, BREAST, {key: found for key, found in resource.items() if found is not None})
    case.fact(name)
    found = case.set_aside()
    assert Trouble("set-aside", f"{resource['resourceType']}/x", why) in found.named
    assert found.counts[why] == 1


def test_what_no_fact_asked_for_is_counted_and_not_named(knowledge: Knowledge) -> None:
    glucose = result("2345-7", 9, name="glucose", status=WITHDRAWN)
    case = read(knowledge, glucose, ki67(30, "k2", status=WITHDRAWN))
    case.fact(KI67)
    found = case.set_aside()
    assert [trouble.where for trouble in found.named] == ["Observation/k2"]
    assert found.counts == {"entered-in-error": 2}
    case.fact("glucose")
    assert {trouble.where for trouble in case.set_aside().named} == {"Observation/k2", "Observation/glucose"}


def test_an_original_gives_way_to_its_correction(knowledge: Knowledge) -> None:
    same: Json = {"identifier": [{"system": "urn:oid:1.2.3", "value": "42"}]}
    case = read(knowledge, ki67(8, "k1", **same), ki67(18, "k2", status="corrected", **same))
    assert isinstance(case.fact(KI67), Known)
    assert case.set_aside().named == (Trouble("set-aside", "Observation/k1", "superseded"),)


def test_a_report_that_holds_its_result_inside_is_counted_and_named_where_that_was_looked_for(
    knowledge: Knowledge,
) -> None:
    holder: Json = {"resourceType": "DiagnosticReport", "id": "r1", "status": "final", "code": {"text": "Pathology"}}
    holder |= {"subject": {"reference": "Patient/p1"}, "effectiveDateTime": "2026-05-01"}
    holder |= {"contained": [result("2345-7", 9, name="g1")], "result": [{"reference": "#g1"}]}
    case = read(knowledge, holder)
    assert (case.set_aside().named, case.set_aside().counts) == ((), {"contained": 1})
    case.fact("glucose")
    assert case.set_aside().named == (Trouble("set-aside", "DiagnosticReport/r1", "contained"),)
    holds_ki67 = read(knowledge, holder | {"contained": [ki67(30, "k1")]})
    assert isinstance(holds_ki67.fact(KI67), Unclear)
    assert holds_ki67.set_aside().named == (Trouble("set-aside", "DiagnosticReport/r1", "contained"),)


def test_a_draft_that_forbids_is_named(knowledge: Knowledge) -> None:
    draft = request("sunitinib", "d1", doNotPerform=True)
    case = read(knowledge, drafts=(draft,))
    assert case.set_aside().named == (Trouble("set-aside", "MedicationRequest/d1", "do-not-perform"),)


def test_a_clean_record_has_nothing_set_aside(knowledge: Knowledge) -> None:
    case = read(knowledge, ki67(8), result("2160-0", 1), ordered("sunitinib", "2026-11-01"))
    for name in (*RECORD, *READINGS):
        case.fact(name)
    assert (case.set_aside().named, case.set_aside().counts) == ((), {})


def test_an_odd_id_is_not_repeated(knowledge: Knowledge) -> None:
    case = read(knowledge, ki67(30, "<b>Ki-67 30 %</b>", status=WITHDRAWN))
    case.fact(KI67)
    assert [trouble.where for trouble in case.set_aside().named] == ["Observation"]


UNUSED = set(Aside) - {Aside.ANOTHER_TUMOUR, Aside.NOT_LINKED, Aside.TOO_OLD, Aside.LOOK_ALIKE, Aside.BENIGN}


def test_without_it_no_known_fact_is_another(knowledge: Knowledge) -> None:
    noise: list[Any] = [
        {key: found for key, found in resource.items() if found is not None} | {"id": f"x{number}"}
        for number, (_, resource, why) in enumerate(CASES.values())
        if why in UNUSED
    ]
    sound = [ki67(8), result("2160-0", 1, name="c1"), given("lanreotide", "2026-11-01", "a1")]
    with_noise, without = read(knowledge, *sound, *noise), read(knowledge, *sound)
    for name in (*RECORD, *READINGS):
        found = with_noise.fact(name)
        assert not isinstance(found, Known) or found == without.fact(name), name
    assert sum(with_noise.set_aside().counts.values()) == len(noise)
