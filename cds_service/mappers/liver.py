"""Facts of the liver: Child-Pugh class, impairment and hepatitis B."""

from __future__ import annotations

from ..domain.values import Fact, Known, Unclear, Why
from .findings import coded_answer
from .flags import positive_or_negative
from .person import Person
from .precautions import Recorded, known
from .results import word_of
from .settle import Reading

_CLASSES = {"child-pugh-a": "A", "child-pugh-b": "B", "child-pugh-c": "C"}
# As the US label of everolimus pairs them (U43).
_IMPAIRMENT = {"A": "mild", "B": "moderate", "C": "severe"}
_SEVERITY = ("mild", "moderate", "severe")


def child_pugh(person: Person) -> Fact:
    """The Child-Pugh class, by a result or in the name of a diagnosis; never from a score of ours."""
    answer = coded_answer(person.chart, *_CLASSES)
    read = [
        Reading(_CLASSES.get(str(one.value), one.value), one.span, one.ref)
        for one in person.readings("child-pugh", answer)
    ]
    fact = word_of(read, person.chart)
    if isinstance(fact, Known) or fact.why is not Why.NOT_RECORDED:
        return fact
    found = {letter: Recorded(person, {name}).active for name, letter in _CLASSES.items()}
    told = [known(letter, some[0]) for letter, some in found.items() if some]
    if len(told) > 1:
        return Unclear(Why.CONFLICTING, tuple(told))
    return told[0] if told else person.chart.missing("Condition", "Observation")


def liver_impairment(person: Person) -> Fact:
    """Mild, moderate or severe: as a diagnosis says, else by the Child-Pugh class; the worst of several."""
    told = [known(level, found) for level in _SEVERITY for found in Recorded(person, {f"liver-{level}"}).active]
    answers = person.chart.terms
    for found in Recorded(person, {"liver-impairment"}).active:
        severity = answers.answer(answers.under(found.resource, "severity"))
        told += [known(level, found) for level in _SEVERITY if level in severity]
    by_class = child_pugh(person)
    if isinstance(by_class, Known):
        told.append(Known(_IMPAIRMENT[str(by_class.value)], by_class.source, by_class.date))
    if told:
        return max(told, key=lambda one: _SEVERITY.index(str(one.value)))
    return by_class


def hbv(person: Person) -> Fact:
    """carrier by diagnosis, surface antigen or DNA; negative by the antigen unless the core antibody is positive."""
    recorded = Recorded(person, {"hepatitis-b"})
    tests = [_test(name, person) for name in ("hbs-antigen", "hbv-dna", "hbc-antibody")]
    antigen, dna, antibody = tests
    if recorded.active:
        return known("carrier", recorded.active[0])
    for fact in (antigen, dna):
        if isinstance(fact, Known) and fact.value == "positive":
            return Known("carrier", fact.source, fact.date)
    if isinstance(antibody, Known) and antibody.value == "positive":
        return Unclear(Why.AMBIGUOUS, (antibody,))  # infected once
    recorded.leave_out(person)
    if recorded.doubt or recorded.all:
        return Unclear(recorded.doubt or Why.NOT_CONFIRMED)
    return antigen if isinstance(antigen, Known) else _not_tested(tests, person)


def _test(name: str, person: Person) -> Fact:
    return word_of(person.readings(name, positive_or_negative(person.chart)), person.chart)


def _not_tested(tests: list[Fact], person: Person) -> Fact:
    """none without any test; a test that is not understood, or no test of the antigen, leaves it open."""
    missing = person.chart.missing("Condition", "Observation")
    unread = [fact for fact in tests if isinstance(fact, Unclear) and fact.why not in (Why.NOT_RECORDED, missing.why)]
    if unread or missing.why is not Why.NOT_RECORDED:
        return (unread or [missing])[0]
    return missing if any(isinstance(fact, Known) for fact in tests) else Known("none")
