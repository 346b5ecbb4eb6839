"""Cards and the rows that say them: each needs the other, and all they name exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..cards.render import ALWAYS_OFFERED
from ..domain.facts import FACTS
from ..domain.knowledge import DELETE, Card, Knowledge, Rule
from .finding import Finding, in_card, in_row, in_rule

NOTHING = "nothing"


def card_findings(rule: Rule, knowledge: Knowledge) -> Iterator[Finding]:
    """What is wrong between the rows and the cards of this rule, and within each card."""
    yield from _rows_and_cards(rule)
    yield from _evidence(rule, knowledge)
    for card in rule.cards.values():
        yield from _verdict(rule, card)
        yield from _texts(rule, card)
        yield from _suggestions(rule, card, knowledge)
        yield from _reasons(rule, card, knowledge)


def _rows_and_cards(rule: Rule) -> Iterator[Finding]:
    for row in rule.rows:
        if row.say not in rule.cards and row.say != NOTHING:
            yield in_row(rule, row.name, f"say: there is no card {row.say}")
    if rule.type == "grid":  # its legend holds letters no square carries yet
        return
    for name in sorted(set(rule.cards) - {row.say for row in rule.rows}):
        yield in_card(rule, rule.cards[name], "no row says this card")


def _evidence(rule: Rule, knowledge: Knowledge) -> Iterator[Finding]:
    for field, studies in (("for", rule.evidence_for), ("against", rule.evidence_against)):
        for study in studies:
            if study not in knowledge.studies:
                yield in_rule(rule, f"evidence: there is no study {study}", "evidence", field)
    for card in rule.cards.values():
        if card.source not in knowledge.studies:
            yield in_card(rule, card, f"source: there is no study {card.source}", "source")


def _verdict(rule: Rule, card: Card) -> Iterator[Finding]:
    loud = card.indicator != "info"
    if loud != (card.verdict == "against"):
        pair = f"{card.verdict} with {card.indicator}"
        yield in_card(rule, card, f"{pair}: against is warning or critical, all others are info", "indicator")
    if card.verdict == "ask" and card.asks not in FACTS:
        yield in_card(rule, card, f"asks: {card.asks or 'nothing'} is not a fact", "asks")
    if card.verdict != "ask" and card.asks:
        yield in_card(rule, card, "asks: only an ask asks", "asks")


def _texts(rule: Rule, card: Card) -> Iterator[Finding]:
    """A merged list says items under one summary; every other card has a summary of its own."""
    wanted, unused = _wanted_texts(rule)
    if not getattr(card, wanted):
        yield in_card(rule, card, f"{wanted} is missing")
    for field in unused:
        if getattr(card, field):
            yield in_card(rule, card, f"{field} is never shown", field)


def _wanted_texts(rule: Rule) -> tuple[str, tuple[str, ...]]:
    """The text a card of this rule needs, and those nobody would see; a list shown with others has details only."""
    if rule.type == "list" and rule.together:
        return "detail", ("item", "summary")
    return ("item", ("summary",)) if rule.merged else ("summary", ("item",))


def _suggestions(rule: Rule, card: Card, knowledge: Knowledge) -> Iterator[Finding]:
    known = {"+": (knowledge.drugs, "drug"), "?": (knowledge.tests, "test")}
    for suggestion in card.suggest:
        if suggestion.split()[0] == DELETE:
            yield from _deletion(suggestion, rule, card, knowledge)
            continue
        names, kind = known.get(suggestion[:1], ((), "suggestion"))
        if suggestion[1:] not in names:
            yield in_card(rule, card, f"suggest: {suggestion} names no {kind}", "suggest")


def _deletion(suggestion: str, rule: Rule, card: Card, knowledge: Knowledge) -> Iterator[Finding]:
    if "patient-view" in rule.asked_at:
        yield in_card(rule, card, "suggest: there is no draft to delete at patient-view", "suggest")
    _, _, drug = suggestion.partition(" ")
    if drug and drug not in knowledge.drugs:
        yield in_card(rule, card, f"suggest: {suggestion} names no drug", "suggest")


def _reasons(rule: Rule, card: Card, knowledge: Knowledge) -> Iterator[Finding]:
    for reason in card.override_reasons:
        if reason not in knowledge.override_reasons:
            yield in_card(rule, card, f"override_reasons: there is no reason {reason}", "override_reasons")
    names = dict.fromkeys((*card.override_reasons, ALWAYS_OFFERED))
    found = [knowledge.override_reasons[name] for name in names if name in knowledge.override_reasons]
    for code, times in Counter(reason.code for reason in found).items():
        if times > 1:
            same = " and ".join(reason.id for reason in found if reason.code == code)
            yield in_card(rule, card, f"override_reasons: {same} have one code, {code}", "override_reasons")
