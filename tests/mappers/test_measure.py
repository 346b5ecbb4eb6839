"""How much is read: what is left unchecked is said, nothing is silenced by it, and nothing takes long."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import Any

import pytest

from cds_service.domain.call import Json, Record
from cds_service.domain.case import Case
from cds_service.domain.values import Known, Why
from cds_service.mappers.case import map_case
from cds_service.mappers.chart import MOST_CHECKED
from tests.mappers.parts import (
    ICD,
    ICD_CM,
    ICD_O,
    VALUE_SETS,
    concept,
    condition,
    fact,
    ki67,
    record,
    request,
    value,
    why,
    with_morphology,
)

LONG = "follow up " * 201
PADDING = "x" * 2000


def read(*resources: Any, **more: Any) -> Case:
    return map_case(record(*resources, **more), VALUE_SETS)


SOON = 3  # seconds of CPU; a cost that grows with the square took 20, and a shared machine is slow at times


def seconds(work: Callable[[], object]) -> float:
    before = process_time()
    work()
    return process_time() - before


def many(make: Callable[[str], Any], number: int) -> list[Any]:
    return [make(f"n{place}") for place in range(number)]


def test_more_results_than_are_checked_leave_their_facts_incomplete_and_the_condition_as_it_is() -> None:
    case = read(*many(lambda name: ki67(8, name), 1600), condition())
    assert value(case.fact("ki67_percent")) == "unclear: incomplete"
    assert value(case.fact("sstr_imaging")) == "unclear: incomplete"
    assert value(case.fact("diagnosis")) == "nen"
    assert value(case.fact("primary_site")) == "pancreas"


def test_as_many_results_as_are_checked_are_read() -> None:
    assert value(read(*many(lambda name: ki67(8, name), MOST_CHECKED), condition()).fact("ki67_percent")) == "8"


@pytest.mark.parametrize("kind", ["MedicationRequest", "MedicationDispense"])
def test_more_orders_than_are_checked_leave_the_history_incomplete_and_the_rest_as_it_is(kind: str) -> None:
    old = {"resourceType": kind, "status": "completed", "authoredOn": "2020-01-01", "whenHandedOver": "2020-01-01"}
    orders = many(lambda name: request("sunitinib", name) | old, 1900)
    case = read(*orders, condition(), ki67(8), drafts=(request("sunitinib"),))
    assert value(case.history) == "unclear: incomplete"
    assert value(case.orders[0].kind) == "unclear: incomplete"
    assert value(case.fact("diagnosis")) == "nen"
    assert value(case.fact("ki67_percent")) == "8"


def test_of_too_many_the_newest_are_checked() -> None:
    old = many(lambda name: request("sunitinib", name, "2019-01-01", status="completed"), 1000)
    new = request("sunitinib", "new", "2026-11-01", status="active")
    case = read(condition(), *old, new, drafts=(request("sunitinib"),))
    assert case.orders[0].kind == Known("continuation", "MedicationRequest/new", "2026-11-01")
    assert [medication.source for medication in case.medications] == ["MedicationRequest/new"]


def test_more_conditions_than_are_checked_are_a_nen_of_a_site_not_told() -> None:
    case = read(*many(condition, MOST_CHECKED + 1))
    assert value(case.fact("diagnosis")) == "nen"
    assert why(case.fact("primary_site")) is Why.INCOMPLETE


def test_resources_that_are_not_looked_at_cost_nothing() -> None:
    noise = many(lambda name: condition(name, concept((ICD, "I10"))), 2000)
    assert value(read(*noise, condition()).fact("diagnosis")) == "nen"


def with_reports(number: int) -> Record:
    concluded: Json = {"resourceType": "DiagnosticReport", "status": "final", "code": concept(text="Pathology")}
    concluded |= {"subject": {"reference": "Patient/p1"}, "conclusionCode": [concept((ICD_O, "8240/3"))]}
    reports = many(lambda name: concluded | {"id": name, "result": [{"reference": f"Observation/{name}"}]}, number)
    other = condition("c2", concept((ICD, "C50.9")))
    return record(*many(lambda name: ki67(8, name), number), *reports, condition(), other)


def test_a_result_is_linked_by_any_of_many_reports() -> None:
    assert value(map_case(with_reports(MOST_CHECKED), VALUE_SETS).fact("ki67_percent")) == "8"


def test_a_thousand_results_and_their_reports_are_linked_quickly() -> None:
    told = with_reports(1000)
    assert seconds(lambda: map_case(told, VALUE_SETS).fact("ki67_percent")) < SOON


@pytest.mark.parametrize(
    "said",
    ["no carcinoid, " * 140, "no carcinoid " * 150, "carcinoid " * 200, "metasta" * 285, "no " * 600 + "carcinoid"],
)
def test_a_text_of_many_words_is_read_quickly(said: str) -> None:
    told = record(*many(lambda name: condition(name, concept(text=said)), 20))
    assert seconds(lambda: map_case(told, VALUE_SETS).fact("diagnosis")) < SOON


@pytest.mark.parametrize("said", ["carcinoid " * 20000, "no carcinoid, " * 20000, "1" * 300_000, "((((" * 70_000])
def test_a_text_too_long_takes_no_time(said: str) -> None:
    told = record(condition(code=concept(text=said)), drafts=(request(said), request("sunitinib " + said)))
    assert seconds(lambda: map_case(told, VALUE_SETS).fact("diagnosis")) < SOON


@pytest.mark.parametrize("said", [LONG, LONG + "carcinoid", "carcinoid " + LONG])
def test_a_text_too_long_neither_makes_nor_excludes_a_tumour(said: str) -> None:
    assert why(fact("diagnosis", condition(code=concept(text=said)))) is Why.NOT_UNDERSTOOD
    assert why(fact("diagnosis", condition(code=concept((ICD, "I10", said))))) is Why.NOT_UNDERSTOOD
    assert value(fact("diagnosis", condition(code=concept(text=said)), condition("c2"))) == "nen"


def test_a_text_of_the_greatest_length_is_read() -> None:
    said = "carcinoid ".ljust(1999, "x") + "y"
    assert len(said) == 2000
    assert value(fact("diagnosis", condition(code=concept(text=said)))) == "nen"
    assert why(fact("diagnosis", condition(code=concept(text=said + "z")))) is Why.NOT_UNDERSTOOD


def test_a_code_tells_what_it_tells_beside_a_text_too_long() -> None:
    assert value(fact("diagnosis", condition(code=concept((ICD_CM, "C7A.010"), text=LONG)))) == "nen"
    assert value(fact("diagnosis", with_morphology("8240/3", code=concept(text=LONG)))) == "nen"


def test_a_nec_whose_place_may_stand_in_a_text_too_long_is_not_told() -> None:
    told = with_morphology("8246/3", code=concept(text=LONG + " of the lung"))
    assert why(fact("diagnosis", told)) is Why.NOT_UNDERSTOOD


def test_a_reason_too_long_to_be_read_is_not_understood() -> None:
    for order in (
        request("octreotide LAR", reasonCode=[concept(text="Acromegaly " + LONG)]),
        request("octreotide LAR", reasonReference=[{"reference": "Condition/c2"}]),
    ):
        other = condition("c2", concept(text="Acromegaly " + LONG))
        [read_order] = read(condition(), other, drafts=(order,)).orders
        assert why(read_order.reason) is Why.NOT_UNDERSTOOD


def test_a_drug_named_in_a_text_too_long_is_not_told() -> None:
    assert read(condition(), drafts=(request("sunitinib " + PADDING),)).orders[0].drug is None
    given = request("sunitinib " + PADDING, "r1", "2026-11-01", status="active")
    assert why(read(condition(), given).history) is Why.NOT_UNDERSTOOD


@pytest.mark.parametrize(("words", "expected"), [(20, "other"), (60, "nen")])
def test_a_denial_counts_near_the_words_it_denies(words: int, expected: str) -> None:
    for told in ("no " + "more " * words + "carcinoid", "carcinoid " + "more " * words + "ruled out"):
        found = fact("diagnosis", condition(code=concept(text=told)))
        assert (value(found) == "nen") is (expected == "nen"), told


def test_a_denied_history_order_that_is_not_told_as_fhir_tells_it_is_not_read() -> None:
    for odd in ({"doNotPerform": "false"}, {"doNotPerform": 0}):
        given = request("sunitinib", "r1", "2026-11-01", status="active") | odd
        assert why(read(condition(), given).history) is Why.NOT_UNDERSTOOD
