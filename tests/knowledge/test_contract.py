"""The shipped tables are the contract's: every row with its cells, verdict, indicator and suggestions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from cds_service.domain.interval import Interval
from cds_service.domain.knowledge import Cell, Knowledge, Rule
from cds_service.knowledge_base import knowledge_folder, load
from cds_service.knowledge_base.cells import cell_of
from tests.knowledge.contract import PrintedRow, heads, label_rules, printed_rows, view_rules
from tests.reference import REFERENCE

PATH = (REFERENCE or Path("absent")) / "clinical" / "rules.md"
pytestmark = pytest.mark.skipif(not PATH.is_file(), reason="no folder of reference material beside the checkout")
KNOWLEDGE = load(knowledge_folder())
ROWS = list(printed_rows(PATH)) if PATH.is_file() else []
# Words of ours for words the contract spells out, and for what it says once in the head of a rule.
RENAMED = {"ssa-long only": "ssa-only", "temozolomide and/or capecitabine": "captem"}
RENAMED |= {"ici, targeted or other cytotoxic": "trial-only"}
# Cells in which this project says more than the contract prints, each with the reason.
WIDER = {
    # An analogue whose purpose is unclear is neither: it is asked about with the lowered voice of an unclear scope.
    ("nec-without-platinum", "without-platinum", "order_class"): "unclear",
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule} {row.name}")
def test_a_row_is_as_printed(row: PrintedRow) -> None:
    rule = KNOWLEDGE.rule(row.rule)
    assert rule is not None, "the rule is missing"
    [found] = [each for each in rule.rows if each.name == row.name]
    for name, text in row.cells.items():
        more = WIDER.get((row.rule, row.name, name))
        assert _same(found.cells[name], _cell(name, text, KNOWLEDGE, also=more)), f"{name}: {found.cells[name].text}"
    if row.verdict == "silent":
        assert (found.say, found.because != "") == ("nothing", True)
        return
    card = rule.cards[found.say]
    assert (card.verdict, card.indicator) == (row.verdict, row.indicator)
    # "del" is of this draft; where only one of two drugs is the one to go, ours names it.
    assert frozenset(one.split()[0] for one in card.suggest) == row.suggestions


def test_the_contract_has_as_many_rows_as_it_says() -> None:
    assert len(ROWS) == 148 - 1  # ssa-foregut-hindgut is printed as a sentence


def test_every_rule_of_the_contract_is_there_and_no_other() -> None:
    wanted = [*heads(PATH), *label_rules(PATH), *view_rules(PATH)]
    assert [rule.id for rule in KNOWLEDGE.rules] == wanted
    assert len(wanted) == 51  # 50 rules and the MAP
    assert all(rule.status == "active" for rule in KNOWLEDGE.rules)


@pytest.mark.parametrize("rule", [*heads(PATH)] if PATH.is_file() else [])
def test_no_row_is_added(rule: str) -> None:
    found = KNOWLEDGE.rule(rule)
    assert found is not None, "the rule is missing"
    printed = [row.name for row in ROWS if row.rule == rule] or ["always"]
    assert [row.name for row in found.rows] == printed


@pytest.mark.parametrize("rule", KNOWLEDGE.rules, ids=lambda rule: rule.id)
def test_a_rule_asks_at_the_hooks_of_its_section(rule: Rule) -> None:
    head = heads(PATH).get(rule.id, "")
    if rule.id in view_rules(PATH):
        assert rule.asked_at == {"patient-view"}
    else:
        whole_rule_waits = "*sign*" in head.split(" - ")[0]
        assert rule.asked_at == ({"order-sign"} if whole_rule_waits else {"order-select", "order-sign"})
        assert rule.continuation_speaks == ("∞" in head)
        assert rule.label_rule == (rule.id in label_rules(PATH))


def _cell(name: str, text: str, knowledge: Knowledge, also: str | None) -> Cell:
    parts = [RENAMED.get(part.strip(), part.strip()) for part in ([text] if text in RENAMED else text.split(" / "))]
    return cell_of([*parts, *([also] if also else [])], knowledge.facts[name])


def _same(one: Cell, other: Cell) -> bool:
    return (one.words, one.unclear, one.any) == (other.words, other.unclear, other.any) and _spans(one.spans) == _spans(
        other.spans
    )


def _spans(spans: Iterable[Interval]) -> set[str]:
    return {str(span) for span in spans}
