"""A summary stays under 140 characters whatever the values: refused here, never cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..cards.words import COMMA, study_words, value_words
from ..domain.knowledge import Knowledge, Rule
from ..domain.placeholders import Placeholder, parse
from ..domain.values import Known
from .admitted import Place, places
from .finding import Finding, in_card, in_rule
from .regions import reachable

SUMMARY_LIMIT = 140  # "<140-character", https://cds-hooks.hl7.org/2.0/#card-attributes
LONGEST_NUMBER = len(">1000.00–<1000.00")  # cards/words.py prints no more than two decimals
LONGEST_DATE = len("2026-01-15")


class NoBound(ValueError):
    """A placeholder whose words have no greatest length."""


def length_findings(rule: Rule, knowledge: Knowledge) -> Iterator[Finding]:
    """Summaries of this rule that could grow too long, or as long as anything."""
    for language, text in rule.merged.items():
        if (length := _merged(text, rule, knowledge, language)) >= SUMMARY_LIMIT:
            yield in_rule(rule, _too_long(length, " when every item is named that can be"), "merged", language)
    for card in rule.cards.values():
        for language, text in card.summary.items():
            wrong = None
            try:
                length = max((_longest(text, p, language) for p in places(knowledge, rule, card.id)), default=0)
                wrong = _too_long(length) if length >= SUMMARY_LIMIT else None
            except ValueError as error:
                wrong = str(error) if isinstance(error, NoBound) else None
            if wrong:
                yield in_card(rule, card, wrong, "summary", language)


def _too_long(length: int, when: str = "") -> str:
    return f"the summary can grow to {length} characters{when}, and must stay under {SUMMARY_LIMIT}"


def _longest(text: str, place: Place, language: str) -> int:
    pieces = parse(text)
    return sum(len(piece) if isinstance(piece, str) else _widest(piece, place, language) for piece in pieces)


def _widest(wanted: Placeholder, place: Place, language: str) -> int:
    knowledge = place.knowledge
    if wanted.subject in knowledge.studies:
        return _of_study(wanted, knowledge, language)
    if wanted.subject in knowledge.drugs and not wanted.part:
        return len(knowledge.drugs[wanted.subject].names[language])
    if wanted.part == "drug":
        return max(len(drug.names[language]) for drug in knowledge.drugs.values())
    if wanted.part not in ("", "why") or wanted.subject in knowledge.drugs:
        raise NoBound(f"{wanted} has no greatest length; say it in the detail")
    reasons = max((len(words[language]) for words in knowledge.reasons_unclear.values()), default=0)
    if wanted.part == "why":
        return reasons
    short = len(knowledge.phrases.get("unclear-value", {}).get(language, ""))  # names.py says where it is missing
    unclear = short if wanted.or_unclear and place.may_be_unclear(wanted.subject) else 0
    return max(unclear, _of_value(wanted.subject, place, language) if place.may_be_known(wanted.subject) else 0)


def _of_study(wanted: Placeholder, knowledge: Knowledge, language: str) -> int:
    try:
        return len(study_words(knowledge.studies[wanted.subject], wanted.part, knowledge, language))
    except KeyError:  # no such part, or no words for its unit: said where that is checked
        return 0


def _of_value(name: str, place: Place, language: str) -> int:
    fact = place.knowledge.facts.get(name)
    if fact is not None and fact.kind == "number":
        return LONGEST_NUMBER + len(fact.unit[language])
    if fact is not None and fact.kind == "date":
        return LONGEST_DATE
    words = (value_words(name, Known(word), place.knowledge, language) for word in place.words(name))
    return max(map(len, words), default=0)


def _merged(text: str, rule: Rule, knowledge: Knowledge, language: str) -> int:
    """The length when the longest combination of rows that can hold together is named."""
    lengths: Mapping[int, int] = {
        at: len(rule.cards[row.say].item.get(language, "")) for at, row in enumerate(rule.rows) if row.say in rule.cards
    }
    comma = len(COMMA[language])
    items = max(
        sum(length + comma for at, length in lengths.items() if mask >> at & 1) - comma
        for mask in reachable(rule, knowledge)
    )
    return len(text) - len("{items}") + items
