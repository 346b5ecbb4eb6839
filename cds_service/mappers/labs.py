"""Facts of the laboratory: kidney, glucose and blood counts (rules.md section 1c)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from decimal import Decimal

from ..domain.call import Json
from ..domain.interval import Interval
from ..domain.values import Fact, Known, Unclear, Why
from .findings import Finding
from .flags import HIGH, LOW, NOT_DONE, flagged, has_value
from .person import Person
from .precautions import has
from .results import latest, measuring, none_or_why, number, word_or_none
from .settle import Reading, Value, day, newest, usable
from .shape import child, text
from .units import CELLS, CLEARANCE, CREATININES, FILTRATION, PERCENT, Unit
from .words import normal

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
    found = [_counted(findings) for findings in (person.blood("platelets"), white)]
    newest_counts = [latest([one for one in read if one.value == "done"], person.chart, _WINDOW) for read in found]
    if all(newest_counts):
        one = newest_counts[0][0]
        return Known("done", one.ref or None, day(one.span))
    unread = [one for read in found for one in latest(read, person.chart, _WINDOW) if one.value != "done"]
    if unread or any(newest_counts):
        return Unclear(Why.NOT_UNDERSTOOD if unread else Why.NOT_RECORDED)
    return none_or_why([one for read in found for one in read], person.chart, "Observation")


def lymphopenia(person: Person) -> Fact:
    """yes by diagnosis, or where the laboratory flags the lymphocyte count low; a low share is not a low count."""
    by_diagnosis = has(person, "lymphopenia")
    findings = [one for one in person.blood("lymphocytes") if not _is_share(one)]
    read = [finding.reading(flagged(LOW)) for finding in findings]
    for one in latest(read, person.chart, _WINDOW):
        if one.value == LOW:
            return Known("yes", one.ref or None, day(one.span))
    if by_diagnosis == Known("no"):
        return person.no_or("Condition", "Observation")
    return by_diagnosis


def _is_share(finding: Finding) -> bool:
    return PERCENT.scale(child(finding.carrier, "valueQuantity")) is not None


def urinalysis(person: Person) -> Fact:
    """done where a urinalysis stands within the window, by result, report or procedure."""
    results = [finding.reading(_examined) for finding in person.results("urinalysis")]
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
    of = person.blood if name == "creatinine" else person.results  # a clearance may be of a day's urine
    before = newest(usable(_numbers(of(name, first), unit), chart.on))
    now = latest(_numbers(of(name), unit), chart, _WINDOW)
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


def _counted(findings: Sequence[Finding]) -> list[Reading]:
    """That cells were counted; words as "test not performed" are no count, unless they are a flag."""
    return [finding.reading(_is_done) for finding in findings]


def _is_done(carrier: Json) -> Value:
    told = flagged(HIGH)(carrier) if has_value(carrier) else Why.NOT_RECORDED
    return told if told in (Why.NOT_RECORDED, Why.NOT_UNDERSTOOD) else "done"


def _examined(carrier: Json) -> Value:
    """That something was found, whatever it is; what only says that nothing was examined is not understood."""
    if not has_value(carrier):
        return Why.NOT_RECORDED
    said = normal(text(carrier, "valueString") or text(child(carrier, "valueCodeableConcept"), "text"))
    return Why.NOT_UNDERSTOOD if said in NOT_DONE else "done"
