"""Since when the NEN has been on record: the earliest of onset, recorded date and dated pathology."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.call import Json
from .dates import Span, used, when
from .settle import Reading
from .shape import child, extensions
from .tumour import Tumour

_PATHOLOGY = ("histology", "differentiation", "ki67", "grade", "mitoses-per-2mm2")


def first_record(tumour: Tumour) -> Reading | None:
    """The first dated record of the tumour (rules.md section 8, reading 10); none where no record is dated."""
    dated = [(one.span.first, place, one) for place, one in enumerate(_records(tumour)) if one.span]
    return min(dated)[2] if dated else None


def _records(tumour: Tumour) -> Iterator[Reading]:
    """Every day the tumour was on record: onset, recording, and pathology of it."""
    on = tumour.chart.on
    for one in tumour.nens:
        for key in ("onsetDateTime", "onsetPeriod", "recordedDate"):
            yield Reading("", _start(one.resource, key, tumour), one.ref)
        for extension in extensions(one.resource, "condition-assertedDate"):
            yield Reading("", used(when(extension, "valueDateTime"), on), one.ref)
    for name in _PATHOLOGY:
        kept, _ = tumour.results(name)
        yield from (Reading("", used(one.span, on), one.ref) for one in kept if one.valid)


def _start(resource: Json, key: str, tumour: Tumour) -> Span | None:
    period = child(resource, key)
    return used(when(period, "start") if key.endswith("Period") else when(resource, key), tumour.chart.on)
