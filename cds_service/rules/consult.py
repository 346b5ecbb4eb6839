"""What every rule asks before it speaks: the gates, continuation and the caps (rules.md conventions 1-3), once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..domain.advice import INDICATORS, Verdict
from ..domain.call import Levers
from ..domain.case import Order
from ..domain.interval import Interval
from ..domain.knowledge import Card, Knowledge, Row, Rule
from ..domain.values import Known, Unclear, Why, interval, word
from .findings import Findings
from .fitting import fits, row_of

ADULT = Interval.parse(">=18")  # rules.md convention 3


@dataclass(frozen=True)
class Scope:
    """Whether a rule is to be consulted: silent with a reason, or spoken with the caps its scope brings."""

    silent: str = ""
    caps: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


def consult_all(hook: str, asked: Sequence[Findings], knowledge: Knowledge, levers: Levers) -> tuple[Verdict, ...]:
    """Every rule of this hook for every question: one verdict per table, one per row said of a list."""
    rules = [rule for rule in knowledge.rules if hook in rule.asked_at and rule.status == "active"]
    switched_on = [rule for rule in rules if rule.id not in levers.off]
    return tuple(verdict for rule in switched_on for question in asked for verdict in consult(rule, question))


def consult(rule: Rule, asked: Findings) -> list[Verdict]:
    """The verdicts of one rule: the silent ones too, with their reason."""
    scope = scope_of(rule, asked)
    if scope.silent:
        return [Verdict(rule, None, None, asked, because=scope.silent)]
    rows = list(_held(rule, asked)) if rule.type == "list" else [_row(rule, asked)]
    return [_verdict(rule, row, asked, scope) for row in rows] or [Verdict(rule, None, None, asked, because="no row")]


def scope_of(rule: Rule, asked: Findings) -> Scope:
    """The gates in order: patient, reason, place, continuation, and the rule's own scope."""
    silent = _patient_gate(asked) or (_order_gate(rule, asked) if asked.order else "")
    if silent:
        return Scope(silent)
    unclear = []
    for name, cell in rule.applies_when.items():
        fact = asked.fact(name)
        if not fits(cell, fact):
            return Scope(f"out of scope: {name}")
        if isinstance(fact, Unclear):
            unclear.append(name)
    order = asked.order
    if order is None or rule.label_rule:
        return Scope()
    if _default_site_asked(rule) and isinstance(asked.fact("primary_site"), Unclear):
        unclear.append("primary_site")
    caps = (*(("scope-unclear",) if unclear else ()), *_order_caps(order, asked))
    return Scope(caps=caps, unclear=tuple(unclear))


def _patient_gate(asked: Findings) -> str:
    if asked.case.deceased:
        return "deceased"
    return "" if word(asked.fact("diagnosis")) == "nen" else "diagnosis not known to be NEN"


def _order_gate(rule: Rule, asked: Findings) -> str:
    if word(asked.fact("order_reason")) == "another-disease":
        return "ordered for another disease"
    if _default_site_asked(rule) and word(asked.fact("primary_site")) not in (None, *_gep(asked)):
        return "primary outside the digestive tract and pancreas"
    named = "treatment_setting" in rule.applies_when or "setting" in rule.lift or rule.label_rule
    if not named and word(asked.fact("treatment_setting")) != "other":
        return "before or after resection"
    speaks = rule.continuation_speaks or rule.label_rule
    return "" if speaks or word(asked.fact("order_kind")) != "continuation" else "continuation"


def _default_site_asked(rule: Rule) -> bool:
    return not ("primary_site" in rule.applies_when or "site" in rule.lift or rule.label_rule)


def _gep(asked: Findings) -> frozenset[str]:
    return asked.knowledge.facts["primary_site"].groups["gep"]


def _order_caps(order: Order, asked: Findings) -> Iterator[str]:
    age = interval(asked.fact("age"))
    reasons = {
        "order-reason-unclear": isinstance(asked.fact("order_reason"), Unclear),
        "trial": order.in_trial or word(asked.fact("trial")) == "yes",
        "minor": age is not None and not age.within(ADULT),
        "name-not-exact": not order.name_is_exact,
        "formulation-unclear": not order.formulation_is_known,
    }
    return (name for name, holds in reasons.items() if holds)


def _row(rule: Rule, asked: Findings) -> Row:
    row, _ = row_of(rule.rows, {name: asked.fact(name) for name in rule.inputs})
    return row


def _held(rule: Rule, asked: Findings) -> Iterator[Row]:
    """The rows of a list that are known to hold."""
    continued = asked.order is not None and word(asked.fact("order_kind")) == "continuation"
    for row in rule.rows:
        if row.new_orders_only and continued:
            continue
        if all(fits(cell, asked.fact(name)) for name, cell in row.cells.items()):
            yield row


def _verdict(rule: Rule, row: Row, asked: Findings, scope: Scope) -> Verdict:
    card = rule.cards.get(row.say)
    silence = row.because if card is None else _unserved(row, card, asked)
    if card is None or silence:
        return Verdict(rule, row, None, asked, because=silence)
    capped = scope.caps if card.indicator != "info" else ()
    return Verdict(
        rule,
        row,
        card,
        asked,
        indicator="info" if capped else card.indicator,
        caps=capped,
        unclear_scope=scope.unclear if capped else (),
        offered=frozenset(drug for drug in _proposed(card) if may_offer(drug, asked)),
    )


def _unserved(row: Row, card: Card, asked: Findings) -> str:
    """Why a row that fits is not said: it is a draft, or it asks for a fact nobody reads yet."""
    if row.draft:
        return "draft row"
    fact = asked.fact(card.asks) if card.asks else None
    return "asks for a fact that is not read yet" if fact == Unclear(Why.NOT_READ_YET) else ""


def _proposed(card: Card) -> list[str]:
    return [suggestion[1:] for suggestion in card.suggest if suggestion.startswith("+")]


def may_offer(drug: str, asked: Findings) -> bool:
    """True when the drug is within its label here and no order rule would warn of it (rules.md convention 7)."""
    supposed = asked.if_ordered(drug)
    if supposed.fact("label_fit") != Known("within"):
        return False
    rules = [rule for rule in asked.knowledge.rules if "order-sign" in rule.asked_at and rule.status == "active"]
    return not any(_loudest(rule, supposed) > 0 for rule in rules)


def _loudest(rule: Rule, asked: Findings) -> int:
    """How loud the rule's rows would be on this order, before any cap; 0 for info or silence."""
    if scope_of(rule, asked).silent:
        return 0
    rows = _held(rule, asked) if rule.type == "list" else [_row(rule, asked)]
    cards = [card for row in rows if not row.draft and (card := rule.cards.get(row.say))]
    return max((INDICATORS.index(card.indicator) for card in cards), default=0)
