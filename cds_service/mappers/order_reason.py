"""The fact order_reason: for this tumour, for another disease, or not told."""

from __future__ import annotations

import re

from ..domain.call import Json
from ..domain.case import ANOTHER_DISEASE, THIS_TUMOUR
from ..domain.knowledge import Drug
from ..domain.values import Fact, Known, Unclear, Why
from .codes import Concept
from .conditions import Diagnosis
from .drugs import is_other_indication
from .kinds import NEN, class_of
from .malignancies import is_other_malignancy
from .reasons import reasons_of
from .settle import day
from .shape import text
from .tumour import Tumour

# Words that may stand around "cancer" without telling which; no two of them begin alike at one place.
_ANY_CANCER = re.compile(
    r"(?:cancer|malignan(?:cy|t)|neoplasm|tumou?r|solid|disease|metastatic|advanced|recurrent|progressive|unresectable|"
    r"stage|[ivx\d]|chemotherapy|systemic|antineoplastic|palliative|therapy|treatment|for|of|with|encounter|"
    r"related|pain|cachexia|がん|癌|悪性|悪液質|固形|腫瘍|新生物|化学療法|薬物療法|抗|剤|治療|進行|再発|転移|性|疼痛|"
    r"に対する|の|期|\W)+"
)
_NOT_DONE = frozenset({"entered-in-error", "not-done"})  # a transplant that was planned is reason enough to ask
_NO_SITE_TOLD = "C80"  # ICD-10: malignant neoplasm without specification of site


def order_reason(drug: Drug | None, order: Json, tumour: Tumour) -> Fact:
    """From the reasons given; without any, from what else the record holds that the drug could be for.

    Asked of what was given or done as well as of what is ordered; without a drug, of an operation.
    """
    reasons = reasons_of(order, tumour.chart)
    if reasons.given:
        said = [_by_ref(ref, drug, tumour) for ref in reasons.refs]
        said += [_by_concept(concept, drug, tumour) for concept in reasons.concepts if concept.stated]
        for verdict in (THIS_TUMOUR, ANOTHER_DISEASE):
            if verdict in said:
                return Known(verdict)
        return Unclear(Why.NOT_UNDERSTOOD)
    return Known(THIS_TUMOUR) if drug and drug.reason_is_this_tumour else _without_a_reason(drug, tumour)


def _by_ref(ref: str, drug: Drug | None, tumour: Tumour) -> str:
    """What a referenced Condition of the record is."""
    for found in tumour.diagnoses:
        if found.ref and found.ref == ref and not found.doubted:
            if found.is_nen or found.syndromes or tumour.is_its_metastasis(found):
                return THIS_TUMOUR
            if found.kind != "unread" and is_other_malignancy(found, tumour.chart.terms):
                return ANOTHER_DISEASE
    return ""


def _by_concept(concept: Concept, drug: Drug | None, tumour: Tumour) -> str:
    """What a coded or worded reason is; a cancer code of the NEN's own site may be the NEN, and tells nothing."""
    kind = class_of([concept], tumour.chart.terms)
    if kind in NEN or _means("hormone-syndrome", concept, tumour):
        return THIS_TUMOUR
    if kind or (drug and is_other_indication(concept, drug, tumour.chart.terms)):
        return ANOTHER_DISEASE
    if _means("metastasis", concept, tumour):
        return "" if tumour.other_malignancies else THIS_TUMOUR
    if _names_no_organ(concept, tumour):
        return ""
    cancer = {"malignant", "excepted"} & set(_means("other-malignancy", concept, tumour))
    same_site = set(_means("primary-site", concept, tumour)) & tumour.sites
    return ANOTHER_DISEASE if cancer and not same_site else ""


def _names_no_organ(concept: Concept, tumour: Tumour) -> bool:
    """True for "cancer", "stage IV cancer", がん化学療法: it may as well be the NEN."""
    if any(code.startswith(_NO_SITE_TOLD) for coding in concept.codings for _, code in coding.keys):
        return True
    said = tumour.chart.terms.said("other-malignancy", concept)
    coded = tumour.chart.terms.by_code("other-malignancy", concept)
    return not coded and bool(said) and all(_ANY_CANCER.fullmatch(one) for one in said)


def _means(set_name: str, concept: Concept, tumour: Tumour) -> list[str]:
    terms = tumour.chart.terms
    return terms.by_code(set_name, concept) or terms.by_words(set_name, concept)


def _without_a_reason(drug: Drug | None, tumour: Tumour) -> Fact:
    chart = tumour.chart
    if found := [*tumour.other_malignancies, *_other_indications(drug, tumour)]:
        seen = tuple(Known(ANOTHER_DISEASE, d.ref or None, day(d.span)) for d in found)
        return Unclear(Why.NOT_LINKED, seen)
    done = [one for one in chart.of("Procedure") if text(one, "status") not in _NOT_DONE]
    codes = [chart.terms.under(procedure, "code") for procedure in done]
    if drug and any(is_other_indication(code, drug, chart.terms) for code in codes):
        return Unclear(Why.NOT_LINKED)
    return Known(THIS_TUMOUR) if chart.had("Condition") else chart.missing("Condition")


def _other_indications(drug: Drug | None, tumour: Tumour) -> list[Diagnosis]:
    terms = tumour.chart.terms
    return [d for d in tumour.diagnoses if drug and is_other_indication(d.code, drug, terms) and not d.is_nen]
