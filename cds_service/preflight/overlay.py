"""What a site's overlay breaks of a base that holds together, told at the file of the overlay that does it."""

from __future__ import annotations

from pathlib import Path

from ..domain.knowledge import Knowledge
from ..errors import Fault, KnowledgeError
from ..knowledge_base import load, load_local_cases
from ..knowledge_base.folder import files_of
from ..knowledge_base.overlay import NAME
from ..knowledge_base.overlay.site import FILE as SITE
from ..knowledge_base.value_sets import SYSTEMS
from ..rules.cases import run_cases
from .checks import findings
from .finding import Finding

WITH_EVERY = (SITE, SYSTEMS)  # other files of an overlay rest on these


def overlay_faults(merged: Knowledge, folder: Path, overlay: Path) -> list[Fault]:
    """Every fault that shows only with the overlay, then the site's own cases that are answered otherwise."""
    new = [found for found in findings(merged) if found not in set(findings(load(folder)))]
    return [_told(found, folder, overlay) for found in new] or run_cases(merged, load_local_cases(overlay, merged))


def _told(finding: Finding, folder: Path, overlay: Path) -> Fault:
    """The finding at the one file of the overlay that brings it, or at the overlay where several do together."""
    message = f"with this, {finding.file}: {finding.message}"
    for file in sorted(set(files_of(overlay)) - set(WITH_EVERY)):
        if finding in _with_only(file, folder, overlay):
            return Fault(f"{NAME}/{file}", 1, message)
    return Fault(f"{NAME}/{SITE}", 1, message)


def _with_only(file: str, folder: Path, overlay: Path) -> list[Finding]:
    try:
        return list(findings(load(folder, overlay, only=(*WITH_EVERY, file))))
    except KnowledgeError:  # it rests on another file of the overlay
        return []
