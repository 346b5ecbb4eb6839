"""Every clinical case of knowledge/, put through the rules that ship."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cds_service.domain.knowledge import ClinicalCase, Rule
from cds_service.rules.cases import run_cases, verdicts_of
from tests.clinical.shipped import CASES, KNOWLEDGE


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.title} ({case.line})")
def test_the_answer_is_the_one_a_clinician_agreed_with(case: ClinicalCase) -> None:
    assert run_cases(KNOWLEDGE, [case]) == []


@pytest.mark.parametrize("rule", KNOWLEDGE.rules, ids=lambda rule: rule.id)
def test_every_row_has_a_case(rule: Rule) -> None:
    cases = [case for case in CASES if case.rule == rule.id]
    reached = {verdict.row_name for case in cases for verdict in verdicts_of(case, KNOWLEDGE)}
    assert {row.name for row in rule.rows} <= reached


@pytest.mark.parametrize("rule", KNOWLEDGE.rules, ids=lambda rule: rule.id)
def test_every_rule_has_a_case_in_which_it_is_silent(rule: Rule) -> None:
    assert any(case.rule == rule.id and case.expect_say == "nothing" for case in CASES)


@pytest.mark.parametrize(
    "change", [{"expect_row": "no-such-row"}, {"expect_say": "x"}, {"expect_facts": {"grade": "G9"}}]
)
def test_a_wrong_expectation_is_a_fault(change: dict[str, object]) -> None:
    [fault] = run_cases(KNOWLEDGE, [replace(CASES[0], **change)])  # type: ignore[arg-type]
    assert fault.file.endswith("cases.yaml")
    assert fault.line


@pytest.mark.parametrize("part", [0, -1])
def test_cards_joined_are_all_that_is_said(part: int) -> None:
    several = next(case for case in CASES if case.expect_say.count("+") > 1)
    cards = several.expect_say.split(" + ")
    del cards[part]
    [fault] = run_cases(KNOWLEDGE, [replace(several, expect_say=" + ".join(cards))])
    assert f"says {several.expect_say}, not" in str(fault)
