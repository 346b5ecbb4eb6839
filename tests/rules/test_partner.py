"""What stands beside PRRT, which drug decides it, and whether it is only an old entry."""

from __future__ import annotations

import pytest

from cds_service.domain.case import Medication
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known, Unclear
from cds_service.rules.beside import rests_on_stale

from .build import order, question

PRRT = "lutetium-dotatate"


def taken(drug: str, state: str = "in-plan") -> Medication:
    return Medication(drug, state, f"MedicationRequest/{drug}", "2026-01-08", "2025-11-01")


@pytest.mark.parametrize(
    ("drug", "beside", "word", "named"),
    [
        (PRRT, ("everolimus",), "trial-only", "MedicationRequest/everolimus"),
        (PRRT, ("octreotide-lar", "everolimus"), "trial-only", "MedicationRequest/everolimus"),
        (PRRT, ("capecitabine", "everolimus"), "trial-only", "MedicationRequest/everolimus"),
        (PRRT, ("octreotide-lar", "capecitabine"), "captem", "MedicationRequest/capecitabine"),
        (PRRT, ("octreotide-lar",), "ssa-only", "MedicationRequest/octreotide-lar"),
        ("everolimus", (PRRT,), "trial-only", "MedicationRequest/1"),
        ("capecitabine", (PRRT,), "captem", "MedicationRequest/1"),
        ("capecitabine", (PRRT, "everolimus"), "trial-only", "MedicationRequest/everolimus"),
        ("lanreotide", (PRRT,), "ssa-only", "MedicationRequest/1"),
    ],
)
def test_the_source_of_the_partner_is_the_drug_that_decides(
    knowledge: Knowledge, drug: str, beside: tuple[str, ...], word: str, named: str
) -> None:
    found = question(knowledge, {}, order(drug), medications=tuple(map(taken, beside))).fact("partner")
    assert isinstance(found, Known)
    assert (found.value, found.source) == (word, named)


def test_a_draft_goes_before_an_entry_of_the_record(knowledge: Knowledge) -> None:
    other = order("nivolumab", ref="MedicationRequest/2")
    asked = question(knowledge, {}, order(PRRT), medications=(taken("everolimus"),), co_ordered=(other,))
    found = asked.fact("partner")
    assert isinstance(found, Known)
    assert found.source == "MedicationRequest/2"


@pytest.mark.parametrize(("drug", "beside"), [(PRRT, ()), ("everolimus", ()), ("everolimus", ("octreotide-lar",))])
def test_without_a_pair_there_is_no_partner(knowledge: Knowledge, drug: str, beside: tuple[str, ...]) -> None:
    asked = question(knowledge, {}, order(drug), medications=tuple(map(taken, beside)))
    assert asked.fact("partner") == Unclear()


@pytest.mark.parametrize(
    ("drug", "in_plan", "old", "rests"),
    [
        (PRRT, (), ("everolimus",), True),
        (PRRT, ("capecitabine",), ("everolimus",), True),
        ("capecitabine", (PRRT,), ("everolimus",), True),
        ("everolimus", (), (PRRT,), True),
        (PRRT, ("sunitinib",), ("everolimus",), False),
        (PRRT, ("everolimus",), ("lanreotide",), False),
        (PRRT, ("everolimus",), (), False),
        ("everolimus", (PRRT,), (), False),
    ],
)
def test_a_pair_that_rests_on_an_old_entry_is_told(
    knowledge: Knowledge, drug: str, in_plan: tuple[str, ...], old: tuple[str, ...], *, rests: bool
) -> None:
    medications = (*map(taken, in_plan), *(taken(each, "stale") for each in old))
    asked = question(knowledge, {}, order(drug), medications=medications)
    assert rests_on_stale(asked, {"partner"}) is rests
