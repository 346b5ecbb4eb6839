"""Facts of the liver: Child-Pugh class, impairment and hepatitis B."""

from __future__ import annotations

import re

from ..domain.call import Json
from ..domain.values import Fact, Known, Unclear, Why
from .findings import coded_answer
from .flags import positive_or_negative
from .person import Person
from .precautions import Recorded, doubt_of, known
from .results import word_of
from .settle import Value
from .shape import text
from .words import normal

_CLASSES = {"child-pugh-a": "A", "child-pugh-b": "B", "child-pugh-c": "C"}
# As the US label of everolimus pairs them (U43).
_IMPAIRMENT = {"A": "mild", "B": "moderate", "C": "severe"}
_WITH_POINTS = re.compile(r"(.*\S) ?\((?:score )?\d{1,2} ?(?:点|points?)?\)")  # "B (8)"
_SEVERITY = ("mild", "moderate", "severe")


def child_pugh(person: Person) -> Fact:
    """The Child-Pugh class, by a result or in the name of a diagnosis; never from a score of ours."""
    by_result, diagnosed = _class_by_result(person), _classes_diagnosed(person)
    if isinstance(by_result, Known):
        worse = [one for one in diagnosed if str(one.value) > str(by_result.value)]
        return Unclear(Why.CONFLICTING, (by_result, *worse)) if worse else by_result
    if by_result.why is not Why.NOT_RECORDED:
        return by_result
    if len(diagnosed) > 1:
        return Unclear(Why.CONFLICTING, tuple(diagnosed))
    doubt = doubt_of(person, *_CLASSES)
    if doubt and not diagnosed:
        return Unclear(doubt)
    return diagnosed[0] if diagnosed else person.chart.missing("Condition", "Observation")


def _class_by_result(person: Person) -> Fact:
    answer = coded_answer(person.chart, *_CLASSES)

    def read(carrier: Json) -> Value:
        told = answer(carrier)
        if told is Why.NOT_UNDERSTOOD and (said := _WITH_POINTS.fullmatch(normal(text(carrier, "valueString")))):
            told = answer({"valueString": said[1]})
        return _CLASSES.get(told, told) if isinstance(told, str) else told

    return word_of(person.readings("child-pugh", read), person.chart)


def _classes_diagnosed(person: Person) -> list[Known]:
    """One diagnosis for each class that is named."""
    found = {letter: Recorded(person, {name}).active for name, letter in _CLASSES.items()}
    return [known(letter, some[0]) for letter, some in found.items() if some]


def liver_impairment(person: Person) -> Fact:
    """Mild, moderate or severe: as a diagnosis says, else by the Child-Pugh class; the worst of several."""
    told = [*_impairments_diagnosed(person), *_impairments_by_class(person)]
    worst = max(told, key=lambda one: _SEVERITY.index(str(one.value)), default=None)
    worse = _SEVERITY[_SEVERITY.index(str(worst.value)) + 1 :] if worst else ("impairment", *_SEVERITY)
    doubt = doubt_of(person, *(f"liver-{level}" for level in worse))
    if doubt:
        return Unclear(doubt, tuple(told))
    return worst or child_pugh(person)


def _impairments_diagnosed(person: Person) -> list[Known]:
    told = [known(level, found) for level in _SEVERITY for found in Recorded(person, {f"liver-{level}"}).active]
    answers = person.chart.terms
    for found in Recorded(person, {"liver-impairment"}).active:
        severity = answers.answer(answers.under(found.resource, "severity"))
        told += [known(level, found) for level in _SEVERITY if level in severity]
    return told


def _impairments_by_class(person: Person) -> list[Known]:
    by_result = _class_by_result(person)
    if isinstance(by_result, Unclear) and by_result.why is not Why.NOT_RECORDED:
        return []
    classes = [*([by_result] if isinstance(by_result, Known) else []), *_classes_diagnosed(person)]
    return [Known(_IMPAIRMENT[str(one.value)], one.source, one.date) for one in classes]


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
    unread = _unread(tests, person)
    if unread or not isinstance(antigen, Known):
        return unread or _not_tested(tests, person)
    return antigen


def _test(name: str, person: Person) -> Fact:
    return word_of(person.readings(name, positive_or_negative(person.chart)), person.chart)


def _unread(tests: list[Fact], person: Person) -> Unclear | None:
    """The first test that was answered and is not understood; it may have been positive."""
    missing = person.chart.missing("Condition", "Observation")
    told = (fact for fact in tests if isinstance(fact, Unclear))
    return next((fact for fact in told if fact.why not in (Why.NOT_RECORDED, missing.why)), None)


def _not_tested(tests: list[Fact], person: Person) -> Fact:
    """none without any test; one of anything but the antigen leaves it open."""
    missing = person.chart.missing("Condition", "Observation")
    if missing.why is not Why.NOT_RECORDED:
        return missing
    return missing if any(isinstance(fact, Known) for fact in tests) else Known("none")
