"""order_kind and history."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.case import Case
from cds_service.domain.values import Fact, Known, Why
from cds_service.mappers.case import map_case
from tests.mappers.parts import (
    ALL,
    ATC,
    HISTORY,
    RXNORM,
    VALUE_SETS,
    concept,
    condition,
    dispensed,
    given,
    ordered,
    record,
    request,
    value,
    why,
)


def case(*resources: Any, **more: Any) -> Case:
    return map_case(record(condition(), *resources, **more), VALUE_SETS)


def kind(draft: Any, *resources: Any, **more: Any) -> Fact:
    [order] = case(*resources, drafts=(draft,), **more).orders
    return order.kind


SUNITINIB = request("sunitinib")


@pytest.mark.parametrize("missing", HISTORY)
def test_an_order_is_not_new_while_history_was_not_read(missing: str) -> None:
    found = kind(SUNITINIB, had=ALL - {missing}, lacking={missing: Why.INCOMPLETE})
    assert why(found) is Why.INCOMPLETE


def test_an_order_is_new_when_history_was_read_and_holds_nothing() -> None:
    assert value(kind(SUNITINIB)) == "new"


def test_what_is_found_counts_though_history_was_not_read() -> None:
    found = kind(SUNITINIB, given("sunitinib", "2026-11-01"), had=frozenset())
    assert found == Known("continuation", "MedicationAdministration/a1", "2026-11-01")


def test_a_prior_prescription_makes_a_continuation() -> None:
    renewed = request("sunitinib", priorPrescription={"reference": "MedicationRequest/old"})
    assert value(kind(renewed, had=frozenset())) == "continuation"
    assert value(kind(request("sunitinib", priorPrescription={"identifier": {"value": "7"}}))) == "continuation"


def test_a_prior_prescription_of_another_drug_is_replaced_and_not_continued() -> None:
    switch = request("sunitinib", priorPrescription={"reference": "MedicationRequest/r1"})
    assert value(kind(switch, ordered("everolimus 5 mg", "2026-01-01"))) == "new"


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-07-26", "continuation"), ("2026-07-25", "new"), ("2026-11-22", "continuation"), ("2026-11-23", "new")],
)
def test_what_was_given_before_today_within_120_days_is_continued(day: str, expected: str) -> None:
    assert value(kind(SUNITINIB, given("Sutent", day))) == expected
    assert value(kind(SUNITINIB, dispensed("Sutent", day))) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-07-26", "continuation"), ("2026-07-25", "new"), ("2026-11-16", "continuation"), ("2026-11-17", "new")],
)
def test_what_was_ordered_seven_days_before_is_continued(day: str, expected: str) -> None:
    assert value(kind(SUNITINIB, ordered("Sutent", day))) == expected


@pytest.mark.parametrize(("day", "expected"), [("2026-05-27", "continuation"), ("2026-05-26", "new")])
def test_any_prrt_agent_is_continued_for_180_days(day: str, expected: str) -> None:
    assert value(kind(request("Lutathera"), given("177Lu-edotreotide", day))) == expected


@pytest.mark.parametrize(("now", "then"), [("cisplatin", "carboplatin"), ("carboplatin", "cisplatin")])
def test_cisplatin_and_carboplatin_continue_each_other(now: str, then: str) -> None:
    assert value(kind(request(now), given(then, "2026-11-01"))) == "continuation"


def test_another_drug_is_not_continued() -> None:
    assert value(kind(SUNITINIB, given("everolimus 5 mg", "2026-11-01"))) == "new"


@pytest.mark.parametrize("status", ["active", "on-hold", "stopped", "completed", "unknown"])
def test_an_order_of_these_states_is_history(status: str) -> None:
    assert value(kind(SUNITINIB, ordered("sunitinib", "2026-10-01", status=status))) == "continuation"


@pytest.mark.parametrize("status", ["draft", "cancelled", "entered-in-error"])
def test_an_order_of_these_states_is_no_history(status: str) -> None:
    assert value(kind(SUNITINIB, ordered("sunitinib", "2026-10-01", status=status))) == "new"


@pytest.mark.parametrize("more", [{"intent": "proposal"}, {"intent": "plan"}, {"doNotPerform": True}])
def test_a_proposal_is_no_history(more: Any) -> None:
    assert value(kind(SUNITINIB, ordered("sunitinib", "2026-10-01", **more))) == "new"


def test_a_drug_that_was_not_given_is_no_history() -> None:
    assert value(kind(SUNITINIB, given("sunitinib", "2026-11-01", status="not-done"))) == "new"


def test_a_draft_sent_in_the_prefetch_too_is_no_history() -> None:
    signed = request("sunitinib", "m1", "2026-10-01", status="active")
    assert value(kind(signed, signed)) == "new"


@pytest.mark.parametrize("day", [None, "2026", "2026-07"])
def test_an_order_whose_date_cannot_be_told_leaves_it_unclear(day: str | None) -> None:
    assert why(kind(SUNITINIB, ordered("sunitinib", day))) is Why.UNDATED


def test_a_record_that_is_not_fhir_leaves_history_unclear() -> None:
    broken = ordered("sunitinib", "2026-10-01", category={"text": "an object where a list belongs"})
    assert why(kind(SUNITINIB, broken)) is Why.NOT_UNDERSTOOD
    assert why(case(broken).history) is Why.NOT_UNDERSTOOD


def test_a_record_that_does_not_say_its_drug_leaves_history_unclear() -> None:
    nameless = request(status="active", medicationReference={"reference": "Medication/not-sent"})
    assert why(case(nameless).history) is Why.NOT_UNDERSTOOD


def test_history_was_read_when_all_four_searches_were_answered() -> None:
    assert case().history == Known("read")
    assert why(case(had=ALL - {"Procedure"}).history) is Why.UNAVAILABLE


def test_a_drug_by_code_is_found_in_history() -> None:
    coded = ordered("", "2026-10-01", medicationCodeableConcept=concept((RXNORM, "357977"), (ATC, "L01EX01")))
    assert value(kind(SUNITINIB, coded)) == "continuation"
