"""What may be offered: a drug is put through the order rules as if ordered, before it is shown (convention 7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from ..domain.advice import INDICATORS, Option, Verdict
from ..domain.case import THIS_TUMOUR, Order
from ..domain.knowledge import Card, Rule
from ..domain.values import Known, Unclear, Why, word
from .beside import BESIDE_FACTS
from .findings import Findings
from .ordered import ORDER_FACTS
from .record import for_this_tumour, on_record
from .scope import SIGN, rows_of, scope_of

# Facts of the ordered drug: what a case decrees of the order asked about does not hold of another.
_OF_THE_ORDER = {"label_fit", "prrt_trial_fit", "allergy_to_ordered_drug", *ORDER_FACTS, *BESIDE_FACTS}


def may_offer(drug: str, asked: Findings, instead: bool) -> bool:
    """True when no order rule would warn of this drug for this patient here; a missing test does not block.

    A rule that this site does not serve blocks too: silence about a drug is safe where our own rules doubt it.
    `instead`: the drug takes the place of the order asked about, which the same card offers to delete. What another
    draft of the call already orders is not offered again. A rule that this site does not serve blocks too: not to
    offer a drug is safe where our own rules doubt it.
    """
    if any(order.drug == drug for order in asked.case.orders):
        return False
    return not any(_warnings(loud(drug_asked)) for drug_asked in supposed(asked, (drug,), instead))


def option_of(name: str, asked: Findings, unserved: Collection[str] = ()) -> Option | None:
    """The regimen of this name for this patient: had already, warned of, outside its label, in need of a test.

    None where only rules that this site does not serve would warn of it: it is not put forward, and they say nothing.
    """
    regimen = asked.knowledge.regimen(name)
    questions = supposed(asked, regimen.drugs, instead=False)
    fits = {drug: word(one.fact("label_fit")) or "" for drug, one in zip(regimen.drugs, questions, strict=True)}
    had = _last_had(regimen.drugs, asked)
    found = [verdict for one in questions for verdict in loud(one)]
    said = [verdict for verdict in found if verdict.rule.id not in unserved]
    reserved = tuple(_warnings(said))
    if had is None and not reserved and _warnings(found):
        return None
    tests = [test for verdict in said if _is_missing_test(verdict) for test in _tests(verdict)]
    return Option(regimen, had, reserved, label_fits=fits, untested=tuple(dict.fromkeys(tests)))


def supposed(asked: Findings, drugs: Sequence[str], instead: bool) -> list[Findings]:
    """The questions that these drugs, ordered anew and together for this tumour, would put to the order rules."""
    mine = asked.order.ref if asked.order else None
    kept = tuple(order for order in asked.case.orders if not (instead and order.ref == mine))
    base = asked.order or Order(ref="", drug=None)
    new = tuple(
        replace(base, ref=f"supposed/{drug}", drug=drug, reason=Known(THIS_TUMOUR), kind=Known("new"), route="")
        for drug in drugs
    )
    sure = tuple(replace(order, name_is_exact=True, formulation_is_known=True) for order in new)
    case = asked.case.with_orders((*kept, *sure))
    given = {name: fact for name, fact in asked.given.items() if name not in _OF_THE_ORDER}
    given["ssa_gap_days"] = Unclear(Why.UNDATED)  # what is only proposed has no day yet
    return [Findings(case, asked.setting, asked.knowledge, order, given) for order in sure]


def loud(asked: Findings) -> Iterator[Verdict]:
    """Every warning or critical row of the order rules for this order, before any cap."""
    for rule in asked.knowledge.rules:
        if _may_concern(rule, asked) and not scope_of(rule, asked).silent:
            yield from _loud_rows(rule, asked)


def _may_concern(rule: Rule, asked: Findings) -> bool:
    """Whether this is an active order rule of a drug like this one; asked first, for most rules are not."""
    drugs = rule.applies_when.get("ordered_drug")
    drug = asked.order.drug if asked.order else None
    return SIGN in rule.asked_at and rule.status == "active" and (drugs is None or drugs.any or drug in drugs.words)


def _loud_rows(rule: Rule, asked: Findings) -> Iterator[Verdict]:
    for row in rows_of(rule, asked):
        card = rule.cards.get(row.say)
        if card is not None and not row.draft and INDICATORS.index(card.indicator) > 0:
            yield Verdict(rule, row, card, asked, indicator=card.indicator)


def _warnings(verdicts: Iterable[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if not _is_missing_test(verdict)]


def _is_missing_test(verdict: Verdict) -> bool:
    return verdict.card is not None and verdict.card.is_missing_test


def _tests(verdict: Verdict) -> list[str]:
    suggested = verdict.card.suggest if verdict.card else ()
    return [wanted[1:] for wanted in suggested if wanted.startswith("?")]


def _last_had(drugs: Sequence[str], asked: Findings) -> str | None:
    """The last day any drug of the regimen was had, once all of them were; None where one never was."""
    taken = [for_this_tumour(on_record(asked, {drug})) for drug in drugs]
    if not all(taken):
        return None
    return max((one.date or "" for each in taken for one in each), default="")


def proposed(card: Card) -> list[str]:
    """The drugs a card proposes to draft."""
    return [suggestion[1:] for suggestion in card.suggest if suggestion.startswith("+")]
