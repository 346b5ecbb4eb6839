from __future__ import annotations

from dataclasses import replace

import pytest

from cds_service.domain.knowledge import Approval, Drug, Knowledge
from cds_service.domain.values import Known, Unclear, Why

from .build import order, question


def with_entries(knowledge: Knowledge, *entries: Approval) -> Knowledge:
    """Knowledge in which sunitinib has exactly these entries in Japan."""
    drug: Drug = replace(knowledge.drugs["sunitinib"], approvals={"JP": entries})
    return replace(knowledge, drugs={**knowledge.drugs, "sunitinib": drug})


PANCREAS = Approval(approved=True, since="2012", sites=frozenset({"pancreas"}))
ADULT_WELL = Approval(approved=True, since="2012", differentiation=frozenset({"well"}), age_from=18)


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
