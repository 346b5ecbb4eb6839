from __future__ import annotations

from dataclasses import replace

import pytest

from cds_service.domain.case import Medication
from cds_service.domain.knowledge import Approval, Drug, Knowledge
from cds_service.domain.values import Known, Unclear, Why

from .build import order, question


def with_entries(knowledge: Knowledge, *entries: Approval) -> Knowledge:
    """Knowledge in which sunitinib has exactly these entries in Japan."""
    drug: Drug = replace(knowledge.drugs["sunitinib"], approvals={"JP": entries})
    return replace(knowledge, drugs={**knowledge.drugs, "sunitinib": drug})


WELL = frozenset({"well"})
PANCREAS = Approval(approved=True, since="2012", conditions={"primary_site": frozenset({"pancreas"})})
ADULT_WELL = Approval(approved=True, since="2012", conditions={"differentiation": WELL}, age_from=18)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"primary_site": "pancreas"}, Known("within")),
        ({"primary_site": "rectum"}, Known("outside")),
        ({}, Unclear(Why.NOT_READ_YET)),
        ({"primary_site": Unclear(Why.CONFLICTING)}, Unclear(Why.CONFLICTING)),
    ],
)
def test_a_condition_must_be_known_to_hold(
    knowledge: Knowledge, facts: dict[str, str | Unclear], expected: Known | Unclear
) -> None:
    assert question(with_entries(knowledge, PANCREAS), facts, order("sunitinib")).fact("label_fit") == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"differentiation": "well", "age": "40"}, "within"),
        ({"differentiation": "well", "age": "17"}, "outside"),
        ({"differentiation": "well"}, "unclear"),
        ({"differentiation": "poor"}, "outside"),
    ],
)
def test_one_condition_known_not_to_hold_is_outside(
    knowledge: Knowledge, facts: dict[str, str | Unclear], expected: str
) -> None:
    fact = question(with_entries(knowledge, ADULT_WELL), facts, order("sunitinib")).fact("label_fit")
    assert (fact.value if isinstance(fact, Known) else "unclear") == expected


def test_no_entry_is_unclear_and_never_outside(knowledge: Knowledge) -> None:
    assert question(with_entries(knowledge), {}, order("sunitinib")).fact("label_fit") == Unclear(Why.NO_ENTRY)


def test_one_entry_that_covers_is_enough(knowledge: Knowledge) -> None:
    both = with_entries(knowledge, PANCREAS, ADULT_WELL)
    asked = question(both, {"primary_site": "rectum", "differentiation": "well", "age": "40"}, order("sunitinib"))
    assert asked.fact("label_fit") == Known("within")


def test_a_sourced_refusal_is_outside_until_it_expires(knowledge: Knowledge) -> None:
    refused = Approval(approved=False, since="2021-05", last_check="2025-02-01")
    stale = replace(refused, last_check="2025-01-01")
    assert question(with_entries(knowledge, refused), {}, order("sunitinib")).fact("label_fit") == Known("outside")
    assert question(with_entries(knowledge, stale), {}, order("sunitinib")).fact("label_fit") == Unclear(Why.NO_ENTRY)


def test_uk_is_not_eu(knowledge: Knowledge) -> None:
    european = replace(knowledge.drugs["sunitinib"], approvals={"EU": (PANCREAS,)})
    changed = replace(knowledge, drugs={**knowledge.drugs, "sunitinib": european})
    asked = question(changed, {"primary_site": "pancreas"}, order("sunitinib"), jurisdiction="UK")
    assert asked.fact("label_fit") == Unclear(Why.NO_ENTRY)


VHL_ONLY = Approval(approved=True, since="2012", conditions={"vhl": frozenset({"yes"})})
NEC_OPEN = Approval(
    approved=True,
    since="2012",
    conditions={"differentiation": WELL},
    unclear_for={"differentiation": frozenset({"poor", "mixed"})},
)
OPEN_ONLY = Approval(approved=True, since="2012", unclear_for={"differentiation": frozenset({"poor"})})


