"""WHO grading of a NET: each index has its band, and the higher of the two decides.

The cut points stand in knowledge/classifications/who-2019-grade.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TypeGuard

from .interval import Interval
from .values import Fact, Known, Unclear, Why

GRADES = ("G1", "G2", "G3")
Bands = Mapping[str, Mapping[str, Interval]]


def grade_net(ki67_percent: Fact, mitoses_per_2mm2: Fact, bands: Bands) -> Fact:
    """The grade of a NET from Ki-67 (percent) and mitoses (per 2 mm2); `bands`: grade -> index -> interval.

    One index known is enough. An index that could lie in two bands leaves the grade unclear, unless the other
    decides whatever it turns out to be.
    """
    indices = {"ki67_percent": ki67_percent, "mitoses_per_2mm2": mitoses_per_2mm2}
    possible = [found for name, fact in indices.items() if (found := _possible(fact, name, bands))]
    if not possible:
        return _reason(ki67_percent, mitoses_per_2mm2)
    highest = {max(choice, key=GRADES.index) for choice in product(*possible)}
    if len(highest) > 1:
        return _undecided(ki67_percent, mitoses_per_2mm2)
    [grade] = highest
    deciding = next(fact for name, fact in indices.items() if grade in _possible(fact, name, bands))
    if not isinstance(deciding, Known):
        return Known(grade)
    return Known(grade, deciding.source, deciding.date)


def grade_from_record(recorded: Fact, computed: Fact, *, other_index_missing: bool) -> Fact:
    """Settle a recorded against a computed grade (rules.md section 1a): only a missing index lets the record win."""
    if _conflict(recorded):
        return _beside_conflict(recorded, computed)
    if not isinstance(recorded, Known):
        return computed
    if not isinstance(computed, Known):
        return computed if computed.why in (Why.CONFLICTING, Why.STRADDLES) else recorded
    if recorded.value == computed.value:
        return computed
    if other_index_missing and GRADES.index(str(recorded.value)) > GRADES.index(str(computed.value)):
        return recorded
    return Unclear(Why.CONFLICTING, (recorded, computed))


def _beside_conflict(recorded: Unclear, computed: Fact) -> Fact:
    """Recorded grades that differ leave the computed one alone only where the highest of them is that grade."""
    if not isinstance(computed, Known):
        return recorded
    highest = max((str(known.value) for known in recorded.seen), key=GRADES.index, default=computed.value)
    return computed if highest == computed.value else Unclear(Why.CONFLICTING, (*recorded.seen, computed))


def _possible(fact: Fact, index: str, bands: Bands) -> tuple[str, ...]:
    """The grades this index allows; empty when it says nothing."""
    seen = (fact,) if isinstance(fact, Known) else fact.seen if _conflict(fact) else ()
    spans = [known.value for known in seen if isinstance(known.value, Interval)]
    return tuple(grade for grade in GRADES if any(span.touches(bands[grade][index]) for span in spans))


def _undecided(*indices: Fact) -> Unclear:
    seen = tuple(known for fact in indices for known in ((fact,) if isinstance(fact, Known) else fact.seen))
    return Unclear(Why.CONFLICTING if any(map(_conflict, indices)) else Why.STRADDLES, seen)


def _reason(*indices: Fact) -> Unclear:
    """The most telling reason among indices of which none is usable."""
    unclear = [fact for fact in indices if isinstance(fact, Unclear)]
    told = [fact for fact in unclear if fact.why is not Why.NOT_RECORDED]
    return Unclear((told or unclear)[0].why) if unclear else Unclear()


def _conflict(fact: Fact) -> TypeGuard[Unclear]:
    return isinstance(fact, Unclear) and fact.why is Why.CONFLICTING
