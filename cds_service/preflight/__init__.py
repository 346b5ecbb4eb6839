"""Everything that must hold of knowledge/ before the door opens, and that no single file can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..domain.knowledge import ClinicalCase, Knowledge
from ..errors import Fault
from ..knowledge_base import line_in
from ..rules.cases import run_cases
from .cards import card_findings
from .closed_lists import closed_list_findings
from .finding import Finding
from .lengths import length_findings
from .names import name_findings
from .studies import study_findings
from .tables import table_findings
from .texts import text_findings

__all__ = ["preflight"]

OF_A_RULE = (table_findings, card_findings, text_findings, length_findings)


def preflight(
    knowledge: Knowledge, cases: Iterable[ClinicalCase] | None = None, *, folder: Path | None = None
) -> list[Fault]:
    """Every fault, in the order of the rules; with the folder the knowledge was read from, each has its line.

    Where nothing else is wrong the cases, if given, are put through the rules too.
    """
    found = [_fault(finding, folder) for finding in _findings(knowledge)]
    return found or run_cases(knowledge, cases or ())


def _findings(knowledge: Knowledge) -> Iterator[Finding]:
    yield from name_findings(knowledge)
    yield from closed_list_findings(knowledge)
    yield from study_findings(knowledge)
    for rule in knowledge.rules:
        for check in OF_A_RULE:
            yield from check(rule, knowledge)


def _fault(finding: Finding, folder: Path | None) -> Fault:
    path = folder / finding.file if folder else None
    line = line_in(path, finding.path) if path and path.is_file() else None
    return Fault(finding.file, line, finding.message)
