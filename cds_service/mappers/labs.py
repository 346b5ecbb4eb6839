"""Facts of the laboratory: kidney, glucose and blood counts (rules.md section 1c)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from decimal import Decimal

from ..domain.interval import Interval
from ..domain.values import Fact, Known, Unclear, Why
from .findings import Finding
from .flags import HIGH, LOW, flagged
from .person import Person
from .precautions import has
from .results import latest, measuring, none_or_why, number, word_or_none
from .settle import Reading, day, newest, usable
from .units import CELLS, CLEARANCE, CREATININES, FILTRATION, Unit

_WINDOW = "laboratory"
_REPORTS = ("Observation", "DiagnosticReport")
# Fall of the clearance and rise of creatinine that the Japanese insert of the radioligand names (U37, U56).
_FALL, _RISE = Decimal("0.6"), Decimal("1.4")


def creatinine(person: Person) -> Fact:
    """Whether the laboratory flags creatinine high."""
    return _flag_or_none(person, "creatinine")


def glucose(person: Person) -> Fact:
    """Whether the laboratory flags glucose high."""
    return _flag_or_none(person, "glucose")


def creatinine_clearance_ml_per_min(person: Person) -> Fact:
    """Creatinine clearance as reported; it is never computed, and eGFR is not it."""
    return number(_numbers(person.results("creatinine-clearance"), CLEARANCE), person.chart, _WINDOW)


def egfr_ml_per_min(person: Person) -> Fact:
    """eGFR as reported."""
    return number(_numbers(person.results("egfr"), FILTRATION), person.chart, _WINDOW)


def neutrophils_10e9_per_l(person: Person) -> Fact:
    """The neutrophil count."""
    return number(_numbers(person.blood("neutrophils"), CELLS), person.chart, _WINDOW)


def platelets_10e9_per_l(person: Person) -> Fact:
    """The platelet count."""
    return number(_numbers(person.blood("platelets"), CELLS), person.chart, _WINDOW)


def blood_counts(person: Person) -> Fact:
    """done with platelets and white cells, none with neither; with one of them it is neither done nor absent."""
    white = [*person.blood("neutrophils"), *person.blood("leukocytes")]
    found = [_presence(findings) for findings in (person.blood("platelets"), white)]
    counted = [latest(read, person.chart, _WINDOW) for read in found]
    if all(counted):
        one = counted[0][0]
        return Known("done", one.ref or None, day(one.span))
    if any(counted):
        return Unclear(Why.NOT_RECORDED)
    return none_or_why([one for read in found for one in read], person.chart, "Observation")


def lymphopenia(person: Person) -> Fact:
    """yes by diagnosis, or where the laboratory flags the lymphocyte count low."""
    by_diagnosis = has(person, "lymphopenia")
    read = [finding.reading(flagged(LOW)) for finding in person.blood("lymphocytes")]
    for one in latest(read, person.chart, _WINDOW):
        if one.value == LOW:
            return Known("yes", one.ref or None, day(one.span))
    if by_diagnosis == Known("no"):
        return person.no_or("Condition", "Observation")
    return by_diagnosis


def urinalysis(person: Person) -> Fact:
    """done where a urinalysis stands within the window, by result, report or procedure."""
    results = _presence(person.results("urinalysis"))
    studies = [Reading("done", span, ref) for span, ref in person.studies("urinalysis")]
    return word_or_none([*results, *studies], person.chart, _WINDOW, *_REPORTS)


def renal_decline(person: Person) -> Fact:
    """Whether clearance fell and creatinine rose as the insert names, since before the first radioligand dose."""
    history = person.history
    given = [one.span for one in history.supplies if one.recognised.drug.group == "prrt" and one.given and one.span]
    if not given:
        return Known("no") if isinstance(history.was_read, Known) else history.was_read
    first = min(span.first for span in given)
    clearance = _then_and_now("creatinine-clearance", CLEARANCE, person, first)
    levels = [_then_and_now("creatinine", unit, person, first) for unit in CREATININES]
    level = next((pair for pair in levels if pair), None)
    if clearance is None or level is None:
        return person.chart.missing("Observation")
    fell = clearance[1] <= clearance[0] * _FALL
    rose = level[1] >= level[0] * _RISE
    return Known("yes" if fell and rose else "no")


def _then_and_now(name: str, unit: Unit, person: Person, first: Date) -> tuple[Decimal, Decimal] | None:
    """The last number before treatment began and the newest one, where both are single numbers."""
    chart = person.chart
    before = newest(usable(_numbers(person.blood(name, first), unit), chart.on))
    now = latest(_numbers(person.blood(name), unit), chart, _WINDOW)
    then, last = _single(before), _single([one for one in now if one.span and one.span.first > first])
    return None if then is None or last is None else (then, last)


def _single(read: Sequence[Reading]) -> Decimal | None:
    spans = {one.value for one in read}
    one = spans.pop() if len(spans) == 1 else None
    return one.low if isinstance(one, Interval) and one.low == one.high else None


def _flag_or_none(person: Person, name: str) -> Fact:
    read = [finding.reading(flagged(HIGH)) for finding in person.blood(name)]
    return word_or_none(read, person.chart, _WINDOW, "Observation")


def _numbers(findings: Sequence[Finding], unit: Unit) -> list[Reading]:
    return [finding.reading(measuring(unit)) for finding in findings]


def _presence(findings: Sequence[Finding]) -> list[Reading]:
    """That a result is there, whatever it says; one without a value is not."""
    return [
        finding.reading(lambda carrier: "done" if any(key.startswith("value") for key in carrier) else Why.NOT_RECORDED)
        for finding in findings
    ]
