"""Both languages of a card say the same clinical thing: what the glossary asks of every sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ..domain.knowledge import Knowledge, Rule, Term, Text
from .finding import Finding, in_card, in_rule

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
ABBREVIATION = re.compile(r"[A-Z]{2,}[A-Za-z]?s?")


def glossary_findings(rule: Rule, knowledge: Knowledge) -> Iterator[Finding]:
    """Cards and titles of this rule whose Japanese lacks a rendering of an English term, or has a wrong one."""
    terms = knowledge.glossary.values()
    for card in rule.cards.values():
        pair = _joined(card.summary, card.detail, card.item)
        yield from (in_card(rule, card, message) for term in terms for message in _wrong(term, pair))
    for path, both in (("title", rule.title), ("merged", rule.merged)):
        yield from (in_rule(rule, message, path) for term in terms for message in _wrong(term, _joined(both)))


def _wrong(term: Term, pair: Mapping[str, str]) -> Iterator[str]:
    said = _said(term, pair["en"])
    if not said:
        return
    ja = pair["ja"].casefold()
    if term.ja and not any(word.casefold() in ja for word in term.ja):
        yield f"glossary: the English says {said}, the Japanese none of {', '.join(term.ja)}"
    for word in term.never:
        if word.casefold() in ja:
            yield f"glossary: {word} is no rendering of {said} here; {', '.join(term.ja) or 'say it otherwise'}"


def _said(term: Term, english: str) -> str:
    """The first of the term's words that the sentence has, or nothing."""
    return next((word for word in term.en if _pattern(word).search(english)), "")


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """The word by itself or in the plural; an abbreviation only as it is written, and not within another name."""
    flags = re.NOFLAG if ABBREVIATION.fullmatch(word) else re.IGNORECASE
    return re.compile(rf"(?<![A-Za-z0-9-]){re.escape(word)}(?:e?s)?(?![A-Za-z0-9-])", flags)


def _joined(*pairs: Text) -> dict[str, str]:
    """All that the pairs say, by language, without what is filled in."""
    return {
        language: _PLACEHOLDER.sub(" ", " \n".join(pair.get(language, "") for pair in pairs))
        for language in ("en", "ja")
    }
