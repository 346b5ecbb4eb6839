"""Facts about the ordered drug alone (rules.md section 1b)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..domain.advice import Asked
from ..domain.values import Fact, Known, Unclear, Why, word
from .record import ANTITUMOUR, SSA, drugs_of

DLL3 = ("tarlatamab", "obrixtamig")


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
    if word(ordered_drug(asked)) == "cabozantinib":
        return Known("cabozantinib", _ref(asked))
    return _by_group(asked, {"phase-two": "phase-II"}, within="phase-two")


def dll3_drug(asked: Asked) -> Fact:
    """Which agent against DLL3 is ordered."""
    drug = word(ordered_drug(asked))
    return Known(drug, _ref(asked)) if drug in DLL3 else Unclear()


def _ref(asked: Asked) -> str | None:
    return asked.order.ref if asked.order else None


def _by_group(asked: Asked, words: Mapping[str, str], *, within: str | None = None, otherwise: str = "") -> Fact:
    """The word of the first group that holds the ordered drug; unclear where it is not `within` or none holds it."""
    drug = word(ordered_drug(asked))
    if drug is None or (within and drug not in drugs_of(asked, within)):
        return Unclear()
    found = next((value for group, value in words.items() if drug in drugs_of(asked, group)), otherwise)
    return Known(found, _ref(asked)) if found else Unclear()


ORDER_FACTS: dict[str, Callable[[Asked], Fact]] = {
    each.__name__: each
    for each in (ordered_drug, order_reason, order_kind, drug_class, platinum_agent, order_class, tki, dll3_drug)
}
