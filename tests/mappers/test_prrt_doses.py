"""prrt_doses_given: counted administrations."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.values import Fact, Why
from tests.mappers.parts import (
    ALL,
    HCPCS,
    HISTORY,
    SCT,
    concept,
    condition,
    dispensed,
    done,
    fact,
    given,
    ordered,
    stated,
    value,
    why,
)

LUTATHERA = "Lutathera"
DAYS = ("2026-01-10", "2026-03-10", "2026-05-10", "2026-07-10")


def doses(*resources: Any, **more: Any) -> Fact:
    return fact("prrt_doses_given", condition(), *resources, **more)


def infusions(*days: str) -> list[Any]:
    return [given(LUTATHERA, day, f"a{place}") for place, day in enumerate(days)]


@pytest.mark.parametrize("count", range(5))
def test_administrations_are_counted(count: int) -> None:
    assert value(doses(*infusions(*DAYS[:count]))) == str(count)


def test_procedures_are_administrations_and_so_is_any_agent() -> None:
    named = done("", DAYS[1], "o2", code=concept((SCT, "440252007")), usedCode=[concept(text="177Lu-edotreotide")])
    assert value(doses(done("", DAYS[0], code=concept((HCPCS, "A9513"))), named)) == "2"


def test_several_records_of_one_dose_on_one_day_count_once() -> None:
    coded = done("", DAYS[0], code=concept((HCPCS, "A9513")))
    worded = done("177Lu-DOTATATE", DAYS[0], "o2")
    assert value(doses(*infusions(DAYS[0]), coded, worded, dispensed(LUTATHERA, DAYS[0]))) == "1"


@pytest.mark.parametrize(("day", "expected"), [("2026-01-11", "1..2"), ("2026-01-17", "1..2"), ("2026-01-18", "2")])
def test_records_within_a_week_may_be_of_one_dose(day: str, expected: str) -> None:
    assert value(doses(*infusions(DAYS[0], day))) == expected


def test_a_month_may_be_that_of_a_dose_counted_already() -> None:
    assert value(doses(*infusions(DAYS[0], "2026-01"))) == "1..2"
    assert value(doses(*infusions(DAYS[0], "2026-03"))) == "2"


def test_what_was_only_handed_out_may_or_may_not_have_been_given() -> None:
    assert value(doses(dispensed(LUTATHERA, DAYS[0]))) == "0..1"
    assert value(doses(*infusions(DAYS[0]), dispensed(LUTATHERA, DAYS[1]))) == "1..2"


def test_a_dose_without_a_day_cannot_be_told_from_the_others() -> None:
    assert why(doses(done(LUTATHERA, None))) is Why.UNDATED


def test_a_dose_that_was_not_given_does_not_count() -> None:
    assert (
        value(doses(given(LUTATHERA, DAYS[0], status="not-done"), done(LUTATHERA, DAYS[1], status="not-done"))) == "0"
    )


def test_psma_and_diagnostic_agents_do_not_count() -> None:
    assert value(doses(given("Ga-68 DOTATATE", DAYS[0]), given("Pluvicto", DAYS[1], "a2"))) == "0"


@pytest.mark.parametrize(
    "told",
    [
        stated(LUTATHERA, "completed", effectivePeriod={"start": "2024-01-01", "end": "2024-08-01"}),
        stated(LUTATHERA, "completed"),
    ],
)
def test_a_statement_of_doses_that_no_administration_shows_leaves_the_number_open(told: Any) -> None:
    assert why(doses(told)) is Why.NOT_UNDERSTOOD
    assert why(doses(told, *infusions(*DAYS))) is Why.NOT_UNDERSTOOD


def test_a_statement_about_the_doses_counted_changes_nothing() -> None:
    about = stated(LUTATHERA, "completed", effectivePeriod={"start": DAYS[0], "end": DAYS[3]})
    assert value(doses(about, *infusions(*DAYS))) == "4"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("active", "0..1"),
        ("on-hold", "0..1"),
        ("completed", "unclear: not-understood"),
        ("stopped", "unclear: not-understood"),
        ("unknown", "unclear: not-understood"),
    ],
)
def test_an_order_is_no_dose_but_one_that_is_over_may_have_been_given(status: str, expected: str) -> None:
    order = ordered(LUTATHERA, "2026-01-01", status=status)
    assert value(doses(order)) == expected
    assert value(doses(order, *infusions(DAYS[0]))) == "1"


@pytest.mark.parametrize("missing", HISTORY)
def test_doses_are_not_counted_while_history_was_not_read(missing: str) -> None:
    assert why(doses(*infusions(*DAYS), had=ALL - {missing})) is Why.UNAVAILABLE


def orders(*days: str, status: str = "completed", **more: Any) -> list[Any]:
    return [ordered(LUTATHERA, day, f"r{place}", status=status, **more) for place, day in enumerate(days)]


FUTURE = {"dosageInstruction": [{"timing": {"event": ["2026-12-10"]}}]}


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([*orders(*DAYS[:3]), *infusions(DAYS[2])], "1..3"),
        (orders("2026-01-10", "2026-03-10", status="active"), "0..2"),
        (orders("2026-01-10", "2026-01-12", status="active"), "0..1"),
        ([*orders(*DAYS), *infusions(*DAYS)], "4"),
        ([*orders("2025-12-20", "2026-02-20"), *infusions(*DAYS[:2])], "2"),
        ([*orders(DAYS[0]), *infusions(*DAYS)], "4"),
        ([*orders(DAYS[0], "2026-10-01"), *infusions(DAYS[0])], "1..2"),
        (orders("2026-11-20", status="active"), "0"),
        (orders("2026-09-01", status="active", **FUTURE), "0"),
        ([*orders(DAYS[0]), *infusions(DAYS[0]), *orders("2026-11-20", status="active")], "1"),
    ],
)
def test_an_order_that_no_dose_shows_may_have_been_given(records: list[Any], expected: str) -> None:
    assert value(doses(*records)) == expected
