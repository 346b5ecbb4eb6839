"""What an order is meant to do, and against what: palliative orders, and diseases a drug is given for otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.case import Order
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import word
from tests.mappers.parts import SCT, concept, request
from tests.mappers.safety_parts import disease, read

INTENT = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-procedure-intent"


def order(knowledge: Knowledge, said: str, *resources: Any, **more: Any) -> Order:
    [found] = read(knowledge, *resources, drafts=(request(said, **more),)).orders
    return found


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"category": [concept(text="Palliative")]}, True),
        ({"reasonCode": [concept((SCT, "363676003"))]}, True),
        ({"courseOfTherapyType": concept(text="緩和的化学療法")}, True),
        ({"category": [concept(text="緩和")]}, True),
        ({"extension": [{"url": INTENT, "valueCodeableConcept": concept(text="Palliativ")}]}, True),
        ({"reasonCode": [concept(text="症状緩和")]}, False),
        ({"reasonCode": [concept(text="adjuvant")]}, False),
        ({}, False),
    ],
)
def test_a_palliative_intent_is_read_wherever_it_stands(knowledge: Knowledge, more: Any, expected: bool) -> None:
    assert order(knowledge, "sunitinib", **more).palliative is expected


def test_a_reason_that_is_only_an_intent_is_no_reason(knowledge: Knowledge) -> None:
    palliative = {"reasonCode": [concept(text="Palliative")]}
    assert word(order(knowledge, "sunitinib", **palliative).reason) == "this-tumour"
    breast = disease("breast cancer", "c9")
    assert word(order(knowledge, "cisplatin", breast, **palliative).reason) is None
    assert order(knowledge, "everolimus", **palliative).drug is None


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        *(("octreotide LAR 30 mg", found) for found in ("Esophageal varices with bleeding", "Variceal bleed")),
        ("lanreotide", "Bleeding esophageal varices"),
        *(("everolimus 10 mg tablet", found) for found in ("SEGA", "Subependymal giant cell astrocytoma")),
        ("everolimus 10 mg tablet", "Renal angiomyolipoma"),
    ],
)
def test_another_disease_a_drug_is_given_for(knowledge: Knowledge, said: str, reason: str) -> None:
    assert word(order(knowledge, said, reasonCode=[concept(text=reason)]).reason) == "another-disease"
