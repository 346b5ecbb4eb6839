"""The facts ki67_percent and mitoses_per_2mm2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Date
from decimal import Decimal

from ..domain.grading import GRADES, Bands
from ..domain.interval import Interval
from ..domain.set_aside import Aside
from ..domain.values import Fact, Known, Unclear, Why
from .findings import KI67_OF_BREAST, Finding
from .quantities import measured
from .settle import Reading, Value, first_unread, knowns, newest, nothing_usable, usable
from .shape import child
from .tumour import Tumour, of_each_tumour
from .units import KI67, MITOSES, Unit, is_percent

_MOST_BESIDE = 3  # a card has little room


@of_each_tumour
def ki67_percent(tumour: Tumour) -> Fact:
    """The Ki-67 index; a newer lower result in a lower band does not replace an older higher one."""
    findings, left_out = tumour.results("ki67")
    presence, presence_left_out = tumour.results("ki67-presence")
    for of_breast in tumour.found(KI67_OF_BREAST):
        tumour.chart.leave_out(of_breast.ref, Aside.ANOTHER_TUMOUR)
    read = [_reading(finding, KI67) for finding in findings]
    # The code of presence may carry a percentage; anything else under it is no Ki-67 index at all.
    of_cells = [finding for finding in presence if is_percent(child(finding.carrier, "valueQuantity"))]
    read += [one for finding in of_cells if isinstance((one := _reading(finding, KI67)).value, Interval)]
    return _settled(read, tumour, "ki67_percent", left_out or presence_left_out)


@of_each_tumour
def mitoses_per_2mm2(tumour: Tumour) -> Fact:
    """Mitoses per 2 mm2, settled as Ki-67 is; a count per fields of unknown area is not understood."""
    findings, left_out = tumour.results("mitoses-per-2mm2")
    per_field, fields_left_out = tumour.results("mitoses-per-10hpf")
    read = [_reading(finding, MITOSES) for finding in findings]
    read += [Reading(Why.NOT_UNDERSTOOD, finding.span, finding.ref) for finding in per_field]
    return _settled(read, tumour, "mitoses_per_2mm2", left_out or fields_left_out)


def _reading(finding: Finding, unit: Unit) -> Reading:
    return finding.reading(lambda carrier: measured(carrier, unit))


def _settled(read: Sequence[Reading], tumour: Tumour, index: str, left_out: bool) -> Fact:
    """The newest specimen; one of a lower band does not replace an older one of a higher band."""
    dated = usable(read, tumour.chart.on)
    if not dated:
        return Unclear(Why.NOT_LINKED) if left_out else nothing_usable(read, tumour.chart.missing("Observation"))
    latest, bands = newest(dated), tumour.chart.value_sets.grade_bands
    fact = _highest(latest)
    if isinstance(fact, Unclear):
        return fact
    ranks = {_rank(one.value, bands, index) for one in latest}
    if len(ranks) > 1 and not _one_day(latest):
        return Unclear(Why.CONFLICTING, knowns(latest))
    higher = [one for one in dated if one not in latest and _rank(one.value, bands, index) > max(ranks)]
    return Unclear(Why.CONFLICTING, (fact, *knowns(higher))) if higher else _above(fact, dated)


def _above(fact: Known, dated: Sequence[Reading]) -> Known:
    """The fact with the readings that it stands above, the newest first: an older one, a lower one of the same day."""
    others = sorted(dated, key=lambda one: one.span.last if one.span else Date.min, reverse=True)
    known = [one for one in knowns(others) if (one.value, one.date) != (fact.value, fact.date)]
    return replace(fact, beside=tuple(known[:_MOST_BESIDE]))


def _highest(latest: Sequence[Reading]) -> Fact:
    """Of several specimens of one day the highest; one that is not understood may be higher still."""
    if unread := first_unread(latest):
        return unread
    ranked = [(_ends(one.value), one) for one in latest if isinstance(one.value, Interval)]
    highest = max(ranked, key=lambda pair: pair[0])[1]
    return highest.known or Unclear()


def _one_day(latest: Sequence[Reading]) -> bool:
    return len({day for one in latest if one.span for day in (one.span.first, one.span.last)}) == 1


def _ends(span: Interval) -> tuple[Decimal, Decimal]:
    infinite = Decimal("Infinity")
    return (infinite if span.high is None else span.high, -infinite if span.low is None else span.low)


def _rank(value: Value, bands: Bands, index: str) -> Decimal:
    """How high a band reaches that this value may lie in; without bands every value is its own."""
    if not isinstance(value, Interval):
        return Decimal("-Infinity")
    if not bands:
        return _ends(value)[0]
    touched = [place for place, grade in enumerate(GRADES) if value.touches(bands[grade][index])]
    return Decimal(max(touched, default=0))
