"""The route of an order, and the day it is for."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.case import Order
from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import SCT, concept, request
from tests.mappers.safety_parts import read


def order(knowledge: Knowledge, said: str, **more: Any) -> Order:
    [found] = read(knowledge, drafts=(request(said, **more),)).orders
    return found


def dosage(**more: Any) -> Any:
    return {"dosageInstruction": [more]}


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("doxorubicin intra-arterial", {}),
        ("doxorubicin drug-eluting bead", {}),
        ("ドキソルビシン 肝動注", {}),
        ("doxorubicin", dosage(route=concept((SCT, "58100008")))),
        ("doxorubicin", dosage(route={"text": "Intra-arterial"})),
        ("doxorubicin", dosage(text="via hepatic artery as part of TACE")),
        ("ドキソルビシン", dosage(text="肝動脈化学塞栓療法にて")),
        ("doxorubicin", dosage(method={"text": "chemoembolization"})),
    ],
)
def test_into_an_artery(knowledge: Knowledge, said: str, more: Any) -> None:
    one = order(knowledge, said, **more)
    assert (one.drug, one.route) == ("doxorubicin", "intra-arterial")


def test_by_the_form_of_a_contained_medication(knowledge: Knowledge) -> None:
    beads = {"resourceType": "Medication", "id": "m", "form": {"text": "drug-eluting beads"}}
    found = request(contained=[beads | {"code": {"text": "doxorubicin"}}], medicationReference={"reference": "#m"})
    [one] = read(knowledge, drafts=(found,)).orders
    assert (one.drug, one.route) == ("doxorubicin", "intra-arterial")


@pytest.mark.parametrize("more", [{}, dosage(route={"text": "Intravenous"}), dosage(text="60 mg/m2 every 3 weeks")])
def test_anything_else_is_systemic(knowledge: Knowledge, more: Any) -> None:
    found = order(knowledge, "doxorubicin", **more)
    assert (found.drug, found.route) == ("doxorubicin", "")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (dosage(timing={"event": ["2026-12-10"]}), "2026-12-10"),
        (dosage(timing={"event": ["2026-11-01", "2026-12-10T09:00:00+09:00"]}), "2026-12-10"),
        (dosage(timing={"repeat": {"boundsPeriod": {"start": "2026-12-11"}}}), "2026-12-11"),
        ({"dispenseRequest": {"validityPeriod": {"start": "2026-12-12"}}}, "2026-12-12"),
        (dosage(timing={"event": ["2026-12"]}), None),
        (dosage(timing={"event": ["2026-11-01"]}), None),
        (dosage(timing={"event": "soon"}), None),
        ({}, None),
    ],
)
def test_the_day_of_a_medication_request(knowledge: Knowledge, more: Any, expected: str | None) -> None:
    assert order(knowledge, "Lutathera", **more).planned == expected


@pytest.mark.parametrize(
    "more",
    [
        {"occurrenceDateTime": "2026-12-15"},
        {"occurrencePeriod": {"start": "2026-12-15", "end": "2026-12-20"}},
        {"occurrenceTiming": {"event": ["2026-12-15"]}},
    ],
)
def test_the_day_of_a_service_request(knowledge: Knowledge, more: Any) -> None:
    asked: Any = {"resourceType": "ServiceRequest", "id": "z", "status": "draft", "intent": "order"}
    asked |= {"subject": {"reference": "Patient/p1"}, "code": {"text": "Lutathera"}}
    [found] = read(knowledge, drafts=(asked | more,)).orders
    assert (found.drug, found.planned) == ("lutetium-dotatate", "2026-12-15")
