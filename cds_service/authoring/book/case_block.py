"""One case: the patient, why the answer is right, and the card it gives in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...cards.render import render
from ...domain.advice import Advice, Verdict
from ...domain.call import Setting
from ...domain.knowledge import ClinicalCase, Knowledge
from ...rules.arrange import arrange
from ...rules.cases import verdicts_of
from ..answers import LANGUAGES
from .html import Html, joined, tag

STRUCK_OUT = re.compile("~~([^~]+)~~")


def case_block(case: ClinicalCase, knowledge: Knowledge) -> Html:
    """The case as part of a page."""
    verdicts = verdicts_of(case, knowledge)
    said, _ = arrange(case.hook, verdicts)
    silent = "; ".join(_silence(verdict) for verdict in verdicts)
    given = "; ".join(f"{_words(name, knowledge)}: {value}" for name, value in case.given.items())
    return tag(
        "section",
        tag("h3", case.title),
        tag("p", f"{case.on} · {case.hook} · {given}", class_="given"),
        tag("p", tag("strong", "Why: "), case.why),
        *(_cards(advice, case, knowledge) for advice in said),
        *(() if said else (tag("p", f"Silence: {silent}.", class_="silence"),)),
        class_="case",
    )


def _silence(verdict: Verdict) -> str:
    return f"{verdict.row.name} ({verdict.because})" if verdict.row else verdict.because


def _words(name: str, knowledge: Knowledge) -> str:
    fact = knowledge.facts.get(name)
    return fact.label["en"] if fact else name.replace("_", " ")


def _cards(advice: Advice, case: ClinicalCase, knowledge: Knowledge) -> Html:
    """The card in each language, side by side."""
    jurisdiction = case.given.get("jurisdiction", "other")
    cards = (
        _card(render(advice, Setting(jurisdiction, case.on, language), knowledge, lambda: "-"), language)
        for language in LANGUAGES
    )
    return tag("div", *cards, class_="cards")


def _card(card: Mapping[str, Any], language: str) -> Html:
    offered = [tag("p", f"→ {suggestion['label']}") for suggestion in card.get("suggestions", ())]
    level = tag("strong", card["indicator"], class_="level")
    summary = tag("p", tag("strong", card["summary"]))
    source = tag("p", card["source"]["label"], class_="checked")
    return tag(
        "div",
        level,
        summary,
        detail(card["detail"]),
        *offered,
        source,
        class_=f"card {card['indicator']}",
        lang=language,
    )


def detail(text: str) -> Html:
    """Paragraphs, bullets and what is struck out, as a card's detail is written."""
    return joined(block for paragraph in text.split("\n\n") for block in _blocks(paragraph))


def _line(text: str) -> Html:
    """Every second part stands between two pairs of tildes: an option that is on record already."""
    return joined(tag("del", part) if at % 2 else part for at, part in enumerate(STRUCK_OUT.split(text)))


def _blocks(paragraph: str) -> Iterator[Html]:
    bullets: list[Html] = []
    for line in paragraph.splitlines():
        if line.startswith("- "):
            bullets.append(tag("li", _line(line[2:])))
            continue
        if bullets:
            yield tag("ul", *bullets)
            bullets = []
        if line.strip():
            yield tag("p", _line(line))
    if bullets:
        yield tag("ul", *bullets)
