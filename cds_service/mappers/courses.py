"""Where the records of a drug begin, and where they begin again after a gap: then an earlier course came before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..domain.case import ANOTHER_DISEASE
from ..domain.values import Fact, Known, word
from .around_surgery import is_perioperative
from .dates import Span
from .history import History
from .supplies import Supply

Told = list[tuple[Supply, Fact]]
"""Records of drugs, each with what the drug was for."""


@dataclass(frozen=True)
class Gap:
    """Records that begin again: what reached furthest before the gap, the day it begins again, and whether that is sure
    to be longer than the days in which a course goes on."""

    before: Supply
    begun: Span
    sure: bool


def first_day(supplies: Iterable[Supply]) -> Span | None:
    """The first day of a drug; none where some record may be of an earlier one.

    A record that tells only a later day, as one that renews an order we do not have, is of what was begun before it.
    """
    told = list(supplies)
    first = min((one.begun for one in told if one.begun), key=lambda span: span.first, default=None)
    rest = [one.span for one in told if not one.begun]
    return first if first and all(span and span.after(first) for span in rest) else None


def gaps(supplies: Sequence[Supply], history: History) -> list[Gap]:
    """Where records of a drug begin again after more days than a course goes on for, or perhaps after more."""
    window = "continuation-prrt" if supplies[0].recognised.drug.group == "prrt" else "continuation"
    days = history.chart.window(window) or 0
    dated = sorted(((one.begun, one.until or one.begun, one) for one in supplies if one.begun), key=_first)
    found: list[Gap] = []
    furthest: tuple[Span, Supply] | None = None
    for begun, until, one in dated:
        if furthest and (begun.last - furthest[0].first).days > days:
            found.append(Gap(furthest[1], begun, (begun.first - furthest[0].last).days > days))
        furthest = (until, one) if furthest is None or until.last > furthest[0].last else furthest
    return found


def _first(told: tuple[Span, Span, Supply]) -> tuple[object, ...]:
    return told[0].first, told[0].last


def had_earlier_course(supplies: Sequence[Supply], everything: Told, history: History) -> bool | None:
    """Whether some of a drug was given for this tumour in a course that was over before the last of its kind began."""
    drug = supplies[0].recognised.drug
    course = [
        (one, reason)
        for one, reason in everything
        if one.recognised.drug.is_same_course(drug) and not one.recognised.route and word(reason) != ANOTHER_DISEASE
    ]
    found = gaps([one for one, _ in course], history) if course else []
    if not found:
        return False
    last = found[-1]
    before = [(one, reason) for one, reason in course if one.begun and one.begun.first < last.begun.first]
    if not any(one in supplies for one, _ in before):
        return False
    return True if _was_a_course(before, history) and _is_sure(last, course, history) else None


def _was_a_course(before: Told, history: History) -> bool:
    """True where what came before the gap was for this tumour, and more than treatment about an operation."""
    for_the_tumour = [one for one, reason in before if isinstance(reason, Known)]
    return bool(for_the_tumour) and not is_perioperative(for_the_tumour, history.operations, history.chart)


def _is_sure(gap: Gap, course: Told, history: History) -> bool:
    """True where nothing can have been taken in the gap: an order does not tell when it was last taken on it."""
    all_told = all(one.begun for one, _ in course) and isinstance(history.was_read, Known)
    return all_told and gap.sure and gap.before.type != "MedicationRequest"
