"""Facts about the drugs that stand beside the ordered one: in the call, or on the record (rules.md section 1b)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from ..domain.advice import Asked
from ..domain.case import IN_PLAN, STALE
from ..domain.values import Fact, Known, Unclear, word
from .ordered import ordered_drug
from .record import ANTITUMOUR, PRRT, SSA, by_any_route, co_ordered, drugs_of, on_record, ordered_by, other_drafts

DUAL = ("ipilimumab", "nivolumab")
ALKYLATING_PAIR = {"temozolomide", "capecitabine"}
STREPTOZOCIN, DOXORUBICIN = "streptozocin", "doxorubicin"
TOLD = (IN_PLAN, STALE)  # an old entry nobody closed still stands beside an order; scope.py lowers the voice then


def ici_regimen(asked: Asked) -> Fact:
    """Ipilimumab with nivolumab where both are in plan; any other checkpoint inhibitor order is other."""
    return _ici_regimen(asked, TOLD)


def _ici_regimen(asked: Asked, states: Sequence[str]) -> Fact:
    drug = word(ordered_drug(asked))
    if drug not in drugs_of(asked, "ici"):
        return Unclear()
    both = drug in DUAL and {drug, *_beside(asked, DUAL, states)} == set(DUAL)
    return Known("+".join(DUAL) if both else "other", asked.order.ref if asked.order else None)


def other_ssa(asked: Asked) -> Fact:
    """Another long-acting analogue: ordered together, in plan, or an old entry; unclear where there is none."""
    drug = word(ordered_drug(asked))
    others = drugs_of(asked, SSA) - {drug}
    if drug not in drugs_of(asked, SSA):
        return Unclear()
    if ref := co_ordered(asked, others):
        return Known("co-ordered", ref)
    for state in TOLD:
        if found := on_record(asked, others, state):
            return Known(state, found[0].source, found[0].date)
    return Unclear()


def partner(asked: Asked) -> Fact:
    """What stands beside PRRT: only an analogue, temozolomide or capecitabine, or anything else against the tumour.

    Its source is the draft or the entry of the drug that decides, which a card can name.
    """
    return _partner(asked, TOLD)


def _partner(asked: Asked, states: Sequence[str]) -> Fact:
    drug, (prrt, antitumour, ssa) = word(ordered_drug(asked)), (drugs_of(asked, one) for one in (PRRT, ANTITUMOUR, SSA))
    if drug not in antitumour:
        return Unclear()
    together = {drug, *_beside(asked, antitumour, states)}
    beside = together - prrt
    if beside == together:
        return Unclear()
    deciding = {"trial-only": beside - ssa - ALKYLATING_PAIR, "captem": beside & ALKYLATING_PAIR, "ssa-only": beside}
    said = next(((said, drugs) for said, drugs in deciding.items() if drugs), None)
    return Known(said[0], *_where(asked, said[1])) if said else Unclear()


def _where(asked: Asked, drugs: Collection[str]) -> tuple[str | None, str | None]:
    """Source and date of the first of these drugs: the order asked about, another draft, in plan, an old entry."""
    if asked.order and asked.order.drug in drugs:
        return asked.order.ref, None
    if ref := co_ordered(asked, drugs):
        return ref, None
    found = on_record(asked, drugs, IN_PLAN) or on_record(asked, drugs, STALE)
    return found[0].source, found[0].date


def doxorubicin_route(asked: Asked) -> Fact:
    """How the doxorubicin goes in that is in plan beside streptozocin; by a vein where nothing is said."""
    return _doxorubicin_route(asked, TOLD)


def _doxorubicin_route(asked: Asked, states: Sequence[str]) -> Fact:
    """For this fact doxorubicin counts by any route; a drug in plan tells it before an old entry does."""
    order = asked.order
    if order is None or order.drug not in (STREPTOZOCIN, DOXORUBICIN):
        return Unclear()
    if order.drug == DOXORUBICIN:
        there = bool(_beside(asked, {STREPTOZOCIN}, states))
        return Known(order.route or "systemic", order.ref) if there else Unclear()
    routes = [each.route for each in asked.case.orders if each.drug == DOXORUBICIN]
    for state in states:
        routes = routes or [one.route for one in by_any_route(asked, {DOXORUBICIN}, state)]
    if not routes:
        return Unclear()
    return Known("systemic" if "" in routes else routes[0], order.ref)


_BESIDE: Mapping[str, Callable[[Asked, Sequence[str]], Fact]] = {
    "partner": _partner,
    "doxorubicin_route": _doxorubicin_route,
    "ici_regimen": _ici_regimen,
}


def rests_on_stale(asked: Asked, names: Collection[str]) -> bool:
    """True where one of these facts would be another without the old entries nobody closed (rules.md convention 3)."""
    asks = [read for name, read in _BESIDE.items() if name in names]
    return any(word(read(asked, TOLD)) != word(read(asked, (IN_PLAN,))) for read in asks)


def _beside(asked: Asked, drugs: Collection[str], states: Sequence[str]) -> set[str]:
    """Which of these are among the other drafts, or on the record in these states."""
    drafts = {drug for order in other_drafts(asked) for drug in ordered_by(order)}
    return (drafts | {one.drug for one in on_record(asked, drugs, *states)}) & set(drugs)


BESIDE_FACTS: dict[str, Callable[[Asked], Fact]] = {
    each.__name__: each for each in (ici_regimen, other_ssa, partner, doxorubicin_route)
}
