"""Every rule of a hook put to every question: which row speaks, how loud, and what it may offer."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.advice import Option, Verdict
from ..domain.call import Levers
from ..domain.knowledge import Card, Knowledge, Row, Rule
from ..domain.values import Unclear, Why
from .findings import Findings
from .offer import may_offer, option_of, proposed
from .scope import SIGN, Scope, judged_at_signing, rows_of, scope_of, straddling

ALL_ON = Levers()


def consult_all(hook: str, asked: Sequence[Findings], knowledge: Knowledge, levers: Levers) -> tuple[Verdict, ...]:
    """Every rule of this hook for every question: one verdict per table, one per row said of a list."""
    rules = [rule for rule in knowledge.rules if hook in rule.asked_at and rule.status == "active"]
    switched_on = [rule for rule in rules if rule.id not in levers.off]
    return tuple(
        verdict for rule in switched_on for question in asked for verdict in consult(rule, question, hook, levers)
    )


def consult(rule: Rule, asked: Findings, hook: str = SIGN, levers: Levers = ALL_ON) -> list[Verdict]:
    """The verdicts of one rule: the silent ones too, with their reason."""
    scope = scope_of(rule, asked)
    if not scope.silent and hook != SIGN and judged_at_signing(rule, asked):
        scope = Scope("judged when the whole order set is signed")
    if scope.silent:
        return [Verdict(rule, None, None, asked, because=scope.silent)]
    rows = rows_of(rule, asked)
    return [_verdict(rule, row, asked, scope, levers) for row in rows] or [
        Verdict(rule, None, None, asked, because="no row")
    ]


def _verdict(rule: Rule, row: Row, asked: Findings, scope: Scope, levers: Levers) -> Verdict:
    card = rule.cards.get(row.say)
    option = option_of(row.option, asked, levers.off) if card and row.option else None
    silence = row.because if card is None else _unserved(row, card, option, asked)
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
        offered=frozenset(drug for drug in proposed(card) if may_offer(drug, asked, card.deletes)),
        option=option,
        straddling=straddling(rule, asked),
    )


def _unserved(row: Row, card: Card, option: Option | None, asked: Findings) -> str:
    """Why a row that fits is not said: a draft, an option held back, or a question about a fact nobody reads yet."""
    if row.draft:
        return "draft row"
    if row.option and option is None:
        return "a rule that is not served here would warn of it"
    fact = asked.fact(card.asks) if card.asks else None
    return "asks for a fact that is not read yet" if fact == Unclear(Why.NOT_READ_YET) else ""