@pytest.mark.parametrize(
    ("entry", "facts", "expected"),
    [
        (VHL_ONLY, {"vhl": "yes"}, Known("within")),
        (VHL_ONLY, {"vhl": "no"}, Known("outside")),
        (VHL_ONLY, {"vhl": Unclear(Why.NOT_CONFIRMED)}, Unclear(Why.NOT_CONFIRMED)),
        (NEC_OPEN, {"differentiation": "well"}, Known("within")),
        (NEC_OPEN, {"differentiation": "poor"}, Unclear(Why.WORDING_OPEN)),
        (NEC_OPEN, {"differentiation": "mixed"}, Unclear(Why.WORDING_OPEN)),
        (NEC_OPEN, {"differentiation": Unclear(Why.AMBIGUOUS)}, Unclear(Why.AMBIGUOUS)),
        (OPEN_ONLY, {"differentiation": "well"}, Known("within")),
        (OPEN_ONLY, {"differentiation": "mixed"}, Known("within")),
        (OPEN_ONLY, {"differentiation": "poor"}, Unclear(Why.WORDING_OPEN)),
        (OPEN_ONLY, {"differentiation": Unclear(Why.AMBIGUOUS)}, Unclear(Why.AMBIGUOUS)),
    ],
)
def test_a_disease_that_the_wording_does_not_settle_is_unclear(
    knowledge: Knowledge, entry: Approval, facts: dict[str, str | Unclear], expected: Known | Unclear
) -> None:
    assert question(with_entries(knowledge, entry), facts, order("sunitinib")).fact("label_fit") == expected


ANY_TREATMENT = Approval(approved=True, since="2012", previous="any-systemic")
NOT_ONLY_SSA = Approval(approved=True, since="2012", previous="non-ssa-systemic")


@pytest.mark.parametrize(
    ("taken", "any_treatment", "not_only_ssa"),
    [
        ((), "outside", "outside"),
        (("lanreotide",), "within", "outside"),
        (("everolimus",), "within", "within"),
        (("lanreotide", "everolimus"), "within", "within"),
        (("lutetium-dotatate",), "within", "within"),
    ],
)
@pytest.mark.parametrize("functioning", ["functioning", "non-functioning"])
def test_an_analogue_is_a_systemic_treatment_but_not_one_other_than_an_analogue(
    knowledge: Knowledge, taken: tuple[str, ...], any_treatment: str, not_only_ssa: str, functioning: str
) -> None:
    had = tuple(Medication(drug, "past", f"MedicationRequest/{drug}", "2025-01-01", "2024-01-01") for drug in taken)
    for entry, expected in ((ANY_TREATMENT, any_treatment), (NOT_ONLY_SSA, not_only_ssa)):
        facts: dict[str, str | Unclear] = {"functional_status": functioning}
        asked = question(with_entries(knowledge, entry), facts, order("sunitinib"), medications=had)
        assert asked.fact("label_fit") == Known(expected)


@pytest.mark.parametrize("entry", [ANY_TREATMENT, NOT_ONLY_SSA])
def test_a_history_that_was_not_read_leaves_earlier_treatment_unclear(knowledge: Knowledge, entry: Approval) -> None:
    changed = with_entries(knowledge, entry)
    asked = question(changed, {}, order("sunitinib"), history=Unclear(Why.INCOMPLETE))
    assert asked.fact("label_fit") == Unclear(Why.INCOMPLETE)


def test_an_analogue_on_record_is_enough_where_the_rest_was_not_read(knowledge: Knowledge) -> None:
    had = (Medication("lanreotide", "past", "MedicationRequest/1", "2025-01-01", "2024-01-01"),)
    missing = Unclear(Why.INCOMPLETE)
    fits = {
        entry.previous: question(
            with_entries(knowledge, entry), {}, order("sunitinib"), medications=had, history=missing
        ).fact("label_fit")
        for entry in (ANY_TREATMENT, NOT_ONLY_SSA)
    }
    assert fits == {"any-systemic": Known("within"), "non-ssa-systemic": missing}


ADULT = Approval(approved=True, since="2012", age_from=18)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        ("17", Known("outside")),
        ("18", Known("within")),
        ("17..18", Unclear(Why.STRADDLES)),
        (Unclear(Why.CONFLICTING), Unclear(Why.CONFLICTING)),
    ],
)
def test_an_age_that_is_not_clear_says_why(knowledge: Knowledge, age: str | Unclear, expected: Known | Unclear) -> None:
    assert question(with_entries(knowledge, ADULT), {"age": age}, order("sunitinib")).fact("label_fit") == expected


def test_the_reason_is_of_an_entry_that_may_still_cover(knowledge: Knowledge) -> None:
    other_site = replace(PANCREAS, conditions={"primary_site": frozenset({"rectum"}), "grade": frozenset({"G1"})})
    asked = question(
        with_entries(knowledge, other_site, ADULT),
        {"primary_site": "pancreas", "age": Unclear(Why.UNDATED)},
        order("sunitinib"),
    )
    assert asked.fact("label_fit") == Unclear(Why.UNDATED)
