"""What is inherited: DPD deficiency and von Hippel-Lindau disease. Such a result does not age."""

from __future__ import annotations

import re

from ..domain.call import Json
from ..domain.values import Fact, Known, Unclear, Why
from .chart import Chart
from .codes import Concept
from .findings import Finding, coded_answer
from .person import Person
from .precautions import Recorded, known
from .results import none_or_why
from .settle import Reading, Value, knowns, newest_fact, nothing_usable, usable
from .shape import children, text

_DPYD = re.compile(r"\bdpyd\b")  # the symbol of the gene, as the result names it
# Present without a named genotype is at least partial (rules.md section 8, reading 12).
_ANSWERS = dict.fromkeys(("present", "positive", "deficient", "partial-deficiency"), "partial") | {
    "complete-deficiency": "complete",
    "absent": "normal",
    "negative": "normal",
    "normal": "normal",
}
_WORST_FIRST = ("complete", "partial", "normal")
_PENDING = frozenset({"registered", "preliminary", "unknown"})


def dpyd(person: Person) -> Fact:
    """complete, partial or normal; none where nothing shows that it was ever tested."""
    chart = person.chart
    answer = coded_answer(chart, *_ANSWERS)
    read = [
        Reading(_ANSWERS.get(str(one.value), one.value), one.span, one.ref)
        for one in (*person.readings("dpyd", answer), *_variants(person))
    ]
    deficiency = [("complete", "dpd-deficiency-complete"), ("partial", "dpd-deficiency")]
    diagnosed = [known(word, found) for word, name in deficiency for found in Recorded(person, {name}).active]
    told = [*knowns(usable(read, chart.on)), *diagnosed]
    if told:
        return _settled(told)
    if read and any(one.value is not Why.NOT_RECORDED for one in read):
        return nothing_usable(read, chart.missing("Observation"))
    if _was_begun(person):
        return Unclear(Why.NOT_CONFIRMED)
    return none_or_why(read, chart, "Observation", "Condition", "DiagnosticReport")


def _settled(told: list[Known]) -> Fact:
    """The worst of what is told; that it is normal as well contradicts a deficiency."""
    words = {str(one.value) for one in told}
    if "normal" in words and len(words) > 1:
        return Unclear(Why.CONFLICTING, tuple(told))
    return next(one for word in _WORST_FIRST for one in told if one.value == word)


def _variants(person: Person) -> list[Reading]:
    """Variants of the gene that were found; that one named variant is absent does not make the gene normal."""
    found = [one for one in person.tumour.found("genomic-variant") if _is_of_dpyd(one, person.chart)]
    present = coded_answer(person.chart, "present")
    read = [one.reading(lambda carrier: _only_present(present(carrier))) for one in found]
    return [one for one in read if one.value is not Why.NOT_RECORDED]


def _only_present(told: Value) -> Value:
    return told if told == "present" else Why.NOT_RECORDED


def _is_of_dpyd(variant: Finding, chart: Chart) -> bool:
    genes = (
        chart.terms.under(component, "valueCodeableConcept") for component in children(variant.observation, "component")
    )
    return any(_DPYD.search(said) for gene in genes for said in _texts(gene))


def _texts(concept: Concept) -> tuple[str, ...]:
    return (concept.text, *(coding.display for coding in concept.codings))


def _was_begun(person: Person) -> bool:
    """True for a test on its way, or a report of one whose result is not told in a way that is read."""
    return bool(person.studies("dpyd")) or any(_is_pending(one, person) for one in person.chart.observations)


def _is_pending(observation: Json, person: Person) -> bool:
    concept = person.chart.terms.under(observation, "code")
    pending = text(observation, "status") in _PENDING
    return pending and "dpyd" in person.chart.terms.exactly("patient-finding", concept)


def vhl(person: Person) -> Fact:
    """yes by diagnosis, in any status, or by a germline test; no only by a negative germline test."""
    recorded, tested = Recorded(person, {"vhl"}), _tested_for_vhl(person)
    if recorded.all:
        diagnosed = known("yes", recorded.all[0])
        if isinstance(tested, Known) and tested.value == "no":
            return Unclear(Why.CONFLICTING, (diagnosed, tested))
        return diagnosed
    if isinstance(tested, Known) or tested.why is not Why.NOT_RECORDED:
        return tested
    return Unclear(recorded.doubt) if recorded.doubt else person.chart.missing("Condition", "Observation")


def _tested_for_vhl(person: Person) -> Fact:
    answer = coded_answer(person.chart, "present", "absent")
    read = [finding.reading(answer) for finding in person.tumour.found("vhl-status")]
    fact = newest_fact(read, person.chart.on, Unclear())
    words = {"present": "yes", "absent": "no"}
    return Known(words[str(fact.value)], fact.source, fact.date) if isinstance(fact, Known) else fact
