"""Which words of a sentence the glossary hears."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cds_service.domain.knowledge import Knowledge, Term
from cds_service.knowledge_base import load
from cds_service.preflight.glossary import glossary_findings

NET = Term("net", ("NET", "tumour"), ("腫瘍",), ("できもの",))


def told(folder: Path, english: str, japanese: str, term: Term = NET) -> list[str]:
    """What is said of a card with these two details."""
    knowledge: Knowledge = replace(load(folder), glossary={term.id: term})
    rule = knowledge.rules[0]
    card = replace(next(iter(rule.cards.values())), summary={}, item={}, detail={"en": english, "ja": japanese})
    alone = replace(rule, cards={card.id: card}, title={"en": "x", "ja": "x"}, merged={})
    return [found.message for found in glossary_findings(alone, knowledge)]


@pytest.mark.parametrize("english", ["A NET.", "Two NETs", "a tumour", "Tumours grow", "NET, well differentiated"])
def test_a_word_its_plural_and_its_capital_are_heard(folder: Path, english: str) -> None:
    assert "the Japanese none of 腫瘍" in told(folder, english, "何か")[0]
    assert told(folder, english, "腫瘍です") == []
    assert "できもの is no rendering" in told(folder, english, "腫瘍(できもの)です")[0]


@pytest.mark.parametrize(
    "english", ["the net result", "NET-G3", "STARTER-NET", "CABINET", "{tumour}", "a tumourless x", "nothing of it"]
)
def test_another_word_a_name_and_what_is_filled_in_are_not(folder: Path, english: str) -> None:
    assert told(folder, english, "できもの") == []
