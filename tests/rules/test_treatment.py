"""What is in plan and what was had; each row is named after a sentence of rules.md section 1b."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.case import Medication, Order
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Fact, Known, Unclear, Why

from .build import order, question

STATES = ("in-plan", "stale", "past", "none")
UNREAD = Unclear(Why.UNAVAILABLE)


def on_record(drug: str, state: str, **more: Any) -> tuple[Medication, ...]:
    given = {"date": "2026-01-10", "begun": "2025-01-15", **more}
    return () if state == "none" else (Medication(drug, state, f"MedicationRequest/{drug}", **given),)


def also(drug: str, **more: object) -> tuple[Order, ...]:
    return (order(drug, ref="MedicationRequest/2", **more),)


def answer(fact: Fact) -> str:
    return f"unclear: {fact.why}" if isinstance(fact, Unclear) else str(fact.value)


PLANNED = dict(zip(STATES, ("yes", "unclear: too-old", "no", "no"), strict=True))
STATE = dict(zip(STATES, ("in-plan", "had", "had", "none"), strict=True))
HAD = dict(zip(STATES, ("yes", "yes", "yes", "no"), strict=True))
FACTS = {
    "ssa_in_plan": ("lanreotide", PLANNED),
    "prrt_in_plan": ("lutetium-dotatate", PLANNED),
    "on_antitumour": ("sunitinib", PLANNED),
    "platinum_state": ("nedaplatin", STATE),
    "capecitabine_state": ("capecitabine", STATE),
    "had_ssa": ("pasireotide-lar", HAD),
    "had_prrt": ("yttrium-dotatoc", HAD),
    "had_platinum": ("oxaliplatin", HAD),
    "had_non_ssa": ("everolimus", HAD),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", FACTS)
def test_a_drug_on_record_answers_by_its_state(name: str, state: str, knowledge: Knowledge) -> None:
    drug, expected = FACTS[name]
    asked = question(knowledge, {}, order("irinotecan"), medications=on_record(drug, state))
    assert answer(asked.fact(name)) == expected[state]


@pytest.mark.parametrize("name", FACTS)
def test_another_drug_answers_nothing(name: str, knowledge: Knowledge) -> None:
    other = "sunitinib" if name == "had_ssa" else "lanreotide"
    if name in ("ssa_in_plan", "on_antitumour"):
        other = "none"
    asked = question(
        knowledge, {}, order("irinotecan"), medications=on_record(other, "none" if other == "none" else "past")
    )
    assert answer(asked.fact(name)) in ("no", "none")


@pytest.mark.parametrize("name", FACTS)
def test_nothing_is_none_unless_history_was_read(name: str, knowledge: Knowledge) -> None:
    asked = question(knowledge, {}, order("irinotecan"), history=UNREAD)
    assert asked.fact(name) == UNREAD
    drug, expected = FACTS[name]
    found = question(knowledge, {}, order("irinotecan"), history=UNREAD, medications=on_record(drug, "in-plan"))
    assert answer(found.fact(name)) == expected["in-plan"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (name, "in-plan" if table is STATE else "yes" if table is PLANNED else "no")
        for name, (_, table) in FACTS.items()
    ],
)
def test_in_plan_is_what_another_draft_of_the_call_names(name: str, expected: str, knowledge: Knowledge) -> None:
    asked = question(knowledge, {}, order("irinotecan"), co_ordered=also(FACTS[name][0]))
    # What is only drafted was neither taken before this call nor had.
    assert answer(asked.fact(name)) == ("no" if name == "on_antitumour" else expected)


@pytest.mark.parametrize("name", FACTS)
def test_into_an_artery_it_is_none_of_these(name: str, knowledge: Knowledge) -> None:
    drug, table = FACTS[name]
    taken = on_record(drug, "in-plan", route="intra-arterial")
    drafts = also(drug, route="intra-arterial")
    asked = question(knowledge, {}, order("irinotecan"), medications=taken, co_ordered=drafts)
    assert answer(asked.fact(name)) == table["none"]


@pytest.mark.parametrize("name", ["had_ssa", "had_prrt", "had_platinum", "had_non_ssa", "platinum_state"])
def test_what_was_for_another_disease_was_not_had_for_this(name: str, knowledge: Knowledge) -> None:
    drug, table = FACTS[name]
    for reason, expected in ((Known("another-disease"), table["none"]), (Unclear(), "unclear: not-linked")):
        asked = question(knowledge, {}, order("irinotecan"), medications=on_record(drug, "past", reason=reason))
        assert answer(asked.fact(name)) == expected


def test_an_analogue_is_not_a_non_ssa_treatment(knowledge: Knowledge) -> None:
    asked = question(knowledge, {}, None, medications=on_record("lanreotide", "in-plan"))
    assert answer(asked.fact("had_non_ssa")) == "no"


# 548 days before 2026-01-15 is 2024-07-16.
ALONE = {
    "nothing beside it": ((), (), "yes"),
    "another antitumour drug in plan": (on_record("everolimus", "in-plan"), (), "no"),
    "another antitumour drug ordered with it": ((), also("everolimus"), "no"),
    "another analogue is no other antitumour drug": (on_record("octreotide-lar", "in-plan"), (), "yes"),
    "an old entry of another drug": (on_record("everolimus", "stale"), (), "unclear: too-old"),
    "another drug had before": (on_record("everolimus", "past"), (), "yes"),
    "a PRRT dose within 18 months": (on_record("lutetium-dotatate", "past", date="2024-07-16"), (), "no"),
    "a PRRT dose before them": (on_record("lutetium-dotatate", "past", date="2024-07-15"), (), "yes"),
    "a PRRT dose in the month they began": (
        on_record("lutetium-dotatate", "past", date="2024-07"),
        (),
        "unclear: undated",
    ),
    "a PRRT dose in a later month": (on_record("lutetium-dotatate", "past", date="2024-08"), (), "no"),
    "a PRRT dose at no told day": (on_record("lutetium-dotatate", "past", date=None), (), "unclear: undated"),
    "the last dose and not a later order": (
        on_record("lutetium-dotatate", "past", last_dose="2024-07-15"),
        (),
        "yes",
    ),
}


@pytest.mark.parametrize("name", ALONE)
def test_ssa_alone(name: str, knowledge: Knowledge) -> None:
    taken, drafts, expected = ALONE[name]
    asked = question(knowledge, {}, order("lanreotide"), medications=taken, co_ordered=drafts)
    assert answer(asked.fact("ssa_alone")) == expected


def test_an_analogue_is_not_alone_unless_history_was_read(knowledge: Knowledge) -> None:
    asked = question(knowledge, {}, order("lanreotide"), history=UNREAD)
    assert asked.fact("ssa_alone") == UNREAD
    prrt = on_record("lutetium-dotatate", "past", date="2025-10-01")
    found = question(knowledge, {}, order("lanreotide"), history=UNREAD, medications=prrt)
    assert answer(found.fact("ssa_alone")) == "no"


@pytest.mark.parametrize(
    ("state", "progression", "expected"),
    [
        ("in-plan", "stable", "no"),
        ("in-plan", "progressing", "yes"),
        ("in-plan", Unclear(), "yes"),
        ("stale", "stable", "yes"),
        ("past", "stable", "yes"),
        ("none", "stable", "yes"),
        ("none", Unclear(), "yes"),
    ],
)
def test_a_decision_is_due_but_not_on_treatment_and_stable(
    state: str, progression: str | Unclear, expected: str, knowledge: Knowledge
) -> None:
    asked = question(knowledge, {"progression": progression}, None, medications=on_record("lanreotide", state))
    assert answer(asked.fact("decision_due")) == expected


@pytest.mark.parametrize("state", ["in-plan", "stale"])
@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (Known("another-disease"), {"in-plan": "no", "stale": "no"}),
        (Known("this-tumour"), {"in-plan": "yes", "stale": "unclear: too-old"}),
        (Unclear(Why.NOT_LINKED), {"in-plan": "yes", "stale": "unclear: too-old"}),
    ],
)
def test_a_drug_for_another_disease_is_no_treatment_of_this_tumour(
    state: str, reason: Fact, expected: dict[str, str], knowledge: Knowledge
) -> None:
    taken = on_record("capecitabine", state, reason=reason)
    asked = question(knowledge, {"progression": "stable"}, order("irinotecan"), medications=taken)
    assert answer(asked.fact("on_antitumour")) == expected[state]
    assert answer(asked.fact("decision_due")) == ("no" if expected[state] == "yes" else "yes")
    assert answer(asked.fact("capecitabine_state")) == {"in-plan": "in-plan"}.get(state, answer_of(reason))


def answer_of(reason: Fact) -> str:
    """What an old entry says of `had`, by what it was for."""
    if isinstance(reason, Unclear):
        return "unclear: not-linked"
    return "had" if reason.value == "this-tumour" else "none"
