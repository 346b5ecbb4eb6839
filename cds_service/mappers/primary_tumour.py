"""The fact primary_resected: an operation on record that took the primary away, or words that say so."""

from __future__ import annotations

from ..domain.values import Fact, Unclear, Why, word
from .diagnosis import primary_site
from .history import History
from .operations import OF_PRIMARY, Operation
from .settle import Reading, settled
from .spread import written

_WRITTEN = "written-findings"
_WORDS = {"primary-resected": "yes", "primary-in-place": "no"}


def primary_resected(history: History) -> Fact:
    """yes for a recorded resection of the organ of the primary; no only where that is written."""
    tumour = history.tumour
    site = word(primary_site(tumour))
    resections = [one for one in history.operations if one.is_resection and one.may_be_of_nen]
    surely = [one for one in resections if _is_of_the_primary(one, site)]
    read = [Reading("yes", one.span, one.ref) for one in surely]
    read += [one for found in tumour.nens for one in written(found, _WRITTEN, _WORDS, tumour)]
    if fact := settled(read, tumour.chart.on):
        return fact
    if any(_may_be_of_the_primary(one, site) for one in resections):
        return Unclear(Why.NOT_LINKED)
    return tumour.chart.missing("Condition", "Procedure")


def _is_of_the_primary(operation: Operation, site: str | None) -> bool:
    if isinstance(operation.reason, Unclear):
        return False
    return OF_PRIMARY in operation.meanings or site in operation.sites


def _may_be_of_the_primary(operation: Operation, site: str | None) -> bool:
    return not operation.sites or site is None or site in operation.sites
