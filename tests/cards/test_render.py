"""The card contract (design.md section 5), on cards that the shipped rules really give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from cds_service.cards.render import render
from cds_service.domain.advice import Advice
from cds_service.domain.case import Case, Medication
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known, Unclear, Why
from cds_service.knowledge_base import knowledge_folder, load, load_cases
from cds_service.rules.arrange import arrange
from cds_service.rules.cases import question_of, verdicts_of
from cds_service.rules.consult import consult
from cds_service.rules.findings import Findings
from tests.rules.build import order, question, rule

KNOWLEDGE = load(knowledge_folder())
CASES = load_cases(knowledge_folder(), KNOWLEDGE)


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"id-{next(numbers)}"


def cards(asked: Findings, rule_id: str, language: str = "en") -> list[dict[str, Any]]:
    said, _ = arrange("order-sign", consult(rule(asked.knowledge, rule_id), asked))
    setting = type(asked.setting)(asked.setting.jurisdiction, asked.setting.on, language)
    return [render(advice, setting, asked.knowledge, ids()) for advice in said]


def every_card(language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every card that a clinical case gives."""
    for case in CASES:
        asked = question_of(case, KNOWLEDGE)
        said, _ = arrange(case.hook, verdicts_of(case, KNOWLEDGE))
        setting = type(asked.setting)(asked.setting.jurisdiction, asked.setting.on, language)
        for advice in said:
            yield f"{case.rule}: {case.title}", render(advice, setting, KNOWLEDGE, ids())


ALL = [
    pytest.param(card, id=f"{language} {name} ({number})")
    for language in ("en", "ja")
    for number, (name, card) in enumerate(every_card(language))
]


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from leaves(part)
    elif isinstance(value, list):
        yield value
        for part in value:
            yield from leaves(part)
    else:
        yield value


@pytest.mark.parametrize("card", ALL)
def test_every_card_keeps_the_contract(card: dict[str, Any]) -> None:
    assert 0 < len(card["summary"]) < 140
    assert "\n" not in card["summary"]
    assert "{" not in card["summary"] + card["detail"]
    assert "<script" not in card["detail"]
    assert card["indicator"] in ("info", "warning", "critical")
    assert card["source"]["label"]
    assert card["source"]["topic"]["code"].isalnum()
    assert all(leaf not in (None, "", [], {}) for leaf in leaves(card))
    assert ("suggestions" in card) == ("selectionBehavior" in card)
    for suggestion in card.get("suggestions", ()):
        [action] = suggestion["actions"]
        assert action["type"] in ("create", "delete")
        assert action["description"]
    codes = [reason["code"] for reason in card["overrideReasons"]]
    assert len(codes) == len(set(codes))
    assert "recipient-does-not-trust" in codes
    assert all(reason["display"] for reason in card["overrideReasons"])


@pytest.mark.parametrize("card", [param for param in ALL if str(param.id).startswith("ja")])
def test_a_japanese_card_is_japanese(card: dict[str, Any]) -> None:
    for text in (card["summary"], card["detail"], card["overrideReasons"][0]["display"]):
        assert any("぀" <= letter <= "ヿ" or "一" <= letter <= "鿿" for letter in text), text


@pytest.mark.parametrize("card", [param for param in ALL if " pnet-first-line: " in str(param.id)])
def test_an_option_is_named_once(card: dict[str, Any]) -> None:
    lines = [line[2:].casefold().replace("：", ": ") for line in card["detail"].splitlines() if line[:2] == "- "]
    assert [line for line in lines if re.match(r"([^:]+): \1: ", line)] == []


RECTAL: dict[str, str | Unclear] = {"primary_site": "rectum"}


