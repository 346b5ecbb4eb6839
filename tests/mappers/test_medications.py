"""Case.medications: what is in plan, stale or past, since when, by which route, and what for."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.case import Medication
from cds_service.domain.values import Known, Why, word
from cds_service.mappers.case import map_case
from tests.mappers.parts import (
    HCPCS,
    SCT,
    VALUE_SETS,
    concept,
    condition,
    dispensed,
    done,
    given,
    ordered,
    record,
    request,
    stated,
    why,
)

BREAST = condition("c2", concept(text="Breast cancer"))
INTENT = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-procedure-intent"


def taken(*resources: Any, **more: Any) -> tuple[Medication, ...]:
    return map_case(record(condition(), *resources, **more), VALUE_SETS).medications


def only(*resources: Any, **more: Any) -> Medication:
    [found] = taken(*resources, **more)
    return found


def states(*resources: Any) -> dict[str, str]:
    return {found.drug: found.state for found in taken(*resources)}


def intent(code: str) -> dict[str, Any]:
    return {"extension": [{"url": INTENT, "valueCodeableConcept": concept((SCT, code))}]}


def test_a_draft_is_no_medication() -> None:
    assert taken(drafts=(request("sunitinib"),)) == ()


@pytest.mark.parametrize(("day", "state"), [("2026-10-12", "in-plan"), ("2026-10-11", "stale"), (None, "stale")])
def test_an_active_order_is_in_plan_within_the_window_of_its_drug(day: str | None, state: str) -> None:
    assert states(ordered("sunitinib", day)) == {"sunitinib": state}


def test_a_dispense_keeps_an_old_active_order_in_plan() -> None:
    found = only(ordered("sunitinib", "2026-01-01"), dispensed("sunitinib", "2026-11-01"))
    assert (found.state, found.source) == ("in-plan", "MedicationDispense/d1")
    assert (found.begun, found.date, found.last_dose) == ("2026-01-01", "2026-11-01", "2026-11-01")


@pytest.mark.parametrize("status", ["stopped", "completed", "on-hold", "unknown"])
def test_an_order_that_is_not_active_is_past(status: str) -> None:
    assert states(ordered("sunitinib", "2026-11-01", status=status)) == {"sunitinib": "past"}


@pytest.mark.parametrize("status", ["draft", "cancelled", "entered-in-error"])
def test_an_order_that_never_held_is_no_medication(status: str) -> None:
    assert states(ordered("sunitinib", "2026-11-01", status=status)) == {}


def test_what_was_just_given_is_in_plan_without_an_active_order_and_past_later() -> None:
    assert states(given("octreotide LAR 30 mg", "2026-11-01")) == {"octreotide-lar": "in-plan"}
    assert states(given("octreotide LAR 30 mg", "2026-01-01")) == {"octreotide-lar": "past"}


def test_what_was_stopped_after_it_was_given_is_past() -> None:
    stopped = ordered("octreotide LAR 30 mg", "2026-11-10", status="stopped")
    assert states(given("octreotide LAR 30 mg", "2026-11-01"), stopped) == {"octreotide-lar": "past"}


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({"effectiveDateTime": "2026-11-01"}, "in-plan"),
        ({"effectivePeriod": {"start": "2025-01-01", "end": "2026-12-31"}}, "in-plan"),
        ({"effectivePeriod": {"start": "2025-01-01"}, "dateAsserted": "2026-11-01"}, "in-plan"),
        ({"effectivePeriod": {"start": "2025-01-01"}}, "stale"),
        ({}, "stale"),
    ],
)
def test_an_active_statement_with_a_date_is_a_sign_of_supply(more: Any, state: str) -> None:
    assert states(stated("sunitinib", **more)) == {"sunitinib": state}


def test_a_completed_statement_is_past_with_its_days() -> None:
    found = only(stated("cisplatin", "completed", effectivePeriod={"start": "2024-03", "end": "2024-08-20"}))
    assert (found.state, found.begun, found.date, found.last_dose) == ("past", "2024-03", "2024-08-20", None)


def test_the_first_day_is_not_told_where_one_record_has_no_date() -> None:
    assert only(ordered("cisplatin", None, status="stopped"), given("cisplatin", "2026-11-01")).begun is None


def test_an_order_is_no_dose() -> None:
    assert (
        only(ordered("lanreotide", "2026-11-01") | {"medicationCodeableConcept": {"text": "sunitinib"}}).last_dose
        is None
    )


def test_octreotide_of_no_told_form_is_never_surely_in_plan() -> None:
    assert states(ordered("octreotide", "2026-11-01")) == {"octreotide-lar": "stale"}
    assert states(ordered("octreotide 100 mcg subcutaneous", "2026-11-01")) == {}


@pytest.mark.parametrize(
    "code",
    [
        {"code": concept(text="177Lu-DOTATATE therapy")},
        {"code": concept((HCPCS, "A9513"))},
        {"code": concept((SCT, "440252007")), "usedCode": [concept(text="Lutathera")]},
        {"code": concept((SCT, "440252007")), "usedReference": [{"display": "Lutathera"}]},
    ],
)
def test_prrt_given_as_a_procedure_is_in_plan(code: Any) -> None:
    assert states(done("", "2026-10-01") | code) == {"lutetium-dotatate": "in-plan"}


def test_a_radioligand_without_a_name_is_no_drug_and_a_nameless_prrt_leaves_history_unclear() -> None:
    unnamed = done("", "2026-10-01", code=concept((SCT, "440252007")))
    assert taken(unnamed) == ()
    assert map_case(record(condition(), unnamed), VALUE_SETS).history == Known("read")
    prrt = map_case(record(condition(), done("PRRT cycle 2", "2026-10-01")), VALUE_SETS)
    assert (prrt.medications, why(prrt.history)) == ((), Why.NOT_UNDERSTOOD)


def test_doxorubicin_into_an_artery_is_listed_by_its_route() -> None:
    chemo = given("doxorubicin", "2026-11-01", dosage={"route": concept(text="intra-arterial")})
    found = only(chemo)
    assert (found.drug, found.route, found.state) == ("doxorubicin", "intra-arterial", "in-plan")
    both = taken(chemo, given("doxorubicin", "2025-11-01", "a2"))
    assert {(one.route, one.state) for one in both} == {("intra-arterial", "in-plan"), ("", "past")}


@pytest.mark.parametrize(
    ("other", "reason", "expected"),
    [
        ((), {}, "this-tumour"),
        ((BREAST,), {}, None),
        ((), {"reasonCode": [concept(text="Breast cancer")]}, "another-disease"),
        ((BREAST,), {"reasonReference": [{"reference": "Condition/c1"}]}, "this-tumour"),
        ((BREAST,), {"reasonReference": [{"reference": "Condition/c2"}]}, "another-disease"),
    ],
)
def test_what_a_drug_was_for_is_read_with_it(other: Any, reason: Any, expected: str | None) -> None:
    found = only(*other, given("cisplatin", "2020-05-01", **reason))
    assert word(found.reason) == expected


def test_a_course_for_another_disease_is_left_out_of_one_for_this() -> None:
    testis = given("cisplatin", "2010-05-01", reasonCode=[concept(text="Breast cancer")])
    found = only(testis, given("cisplatin", "2026-11-01", "a2"))
    assert (found.begun, found.state, word(found.reason)) == ("2026-11-01", "in-plan", "this-tumour")


SURGERY = done("distal pancreatectomy", "2024-07-01")
# 180 days before and after 2024-07-01
EDGES = [
    ("2024-01-03", "2024-12-28", True),
    ("2024-01-02", "2024-12-28", False),
    ("2024-01-03", "2024-12-29", False),
    ("2024-07-02", "2024-12-01", True),
    ("2024-02", "2024-06", True),
    ("2024", "2024-06", False),
]


@pytest.mark.parametrize(("first", "last", "expected"), EDGES)
def test_what_was_given_only_about_a_resection_is_perioperative(first: str, last: str, expected: bool) -> None:
    course = stated("capecitabine", "completed", effectivePeriod={"start": first, "end": last})
    assert only(SURGERY, course).perioperative is expected


@pytest.mark.parametrize(
    "surgery",
    [
        done("distal pancreatectomy", None),
        done("distal pancreatectomy", "2024-07-01", status="not-done"),
        done("hip replacement", "2024-07-01"),
        done("right hemicolectomy", "2024-07-01", reasonCode=[concept(text="Breast cancer")]),
        done("embolization", "2024-07-01"),
    ],
)
def test_what_lies_about_no_resection_of_the_tumour_is_not(surgery: Any) -> None:
    assert not only(surgery, given("capecitabine", "2024-08-01")).perioperative


def test_what_is_still_given_is_not_over_and_so_not_perioperative() -> None:
    lately = done("distal pancreatectomy", "2026-10-01")
    assert not only(lately, ordered("capecitabine", "2026-11-01")).perioperative


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([ordered("capecitabine", "2023-01-01", status="completed", **intent("373846009"))], True),
        ([ordered("capecitabine", "2023-01-01", status="completed", **intent("363676003"))], False),
        ([ordered("capecitabine", "2023-01-01", status="completed", reasonCode=[concept(text="術後補助")])], True),
        (
            [
                ordered("capecitabine", "2023-01-01", status="completed", **intent("373846009")),
                given("capecitabine", "2023-01-02"),
            ],
            True,
        ),
        (
            [
                ordered("capecitabine", "2023-01-01", status="completed", **intent("373846009")),
                ordered("capecitabine", "2025-01-01", "r2", status="completed"),
            ],
            False,
        ),
        (
            [
                SURGERY,
                ordered("capecitabine", "2024-08-01", status="completed", **intent("363676003")),
            ],
            False,
        ),
    ],
)
def test_an_intent_on_record_says_whether_a_drug_belongs_to_an_operation(records: Any, expected: bool) -> None:
    assert only(*records).perioperative is expected


def test_octreotide_of_no_told_form_is_no_dose_of_the_depot() -> None:
    assert only(given("octreotide", "2026-11-01")).last_dose is None
    both = only(given("octreotide LAR 30 mg", "2026-08-01"), given("octreotide", "2026-11-10", "a2"))
    assert (both.state, both.date, both.last_dose) == ("stale", "2026-11-10", "2026-08-01")
