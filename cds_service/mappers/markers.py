"""What a laboratory answers in a word: recorded grade, SSTR2 staining, Rb and KRAS."""

from __future__ import annotations

from ..domain.grading import GRADES
from ..domain.values import Fact, Known, Unclear, Why
from .findings import Finding, coded_answer
from .genes import names_gene
from .settle import Reading, knowns, newest_fact, usable
from .shape import children
from .tumour import Tumour, of_each_tumour

_KRAS_ANSWERS = {"present": "mutated", "absent": "wild-type"}


@of_each_tumour
def recorded_grade(tumour: Tumour) -> Fact:
    """The WHO grade a pathologist wrote down; a newer lower one does not replace an older higher one.

    Low, intermediate and high are not WHO grades.
    """
    findings, left_out = tumour.results("grade")
    read = [finding.reading(coded_answer(tumour.chart, *GRADES)) for finding in findings]
    fact = newest_fact(read, tumour.chart.on, _missing(tumour, left_out))
    dated = usable(read, tumour.chart.on)
    higher = [known for known in knowns(dated) if isinstance(fact, Known) and _rank(known) > _rank(fact)]
    return Unclear(Why.CONFLICTING, (fact, *higher)) if isinstance(fact, Known) and higher else fact


def _rank(grade: Known) -> int:
    return GRADES.index(str(grade.value))


@of_each_tumour
def sstr2_ihc(tumour: Tumour) -> Fact:
    """SSTR2 staining of tissue."""
    return _newest_word("sstr2-ihc", tumour, "positive", "negative")


@of_each_tumour
def platinum_marker(tumour: Tumour) -> Fact:
    """present: Rb lost or KRAS mutated; absent: Rb retained and KRAS wild type."""
    rb = _newest_word("rb-status", tumour, "lost", "retained")
    kras = _kras(tumour)
    for fact, altered in ((rb, "lost"), (kras, "mutated")):
        if isinstance(fact, Known) and fact.value == altered:
            return Known("present", fact.source, fact.date)
    if isinstance(rb, Known) and isinstance(kras, Known):
        return Known("absent", rb.source, rb.date)
    unclear = [fact for fact in (rb, kras) if isinstance(fact, Unclear)]
    return next((fact for fact in unclear if fact.why is not Why.NOT_RECORDED), unclear[0])


def _kras(tumour: Tumour) -> Fact:
    """KRAS by its own result, or as a variant of the gene."""
    findings, left_out = tumour.results("kras-status")
    variants, variants_left_out = tumour.results("genomic-variant")
    answer = coded_answer(tumour.chart, "mutated", "wild-type", *_KRAS_ANSWERS)
    of_kras = [found for found in variants if names_gene(found.observation, "kras", tumour.chart)]
    read = [finding.reading(answer) for finding in findings]
    read += [_of_variant(found, found.reading(answer), tumour) for found in of_kras]
    named = [Reading(_KRAS_ANSWERS.get(str(one.value), one.value), one.span, one.ref) for one in read]
    told = [one for one in named if one.value != "wild-type" or one.ref not in _one_variant_only(of_kras)]
    return newest_fact(told, tumour.chart.on, _missing(tumour, left_out or variants_left_out))


def _of_variant(variant: Finding, said: Reading, tumour: Tumour) -> Reading:
    """A variant that is benign or inherited, or of which that is open, is no mutation of the tumour."""
    terms = tumour.chart.terms
    about = [terms.under(part, "valueCodeableConcept") for part in children(variant.observation, "component")]
    no_mutation = any("no-mutation" in terms.answer(concept) for concept in about)
    return Reading(Why.NOT_UNDERSTOOD, said.span, said.ref) if no_mutation else said


def _one_variant_only(variants: list[Finding]) -> set[str]:
    """Results that look for one named variant: that it is absent does not make the gene wild type."""
    return {found.ref for found in variants if len(children(found.observation, "component")) > 1}


def _newest_word(name: str, tumour: Tumour, *wanted: str) -> Fact:
    findings, left_out = tumour.results(name)
    answer = coded_answer(tumour.chart, *wanted)
    read = [finding.reading(answer) for finding in findings]
    return newest_fact(read, tumour.chart.on, _missing(tumour, left_out))


def _missing(tumour: Tumour, left_out: bool) -> Unclear:
    return Unclear(Why.NOT_LINKED) if left_out else tumour.chart.missing("Observation")
