"""One card for several rules, over patients made by chance: who leads, who stands beside, and the reasons offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from random import Random
from typing import Any

import pytest

from cds_service.cards.render import ALWAYS_OFFERED, render
from cds_service.domain.advice import Advice, Verdict
from cds_service.domain.call import Levers, Setting
from cds_service.domain.case import Case, Order
from cds_service.domain.values import Known, Why
from cds_service.rules.arrange import arrange
from cds_service.rules.consult import consult_all
from tests.clinical.patients import Question, by_chance
from tests.clinical.shipped import KNOWLEDGE

PATIENTS = 2_000
Said = tuple[Question, Advice]


def two_questions_about_one_fact() -> Question:
    """Cisplatin and a radioligand, in a tumour of G3 of which it is not clear whether it is a NET or a NEC."""
    facts = {
        "diagnosis": "nen",
        "primary_site": "pancreas",
        "recorded_grade": "G3",
        "functional_status": "non-functioning",
    }
    orders = tuple(
        Order(f"MedicationRequest/{drug}", drug, Known("this-tumour"), Known("new"))
        for drug in ("cisplatin", "lutetium-dotatate")
    )
    known = {name: Known(word, "Observation/1") for name, word in facts.items()}
    case = Case(known, orders=orders, history=Known("read"), otherwise=Why.NOT_RECORDED)
    return Question("order-sign", case, Setting("JP", date(2026, 1, 15)), tuple(order.ref for order in orders))


def of_several_rules() -> Iterator[Said]:
    """The advice of every patient that speaks for more than one rule."""
    random = Random(20261123)
    for question in (two_questions_about_one_fact(), *(by_chance(random, KNOWLEDGE) for _ in range(PATIENTS))):
        verdicts = consult_all(question.hook, question.findings(KNOWLEDGE), KNOWLEDGE, Levers())
        for advice in arrange(question.hook, verdicts)[0]:
            if len({verdict.rule.id for verdict in advice.all}) > 1:
                yield question, advice


SEVERAL = list(of_several_rules())


def card_of(said: Said, language: str) -> dict[str, Any]:
    question, advice = said
    numbers = count()
    return render(advice, replace(question.setting, language=language), KNOWLEDGE, lambda: str(next(numbers)))


def test_there_are_such_cards_by_chance() -> None:
    assert len(SEVERAL) > 20


def test_questions_of_two_rules_about_one_fact_are_one_card_with_the_words_of_both() -> None:
    question, advice = SEVERAL[0]
    assert [verdict.rule.id for verdict in advice.all] == ["platinum-on-net-g3", "prrt-high-grade"]
    assert [verdict.asked.order.ref for verdict in advice.all if verdict.asked.order] == list(question.asked)
    details = [verdict.card.detail["en"].splitlines()[0] for verdict in advice.all if verdict.card]
    shown = card_of(SEVERAL[0], "en")["detail"]
    assert all(detail.split("{")[0] in shown for detail in details)


def test_only_questions_about_one_fact_merge_at_the_order_hooks() -> None:
    for question, advice in SEVERAL:
        if question.hook != "patient-view":
            assert {verdict.card.verdict for verdict in advice.all if verdict.card} == {"ask"}
            assert len({verdict.card.asks for verdict in advice.all if verdict.card}) == 1


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_basis_names_every_row_of_every_rule(language: str) -> None:
    for said in SEVERAL:
        basis = card_of(said, language)["extension"]["org.nen-cds.basis"]
        named = {(one["rule"], one["row"]) for one in (basis, *basis["also"])}
        assert named == {(verdict.rule.id, verdict.row_name) for verdict in said[1].all}
        assert (basis["rule"], basis["row"]) == (said[1].lead.rule.id, said[1].lead.row_name)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_words_of_the_rule_that_leads_are_the_summary(language: str) -> None:
    for said in SEVERAL:
        card, lead = card_of(said, language), said[1].lead
        assert len(card["summary"]) < 140
        assert card["source"]["topic"]["code"] == lead.rule.id.replace("-", "")
        assert card["source"]["topic"]["display"] == lead.rule.title[language]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_reasons_of_every_row_are_offered_each_code_once(language: str) -> None:
    for said in SEVERAL:
        found = [reason["code"] for reason in card_of(said, language)["overrideReasons"]]
        wanted = {code for verdict in said[1].all for code in codes_of(verdict)}
        assert len(found) == len(set(found))
        assert set(found) == wanted | {KNOWLEDGE.override_reasons[ALWAYS_OFFERED].code}
        assert found[-1] == KNOWLEDGE.override_reasons[ALWAYS_OFFERED].code


def codes_of(verdict: Verdict) -> set[str]:
    """The HL7 codes of the reasons that the row's own card offers."""
    reasons = verdict.card.override_reasons if verdict.card else ()
    return {KNOWLEDGE.override_reasons[reason].code for reason in reasons}
