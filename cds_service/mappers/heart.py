"""Facts of the heart: failure, ejection fraction, QTc, pulse and blood pressure (rules.md section 1c)."""

from __future__ import annotations

from decimal import Decimal

from ..domain.interval import Interval
from ..domain.values import Fact, Known, Unclear, Why
from .dates import used, when
from .findings import coded_answer
from .flags import HIGH, LOW, flagged
from .person import Person
from .precautions import Recorded, doubt_of, has, known
from .quantities import measured
from .results import first_within, latest, measuring, number, word_of, word_or_none
from .settle import Reading, Value
from .units import GRADE_OF_CTCAE, MILLISECONDS, PERCENT

_WINDOW = "heart"
_DAYS = ("recordedDate", "onsetDateTime")
_NYHA = {"nyha-1": "I", "nyha-2": "II", "nyha-3": "III", "nyha-4": "IV"}
_OF_NUMBER = dict(enumerate(_NYHA.values(), start=1))


def heart_failure(person: Person) -> Fact:
    """Heart failure that is recorded as active."""
    return has(person, "heart-failure")


def nyha_class(person: Person) -> Fact:
    """The NYHA class, by a result or in the name of a diagnosis."""
    words = coded_answer(person.chart, *_NYHA)

    def read(carrier: dict[str, object]) -> Value:
        told = measured(carrier, GRADE_OF_CTCAE) if "valueInteger" in carrier else words(carrier)
        if isinstance(told, Interval):
            return _OF_NUMBER.get(int(told.low or Decimal(0)), Why.NOT_UNDERSTOOD)
        return _NYHA.get(told, told) if isinstance(told, str) else told

    fact = word_of(person.readings("nyha", read), person.chart)
    if isinstance(fact, Known) or fact.why is not Why.NOT_RECORDED:
        return fact
    recorded = [(found, name) for name in _NYHA for found in Recorded(person, {name}).active]
    if recorded:
        return known(_NYHA[recorded[-1][1]], recorded[-1][0])
    doubt = doubt_of(person, *_NYHA)
    return Unclear(doubt) if doubt else person.chart.missing("Condition")


def lvef(person: Person) -> Fact:
    """Whether the ejection fraction is flagged low."""
    return word_or_none(person.readings("lvef", flagged(LOW)), person.chart, _WINDOW, "Observation")


def lvef_percent(person: Person) -> Fact:
    """The ejection fraction."""
    return number(person.readings("lvef", measuring(PERCENT)), person.chart, _WINDOW)


def qtc(person: Person) -> Fact:
    """Whether QTc is flagged long, or a long QT is an active diagnosis."""
    recorded = Recorded(person, {"long-qt"})
    if recorded.active:
        return known("long", recorded.active[0])
    read = person.readings("qtc", flagged(HIGH))
    told = [Reading("long" if one.value == HIGH else one.value, one.span, one.ref) for one in read]
    fact = word_or_none(_one_for_each(told), person.chart, _WINDOW, "Observation", "Condition")
    return Unclear(recorded.doubt) if recorded.doubt and fact == Known("none") else fact


def _one_for_each(read: list[Reading]) -> list[Reading]:
    """One reading for each tracing: corrected in several ways, it is long where one of them is flagged so."""
    long = {one.ref for one in read if one.value == "long"}
    return [one for one in read if one.value == "long" or one.ref not in long]


def qtc_ms(person: Person) -> Fact:
    """QTc in milliseconds; corrected in several ways, from the lowest to the highest."""
    return number(person.readings("qtc", measuring(MILLISECONDS)), person.chart, _WINDOW)


def bradycardia(person: Person) -> Fact:
    """Bradycardia that is recorded as active."""
    return has(person, "bradycardia")


def uncontrolled_hypertension(person: Person) -> Fact:
    """yes where it is written within the window; a pressure that is only flagged high leaves it open."""
    chart, window = person.chart, "uncontrolled-hypertension"
    recorded = Recorded(person, {"uncontrolled-hypertension"})
    days = [(used(when(found.resource, key), chart.on), found.ref) for found in recorded.active for key in _DAYS]
    if written := first_within(days, chart, window):
        return written
    if recorded.active or recorded.doubt:
        return Unclear(recorded.doubt or Why.TOO_OLD)
    pressure = latest(person.readings("blood-pressure", flagged(HIGH)), chart, window)
    if any(one.value == HIGH for one in pressure):
        return Unclear(Why.AMBIGUOUS)
    return person.no_or("Condition", "Observation")
