"""The facts of section 1c and of other drugs in plan, and allergies: which function reads which."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..domain.values import Fact
from . import adverse_events, biomarkers, fitness, germline, heart, interactions, labs, liver, pregnancy, recent_surgery
from .allergies import Allergies
from .history import History
from .other_drugs import OtherDrugs
from .person import Person
from .sources import citable
from .tumour import Tumour

_Of = TypeVar("_Of")
_OF_THE_TUMOUR = (biomarkers.tmb_msi, biomarkers.mgmt, biomarkers.pdl1)
_OF_THE_PERSON = (
    *(germline.dpyd, germline.vhl, fitness.recent_diagnosis),
    *(liver.hbv, liver.child_pugh, liver.liver_impairment, pregnancy.pregnancy, pregnancy.pregnancy_possible),
    *(labs.creatinine, labs.creatinine_clearance_ml_per_min, labs.egfr_ml_per_min, labs.renal_decline),
    *(labs.urinalysis, labs.glucose, labs.blood_counts, labs.neutrophils_10e9_per_l, labs.platelets_10e9_per_l),
    *(labs.lymphopenia, heart.heart_failure, heart.nyha_class, heart.lvef, heart.lvef_percent, heart.qtc, heart.qtc_ms),
    *(heart.bradycardia, heart.uncontrolled_hypertension),
    *(adverse_events.chest_ct, adverse_events.pneumonitis, adverse_events.pneumonitis_ctcae_grade),
    *(adverse_events.platelet_decrease_ctcae_grade, adverse_events.gallstones, adverse_events.thromboembolism),
    *(adverse_events.haemorrhage, adverse_events.perforation, adverse_events.jaw_osteonecrosis),
    recent_surgery.recent_surgery,
)
_OF_OTHER_DRUGS = (
    *(interactions.cyp3a4_inhibitor, interactions.ace_inhibitor, interactions.live_vaccine, interactions.coumarin),
    *(interactions.beta_blocker, interactions.ciclosporin, interactions.bromocriptine),
    *(interactions.glucose_lowering_drug, interactions.steroid_course, interactions.s1_within_seven_days),
)


def safety_facts(tumour: Tumour, history: History, allergies: Allergies) -> dict[str, Callable[[], Fact]]:
    """Each of these facts, worked out when first asked."""
    person = Person(tumour, history)
    drugs = OtherDrugs(person)
    found: dict[str, Callable[[], Fact]] = {
        "unfit_for_platinum": lambda: citable(fitness.unfit_for_platinum(person, allergies))
    }
    found |= {read.__name__: _asking(read, tumour) for read in _OF_THE_TUMOUR}
    found |= {read.__name__: _asking(read, person) for read in _OF_THE_PERSON}
    return found | {read.__name__: _asking(read, drugs) for read in _OF_OTHER_DRUGS}


def _asking(read: Callable[[_Of], Fact], of: _Of) -> Callable[[], Fact]:
    return lambda: citable(read(of))
