"""The facts pregnancy and pregnancy_possible."""

from __future__ import annotations

from decimal import Decimal

from ..domain.values import Fact, Known, Unclear, Why, interval
from .chart import Chart
from .dates import used, when
from .findings import coded_answer
from .flags import positive_or_negative
from .patient import age
from .person import Person
from .precautions import Recorded, known
from .results import first_within, is_within, latest
from .settle import Reading, agreed, day
from .shape import ref_of, text

# rules.md section 4, prrt-precautions: female, 12 to 55 years.
_YOUNGEST, _OLDEST = Decimal(12), Decimal(55)
_MEANS = {"pregnant": "yes", "positive": "yes", "not-pregnant": "no", "negative": "no"}


def pregnancy(person: Person) -> Fact:
    """yes by an open diagnosis or a positive test, no by a negative test or where none is possible; else unclear."""
    chart = person.chart
    by_test = _tested(person)
    recorded = Recorded(person, {"pregnancy"}, exactly=True)
    if fact := _diagnosed(recorded, chart):
        if isinstance(by_test, Known) and by_test.value == "no":
            return Unclear(Why.CONFLICTING, (fact, by_test))
        return fact
    if isinstance(by_test, Known):
        return by_test
    if by_test or recorded.active or recorded.doubt:
        return by_test or Unclear(recorded.doubt or Why.TOO_OLD)
    possible = pregnancy_possible(person)
    impossible = isinstance(possible, Known) and possible.value == "no"
    return Known("no", possible.source) if isinstance(possible, Known) and impossible else chart.missing("Condition")


def _diagnosed(recorded: Recorded, chart: Chart) -> Known | None:
    """An open diagnosis, undated or of the window; an older entry was never closed."""
    keys = ("onsetDateTime", "onsetPeriod", "recordedDate")
    since = [(used(when(found.resource, *keys), chart.on), found) for found in recorded.active]
    open_ones = (found for span, found in since if span is None or is_within(span, chart, "pregnancy"))
    if found := next(open_ones, None):
        return known("yes", found)
    first_within([(span, one.ref) for span, one in since], chart, "pregnancy")
    return None


def _tested(person: Person) -> Fact | None:
    """The newest test or recorded status within the window; None where there is none."""
    chart = person.chart
    status = coded_answer(chart, "pregnant", "not-pregnant")
    read = [*person.readings("pregnancy-status", status)]
    read += person.readings("pregnancy-test", positive_or_negative(chart))
    told = [Reading(_MEANS.get(str(one.value), one.value), one.span, one.ref) for one in read]
    found = latest(told, chart, "pregnancy-test")
    return agreed(found) if found else None


def pregnancy_possible(person: Person) -> Fact:
    """yes for a woman of the age the rules name without hysterectomy or menopause on record."""
    chart = person.chart
    patient = next(iter(chart.of("Patient")), None)
    if patient is None or not chart.passes(patient):
        return chart.missing("Patient")
    sex = text(patient, "gender")
    if sex == "male":
        return Known("no", ref_of(patient) or None)
    years = interval(age(chart))
    if years and (_below(years.high) or _above(years.low)):
        return Known("no", ref_of(patient) or None)
    if found := _cannot(person):
        return found
    if sex != "female" or years is None:
        return Unclear(Why.NOT_RECORDED)
    missing = chart.missing("Condition", "Procedure")
    return Known("yes", ref_of(patient) or None) if missing.why is Why.NOT_RECORDED else missing


def _below(years: Decimal | None) -> bool:
    return years is not None and years < _YOUNGEST


def _above(years: Decimal | None) -> bool:
    return years is not None and years > _OLDEST


def _cannot(person: Person) -> Known | None:
    """Menopause, or an operation that took the uterus, in diagnoses and procedures."""
    menopause = Recorded(person, {"menopause"}, exactly=True).active
    for found in (*menopause, *Recorded(person, {"hysterectomy"}).all):
        return known("no", found)
    for procedure in person.chart.of("Procedure"):
        concept = person.chart.terms.under(procedure, "code")
        named = "hysterectomy" in person.means("precaution", concept)
        if not named or person.chart.is_to_come(procedure):
            continue
        if text(procedure, "status") == "completed" and person.chart.passes(procedure):
            span = when(procedure, "performedDateTime", "performedPeriod")
            return Known("no", ref_of(procedure) or None, day(span))
    return None
