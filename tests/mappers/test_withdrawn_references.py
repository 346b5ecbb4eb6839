"""A drug or specimen that was withdrawn, and orders and allergies of no known status, are not used."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Json
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.set_aside import Aside
from tests.mappers.parts import concept, condition, extras, ki67, request, status, value
from tests.mappers.safety_parts import procedure, read, report

MODIFIER = [{"url": "http://ehr.example/negated", "valueBoolean": True}]
WITHDRAWN: list[tuple[Json, Aside]] = [
    ({"status": "entered-in-error"}, Aside.ENTERED_IN_ERROR),
    ({"status": "foo"}, Aside.UNKNOWN_STATUS),
    ({"modifierExtension": MODIFIER}, Aside.UNKNOWN_MODIFIER),
]
SUNITINIB: Json = {"resourceType": "Medication", "id": "s", "code": {"text": "sunitinib"}}
SPECIMEN: Json = {"resourceType": "Specimen", "id": "s", "subject": {"reference": "Patient/p1"}}
SPECIMEN |= {"collection": {"collectedDateTime": "2026-05-01"}, "type": {"text": "pancreas"}}
NAMED = {"reference": "Medication/s", "display": "sunitinib"}


def taken(**more: Any) -> Json:
    return request("", "r1", "2026-11-01", status="active", medicationReference=NAMED) | more


@pytest.mark.parametrize(("more", "why"), WITHDRAWN)
def test_a_withdrawn_drug_names_none(knowledge: Knowledge, more: Json, why: Aside) -> None:
    case = read(knowledge, SUNITINIB | more, taken())
    assert (case.medications, value(case.history)) == ((), "unclear: not-understood")
    assert [(one.where, one.why) for one in case.set_aside().named] == [("Medication/s", why)]


@pytest.mark.parametrize(("more", "_"), WITHDRAWN)
def test_a_draft_of_a_withdrawn_drug_is_of_no_drug(knowledge: Knowledge, more: Json, _: Aside) -> None:
    draft = request("", "d1", medicationReference=NAMED)
    for told in ({"others": extras(SUNITINIB | more)}, {}):
        [order] = read(knowledge, *(() if told else (SUNITINIB | more,)), drafts=(draft,), **told).orders
        assert order.drug is None
    contained = draft | {"contained": [SUNITINIB | more], "medicationReference": {"reference": "#s"}}
    assert [order.drug for order in read(knowledge, drafts=(contained,)).orders] == [None]


@pytest.mark.parametrize("more", [{}, {"status": "active"}, {"status": "inactive"}])
def test_a_drug_no_longer_in_use_was_given_all_the_same(knowledge: Knowledge, more: Json) -> None:
    case = read(knowledge, SUNITINIB | more, taken())
    assert ([one.drug for one in case.medications], value(case.history)) == (["sunitinib"], "read")


@pytest.mark.parametrize(("more", "why"), WITHDRAWN)
def test_a_withdrawn_specimen_neither_dates_nor_links_a_result(knowledge: Knowledge, more: Json, why: Aside) -> None:
    found = ki67(30, "k1", None, specimen={"reference": "Specimen/s"})
    assert value(read(knowledge, found, SPECIMEN).fact("ki67_percent")) == "30"
    case = read(knowledge, found, SPECIMEN | more)
    assert value(case.fact("ki67_percent")) == "unclear: undated"
    assert ("Specimen/s", why) in [(one.where, one.why) for one in case.set_aside().named]


def allergy(**more: Any) -> Json:
    found: Json = {"resourceType": "AllergyIntolerance", "id": "x", "code": {"text": "cisplatin"}}
    return found | {"patient": {"reference": "Patient/p1"}} | more


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"verificationStatus": status("maybe")}, Aside.UNKNOWN_STATUS),
        ({"clinicalStatus": status("foo")}, Aside.UNKNOWN_STATUS),
        ({"recordedDate": "2027-01-01"}, Aside.TO_COME),
    ],
)
def test_an_allergy_nobody_can_rely_on_leaves_them_unclear(knowledge: Knowledge, more: Json, why: Aside) -> None:
    case = read(knowledge, allergy(**more))
    assert (case.allergies, value(case.allergies_read)) == (frozenset(), "unclear: not-understood")
    assert [(one.where, one.why) for one in case.set_aside().named] == [("AllergyIntolerance/x", why)]


@pytest.mark.parametrize("said", ["active", "unconfirmed", "confirmed"])
def test_an_allergy_that_stands_is_used(knowledge: Knowledge, said: str) -> None:
    key = "clinicalStatus" if said == "active" else "verificationStatus"
    assert "cisplatin" in read(knowledge, allergy(**{key: status(said)})).allergies


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("finale", Aside.UNKNOWN_STATUS),
        ("entered-in-error", Aside.ENTERED_IN_ERROR),
        ("revoked", Aside.CANCELLED),
        ("completed", Aside.OVER),
        ("stopped", Aside.OVER),
    ],
)
def test_a_draft_that_is_no_longer_one_orders_nothing(knowledge: Knowledge, said: str, why: Aside) -> None:
    syndrome = [{"text": "carcinoid syndrome"}]
    case = read(knowledge, drafts=(request("sunitinib", "d1", status=said, reasonCode=syndrome),))
    assert [order.drug for order in case.orders] == [None]
    assert value(case.fact("functional_status")) == "unclear: not-recorded"
    assert [(one.where, one.why) for one in case.set_aside().named] == [("MedicationRequest/d1", why)]


@pytest.mark.parametrize("said", ["draft", "active", "on-hold", "unknown", None])
def test_a_draft_may_have_another_status(knowledge: Knowledge, said: str | None) -> None:
    draft = {k: v for k, v in request("sunitinib", "d1", status=said).items() if v is not None}
    case = read(knowledge, drafts=(draft,))
    assert [order.drug for order in case.orders] == ["sunitinib"]
    assert case.set_aside().counts == {}


@pytest.mark.parametrize(("said", "reason"), [("completed", "unclear: not-linked"), ("not-done", "this-tumour")])
def test_an_operation_that_was_not_done_is_no_other_reason(knowledge: Knowledge, said: str, reason: str) -> None:
    transplant = procedure("kidney transplant", "2020-01-01", "x", status=said)
    [order] = read(knowledge, transplant, drafts=(request("Afinitor 10 mg", "d1"),)).orders
    assert value(order.reason) == reason


@pytest.mark.parametrize(("day", "said"), [("2026-05-02", "30"), ("2026-12-24", "unclear: not-linked")])
def test_a_report_to_come_links_no_result(knowledge: Knowledge, day: str, said: str) -> None:
    breast = condition("breast", concept(text="breast cancer"))
    concluded = report("pathology", day, "r1", result=[{"reference": "Observation/k1"}])
    concluded |= {"conclusionCode": [{"text": "neuroendocrine tumor"}]}
    assert value(read(knowledge, breast, ki67(30, "k1"), concluded).fact("ki67_percent")) == said
