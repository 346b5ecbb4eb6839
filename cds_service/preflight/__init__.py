"""Everything that must hold of knowledge/ before the door opens, and that no single file can show."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..domain.knowledge import ClinicalCase, Knowledge
from ..errors import Fault
from ..knowledge_base import line_in
from ..rules.cases import run_cases
from .checks import findings
from .finding import Finding
from .overlay import overlay_faults

__all__ = ["overlay_faults", "preflight"]


def preflight(
    knowledge: Knowledge, cases: Iterable[ClinicalCase] | None = None, *, folder: Path | None = None
) -> list[Fault]:
    """Every fault, in the order of the rules; with the folder the knowledge was read from, each has its line.

    Where nothing else is wrong the cases, if given, are put through the rules too.
    """
    found = [_fault(finding, folder) for finding in findings(knowledge)]
    return found or run_cases(knowledge, cases or ())


def _fault(finding: Finding, folder: Path | None) -> Fault:
    path = folder / finding.file if folder else None
    line = line_in(path, finding.path) if path and path.is_file() else None
    return Fault(finding.file, line, finding.message)
