"""Sentences: every placeholder can be filled in both languages, and no figure stands in them loose."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from ..domain.knowledge import Card, Knowledge, Rule, Text
from ..domain.placeholders import Placeholder, parse, placeholders
from .admitted import places
from .filling import problem
from .finding import Finding, in_card, in_rule, sentences

ITEMS = Placeholder("items")
MARKUP = re.compile(r"<[A-Za-z/!]|\]\(|!\[|\||`|\*\*|^#", re.MULTILINE)


def text_findings(rule: Rule, knowledge: Knowledge) -> Iterator[Finding]:
    """What is wrong with the sentences of this rule."""
    for language, text in rule.title.items():
        yield from (in_rule(rule, found, "title", language) for found in _plain(text, knowledge))
    yield from (in_rule(rule, found, "question") for found in _plain(rule.question, knowledge))
    for language, text in rule.merged.items():
        wanted = () if rule.together else (ITEMS,)
        yield from (in_rule(rule, found, "merged", language) for found in _merged(text, wanted, knowledge))
    for card, field, language, text in sentences(rule):
        found = _plain(text, knowledge) if field == "item" else _sentence(text, card, rule, knowledge)
        yield from (in_card(rule, card, message, field, language) for message in found)
    for card in rule.cards.values():
        yield from _same_in_both(rule, card)


def loose_digits(text: str, allowed: Collection[str]) -> str:
    """The digits of a sentence outside its placeholders and the words that may hold one."""
    plain = " ".join(piece for piece in parse(text) if isinstance(piece, str))
    for word in sorted(allowed, key=len, reverse=True):
        plain = re.sub(rf"(?<![0-9A-Za-z]){re.escape(word)}(?![0-9A-Za-z])", " ", plain)
    return "".join(char for char in plain if char.isdigit())


def _plain(text: str, knowledge: Knowledge) -> Iterator[str]:
    """A text in which nothing is filled in."""
    yield from (f"nothing is filled in here: {placeholder}" for placeholder in readable(text))
    yield from loose_findings(text, knowledge)


def _merged(text: str, wanted: tuple[Placeholder, ...], knowledge: Knowledge) -> Iterator[str]:
    if readable(text) != wanted:
        yield f"{ITEMS} stands here once, and nothing else is filled in" if wanted else "nothing is filled in here"
    yield from loose_findings(text, knowledge)


def _sentence(text: str, card: Card, rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    for placeholder in dict.fromkeys(readable(text)):
        rows: dict[str, list[str]] = {}
        for place in places(knowledge, rule, card.id):
            if (wrong := problem(placeholder, place)) and place.row:
                rows.setdefault(wrong, []).append(place.row.name)
        yield from (f"{placeholder} in row {', '.join(names)}: {wrong}" for wrong, names in rows.items())
    yield from loose_findings(text, knowledge)


def loose_findings(text: str, knowledge: Knowledge) -> Iterator[str]:
    """A figure or markup that stands in the text itself, or a brace that belongs to no placeholder."""
    try:
        found = loose_digits(text, knowledge.words_with_digits)
    except ValueError as error:
        yield str(error)
        return
    if found:
        yield f"a loose figure ({found}); figures come from evidence/, names with a digit from words_with_digits"
    if mark := MARKUP.search(" ".join(piece for piece in parse(text) if isinstance(piece, str))):
        yield f"markup that clients draw differently or not at all ({mark[0]}): paragraphs and bullets only"


def _same_in_both(rule: Rule, card: Card) -> Iterator[Finding]:
    """What one language fills in, the other does too."""
    for field, pair in (("summary", card.summary), ("detail", card.detail)):
        for language, missing in missing_in(pair).items():
            yield in_card(rule, card, f"{missing} is said in one language only", field, language)


def missing_in(pair: Text) -> Mapping[str, str]:
    """Language -> the first placeholder that only the other one has."""
    found = {language: set(readable(text)) for language, text in pair.items()}
    everything = set[Placeholder]().union(*found.values())
    lacking = {language: sorted(map(str, everything - named)) for language, named in found.items()}
    return {language: names[0] for language, names in lacking.items() if names}


def readable(text: str) -> tuple[Placeholder, ...]:
    """The placeholders of a sentence; none of one whose braces cannot be read, which loose_findings says."""
    try:
        return placeholders(text)
    except ValueError:
        return ()
