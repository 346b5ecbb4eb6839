"""Facts that are computed: one function each, of the same name as the fact (rules.md section 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..domain.advice import Asked
from ..domain.grading import GRADES, grade_from_record, grade_net
from ..domain.values import Fact, Known, Unclear, Why, word
from .beside import BESIDE_FACTS
from .label import label_fit
from .ordered import ORDER_FACTS
from .safety import SAFETY_FACTS
from .treatment import TREATMENT_FACTS
from .trials import TRIAL_FACTS


def grade(asked: Asked) -> Fact:
    """WHO grade of a NET. A NEC or a MiNEN is not graded here."""
    if word(asked.fact("differentiation")) in ("poor", "mixed"):
        return Unclear(Why.NOT_GRADED)
    recorded = asked.case.fact("recorded_grade")
    indices = asked.fact("ki67_percent"), asked.fact("mitoses_per_2mm2")
    missing = any(not isinstance(index, Known) for index in indices)
    settled = grade_from_record(recorded, computed_grade(asked), other_index_missing=missing)
    if isinstance(recorded, Known) or word(settled) == GRADES[-1]:  # no index can raise it further
        return settled
    return _hidden(indices) or settled


# Nothing there, and contradictions, which grading weighs itself; not-read-yet is of patients made up without a record.
_NOT_HIDDEN = (Why.NOT_RECORDED, Why.CONFLICTING, Why.NOT_READ_YET)


def _hidden(indices: Sequence[Fact]) -> Unclear | None:
    """Why a grade by one index alone would not be safe: the other is on record, or may be, and could not be read.

    One index is enough where the other is not recorded (rules.md section 1a); a Ki-67 that is there and not understood
    may be the higher of the two.
    """
    unread = [one for one in indices if isinstance(one, Unclear) and one.why not in _NOT_HIDDEN]
    known = tuple(one for one in indices if isinstance(one, Known))
    return Unclear(unread[0].why, known, unread[0].unread) if unread and known else None


def computed_grade(asked: Asked) -> Fact:
    """The grade that Ki-67 and mitoses give, whatever grade is recorded."""
    return grade_net(asked.fact("ki67_percent"), asked.fact("mitoses_per_2mm2"), asked.knowledge.grade_bands)


def grade_agreement(asked: Asked) -> Fact:
    """Whether every recorded grade is the one the indices give; unclear unless that is known and it is a NET."""
    if word(asked.fact("differentiation")) in ("poor", "mixed"):
        return Unclear(Why.NOT_GRADED)
    recorded, computed = asked.case.fact("recorded_grade"), computed_grade(asked)
    if not isinstance(computed, Known):
        return Unclear()
    if isinstance(recorded, Unclear):
        return Known("differs") if recorded.why is Why.CONFLICTING else Unclear()
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
    "label_fit": label_fit,
    **ORDER_FACTS,
    **BESIDE_FACTS,
    **TREATMENT_FACTS,
    **TRIAL_FACTS,
    **SAFETY_FACTS,
}
