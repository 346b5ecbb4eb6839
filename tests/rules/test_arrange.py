from __future__ import annotations

from dataclasses import replace

from cds_service.domain.advice import Verdict
from cds_service.domain.knowledge import Card, Knowledge, Row, Rule
from cds_service.rules.arrange import arrange

from .build import question


def verdict(
    knowledge: Knowledge,
    rule_id: str,
    indicator: str,
    *,
    row: str = "row",
    asks: str = "",
    type: str = "table",
    together: str = "",
    speaks: bool = True,
) -> Verdict:
    card = Card("card", "ask" if asks else "context", indicator, {}, {}, asks=asks)
    rule = Rule(rule_id, "active", {}, "", frozenset({"order-sign"}), type, (), {}, together=together)
    return Verdict(rule, Row(row, {}, "card"), card if speaks else None, question(knowledge, {}), indicator)


def shown(*verdicts: Verdict, hook: str = "order-sign") -> list[list[str]]:
    said, _ = arrange(hook, verdicts)
    return [[f"{found.rule.id}/{found.row_name}" for found in advice.all] for advice in said]


def test_silence_gives_no_card(knowledge: Knowledge) -> None:
    assert shown(verdict(knowledge, "a", "info", speaks=False)) == []


def test_the_most_severe_comes_first_and_equals_keep_their_order(knowledge: Knowledge) -> None:
    verdicts = [
        verdict(knowledge, name, level)
        for name, level in (("a", "info"), ("b", "critical"), ("c", "info"), ("d", "warning"))
    ]
    assert shown(*verdicts) == [["b/row"], ["d/row"], ["a/row"], ["c/row"]]


def test_drafts_in_the_same_row_share_a_card(knowledge: Knowledge) -> None:
    one = verdict(knowledge, "a", "warning")
    assert shown(one, replace(one)) == [["a/row", "a/row"]]


def test_two_rows_of_a_table_are_two_cards(knowledge: Knowledge) -> None:
    assert len(shown(verdict(knowledge, "a", "info", row="x"), verdict(knowledge, "a", "info", row="y"))) == 2


def test_questions_about_one_fact_merge(knowledge: Knowledge) -> None:
    assert shown(verdict(knowledge, "a", "info", asks="grade"), verdict(knowledge, "b", "info", asks="grade")) == [
        ["a/row", "b/row"]
    ]


def test_questions_about_different_facts_do_not(knowledge: Knowledge) -> None:
    assert (
        len(shown(verdict(knowledge, "a", "info", asks="grade"), verdict(knowledge, "b", "info", asks="extent"))) == 2
    )


def test_a_question_merges_with_no_card_that_says_something(knowledge: Knowledge) -> None:
    question_, statement = verdict(knowledge, "a", "info", asks="grade"), verdict(knowledge, "b", "info")
    assert shown(question_, statement) == [["a/row"], ["b/row"]]


def test_the_question_of_a_list_stays_on_its_list(knowledge: Knowledge) -> None:
    listed = verdict(knowledge, "a", "info", asks="grade", type="list")
    assert shown(listed, verdict(knowledge, "b", "info", asks="grade")) == [["a/row"], ["b/row"]]


def test_rules_of_one_name_share_a_card_questions_and_lists_too(knowledge: Knowledge) -> None:
    options = [
        verdict(knowledge, "site", "info", row="x", type="list", together="options"),
        verdict(knowledge, "site", "info", row="y", type="list", together="options"),
        verdict(knowledge, "symptoms", "info", asks="ki67_percent", type="list", together="options"),
        verdict(knowledge, "map", "info", asks="ki67_percent", type="grid", together="options"),
    ]
    alone = verdict(knowledge, "missing", "info", asks="ki67_percent")
    assert shown(*options, alone) == [["site/x", "site/y", "symptoms/row", "map/row"], ["missing/row"]]


def test_of_rules_together_the_loudest_leads_and_else_the_first(knowledge: Knowledge) -> None:
    first = verdict(knowledge, "a", "info", type="list", together="options")
    loud = verdict(knowledge, "b", "warning", type="list", together="options")
    assert shown(first, loud) == [["b/row", "a/row"]]


def test_rules_of_another_name_do_not(knowledge: Knowledge) -> None:
    one = verdict(knowledge, "a", "info", type="list", together="options")
    assert shown(one, verdict(knowledge, "b", "info", type="list", together="others")) == [["a/row"], ["b/row"]]


def test_the_rows_of_a_list_are_one_card_led_by_the_loudest(knowledge: Knowledge) -> None:
    quiet = verdict(knowledge, "a", "info", row="x", type="list")
    loud = verdict(knowledge, "a", "warning", row="y", type="list")
    assert shown(quiet, loud) == [["a/y", "a/x"]]


def test_beyond_the_cap_the_least_severe_are_held_back_and_named(knowledge: Knowledge) -> None:
    verdicts = [verdict(knowledge, name, "info") for name in "abcde"] + [verdict(knowledge, "f", "critical")]
    said, withheld = arrange("order-sign", verdicts)
    assert [advice.lead.rule.id for advice in said] == ["f", "a", "b", "c"]
    assert [advice.lead.rule.id for advice in withheld] == ["d", "e"]


def test_patient_view_shows_three(knowledge: Knowledge) -> None:
    verdicts = [verdict(knowledge, name, "info") for name in "abcd"]
    assert len(shown(*verdicts, hook="patient-view")) == 3
