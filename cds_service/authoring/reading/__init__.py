"""What the service reads in one patient's record: every fact, every drug, and everything set aside."""

from .bundle_file import from_bundle
from .fhir_server import Noted, failures, from_server, wrong_use
from .record import Read, read_record
from .report import Report, in_json, in_lines
from .sections import report

__all__ = [
    "Noted",
    "Read",
    "Report",
    "failures",
    "from_bundle",
    "from_server",
    "in_json",
    "in_lines",
    "read_record",
    "report",
    "wrong_use",
]
