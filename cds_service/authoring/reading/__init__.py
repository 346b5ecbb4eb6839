"""What the service reads in one patient's record: every fact, every drug, and everything set aside."""

from .record import Read, read_record
from .report import Report, in_json, in_lines
from .sections import report
from .telling import Source, source_of, told

__all__ = ["Read", "Report", "Source", "in_json", "in_lines", "read_record", "report", "source_of", "told"]
