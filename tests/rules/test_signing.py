"""What waits for the whole order set: order-select beside order-sign (rules.md convention 4)."""

from __future__ import annotations

import pytest

from cds_service.domain.call import Levers
from cds_service.domain.case import Order
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Unclear
from cds_service.rules.consult import consult, consult_all

from .build import order, question, rule

NEC = "nec-without-platinum"
IN_NEC: dict[str, str | Unclear] = {
    "primary_site": "pancreas",
    "differentiation": "poor",
    "extent": "advanced",
    "functional_status": "non-functioning",
}
WAITS = "judged when the whole order set is signed"


def said(knowledge: Knowledge, hook: str, drug: str, *beside: Order) -> list[tuple[str, str]]:
    """(row, why it is silent) of the rule for a NEC."""
    asked = question(knowledge, IN_NEC, order(drug), co_ordered=beside)
    return [(verdict.row_name, verdict.because) for verdict in consult(rule(knowledge, NEC), asked, hook)]


def test_a_partner_of_platinum_is_judged_at_signing_only(knowledge: Knowledge) -> None:
    assert said(knowledge, "order-select", "etoposide") == [("none", WAITS)]
    assert said(knowledge, "order-sign", "etoposide") == [("without-platinum", "")]


@pytest.mark.parametrize(("drug", "row"), [("everolimus", "denies-platinum"), ("streptozocin", "without-platinum")])
def test_what_is_no_partner_is_judged_when_it_is_selected(knowledge: Knowledge, drug: str, row: str) -> None:
    assert said(knowledge, "order-select", drug) == said(knowledge, "order-sign", drug) == [(row, "")]


def test_platinum_in_the_same_call_settles_it(knowledge: Knowledge) -> None:
    platinum = order("carboplatin", ref="MedicationRequest/2")
    [(row, because)] = said(knowledge, "order-sign", "etoposide", platinum)
    assert row == "platinum-there"
    assert because not in ("", WAITS)


def test_what_is_out_of_scope_is_not_said_to_wait(knowledge: Knowledge) -> None:
    net = question(knowledge, IN_NEC | {"differentiation": "well"}, order("etoposide"))
    [verdict] = consult(rule(knowledge, NEC), net, "order-select")
    assert verdict.because == "out of scope: differentiation"


STARTER: dict[str, str | Unclear] = {
    "primary_site": "pancreas",
    "differentiation": "well",
    "ki67_percent": "12",
    "functional_status": "non-functioning",
    "extent": "advanced",
}


@pytest.mark.parametrize(("hook", "rows"), [("order-select", []), ("order-sign", ["starter-alone"])])
def test_that_an_analogue_is_missing_is_said_at_signing_only(knowledge: Knowledge, hook: str, rows: list[str]) -> None:
    asked = question(knowledge, STARTER, order("everolimus"))
    verdicts = consult_all(hook, (asked,), knowledge, Levers())
    assert [one.row_name for one in verdicts if one.rule.id == "everolimus-with-ssa" and one.speaks] == rows


def test_that_an_analogue_is_there_is_said_at_once(knowledge: Knowledge) -> None:
    analogue = order("lanreotide", ref="MedicationRequest/2")
    asked = question(knowledge, STARTER, order("everolimus"), co_ordered=(analogue,))
    [verdict] = consult(rule(knowledge, "everolimus-with-ssa"), asked, "order-select")
    assert (verdict.row_name, verdict.speaks) == ("starter", True)


@pytest.mark.parametrize("name", ["prrt-combination", "streptozocin-doxorubicin", "temozolomide-alone"])
def test_rules_about_two_drugs_are_not_asked_at_selection(knowledge: Knowledge, name: str) -> None:
    asked = question(knowledge, STARTER, order("temozolomide"))
    assert name not in {verdict.rule.id for verdict in consult_all("order-select", (asked,), knowledge, Levers())}
    assert name in {verdict.rule.id for verdict in consult_all("order-sign", (asked,), knowledge, Levers())}
