"""What the service reads in one patient's record: every fact, every drug, and everything set aside."""

from .report import Read, read_record, report
from .source import call_for

__all__ = ["Read", "call_for", "read_record", "report"]
