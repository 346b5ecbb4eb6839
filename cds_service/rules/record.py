"""What the record and the drafts of the call hold of a group of drugs: in plan, old, or had (rules.md section 1b)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..domain.advice import Asked
from ..domain.case import ANOTHER_DISEASE, IN_PLAN, STALE, Medication, Order
from ..domain.values import Fact, Known, Unclear, Why, word

ANTITUMOUR, PRRT, SSA = "antitumour", "prrt", "ssa-long"


def drugs_of(asked: Asked, group: str) -> frozenset[str]:
    """The drugs of a group of knowledge/drugs."""
    return asked.knowledge.drug_groups[group]


def days(asked: Asked, window: str) -> int:
    """The days of a window of knowledge/."""
    return asked.knowledge.value_sets.windows[window]


def on_record(asked: Asked, drugs: Collection[str], *states: str) -> list[Medication]:
    """What the record holds of these drugs as systemic treatment, in any state or only in those named; no drafts."""
    return [one for one in by_any_route(asked, drugs, *states) if not one.route]


def by_any_route(asked: Asked, drugs: Collection[str], *states: str) -> list[Medication]:
    """The same, also what goes into an artery of the tumour."""
    found = [one for one in asked.case.medications if one.drug in drugs]
    return [one for one in found if not states or one.state in states]


def co_ordered(asked: Asked, drugs: Collection[str]) -> str | None:
    """The reference of another draft of this call for one of these drugs as systemic treatment."""
    return next((order.ref for order in other_drafts(asked) if ordered_by(order) & set(drugs)), None)


def other_drafts(asked: Asked) -> list[Order]:
    """The draft orders of this call beside the one asked about."""
    return [order for order in asked.case.orders if asked.order is None or order.ref != asked.order.ref]


def ordered_by(order: Order) -> frozenset[str]:
    """The drugs of a draft as systemic treatment: of most drafts one."""
    return frozenset({order.drug}) if order.drug and not order.route else order.several


def planned(asked: Asked, drugs: Collection[str]) -> Fact:
    """yes for another draft or a supplied drug; no only where the history was read and holds none of these."""
    if ref := co_ordered(asked, drugs):
        return Known("yes", ref)
    return taken_now(asked, on_record(asked, drugs))


def taken_now(asked: Asked, taken: Collection[Medication]) -> Fact:
    """yes where one of these is supplied; an old entry without a sign of supply leaves it open."""
    if supplied := [one for one in taken if one.state == IN_PLAN]:
        return Known("yes", supplied[0].source, supplied[0].date)
    if any(one.state == STALE for one in taken):
        return Unclear(Why.TOO_OLD)
    return known_absent(asked, "no")


def state_of(asked: Asked, drugs: Collection[str]) -> Fact:
    """in-plan, had or none; an old entry without a sign of supply was had once."""
    if ref := co_ordered(asked, drugs):
        return Known(IN_PLAN, ref)
    if taken := on_record(asked, drugs, IN_PLAN):
        return Known(IN_PLAN, taken[0].source, taken[0].date)
    return _said(had(asked, drugs), yes="had", no="none")


def had(asked: Asked, drugs: Collection[str]) -> Fact:
    """yes for any record of these drugs for this tumour; no only where the history was read."""
    found = for_this_tumour(on_record(asked, drugs))
    sure = [one for one in found if isinstance(one.reason, Known)]
    if sure:
        return Known("yes", sure[0].source, sure[0].date)
    if found:
        return Unclear(Why.NOT_LINKED, as_seen(found))
    return known_absent(asked, "no")


def for_this_tumour(taken: Collection[Medication]) -> list[Medication]:
    """Without what was given for another disease."""
    return [one for one in taken if word(one.reason) != ANOTHER_DISEASE]


def known_absent(asked: Asked, word: str) -> Fact:
    """This word, where the history was read and so may be said to hold nothing; else why it was not read."""
    history = asked.case.history
    return Known(word) if isinstance(history, Known) else history


def as_seen(taken: Iterable[Medication]) -> tuple[Known, ...]:
    """What was found and could not settle a fact, as `Unclear` keeps it."""
    return tuple(Known(one.drug, one.source or None, one.date) for one in taken)


def _said(fact: Fact, yes: str, no: str) -> Fact:
    if isinstance(fact, Unclear):
        return fact
    return Known(yes if fact.value == "yes" else no, fact.source, fact.date)
