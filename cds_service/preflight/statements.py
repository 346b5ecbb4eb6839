"""The hundred statements of the review: each is carried by a rule, or says why none does."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.knowledge import Knowledge, Statement
from .finding import Finding

FILE = "statements.yaml"
NUMBERS = tuple(f"A{number:03d}" for number in range(1, 101))  # those of the review


def statement_findings(knowledge: Knowledge) -> Iterator[Finding]:
    """Statements that are missing, that nobody made, that name no rule of ours, or that nothing acts upon."""
    for number in NUMBERS:
        if number not in knowledge.statements:
            yield Finding(FILE, (), f"{number} is missing")
    for number, statement in knowledge.statements.items():
        if number not in NUMBERS:
            yield Finding(FILE, (number,), f"{number}: the review makes no such statement")
        yield from _carried(statement, knowledge)


def _carried(statement: Statement, knowledge: Knowledge) -> Iterator[Finding]:
    if not statement.rules and statement.behaviour != "info":
        message = f"{statement.number}: something is to be done ({statement.behaviour}), and no rule does it"
        yield Finding(FILE, (statement.number, "because"), message)
    for place, name in enumerate(statement.rules):
        path = (statement.number, "rules", place)
        rule = knowledge.rule(name)
        if rule is None:
            yield Finding(FILE, path, f"{statement.number}: there is no rule {name}")
        elif rule.status == "retired":
            yield Finding(FILE, path, f"{statement.number}: {name} is retired")
        if name in statement.rules[:place]:
            yield Finding(FILE, path, f"{statement.number}: {name} is named twice")
