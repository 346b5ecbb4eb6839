"""Every check of what no single file can show, in the order in which faults are told."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.knowledge import Knowledge
from .cards import card_findings
from .closed_lists import closed_list_findings
from .finding import Finding
from .glossary import glossary_findings
from .lengths import length_findings
from .names import name_findings
from .statements import statement_findings
from .studies import study_findings
from .tables import table_findings
from .terms import term_findings
from .texts import text_findings

OF_ALL = (name_findings, closed_list_findings, study_findings, term_findings, statement_findings)
OF_A_RULE = (table_findings, card_findings, text_findings, length_findings, glossary_findings)


def findings(knowledge: Knowledge) -> Iterator[Finding]:
    """Everything found, what belongs to no single rule first."""
    for check in OF_ALL:
        yield from check(knowledge)
    for rule in knowledge.rules:
        for check_rule in OF_A_RULE:
            yield from check_rule(rule, knowledge)
