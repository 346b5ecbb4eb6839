"""A record, and everything that was read of it: what the reading report is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...domain import call as calls
from ...domain.call import Call, Record, Template
from ...domain.case import Case
from ...domain.facts import READINGS, RECORD
from ...domain.knowledge import Knowledge
from ...domain.set_aside import SetAside
from ...fhir.gather import gather
from ...fhir.pages import Bounds
from ...mappers.case import map_case
from ...mappers.recognition import Recognition, recognitions

READ_ALL = Bounds(seconds=120, pages=5_000, resources=200_000)


@dataclass(frozen=True)
class Read:
    """A record, the case it is understood as, what was set aside, and every drug of it."""

    record: Record
    case: Case
    aside: SetAside
    drugs: tuple[Recognition, ...]

    @property
    def in_full(self) -> bool:
        """True where each search was answered in full."""
        return not self.record.lacking


def read_record(
    call: Call,
    templates: Sequence[Template],
    read: calls.Read | None,
    knowledge: Knowledge,
    *,
    bounds: Bounds = READ_ALL,
) -> Read:
    """Gather the record and ask every fact. Raises errors.CallError."""
    record = gather(call, templates, read, bounds=bounds)
    case = map_case(record, knowledge.value_sets)
    for name in (*RECORD, *READINGS):
        case.fact(name)
    return Read(record, case, case.set_aside(), tuple(recognitions(record, knowledge.value_sets)))
