"""ssa_gap_days, fluoropyrimidine_block and the allergy to what is ordered (rules.md sections 1b and 1c)."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Setting
from cds_service.domain.case import Case, Medication
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Fact, Known, Unclear, Why
from cds_service.rules.consult import consult
from cds_service.rules.findings import Findings

from .build import ON, known, order, question, rule

PRRT = "lutetium-dotatate"
UNREAD = Unclear(Why.UNAVAILABLE)


def answer(fact: Fact) -> str:
    return f"unclear: {fact.why}" if isinstance(fact, Unclear) else str(fact.value)


def depot(last_dose: str | None, drug: str = "lanreotide", state: str = "in-plan", **more: Any) -> Medication:
    day = last_dose or "2026-01-10"
    return Medication(drug, state, f"MedicationAdministration/{drug}", day, "2025-01-01", last_dose=last_dose, **more)


def ordered_after(
    last_dose: str | None, date: str | None, drug: str = "lanreotide", state: str = "in-plan"
) -> Medication:
    return Medication(drug, state, f"MedicationAdministration/{drug}", date, "2025-01-01", last_dose=last_dose)


# PRRT is asked for on 2026-01-15.
GAPS = {
    "the planned date minus the last dose before it": ((depot("2025-12-18"),), None, "28"),
    "on the same day": ((depot("2026-01-15"),), None, "0"),
    "the planned date is the order's": ((depot("2025-12-18"),), "2026-02-01", "45"),
    "of several the last": ((depot("2025-11-01"), depot("2025-12-20", "octreotide-lar")), None, "26"),
    "also one that was ended": ((depot("2026-01-01", state="past"),), None, "14"),
    "given after the infusion never counts": (
        (depot("2026-01-10"), depot("2025-12-01", "octreotide-lar")),
        "2026-01-05",
        "35",
    ),
    "only after the infusion": ((depot("2026-01-10"),), "2026-01-05", "unclear: not-recorded"),
    "none on record": ((), None, "unclear: not-recorded"),
    "an order is no dose": ((depot(None),), None, "unclear: undated"),
    "an old entry is no dose": ((depot(None, state="stale"),), None, "unclear: undated"),
    "a past order is no dose": ((depot(None, state="past"),), None, "unclear: not-recorded"),
    "a dose beside an order of another": (
        (depot("2025-12-01"), depot(None, "octreotide-lar")),
        None,
        "unclear: undated",
    ),
    "a month is no day": ((depot("2025-12"),), None, "unclear: undated"),
    "a month before the last dose": ((depot("2025-11"), depot("2025-12-20", "octreotide-lar")), None, "26"),
    "an order newer than the dose may have been given": ((ordered_after("2025-12-01", "2026-01-02"),), None, "13..45"),
    "also one that is over": ((ordered_after("2025-12-01", "2026-01-02", state="past"),), None, "13..45"),
    "or one of another analogue": (
        (depot("2025-12-01"), ordered_after(None, "2026-01-02", "octreotide-lar", "past")),
        None,
        "13..45",
    ),
    "a report of whose last day only the bounds are told": ((ordered_after("2025-12-01", None),), None, "0..45"),
    "an order before the dose changes nothing": ((ordered_after("2025-12-18", "2025-12-10"),), None, "28"),
    "another drug is no analogue": ((depot("2026-01-10", "everolimus"),), None, "unclear: not-recorded"),
}


@pytest.mark.parametrize("name", GAPS)
def test_days_since_the_last_analogue(name: str, knowledge: Knowledge) -> None:
    taken, planned, expected = GAPS[name]
    asked = question(knowledge, {}, order(PRRT, planned=planned), medications=taken)
    assert answer(asked.fact("ssa_gap_days")) == expected


def test_the_gap_names_both_days(knowledge: Knowledge) -> None:
    found = question(knowledge, {}, order(PRRT), medications=(depot("2025-12-18"),)).fact("ssa_gap_days")
    assert isinstance(found, Known)
    assert (found.source, found.date) == ("MedicationAdministration/lanreotide", "2025-12-18/2026-01-15")


def test_an_analogue_that_is_only_drafted_does_not_count(knowledge: Knowledge) -> None:
    drafts = (order("lanreotide", ref="MedicationRequest/2"),)
    asked = question(knowledge, {}, order(PRRT), co_ordered=drafts)
    assert answer(asked.fact("ssa_gap_days")) == "unclear: not-recorded"


def test_the_gap_is_asked_of_prrt_only(knowledge: Knowledge) -> None:
    asked = question(knowledge, {}, order("everolimus"), medications=(depot("2026-01-10"),))
    assert answer(asked.fact("ssa_gap_days")) == "unclear: not-recorded"


def about(
    knowledge: Knowledge, drug: str, facts: dict[str, str], allergies: str = "", read: Fact = Known("read")
) -> Findings:
    ordered = order(drug)
    values = {name: known(value) for name, value in facts.items()}
    case = Case(values, orders=(ordered,), allergies=frozenset(allergies.split()), allergies_read=read)
    return Findings(case, Setting("JP", ON), knowledge, ordered)


BLOCKS = {
    "dpyd complete": ({"dpyd": "complete"}, "", "yes"),
    "dpyd partial": ({"dpyd": "partial"}, "", "yes"),
    "dpyd normal": ({"dpyd": "normal"}, "", "no"),
    "dpyd not tested": ({"dpyd": "none"}, "", "no"),
    "a coumarin in plan": ({"coumarin": "yes"}, "", "yes"),
    "no coumarin": ({"coumarin": "no"}, "", "no"),
    "allergy to capecitabine": ({}, "capecitabine", "yes"),
    "allergy to 5-FU": ({}, "fluorouracil", "yes"),
    "allergy to S-1": ({}, "s-1", "yes"),
    "allergy to another drug": ({}, "cisplatin", "no"),
    "pregnancy on record": ({"pregnancy": "yes"}, "", "yes"),
    "no pregnancy": ({"pregnancy": "no"}, "", "no"),
    "otherwise no, never unclear": ({}, "", "no"),
}


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("read", [Known("read"), UNREAD])
def test_a_reason_against_a_fluoropyrimidine(name: str, read: Fact, knowledge: Knowledge) -> None:
    facts, allergies, expected = BLOCKS[name]
    asked = about(knowledge, "temozolomide", facts, allergies, read)
    assert answer(asked.fact("fluoropyrimidine_block")) == expected


ALLERGIES = [
    ("streptozocin", "streptozocin", Known("read"), "yes"),
    ("streptozocin", "streptozocin", UNREAD, "yes"),
    ("temozolomide", "dacarbazine", Known("read"), "yes"),
    ("streptozocin", "cisplatin", Known("read"), "no"),
    ("streptozocin", "", Known("read"), "no"),
    ("streptozocin", "", UNREAD, "unclear: unavailable"),
]


@pytest.mark.parametrize(("drug", "allergies", "read", "expected"), ALLERGIES)
def test_an_allergy_to_the_ordered_drug(
    drug: str, allergies: str, read: Fact, expected: str, knowledge: Knowledge
) -> None:
    assert answer(about(knowledge, drug, {}, allergies, read).fact("allergy_to_ordered_drug")) == expected


@pytest.mark.parametrize(
    ("recorded", "allergies", "expected"),
    [
        ("yes", "", "yes"),
        ("no", "", "no"),
        (None, "", "no"),
        (None, "carboplatin", "yes"),
        ("no", "oxaliplatin", "yes"),
    ],
)
def test_a_reason_against_platinum_is_never_unclear(
    recorded: str | None, allergies: str, expected: str, knowledge: Knowledge
) -> None:
    facts = {"unfit_for_platinum": recorded} if recorded else {}
    assert answer(about(knowledge, "cisplatin", facts, allergies, UNREAD).fact("platinum_unfit")) == expected


@pytest.mark.parametrize(
    ("last_dose", "row"), [("2025-12-01", "analogue-date-unclear"), ("2025-12-20", "analogue-too-near")]
)
def test_days_on_both_sides_of_the_cut_are_asked_about(last_dose: str, row: str, knowledge: Knowledge) -> None:
    taken = (ordered_after(last_dose, "2026-01-02"),)
    asked = question(knowledge, {}, order(PRRT), medications=taken, jurisdiction="US")
    said = {verdict.row.name for verdict in consult(rule(knowledge, "prrt-precautions"), asked) if verdict.row}
    assert said & {"analogue-date-unclear", "analogue-too-near"} == {row}
