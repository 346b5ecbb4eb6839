"""statements.yaml against the review's statements and the columns of the clinical contract."""

from __future__ import annotations

import json
import re

from cds_service.domain.knowledge import Knowledge
from tests.reference import needs_reference, reference

BEHAVIOURS = {
    "info only": "info",
    "warn on order": "warn",
    "ask for missing data": "ask",
    "guidance on patient view": "guide",
}


@needs_reference
def test_every_statement_has_the_behaviour_it_was_given(knowledge: Knowledge) -> None:
    listed = json.loads(reference("clinical", "evidence.json").read_text("utf-8"))["part_a_statements"]
    assert {number: each.behaviour for number, each in knowledge.statements.items()} == {
        each["id"]: BEHAVIOURS[each["cds_behaviour"]] for each in listed
    }


@needs_reference
def test_the_rules_of_a_statement_are_those_the_contract_names(knowledge: Knowledge) -> None:
    assert {number: set(each.rules) for number, each in knowledge.statements.items() if each.rules} == named()


def named() -> dict[str, set[str]]:
    """Statement -> rules whose section of the contract names it."""
    found: dict[str, set[str]] = {}
    rule = ""
    sections = reference("clinical", "rules.md").read_text("utf-8").split("\n## ")
    for line in "\n".join(text for text in sections if text[:2] in ("3.", "4.", "5.")).splitlines():
        heading = re.match(r"(?:####|\|) `([a-z0-9-]+)`", line)
        rule = heading[1] if heading else rule
        for first, last in re.findall(r"A(\d{3})(?:-A(\d{3}))?", line):
            for number in range(int(first), int(last or first) + 1):
                found.setdefault(f"A{number:03d}", set()).add(rule)
    return found
