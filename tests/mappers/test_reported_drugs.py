"""What a statement that a drug is or was taken says of continuation, of its first day, and of when it was over."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Why
from tests.mappers.parts import dispensed, given, ordered, request, stated, value
from tests.mappers.safety_parts import read, without

OVER = ("completed", "stopped", "on-hold", "unknown")


def kind(knowledge: Knowledge, drug: str, *resources: Any, **more: Any) -> str:
    [order] = read(knowledge, *resources, drafts=(request(drug),), **more).orders
    return value(order.kind)


def period(**days: str) -> dict[str, Any]:
    return {"effectivePeriod": days}


@pytest.mark.parametrize("status", OVER)
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (period(start="2024-02-01"), "unclear: undated"),
        ({"effectiveDateTime": "2024-02-01"}, "unclear: undated"),
        ({}, "unclear: undated"),
        (period(start="2024-02-01", end="2024-08-01"), "new"),
        (period(start="2026-10-01"), "continuation"),
    ],
)
def test_the_day_a_drug_was_reported_to_be_over_is_no_day_of_supply(
    knowledge: Knowledge, status: str, days: dict[str, Any], expected: str
) -> None:
    assert kind(knowledge, "Sutent", stated("Sutent", status, dateAsserted="2026-11-20", **days)) == expected


@pytest.mark.parametrize("days", [{}, period(start="2024-02-01")])
def test_what_was_over_by_a_day_long_ago_is_not_continued(knowledge: Knowledge, days: dict[str, Any]) -> None:
    assert kind(knowledge, "Sutent", stated("Sutent", "completed", dateAsserted="2024-03-01", **days)) == "new"


@pytest.mark.parametrize(
    ("drug", "more", "expected"),
    [
        ("Afinitor 5 mg", period(start="2026-03-01"), "continuation"),
        ("Afinitor 5 mg", {**period(start="2026-03-01"), "dateAsserted": "2026-11-23"}, "continuation"),
        ("Afinitor 5 mg", period(start="2026-03-01", end="2026-12-31"), "continuation"),
        ("Afinitor 5 mg", {"effectiveDateTime": "2026-03-01", "dateAsserted": "2026-11-23"}, "continuation"),
        ("Lutathera", period(start="2026-01-01"), "continuation"),
        ("Afinitor 5 mg", period(start="2026-11-23"), "new"),
        ("Afinitor 5 mg", period(start="2026-11"), "unclear: undated"),
        ("Afinitor 5 mg", period(start="2025-03-01", end="2026-05-01"), "new"),
        ("Afinitor 5 mg", {"effectiveDateTime": "2026-03-01"}, "new"),
    ],
)
def test_a_drug_that_is_being_taken_is_continued(
    knowledge: Knowledge, drug: str, more: dict[str, Any], expected: str
) -> None:
    assert kind(knowledge, drug, stated(drug, **more)) == expected


def test_an_open_period_is_still_no_sign_of_supply(knowledge: Knowledge) -> None:
    [found] = read(knowledge, stated("Sutent", **period(start="2025-01-01"))).medications
    assert (found.state, found.begun, found.date) == ("stale", "2025-01-01", "2025-01-01")


def test_the_last_day_is_not_told_of_a_drug_reported_to_be_over(knowledge: Knowledge) -> None:
    told = stated("Sutent", "completed", dateAsserted="2026-11-20", **period(start="2024-02-01"))
    [found] = read(knowledge, told).medications
    assert (found.state, found.begun, found.date) == ("past", "2024-02-01", None)


RENEWAL: dict[str, Any] = {"priorPrescription": {"reference": "MedicationRequest/r0"}}


@pytest.mark.parametrize(
    ("records", "begun"),
    [
        ([stated("Sutent", "completed", **period(end="2026-11-10"))], None),
        ([ordered("Sutent", "2026-11-10", **RENEWAL)], None),
        ([ordered("Sutent", "2026-11-10", **RENEWAL), dispensed("Sutent", "2026-11-12")], None),
        ([ordered("Sutent", "2026-11-10", **RENEWAL), dispensed("Sutent", "2026-03-01")], "2026-03-01"),
        ([ordered("Sutent", "2026-11-10", **RENEWAL), ordered("Sutent", "2026-10-10", "r0")], "2026-10-10"),
        ([given("Sutent", None) | period(end="2026-11-10")], "2026-11-10"),
    ],
)
def test_an_end_or_a_renewal_tells_no_first_day(knowledge: Knowledge, records: list[Any], begun: str | None) -> None:
    [found] = read(knowledge, *records).medications
    assert found.begun == begun


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (period(start="2026-01-01", end="2026-11-15"), "past"),
        (period(start="2026-01-01", end="2026-11"), "past"),
        (period(start="2026-01-01", end="2026-11-01"), "in-plan"),
        (period(start="2024-01-01", end="2024-06-01"), "in-plan"),
    ],
)
def test_a_statement_that_is_completed_ends_what_was_handed_out_before_its_last_day(
    knowledge: Knowledge, end: dict[str, Any], state: str
) -> None:
    case = read(knowledge, dispensed("Sutent", "2026-11-01"), stated("Sutent", "completed", **end))
    assert [one.state for one in case.medications] == [state]


@pytest.mark.parametrize(
    ("records", "state"),
    [
        ([given("carboplatin", "2026-10")], "stale"),
        ([given("carboplatin", "2026-09")], "past"),
        ([given("carboplatin", "2026-11")], "in-plan"),
        ([given("carboplatin", "2026-10"), ordered("carboplatin", "2026-11-01", status="stopped")], "past"),
    ],
)
def test_a_month_that_only_reaches_into_the_window_leaves_it_open(
    knowledge: Knowledge, records: list[Any], state: str
) -> None:
    assert [one.state for one in read(knowledge, *records).medications] == [state]


def lasting(days: int, day: str = "2026-10-01", **more: Any) -> Any:
    supply = {"expectedSupplyDuration": {"value": days, "unit": "d", "code": "d"}}
    return ordered("Sutent", day, dispenseRequest=supply, **({"status": "completed"} | more))


@pytest.mark.parametrize(
    ("records", "state"),
    [
        ([lasting(90)], "stale"),
        ([lasting(30)], "past"),
        ([lasting(90, status="stopped")], "past"),
        ([lasting(90), ordered("Sutent", "2026-11-01", "r2", status="stopped")], "past"),
        ([lasting(90), stated("Sutent", "completed", **period(start="2026-10-01", end="2026-11-01"))], "past"),
    ],
)
def test_a_completed_order_of_which_the_days_are_not_over_is_open(
    knowledge: Knowledge, records: list[Any], state: str
) -> None:
    assert [one.state for one in read(knowledge, *records).medications] == [state]


def test_dispenses_that_were_cut_short_leave_the_history_open_and_a_server_without_any_does_not(
    knowledge: Knowledge,
) -> None:
    cut = read(knowledge, lacking={"MedicationDispense": Why.INCOMPLETE}, had=without("MedicationDispense"))
    assert value(cut.history) == "unclear: incomplete"
    none = read(knowledge, lacking={"MedicationDispense": Why.UNAVAILABLE}, had=without("MedicationDispense"))
    assert value(none.history) == "read"
