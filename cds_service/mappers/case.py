"""From one patient's record to a Case: the facts of rules.md section 1, each worked out when first asked."""

from __future__ import annotations

from functools import partial

from ..domain.call import Record
from ..domain.case import Case
from ..domain.knowledge import ValueSets
from .chart import Chart
from .diagnosis import diagnosis, primary_site
from .differentiation import differentiation
from .extent import extent
from .history import History
from .imaging import liver_tumour_volume_percent, sstr_imaging
from .ki67 import ki67_percent, mitoses_per_2mm2
from .markers import platinum_marker, recorded_grade, sstr2_ihc
from .medications import medications
from .orders import orders_of
from .patient import age, deceased, trial, uninformed
from .syndromes import functional_status, hormone_syndrome
from .tumour import Tumour

_OF_THE_TUMOUR = (
    diagnosis,
    primary_site,
    differentiation,
    ki67_percent,
    mitoses_per_2mm2,
    recorded_grade,
    functional_status,
    hormone_syndrome,
    sstr_imaging,
    sstr2_ihc,
    extent,
    platinum_marker,
    liver_tumour_volume_percent,
)
_OF_THE_PERSON = (age, trial)


def map_case(record: Record, value_sets: ValueSets) -> Case:
    """Understand a record: each fact known or unclear; one that nothing here reads answers not-read-yet."""
    chart = Chart(record, value_sets)
    tumour, history = Tumour(chart), History(chart)
    return Case(
        {read.__name__: partial(read, tumour) for read in _OF_THE_TUMOUR}
        | {read.__name__: partial(read, chart) for read in _OF_THE_PERSON},
        patient_id=record.patient_id,
        deceased=deceased(chart),
        uninformed=uninformed(chart),
        orders=orders_of(tumour, history),
        medications=medications(history),
        history=history.was_read,
    )
