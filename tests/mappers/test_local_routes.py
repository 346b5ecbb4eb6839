"""Drugs put on or into one place, into an artery or on beads: none of the systemic treatments."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import SCT, concept, done, given, request, why
from tests.mappers.safety_parts import read
from tests.mappers.test_real_histories import states

V2 = "http://terminology.hl7.org/CodeSystem/v2-0162"
JP = "http://jpfhir.jp/fhir/core/CodeSystem/route-codes"


@pytest.mark.parametrize(
    "record",
    [
        given("bevacizumab", "2026-10-01", dosage={"route": {"text": "Intravitreal"}}),
        given("bevacizumab", "2026-10-01", dosage={"route": concept((SCT, "418401004"))}),
        given("bevacizumab", "2026-10-01", dosage={"text": "1.25 mg intravitreal, right eye"}),
        given("fluorouracil", "2026-10-01", dosage={"route": concept((SCT, "6064005"))}),
        given("doxorubicin intravesical", "2026-10-01"),
        given("cisplatin", "2026-10-01", dosage={"route": concept((V2, "IP"))}),
        given("シスプラチン", "2026-10-01", dosage={"text": "腹腔内投与"}),
        given("ドキソルビシン", "2026-10-01", dosage={"route": {"text": "膀胱内"}}),
        given("ベバシズマブ", "2026-10-01", dosage={"route": {"text": "硝子体内"}}),
        given("シスプラチン", "2026-10-01", dosage={"route": {"text": "髄腔内"}}),
        done("Intravitreal injection of bevacizumab", "2026-10-01"),
        done("Trabeculectomy with 5-fluorouracil", "2026-10-01"),
        done("HIPEC with cisplatin", "2026-10-01"),
    ],
)
def test_a_drug_put_into_one_place_is_no_systemic_treatment(knowledge: Knowledge, record: Any) -> None:
    assert states(knowledge, record) == {}
    assert why(read(knowledge, record).history) is None


@pytest.mark.parametrize(
    ("said", "dosage"),
    [
        ("LC Bead doxorubicin", {}),
        ("doxorubicin DC Bead", {}),
        ("doxorubicin beads", {}),
        ("doxorubicin-eluting beads", {}),
        ("DEBDOX", {}),
        ("doxorubicin intrahepatic arterial", {}),
        ("doxorubicin", {"route": concept((V2, "IA"))}),
        ("ドキソルビシン", {"route": concept((JP, "IA"))}),
        ("ドキソルビシン", {"route": {"text": "動脈注射"}}),
        ("ドキソルビシン", {"text": "TAIにて"}),
    ],
)
def test_into_an_artery_or_on_beads(knowledge: Knowledge, said: str, dosage: Any) -> None:
    assert states(knowledge, given(said, "2026-11-01", dosage=dosage)) == {"doxorubicin intra-arterial": "in-plan"}


@pytest.mark.parametrize(
    "dosage",
    [
        {"text": "120 mg deep subcutaneous; lidocaine cream to the site before"},
        {"patientInstruction": "Do not use the ointment on the day of injection"},
        {"route": concept((SCT, "34206005"))},
    ],
)
def test_an_ointment_in_the_instructions_is_of_another_drug(knowledge: Knowledge, dosage: Any) -> None:
    [found] = read(knowledge, drafts=(request("lanreotide 120 mg", dosageInstruction=[dosage]),)).orders
    assert found.drug == "lanreotide"
