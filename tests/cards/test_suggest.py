"""What may be suggested, and what not."""

from __future__ import annotations

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Unclear, Why
from tests.cards.test_render import cards
from tests.rules.build import order, question


@pytest.mark.parametrize(("why", "offered"), [(Why.NOT_RECORDED, 1), (Why.UNAVAILABLE, 0), (Why.INCOMPLETE, 0)])
def test_no_test_is_offered_for_what_was_merely_not_received(knowledge: Knowledge, why: Why, offered: int) -> None:
    asked = question(knowledge, {"differentiation": "well", "sstr_imaging": Unclear(why)}, order("lanreotide"))
    [card] = cards(asked, "ssa-receptor-negative")
    assert len(card.get("suggestions", ())) == offered


@pytest.mark.parametrize("doubt", [{"reason": Unclear()}, {"name_is_exact": False}])
def test_nothing_is_replaced_where_the_order_may_be_for_something_else(
    knowledge: Knowledge, doubt: dict[str, object]
) -> None:
    facts = {"primary_site": "pancreas", "differentiation": "well", "ki67_percent": "35"}
    [card] = cards(question(knowledge, {**facts}, order("carboplatin", **doubt)), "platinum-on-net-g3")
    kinds = [action["type"] for found in card["suggestions"] for action in found["actions"]]
    drugs = [a["resource"]["resourceType"] for s in card["suggestions"] for a in s["actions"] if a["type"] == "create"]
    assert "delete" not in kinds
    assert drugs == ["ServiceRequest"]
