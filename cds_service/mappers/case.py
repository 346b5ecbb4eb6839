"""From one patient's record to a Case: the facts of rules.md section 1, each worked out when first asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from ..domain.call import Record
from ..domain.case import Case
from ..domain.knowledge import ValueSets
from ..domain.values import Fact, Unclear, Why
from .allergies import Allergies
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
from .primary_tumour import primary_resected
from .progression import progression
from .prrt_doses import prrt_doses_given
from .safety import safety_facts
from .set_aside import set_aside
from .sources import citable, citable_medication, citable_order
from .spread import diffuse_liver_metastases, extrahepatic_metastases
from .symptoms import tumour_symptoms
from .syndromes import functional_status, hormone_syndrome
from .tumour import Tumour

_BOTH = ("Condition", "Observation")
# The facts, and of which types each may not be told while some are left unchecked. That there is a NEN stays true.
_OF_THE_TUMOUR: Mapping[Callable[[Tumour], Fact], tuple[str, ...]] = {
    diagnosis: (),
    primary_site: ("Condition",),
    differentiation: _BOTH,
    ki67_percent: ("Observation",),
    mitoses_per_2mm2: ("Observation",),
    recorded_grade: ("Observation",),
    functional_status: _BOTH,
    hormone_syndrome: _BOTH,
    sstr_imaging: ("Observation", "DiagnosticReport"),
    sstr2_ihc: ("Observation",),
    extent: _BOTH,
    platinum_marker: ("Observation",),
    liver_tumour_volume_percent: ("Observation",),
    tumour_symptoms: _BOTH,
    diffuse_liver_metastases: _BOTH,
    extrahepatic_metastases: _BOTH,
}

# Facts of what was given and done, and of the course under it.
_OF_THE_HISTORY: Mapping[Callable[[History], Fact], tuple[str, ...]] = {
    progression: ("Observation",),
    prrt_doses_given: (),
    primary_resected: ("Condition", "Procedure"),
}


def map_case(record: Record, value_sets: ValueSets) -> Case:
    """Understand a record: each fact known or unclear; one that nothing here reads answers not-read-yet."""
    chart = Chart(record, value_sets)
    tumour = Tumour(chart)
    history = History(tumour)
    allergies = Allergies(chart)
    return Case(
        {read.__name__: partial(_told, partial(read, tumour), kinds, chart) for read, kinds in _OF_THE_TUMOUR.items()}
        | {of.__name__: partial(_told, partial(of, history), kinds, chart) for of, kinds in _OF_THE_HISTORY.items()}
        | {"age": lambda: citable(age(chart)), "trial": lambda: citable(trial(chart))}
        | safety_facts(tumour, history, allergies),
        patient_id=record.patient_id,
        deceased=deceased(chart),
        uninformed=uninformed(chart),
        orders=tuple(citable_order(order) for order in orders_of(tumour, history)),
        medications=tuple(citable_medication(medication) for medication in medications(history)),
        history=history.was_read,
        allergies=allergies.drugs,
        allergies_read=allergies.read,
        set_aside=partial(set_aside, tumour),
        partly_read=frozenset(kind for kind, why in record.lacking.items() if why is Why.INCOMPLETE),
    )


def _told(read: Callable[[], Fact], kinds: Iterable[str], chart: Chart) -> Fact:
    fact = citable(read())
    return Unclear(Why.INCOMPLETE) if any(chart.is_cut(kind) for kind in kinds) else fact
