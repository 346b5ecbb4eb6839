"""The fact line_of_therapy: earlier regimens against this tumour, without the one an order goes on with or joins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from datetime import timedelta

from ..domain.advice import Asked
from ..domain.approvals import span_of
from ..domain.case import Medication
from ..domain.values import Fact, Known, Unclear, Why, word
from .answers import Answer
from .record import ANTITUMOUR, SSA, as_seen, days, drugs_of, for_this_tumour, known_absent, on_record


def line_of_therapy(asked: Asked) -> Fact:
    """later for one earlier regimen or more, first for none where the history was read."""
    taken = for_this_tumour(on_record(asked, drugs_of(asked, ANTITUMOUR)))
    belongs = [(one, _is_of_this_order(one, taken, asked)) for one in taken]
    earlier = [(one, answer) for one, answer in belongs if answer is not True]
    counted = [(one, answer) for one, answer in earlier if not one.perioperative]
    if _only_for_symptoms([one for one, _ in counted], asked):
        counted = []
    sure = [one for one, answer in counted if answer is False and isinstance(one.reason, Known)]
    if sure:
        return Known("later", sure[0].source, sure[0].date)
    if earlier:
        return Unclear(Why.AMBIGUOUS, as_seen(one for one, _ in earlier))
    return known_absent(asked, "first")


def _only_for_symptoms(taken: Iterable[Medication], asked: Asked) -> bool:
    """True where somatostatin analogues are all there was, in a functioning tumour: they may be for its hormones."""
    functioning = word(asked.fact("functional_status")) == "functioning"
    return functioning and {one.drug for one in taken} <= drugs_of(asked, SSA)


def _is_of_this_order(one: Medication, taken: Iterable[Medication], asked: Asked) -> Answer:
    """True for the regimen the order goes on with, and for drugs begun so lately that it joins them."""
    if asked.order is None or asked.order.drug is None:
        return False
    drugs = asked.knowledge.drugs
    same = [each for each in taken if drugs[each.drug].is_same_course(drugs[asked.order.drug])]
    if word(asked.fact("order_kind")) == "continuation":
        if one in same:
            return None if one.earlier_course is None else not one.earlier_course
        answers = {_begun_together(one, each, asked) for each in same}
        return True if True in answers else None if None in answers else _begun_now(one, asked)
    if one in same and isinstance(asked.fact("order_kind"), Unclear):
        return None
    return _begun_now(one, asked)


def _begun_now(one: Medication, asked: Asked) -> Answer:
    return _within(_begun(one), (asked.setting.on, asked.setting.on), asked)


def _begun_together(one: Medication, other: Medication, asked: Asked) -> Answer:
    return _within(_begun(one), _begun(other), asked)


def _begun(one: Medication) -> tuple[Date, Date]:
    """The days on which it may have been begun: before its last day, where the first is not told."""
    if one.begun:
        return span_of(one.begun)
    return Date.min, span_of(one.date)[1] if one.date else Date.max


def _within(one: tuple[Date, Date], other: tuple[Date, Date], asked: Asked) -> Answer:
    """Whether two days lie within the days of one regimen; None where they may or may not."""
    reach = timedelta(days=days(asked, "one-regimen"))
    furthest = max(one[1] - other[0], other[1] - one[0])
    nearest = max(one[0] - other[1], other[0] - one[1])
    if furthest <= reach:
        return True
    return False if nearest > reach else None
