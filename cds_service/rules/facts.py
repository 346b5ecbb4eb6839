"""Facts that are computed: one function each, of the same name as the fact (rules.md section 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..domain.advice import Asked
from ..domain.grading import grade_from_record, grade_net
from ..domain.values import Fact, Known, Unclear, Why, word
from .label import label_fit


def grade(asked: Asked) -> Fact:
    """WHO grade of a NET. A NEC or a MiNEN is not graded here."""
    if word(asked.fact("differentiation")) in ("poor", "mixed"):
        return Unclear(Why.NOT_GRADED)
    recorded = asked.case.fact("recorded_grade")
    indices = asked.fact("ki67_percent"), asked.fact("mitoses_per_2mm2")
    missing = any(not isinstance(index, Known) for index in indices)
    return grade_from_record(recorded, computed_grade(asked), other_index_missing=missing)


def computed_grade(asked: Asked) -> Fact:
    """The grade that Ki-67 and mitoses give, whatever grade is recorded."""
    return grade_net(asked.fact("ki67_percent"), asked.fact("mitoses_per_2mm2"), asked.knowledge.grade_bands)


def grade_agreement(asked: Asked) -> Fact:
    """Whether the recorded grade is the one the indices give; unclear unless both are known and it is a NET."""
    if word(asked.fact("differentiation")) in ("poor", "mixed"):
        return Unclear(Why.NOT_GRADED)
    recorded, computed = asked.case.fact("recorded_grade"), computed_grade(asked)
    if not isinstance(recorded, Known) or not isinstance(computed, Known):
        return Unclear()
    return Known("agrees" if recorded.value == computed.value else "differs", recorded.source, recorded.date)


def differentiation_agreement(asked: Asked) -> Fact:
    """Whether what the record says of differentiation agrees with itself."""
    return _agreement(asked.fact("differentiation"))


def ki67_agreement(asked: Asked) -> Fact:
    """Whether the Ki-67 results agree, as rules.md section 1a settles several of them."""
    return _agreement(asked.fact("ki67_percent"))


def _agreement(fact: Fact) -> Fact:
    if isinstance(fact, Known):
        return Known("agrees", fact.source, fact.date)
    return Known("differs") if fact.why is Why.CONFLICTING else Unclear(fact.why)


def sstr_status(asked: Asked) -> Fact:
    """Receptor status: imaging first; without imaging a positive SSTR2 stain counts, a negative one does not."""
    imaging = asked.fact("sstr_imaging")
    if isinstance(imaging, Known) or imaging.why is not Why.NOT_RECORDED:
        return imaging
    stain = asked.case.fact("sstr2_ihc")
    if not isinstance(stain, Known):
        return imaging
    return stain if stain.value == "positive" else Unclear(Why.IHC_ONLY, (stain,))


SITE_GROUPS = ("midgut", "foregut-gi", "hindgut")


def site_group(asked: Asked) -> Fact:
    """The embryological group of the primary, or the site itself where it belongs to none."""
    site = asked.fact("primary_site")
    if not isinstance(site, Known):
        return site
    groups = asked.knowledge.facts["primary_site"].groups
    found = next((group for group in SITE_GROUPS if site.value in groups[group]), site.value)
    return Known(found, site.source, site.date)


def treatment_setting(asked: Asked) -> Fact:
    """Before or after resection, or neither; an unclear extent, or an order meant as palliative, is `other`."""
    extent = asked.fact("extent")
    settings = {"resected-no-residual": "after-resection", "resectable": "before-resection"}
    setting = settings.get(word(extent) or "", "other")
    if asked.order is not None and asked.order.palliative:
        setting = "other"
    return Known(setting, extent.source, extent.date) if isinstance(extent, Known) else Known(setting)


def jurisdiction(asked: Asked) -> Fact:
    """Where this service is deployed; never where the patient comes from."""
    return Known(asked.setting.jurisdiction)


def on(asked: Asked) -> Fact:
    """The day the question is asked."""
    return Known(asked.setting.on)


def ordered_drug(asked: Asked) -> Fact:
    """The drug of knowledge/drugs that the order names; a drug we do not know gives no opinion."""
    if asked.order is None or asked.order.drug is None:
        return Unclear(Why.NOT_UNDERSTOOD)
    return Known(asked.order.drug, asked.order.ref)


def order_reason(asked: Asked) -> Fact:
    """What the order is for, as read with the order."""
    return asked.order.reason if asked.order else Unclear()


def order_kind(asked: Asked) -> Fact:
    """New or continuation, as read with the order."""
    return asked.order.kind if asked.order else Unclear()


def ssa_in_plan(asked: Asked) -> Fact:
    """Whether a long-acting somatostatin analogue is in plan."""
    return _in_plan(asked, "ssa-long")


def prrt_in_plan(asked: Asked) -> Fact:
    """Whether a therapeutic radioligand is in plan."""
    return _in_plan(asked, "prrt")


def _in_plan(asked: Asked, group: str) -> Fact:
    """Yes for a draft of this call or a supplied drug; no only where the history was read and holds none."""
    drugs = asked.knowledge.drug_groups[group]
    asked_about = asked.order.ref if asked.order else None
    for order in asked.case.orders:
        if order.drug in drugs and order.ref != asked_about:
            return Known("yes", order.ref)
    taken = [medication for medication in asked.case.medications if medication.drug in drugs]
    for medication in taken:
        if medication.state == "in-plan":
            return Known("yes", medication.source, medication.date)
    if taken:
        return Unclear(Why.TOO_OLD)
    history = asked.case.history
    return Known("no") if isinstance(history, Known) else history


def drug_class(asked: Asked) -> Fact:
    """Whether the ordered drug is a long-acting somatostatin analogue."""
    return _by_group(asked, {"ssa-long": "ssa-long"}, otherwise="other")


def platinum_agent(asked: Asked) -> Fact:
    """Cisplatin and its like, or oxaliplatin."""
    return _by_group(asked, {"cis-carbo": "cis-carbo"}, otherwise="oxaliplatin", within="platinum")


def _by_group(asked: Asked, words: Mapping[str, str], *, otherwise: str, within: str | None = None) -> Fact:
    groups = asked.knowledge.drug_groups
    drug = word(ordered_drug(asked))
    if drug is None or (within and drug not in groups[within]):
        return Unclear()
    ref = asked.order.ref if asked.order else None
    found = next((value for group, value in words.items() if drug in groups[group]), otherwise)
    return Known(found, ref)


def not_read_yet(asked: Asked) -> Fact:
    """The answer of every fact whose reading is still to be built: never "no"."""
    return Unclear(Why.NOT_READ_YET)


COMPUTED_FACTS: Mapping[str, Callable[[Asked], Fact]] = {
    "grade": grade,
    "grade_agreement": grade_agreement,
    "differentiation_agreement": differentiation_agreement,
    "ki67_agreement": ki67_agreement,
    "site_group": site_group,
    "sstr_status": sstr_status,
    "treatment_setting": treatment_setting,
    "jurisdiction": jurisdiction,
    "on": on,
    "ordered_drug": ordered_drug,
    "order_reason": order_reason,
    "order_kind": order_kind,
    "platinum_state": not_read_yet,
    "capecitabine_state": not_read_yet,
    "ssa_in_plan": ssa_in_plan,
    "prrt_in_plan": prrt_in_plan,
    "ssa_alone": not_read_yet,
    "on_antitumour": not_read_yet,
    "order_class": not_read_yet,
    "drug_class": drug_class,
    "platinum_agent": platinum_agent,
    "tki": not_read_yet,
    "dll3_drug": not_read_yet,
    "ici_regimen": not_read_yet,
    "other_ssa": not_read_yet,
    "partner": not_read_yet,
    "doxorubicin_route": not_read_yet,
    "fluoropyrimidine_block": not_read_yet,
    "starter_population": not_read_yet,
    "everolimus_case": not_read_yet,
    "prrt_trial_fit": not_read_yet,
    "label_fit": label_fit,
}
