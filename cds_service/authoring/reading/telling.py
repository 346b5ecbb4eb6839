"""From the words of the command to the lines of the report, and whether the record was read in full."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ...domain.call import Setting, Template
from ...domain.knowledge import Knowledge
from .bundle_file import from_bundle
from .fhir_server import Noted, failures, from_server, wrong_use
from .record import read_record
from .report import in_lines
from .sections import report


@dataclass(frozen=True)
class Source:
    """Where the record is: a Bundle in a file, or a FHIR server, a patient of it, and a token where it needs one."""

    bundle: Path | None = None
    fhir: str = ""
    patient: str | None = None
    token: str | None = None


def source_of(bundle: Path | None, fhir: str | None, patient: str | None, token_file: Path | None) -> Source:
    """The source that these words of the command name. Raises ValueError where they name none, or two."""
    if (bundle is None) == (fhir is None) or (fhir and not patient):
        raise ValueError("give a Bundle in a file, or --fhir with --patient")
    token = token_file.read_text("utf-8").strip() if token_file else None
    name = patient.removeprefix("Patient/") if patient else None
    if fhir and name and (wrong := wrong_use(fhir, name, token)):
        raise ValueError(wrong)
    return Source(bundle, fhir or "", name, token)


def told(
    source: Source, setting: Setting, templates: Sequence[Template], knowledge: Knowledge, say: Callable[[str], None]
) -> tuple[list[str], bool]:
    """The lines of the report; True where each search was answered in full. Raises errors.CallError.

    `say` is told what could not be read of a FHIR server, and why.
    """
    if source.bundle:
        call, reads = from_bundle(source.bundle, source.patient, setting.on, templates), None
    else:
        call, reads = from_server(source.fhir, source.patient or "", setting.on, source.token)
    with _telling(reads, say):
        found = read_record(call, templates, reads, knowledge)
    return list(in_lines(report(found, setting, knowledge))), found.in_full


@contextmanager
def _telling(reads: Noted | None, say: Callable[[str], None]) -> Iterator[None]:
    """Tell what failed once for each reason, in place of a line of the log for each read."""
    log = logging.getLogger("cds_service.fhir")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)
        for line in failures(reads) if reads else ():
            say(line)