def test_the_basis_names_rule_row_order_and_facts_with_their_source(knowledge: Knowledge) -> None:
    [card] = cards(question(knowledge, RECTAL, order("sunitinib")), "sunitinib-outside-pancreas")
    basis = card["extension"]["org.nen-cds.basis"]
    assert basis["rule"] == "sunitinib-outside-pancreas"
    assert basis["row"] == "not-approved"
    assert basis["order"] == "MedicationRequest/1"
    assert basis["status"] == "not-reviewed"
    assert basis["knowledge"] == f"{knowledge.version}+{knowledge.hash[:12]}"
    assert basis["for"] == ["sun-1111"]
    assert {"fact": "primary_site", "value": "rectum", "source": "Condition/1", "date": "2026-01-01"} in basis["facts"]
    assert {"fact": "label_fit", "value": "outside"} in basis["facts"]
    assert card["source"]["topic"]["code"] == "sunitiniboutsidepancreas"


def test_an_unclear_fact_says_why_in_the_basis_and_in_words(knowledge: Knowledge) -> None:
    [card] = cards(
        question(knowledge, {"primary_site": Unclear(Why.CONFLICTING)}, order("sunitinib")),
        "sunitinib-outside-pancreas",
    )
    assert {"fact": "primary_site", "unclear": "conflicting"} in card["extension"]["org.nen-cds.basis"]["facts"]
    assert knowledge.reasons_unclear["conflicting"]["en"] in card["detail"]


def test_deleting_names_the_very_draft(knowledge: Knowledge) -> None:
    [card] = cards(
        question(knowledge, RECTAL, order("sunitinib", ref="MedicationRequest/77")), "sunitinib-outside-pancreas"
    )
    [suggestion] = card["suggestions"]
    assert suggestion["actions"] == [
        {"type": "delete", "resourceId": "MedicationRequest/77", "description": suggestion["label"]}
    ]


def test_a_draft_known_only_by_its_full_url_is_not_deleted(knowledge: Knowledge) -> None:
    [card] = cards(question(knowledge, RECTAL, order("sunitinib", ref="urn:uuid:1")), "sunitinib-outside-pancreas")
    assert "suggestions" not in card


NET_G3: dict[str, str | Unclear] = {"primary_site": "pancreas", "differentiation": "well", "ki67_percent": "35"}


def test_a_suggested_drug_is_a_draft_without_a_dose(knowledge: Knowledge) -> None:
    [card] = cards(question(knowledge, NET_G3, order("carboplatin")), "platinum-on-net-g3")
    created = [
        action["resource"]
        for found in card["suggestions"]
        for action in found["actions"]
        if action["type"] == "create" and action["resource"]["resourceType"] == "MedicationRequest"
    ]
    [draft] = created
    assert draft["status"] == "draft"
    assert draft["subject"] == {"reference": "Patient/p1"}
    assert draft["medicationCodeableConcept"]["text"]
    assert draft["medicationCodeableConcept"]["coding"][0]["code"]
    assert "dosageInstruction" not in draft


def test_what_may_not_be_offered_is_named_with_its_approval(knowledge: Knowledge) -> None:
    [card] = cards(question(knowledge, NET_G3, order("carboplatin")), "platinum-on-net-g3")
    assert "streptozocin is approved for" in card["detail"]
    assert "temozolomide is not approved for NET (last checked 2026-11-22)" in card["detail"]
    assert not any("emozolomide" in suggestion["label"] for suggestion in card["suggestions"])


def test_a_capped_card_says_why(knowledge: Knowledge) -> None:
    [card] = cards(question(knowledge, RECTAL, order("sunitinib", reason=Unclear())), "sunitinib-outside-pancreas")
    assert card["indicator"] == "info"
    assert knowledge.phrases["cap-order-reason-unclear"]["en"] in card["detail"]
    assert card["extension"]["org.nen-cds.basis"]["caps"] == ["order-reason-unclear"]


def test_a_patient_who_is_not_informed_is_flagged_to_the_prescriber(knowledge: Knowledge) -> None:
    asked = question(knowledge, RECTAL, order("sunitinib"))
    asked.case.uninformed = True
    [card] = cards(asked, "sunitinib-outside-pancreas", "ja")
    assert "未告知" in card["detail"]


