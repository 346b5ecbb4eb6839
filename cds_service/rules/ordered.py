"""Facts about the ordered drug and the drugs beside it (rules.md section 1b)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from ..domain.advice import Asked
from ..domain.values import Fact, Known, Unclear, Why, word
from .record import ANTITUMOUR, IN_PLAN, PRRT, SSA, STALE, by_any_route, co_ordered, drugs_of, on_record, ordered_by

PHASE_TWO = ("pazopanib", "lenvatinib", "axitinib")
DLL3 = ("tarlatamab", "obrixtamig")
DUAL = ("ipilimumab", "nivolumab")
ALKYLATING_PAIR = {"temozolomide", "capecitabine"}
STREPTOZOCIN, DOXORUBICIN = "streptozocin", "doxorubicin"
TOLD = (IN_PLAN, STALE)  # an old entry nobody closed still stands beside an order; scope.py lowers the voice then


def ordered_drug(asked: Asked) -> Fact:
    """The drug of knowledge/drugs that the order names; a drug we do not know gives no opinion."""
    if asked.order is None or asked.order.drug is None or asked.order.route:
        return Unclear(Why.NOT_UNDERSTOOD)
    return Known(asked.order.drug, asked.order.ref)


def order_reason(asked: Asked) -> Fact:
    """What the order is for, as read with the order."""
    return asked.order.reason if asked.order else Unclear()


def order_kind(asked: Asked) -> Fact:
    """New or continuation, as read with the order."""
    return asked.order.kind if asked.order else Unclear()


def drug_class(asked: Asked) -> Fact:
    """Whether the ordered drug is a long-acting somatostatin analogue."""
    return _by_group(asked, {SSA: SSA}, otherwise="other")


def platinum_agent(asked: Asked) -> Fact:
    """Cisplatin and its like, or oxaliplatin."""
    return _by_group(asked, {"cis-carbo": "cis-carbo"}, otherwise="oxaliplatin", within="platinum")


def order_class(asked: Asked) -> Fact:
    """For a NEC: hormonal or targeted, a partner of platinum, or other; an analogue of unclear purpose is unclear."""
    drug = word(ordered_drug(asked))
    if drug in drugs_of(asked, SSA):
        function = asked.fact("functional_status")
        words = {"functioning": "symptom-control", "non-functioning": "hormonal-targeted"}
        return Known(words[str(function.value)], _ref(asked)) if isinstance(function, Known) else function
    groups = {"targeted": "hormonal-targeted", "platinum-partner": "partner"}
    return _by_group(asked, groups, otherwise="other", within=ANTITUMOUR)


def tki(asked: Asked) -> Fact:
    """Cabozantinib, or a kinase inhibitor studied in phase II only."""
    drug = word(ordered_drug(asked))
    if drug == "cabozantinib":
        return Known(drug, _ref(asked))
    return Known("phase-II", _ref(asked)) if drug in PHASE_TWO else Unclear()


def dll3_drug(asked: Asked) -> Fact:
    """Which agent against DLL3 is ordered."""
    drug = word(ordered_drug(asked))
    return Known(drug, _ref(asked)) if drug in DLL3 else Unclear()


def ici_regimen(asked: Asked) -> Fact:
    """Ipilimumab with nivolumab where both are in plan; any other checkpoint inhibitor order is other."""
    return _ici_regimen(asked, TOLD)


def _ici_regimen(asked: Asked, states: Sequence[str]) -> Fact:
    drug = word(ordered_drug(asked))
    if drug not in drugs_of(asked, "ici"):
        return Unclear()
    both = drug in DUAL and {drug, *_beside(asked, DUAL, states)} == set(DUAL)
    return Known("+".join(DUAL) if both else "other", _ref(asked))


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
    mine = asked.order.ref if asked.order else None
    drafts = {drug for order in asked.case.orders if order.ref != mine for drug in ordered_by(order)}
    return (drafts | {one.drug for one in on_record(asked, drugs, *states)}) & set(drugs)


def _ref(asked: Asked) -> str | None:
    return asked.order.ref if asked.order else None


def _by_group(asked: Asked, words: Mapping[str, str], *, otherwise: str, within: str | None = None) -> Fact:
    groups = asked.knowledge.drug_groups
    drug = word(ordered_drug(asked))
    if drug is None or (within and drug not in groups[within]):
        return Unclear()
    found = next((value for group, value in words.items() if drug in groups[group]), otherwise)
    return Known(found, _ref(asked))


ORDER_FACTS: dict[str, Callable[[Asked], Fact]] = {
    each.__name__: each
    for each in (
        *(ordered_drug, order_reason, order_kind, drug_class, platinum_agent, order_class, tki, dll3_drug),
        *(ici_regimen, other_ssa, partner, doxorubicin_route),
    )
}
