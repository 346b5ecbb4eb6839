"""What is inherited: DPD deficiency and von Hippel-Lindau disease. Such a result does not age."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.call import Json
from ..domain.values import Fact, Known, Unclear, Why
from .chart import Chart
from .findings import coded_answer, taken_on
from .flags import has_value
from .genes import names_gene
from .person import Person
from .precautions import Recorded, known
from .results import none_or_why
from .settle import Reading, Value, knowns, newest_fact, nothing_usable, usable
from .shape import children, ref_of, text

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
    by_test = [*person.readings("dpyd", answer), *_of_gene(person)]
    read = [Reading(_ANSWERS.get(str(one.value), one.value), one.span, one.ref) for one in by_test]
    deficiency = [("complete", "dpd-deficiency-complete"), ("partial", "dpd-deficiency")]
    recorded = [(word, Recorded(person, {name})) for word, name in deficiency]
    told = knowns(usable(read, chart.on))
    told += tuple(known(word, found) for word, some in recorded for found in some.active)
    doubt = next((some.doubt for _, some in recorded if some.doubt), None)
    return _settled(told, doubt) if told else _untold(read, doubt, person)


def _untold(read: list[Reading], doubt: Why | None, person: Person) -> Fact:
    """Why nothing is told of it, or none."""
    if read and any(one.value is not Why.NOT_RECORDED for one in read):
        return nothing_usable(read, person.chart.missing("Observation"))
    if doubt or _was_begun(person):
        return Unclear(doubt or Why.NOT_CONFIRMED)
    return none_or_why(read, person.chart, "Observation", "Condition", "DiagnosticReport")


def _settled(told: Sequence[Known], doubt: Why | None) -> Fact:
    """The worst of what is told; that it is normal as well contradicts a deficiency, and is not told beside a doubt."""
    words = {str(one.value) for one in told}
    if "normal" in words and len(words) > 1:
        return Unclear(Why.CONFLICTING, tuple(told))
    if words == {"normal"} and doubt:
        return Unclear(doubt, tuple(told))
    return next(one for word in _WORST_FIRST for one in told if one.value == word)


def _of_gene(person: Person) -> list[Reading]:
    """What results say that name the gene in a component, as HL7 tells genomic findings."""
    chart = person.chart
    read = [_genomic(one, chart) for one in chart.results if names_gene(one, "dpyd", chart) is not False]
    return [one for one in read if one.value is not Why.NOT_RECORDED]


def _genomic(observation: Json, chart: Chart) -> Reading:
    """Its effect on drugs; else a variant that is there. That one variant is absent does not make the gene normal."""
    code = chart.terms.under(observation, "code")
    metabolism = [one for one in children(observation, "component") if _is_effect(one, chart)]
    if metabolism:
        value: Value = coded_answer(chart, *_ANSWERS)(metabolism[0])
    elif "genomic-variant" in chart.terms.by_code("observation", code):
        present = coded_answer(chart, "present", "absent")(observation)
        value = Why.NOT_RECORDED if present == "absent" else present
    elif "dpyd" in chart.terms.exactly("patient-finding", code):
        value = Why.NOT_RECORDED  # read by its own code
    else:
        value = Why.NOT_UNDERSTOOD if has_value(observation) else Why.NOT_RECORDED
    usable_value = value if chart.passes(observation) else Why.NOT_UNDERSTOOD
    return Reading(usable_value, taken_on(observation, chart), ref_of(observation))


def _is_effect(component: Json, chart: Chart) -> bool:
    return "drug-metabolism" in chart.terms.by_code("patient-finding", chart.terms.under(component, "code"))


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
