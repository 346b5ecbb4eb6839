"""What the documents say is so: links lead somewhere, commands exist, and the card in README.md is a real one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, text_of
from tests.documents import card

LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")
TARGET = re.compile(r"\bmake ([a-z][a-z-]+)")
CALL = re.compile(r"<!-- call: begin -->.*? -d '(.*?)'\n```\n<!-- call: end -->", re.DOTALL)
DOCUMENTS = [path for path in files() if path.suffix == ".md"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_link_leads_to_a_file(document: Path) -> None:
    linked = LINK.findall(text_of(document))
    assert [link for link in linked if not (ROOT / document.parent / link).exists()] == []


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(Path("Makefile")), re.MULTILINE))
    for document in DOCUMENTS:
        code = " ".join(re.findall(r"```.*?```|`[^`]+`", text_of(document), re.DOTALL))
        assert set(TARGET.findall(code)) - targets == set(), document


def test_the_card_in_the_readme_is_what_the_service_says() -> None:
    assert card.settled(card.shown()) == card.settled(card.answered()), "run: make card"


def test_the_call_of_the_integration_document_yields_the_card_it_says() -> None:
    call = json.loads(CALL.search(text_of(Path("docs/integration.md")))[1])  # type: ignore[index]
    [found] = card.cards_of(call)
    assert (found["indicator"], found["extension"]["org.nen-cds.basis"]["rule"]) == (
        "warning",
        "sunitinib-outside-pancreas",
    )
    call["prefetch"]["conditions"]["entry"][0]["resource"]["code"]["text"] = "Neuroendocrine tumour, G2"
    [asking] = card.cards_of(call)
    assert asking["extension"]["org.nen-cds.basis"]["row"] == "site-unclear"
    call["context"]["draftOrders"]["entry"][0]["resource"]["medicationCodeableConcept"]["text"] = "amlodipine"
    assert card.cards_of(call) == []


def test_the_readme_says_that_this_is_no_medical_device() -> None:
    assert "not a certified medical device" in text_of(Path("README.md"))


def test_every_rule_of_the_knowledge_is_in_the_readme() -> None:
    readme = text_of(Path("README.md"))
    rules = [path.parent.name for path in files() if path.match("knowledge/guidance/*/rule.yaml")]
    assert rules
    assert [rule for rule in rules if f"`{rule}`" not in readme] == []
