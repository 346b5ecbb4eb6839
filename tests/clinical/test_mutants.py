"""The cases notice when a rule is changed: of all mutants of the tables, at least this share makes a case fail."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from cds_service.domain.knowledge import ClinicalCase, Rule
from cds_service.knowledge_base import knowledge_folder, load, load_cases
from cds_service.preflight.tables import table_findings
from cds_service.rules.cases import answer_differences, question_of
from cds_service.rules.consult import consult
from cds_service.rules.findings import Findings
from tests.clinical.mutants import mutants
from tests.clinical.survivors import SURVIVORS

SHARE = 0.98
EVERY = 1 if os.environ.get("NENCDS_TEST_LONG") else 10
KNOWLEDGE = load(knowledge_folder())
CASES = load_cases(knowledge_folder(), KNOWLEDGE)
Asked = Sequence[tuple[ClinicalCase, Findings]]


def survives(mutant: Rule, asked: Asked) -> bool:
    """True when every case still gets the answer it expects."""
    for case, question in asked:
        try:
            verdicts = consult(mutant, question, case.hook)
        except LookupError:  # no row, or two rows: the case has no answer any more
            return False
        if any(True for _ in answer_differences(case, verdicts)):
            return False
    return True


@dataclass(frozen=True)
class Count:
    """Mutants of a rule: made, noticed by a case, refused by `check` before any case is asked, and the survivors."""

    made: int
    noticed: int
    refused: int
    alive: list[str]


def count(rule: Rule, every: int = 1) -> Count:
    """What becomes of the mutants of this rule."""
    asked = [(case, question_of(case, KNOWLEDGE)) for case in CASES if case.rule == rule.id]
    made = list(mutants(rule, KNOWLEDGE))[::every]
    unnoticed = [(said, mutant) for said, mutant in made if survives(mutant, asked)]
    alive = [said for said, mutant in unnoticed if not any(True for _ in table_findings(mutant, KNOWLEDGE))]
    return Count(len(made), len(made) - len(unnoticed), len(unnoticed) - len(alive), alive)


@pytest.mark.parametrize("rule", KNOWLEDGE.rules, ids=lambda rule: rule.id)
def test_every_mutant_is_noticed_or_explained(rule: Rule) -> None:
    found = count(rule, EVERY)
    assert [said for said in found.alive if not _explained(rule.id, said)] == []


@pytest.mark.skipif(EVERY > 1, reason="the whole count is for make test-long")
def test_the_share_over_all_rules(measured: Callable[[str], None]) -> None:
    found = [count(rule) for rule in KNOWLEDGE.rules]
    made, noticed, refused = (sum(getattr(one, name) for one in found) for name in ("made", "noticed", "refused"))
    alive = made - noticed - refused
    measured(
        f"mutants of the tables: {made}, {noticed} make a case fail, {refused} are no table any more, {alive} live"
    )
    assert noticed >= SHARE * (made - refused)


def test_an_unchanged_rule_is_no_mutant() -> None:
    rule = KNOWLEDGE.rules[0]
    asked = [(case, question_of(case, KNOWLEDGE)) for case in CASES if case.rule == rule.id]
    assert survives(rule, asked)


def _explained(rule: str, said: str) -> bool:
    return any(said.startswith(start) for start in SURVIVORS.get(rule, {}))
