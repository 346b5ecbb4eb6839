"""A draft that names several drugs: no rule speaks of it, and the other drafts have each of them beside them."""

from __future__ import annotations

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known, Unclear

from .build import order, question

REGIMEN = order(None, ref="MedicationRequest/2", several=frozenset({"cisplatin", "irinotecan"}))


def test_the_drugs_of_another_draft_are_ordered_together(knowledge: Knowledge) -> None:
    found = question(knowledge, {}, order("irinotecan"), co_ordered=(REGIMEN,)).fact("platinum_state")
    assert found == Known("in-plan", "MedicationRequest/2")


def test_a_drug_of_another_draft_stands_beside_prrt(knowledge: Knowledge) -> None:
    found = question(knowledge, {}, order("lutetium-dotatate"), co_ordered=(REGIMEN,)).fact("partner")
    assert found == Known("trial-only", "MedicationRequest/2")


def test_the_draft_itself_has_no_one_drug(knowledge: Knowledge) -> None:
    assert isinstance(question(knowledge, {}, REGIMEN).fact("ordered_drug"), Unclear)
