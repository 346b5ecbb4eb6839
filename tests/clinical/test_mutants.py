"""The cases notice when a rule is changed: of all mutants of the tables, at least this share makes a case fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import pytest

from cds_service.domain.advice import Option
from cds_service.domain.knowledge import ClinicalCase, Regimen, Rule
from cds_service.preflight.tables import table_findings
from cds_service.rules.cases import answer_differences, question_of
from cds_service.rules.consult import consult
from cds_service.rules.findings import Findings
from tests.clinical.mutants import mutants
from tests.clinical.shipped import CASES, KNOWLEDGE
from tests.clinical.survivors import SURVIVORS

SHARE = 0.98
RULES = [rule.id for rule in KNOWLEDGE.rules]
NO_OPTION = Option(Regimen("none", {}, ()))
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


@pytest.fixture(autouse=True)
def _nothing_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is offered is no part of the answer that a case expects, and takes most of the time."""
    monkeypatch.setattr("cds_service.rules.consult.may_offer", lambda *_: False)
    monkeypatch.setattr("cds_service.rules.consult.option_of", lambda *_: NO_OPTION)


@cache
def count(rule_id: str) -> Count:
    """What becomes of the mutants of this rule."""
    rule = next(rule for rule in KNOWLEDGE.rules if rule.id == rule_id)
    asked = [(case, question_of(case, KNOWLEDGE)) for case in CASES if case.rule == rule_id]
    made = list(mutants(rule, KNOWLEDGE))
    unnoticed = [(said, mutant) for said, mutant in made if survives(mutant, asked)]
    alive = [said for said, mutant in unnoticed if not any(True for _ in table_findings(mutant, KNOWLEDGE))]
    return Count(len(made), len(made) - len(unnoticed), len(unnoticed) - len(alive), alive)


@pytest.mark.parametrize("rule", RULES)
def test_every_mutant_is_noticed_or_explained(rule: str) -> None:
    assert [said for said in count(rule).alive if not _explained(rule, said)] == []


@pytest.mark.parametrize("rule", SURVIVORS)
def test_every_survivor_explained_is_still_made(rule: str) -> None:
    alive = count(rule).alive
    assert [start for start in SURVIVORS[rule] if not any(said.startswith(start) for said in alive)] == []


def test_the_share_over_all_rules(measured: Callable[[str], None]) -> None:
    found = [count(rule) for rule in RULES]
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
