"""The reading unfit_for_platinum and the fact recent_diagnosis."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from ..domain.call import Json
from ..domain.interval import Interval
from ..domain.values import Fact, Known, Unclear, Why
from .allergies import Allergies
from .codes import Concept
from .dates import days_before, when
from .findings import answered, coded_answer
from .first_record import first_record, onset_is_untold, record_before
from .person import Person
from .results import latest
from .settle import Value, day
from .shape import child, ref_of, text

COMFORT_CARE = "comfort-care-only"
_UNFIT = (Decimal(3), Decimal(4))  # ECOG 3-4 (rules.md section 1a, platinum_unfit)
_ECOG = re.compile(  # "PS 3", "3 (ECOG)", "3-4", "3 - capable of only limited self-care"
    r"(?:ecog|ps|performance status|パフォーマンスステータス|grade|グレード|score|スコア|[()\s:=-])*"
    r"(?P<low>[0-5])(?:\.0)?(?:度|点)?(?: ?[-~/] ?(?P<high>[0-5])(?:\.0)?)?"
    r"(?: ?相当)?(?: ?\(.*\))?(?:(?: ?:| -) ?[^\W\d].*)?"
)
# LOINC: as the public value sets of LL529-9 list the answers.
_ECOG_ANSWERS = ("LA9622-7", "LA9623-5", "LA9624-3", "LA9625-0", "LA9626-8", "LA9627-6")
_ECOG_CODES = {("http://loinc.org", code): number for number, code in enumerate(_ECOG_ANSWERS)} | {
    ("http://snomed.info/sct", "423053003"): 3,  # and no grade of a tumour
    ("http://snomed.info/sct", "423237006"): 4,  # MII module onkologie v2026.0.3, map of oBDS to SNOMED CT
}


def unfit_for_platinum(person: Person, allergies: Allergies) -> Fact:
    """yes by performance status, allergy to platinum, or comfort care as the only aim; otherwise no."""
    platinum = {drug.id for drug in person.chart.value_sets.drugs.values() if drug.group == "platinum"}
    if source := next((allergies.source[drug] for drug in sorted(allergies.drugs & platinum)), None):
        return Known("yes", source or None)
    return _poor_performance(person) or _comfort_only(person) or Known("no")


def _poor_performance(person: Person) -> Known | None:
    findings = person.results("performance-status")
    read = [finding.reading(lambda carrier: _ecog(carrier, person)) for finding in findings]
    for one in latest(read, person.chart, "performance-status"):
        if isinstance(one.value, Interval) and one.value.low in _UNFIT:
            return Known("yes", one.ref or None, day(one.span))
    return None


def _ecog(carrier: Json, person: Person) -> Value:
    """The ECOG number, as an integer, a count, a range, or a text that says nothing else."""
    concept = answered(carrier, person.chart.terms) or Concept()
    coded = [_ECOG_CODES[key] for coding in concept.codings for key in coding.keys if key in _ECOG_CODES]
    number = coded[0] if coded else _number(carrier)
    if isinstance(number, int | float) and not isinstance(number, bool) and number in range(6):
        return Interval.point(int(number))
    found = {(match["low"], match["high"]) for said in concept.read_texts if (match := _ECOG.fullmatch(said))}
    if len(found) == 1:
        low, high = found.pop()
        return Interval(Decimal(low), Decimal(high or low)) if low <= (high or low) else Why.NOT_UNDERSTOOD
    return Why.NOT_UNDERSTOOD if any(key.startswith("value") for key in carrier) else Why.NOT_RECORDED


def _number(carrier: Json) -> Any:
    """The number of a result; the lower end where it tells a range or that it is no less."""
    quantity = child(carrier, "valueQuantity") or child(child(carrier, "valueRange"), "low")
    return carrier.get("valueInteger", quantity.get("value") if "<" not in text(quantity, "comparator") else None)


def _comfort_only(person: Person) -> Known | None:
    """An active Goal, or the newest result, that says so; a palliative intent is not this."""
    chart = person.chart
    chart.look_for("goal", COMFORT_CARE)
    for goal in (one for one in chart.of("Goal") if not chart.is_to_come(one)):
        named = chart.terms.exactly("patient-finding", chart.terms.under(goal, "description"))
        if text(goal, "lifecycleStatus") == "active" and COMFORT_CARE in named and chart.passes(goal):
            return Known("yes", ref_of(goal) or None, day(when(goal, "startDate", "statusDate")))
    read = person.readings(COMFORT_CARE, coded_answer(chart, "yes", "no"))
    said = latest(read, chart)
    return Known("yes", said[0].ref or None, day(said[0].span)) if [one.value for one in said] == ["yes"] else None


def recent_diagnosis(person: Person) -> Fact:
    """yes where the first record of the tumour is not older than the window; no by any record that is."""
    chart = person.chart
    days = chart.window("recent-diagnosis")
    first = first_record(person.tumour)
    if first is None or days is None:
        return chart.missing("Condition") if not person.tumour.nens else Unclear(Why.UNDATED)
    start, span = days_before(chart.on, days), first.span
    if old := record_before(start, person.tumour):
        return Known("no", old.ref or None, day(old.span))
    if span and span.first < start:
        return Unclear(Why.STRADDLES)
    if onset_is_untold(person.tumour):
        return Unclear(Why.NOT_UNDERSTOOD)
    missing = chart.missing("Condition", "Observation")  # an older record may be among what was not received
    return Known("yes", first.ref or None, day(span)) if missing.why is Why.NOT_RECORDED else missing