def test_missing_facts_are_one_card_with_one_order_each(knowledge: Knowledge) -> None:
    case = Case({"diagnosis": Known("nen")}, patient_id="p1", otherwise=Why.NOT_RECORDED)
    asked = Findings(case, question(knowledge, {}).setting, knowledge)
    [card] = cards(asked, "missing-facts")
    for item in ("differentiation", "Ki-67", "primary site", "extent"):
        assert item in card["summary"]
    labels = [suggestion["label"] for suggestion in card["suggestions"]]
    assert len(labels) == len(set(labels)) == 3
    rows = {card["extension"]["org.nen-cds.basis"]["row"]}
    rows |= {also["row"] for also in card["extension"]["org.nen-cds.basis"]["also"]}
    assert rows == {"differentiation", "ki67", "primary-site", "extent", "line"}


def test_two_drafts_in_one_row_are_both_deletable(knowledge: Knowledge) -> None:
    first, second = order("sunitinib"), order("sunitinib", ref="MedicationRequest/2")
    found = rule(knowledge, "sunitinib-outside-pancreas")
    asked = [question(knowledge, RECTAL, draft) for draft in (first, second)]
    said, _ = arrange("order-sign", [verdict for one in asked for verdict in consult(found, one)])
    [advice] = said
    assert isinstance(advice, Advice)
    card = render(advice, asked[0].setting, knowledge, ids())
    assert [found["actions"][0]["resourceId"] for found in card["suggestions"]] == [first.ref, second.ref]
    assert card["extension"]["org.nen-cds.basis"]["also"] == [
        {"rule": "sunitinib-outside-pancreas", "row": "not-approved", "order": "MedicationRequest/2"}
    ]


def test_the_other_analogue_is_named(knowledge: Knowledge) -> None:
    taken = Medication("octreotide-lar", "in-plan", "MedicationRequest/7", "2026-01-02", "2025-11-01")
    asked = question(knowledge, RECTAL, order("lanreotide"), medications=(taken,))
    [card] = cards(asked, "duplicate-ssa")
    assert "octreotide LAR is still active" in card["summary"]
    assert "octreotide LAR on record: active (2026-01-02)" in card["detail"]


def test_another_draft_of_the_class_is_named(knowledge: Knowledge) -> None:
    other = order("octreotide-lar", ref="MedicationRequest/2")
    asked = question(knowledge, RECTAL, order("lanreotide"), co_ordered=(other,))
    [card] = cards(asked, "duplicate-ssa", "ja")
    assert "ランレオチドとオクトレオチドLAR" in card["summary"]


def test_two_drafts_of_a_pair_say_each_line_once(knowledge: Knowledge) -> None:
    pair = (order("pazopanib"), order("lenvatinib", ref="MedicationRequest/2"))
    asked = [question(knowledge, {"primary_site": "rectum", "differentiation": "well"}, draft) for draft in pair]
    said, _ = arrange("order-sign", [one for each in asked for one in consult(rule(knowledge, "tki-evidence"), each)])
    [advice] = said
    lines = [line for line in render(advice, asked[0].setting, knowledge, ids())["detail"].splitlines() if line]
    assert len(lines) == len(set(lines))
    assert any("pazopanib" in line for line in lines)
    assert any("held for lenvatinib" in line for line in lines)


def test_an_english_summary_begins_as_a_sentence(knowledge: Knowledge) -> None:
    asked = question(knowledge, {"primary_site": "rectum", "differentiation": "well"}, order("pazopanib"))
    [card] = cards(asked, "tki-evidence")
    assert card["summary"].startswith("Pazopanib")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "15–25% (2026-01-01) (the recorded range spans a cut-off)"), ("ja", "境界値をまたぐ")],
)
def test_a_range_that_leaves_a_warning_open_says_so(language: str, words: str) -> None:
    def detail(index: str) -> str:
        facts: dict[str, str | Unclear] = {"differentiation": "poor", "primary_site": "pancreas", "ki67_percent": index}
        [card] = cards(question(KNOWLEDGE, facts), "classify", language)
        return str(card["detail"])

    assert words in detail("15..25")
    for told in ("25", "50..60"):
        assert words[-8:] not in detail(told)
