"""Other drugs in plan: inhibitors, coumarins, steroids, vaccines and the rest of the value sets."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known
from tests.mappers.parts import request
from tests.mappers.safety_parts import TODAY, WEEK_AGO, fact, told, without

NAMED = [
    ("coumarin", "warfarin sodium 5 MG Oral Tablet", "ワーファリン錠1mg"),
    ("ace_inhibitor", "Lisinopril 10 mg", "エナラプリルマレイン酸塩錠5mg"),
    ("beta_blocker", "bisoprolol fumarate", "ビソプロロールフマル酸塩錠"),
    ("ciclosporin", "cyclosporine modified", "シクロスポリンカプセル"),
    ("bromocriptine", "bromocriptine mesylate", "ブロモクリプチン錠"),
    ("glucose_lowering_drug", "Insulin glargine", "メトホルミン塩酸塩錠"),
]


def taken(said: str, day: str | None = WEEK_AGO, **more: Any) -> Any:
    """An active order on the record."""
    return request(said, "x1", day, **({"status": "active"} | more))


def given(said: str, day: str, name: str = "g1") -> Any:
    found = {"resourceType": "MedicationAdministration", "id": name, "status": "completed", "effectiveDateTime": day}
    return found | {"subject": {"reference": "Patient/p1"}, "medicationCodeableConcept": {"text": said}}


def reported(said: str, **more: Any) -> Any:
    found = {"resourceType": "MedicationStatement", "id": "s1", "status": "active"}
    return found | {"subject": {"reference": "Patient/p1"}, "medicationCodeableConcept": {"text": said}} | more


@pytest.mark.parametrize(("name", "english", "japanese"), NAMED)
def test_a_drug_in_plan_is_named_in_two_languages(knowledge: Knowledge, name: str, english: str, japanese: str) -> None:
    for said in (english, japanese):
        assert fact(knowledge, name, taken(said)) == Known("yes", "MedicationRequest/x1", WEEK_AGO)
        assert told(knowledge, name, drafts=(request(said),)) == "yes"
    assert told(knowledge, name, taken("ondansetron")) == "no"
    assert told(knowledge, name, had=without("MedicationStatement")) == "unclear: unavailable"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([taken("warfarin", "2026-09-24")], "yes"),
        ([taken("warfarin", "2026-09-23")], "unclear: too-old"),
        ([taken("warfarin", "2026-01-10"), given("warfarin", "2026-11-01")], "yes"),
        ([taken("warfarin", None)], "unclear: undated"),
        ([taken("warfarin", status="stopped")], "no"),
        ([taken("warfarin", status="cancelled")], "no"),
        ([taken("warfarin", intent="plan")], "no"),
        ([taken("warfarin", status="stopped", authoredOn="2026-11-10"), given("warfarin", "2026-11-01")], "no"),
        ([given("warfarin", "2026-11-01")], "yes"),
        ([given("warfarin", "2026-01-01")], "no"),
        ([reported("warfarin", dateAsserted="2026-11-01")], "yes"),
        ([taken("warfarin", doNotPerform=True)], "no"),
        ([taken("warfarin", priority=["x"])], "unclear: not-understood"),
        ([taken("")], "unclear: not-understood"),
    ],
)
def test_in_plan_is_active_with_a_sign_of_supply(knowledge: Knowledge, found: list[Any], expected: str) -> None:
    assert told(knowledge, "coumarin", *found) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("clarithromycin 200 mg", "strong"),
        ("イトラコナゾールカプセル50", "strong"),
        ("nirmatrelvir and ritonavir", "strong"),
        ("Verapamil", "moderate"),
        ("ジルチアゼム塩酸塩", "moderate"),
        ("ciclosporin", "moderate"),
        ("ketoconazole cream", "none"),
        ("ケトコナゾールクリーム2%", "none"),
        ("azithromycin", "none"),
    ],
)
def test_inhibitors_of_cyp3a4(knowledge: Knowledge, said: str, expected: str) -> None:
    assert told(knowledge, "cyp3a4_inhibitor", taken(said)) == expected


def test_the_stronger_inhibitor_counts_and_unread_history_is_not_none(knowledge: Knowledge) -> None:
    both = (taken("verapamil"), given("clarithromycin", "2026-11-01"))
    assert told(knowledge, "cyp3a4_inhibitor", *both) == "strong"
    assert told(knowledge, "cyp3a4_inhibitor", had=without("MedicationRequest")) == "unclear: unavailable"


def test_a_form_that_acts_locally_does_not_count(knowledge: Knowledge) -> None:
    drops = taken("timolol", dosageInstruction=[{"route": {"text": "Ophthalmic"}}])
    assert told(knowledge, "beta_blocker", drops) == "no"
    assert told(knowledge, "beta_blocker", taken("チモロール点眼液 カルテオロール")) == "no"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([taken("prednisolone", "2026-10-19"), given("prednisolone", "2026-11-16")], "yes"),
        ([taken("prednisolone", "2026-10-20"), given("prednisolone", "2026-11-16")], "no"),
        ([taken("prednisolone", "2026-01-10", status="completed"), given("prednisolone", "2026-11-16")], "no"),
        ([taken("デキサメタゾン", dispenseRequest={"expectedSupplyDuration": {"value": 28, "code": "d"}})], "yes"),
        ([reported("prednisone", effectivePeriod={"start": "2026-10-01"})], "yes"),
        ([taken("hydrocortisone cream", "2026-10-01"), given("hydrocortisone cream", "2026-11-20")], "no"),
        ([], "no"),
    ],
)
def test_a_long_course_of_a_corticosteroid(knowledge: Knowledge, found: list[Any], expected: str) -> None:
    assert told(knowledge, "steroid_course", *found) == expected


def test_a_course_is_not_denied_where_the_history_was_not_read(knowledge: Knowledge) -> None:
    assert told(knowledge, "steroid_course", had=without("MedicationStatement")) == "unclear: unavailable"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("measles, mumps and rubella vaccine", "yes"),
        ("乾燥弱毒生水痘ワクチン", "yes"),
        ("Yellow fever vaccine", "yes"),
        ("FluMist intranasal", "yes"),
        ("Shingrix", "no"),
        ("influenza vaccine, inactivated", "no"),
        ("", "unclear: not-understood"),
    ],
)
def test_a_live_vaccine_counts_among_the_drafts_only(knowledge: Knowledge, said: str, expected: str) -> None:
    assert told(knowledge, "live_vaccine", drafts=(request(said),)) == expected
    assert told(knowledge, "live_vaccine", taken("MMR")) == "no"
    assert told(knowledge, "live_vaccine", drafts=(request("MMR", status="cancelled"),)) == "no"


@pytest.mark.parametrize(
    ("day", "expected"), [(TODAY, "yes"), ("2026-11-16", "yes"), ("2026-11-15", "no"), (None, "unclear: undated")]
)
def test_s1_within_the_washout(knowledge: Knowledge, day: str | None, expected: str) -> None:
    assert told(knowledge, "s1_within_seven_days", taken("ティーエスワン S-1", day)) == expected
    assert told(knowledge, "s1_within_seven_days", had=without("Procedure")) == "unclear: unavailable"
