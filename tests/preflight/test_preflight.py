"""What preflight does with what it finds."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

from cds_service import cards
from cds_service.domain.knowledge import Cell, Knowledge, Row
from cds_service.knowledge_base import knowledge_folder, load, load_cases
from cds_service.preflight import preflight
from cds_service.preflight.admitted import Place
from cds_service.preflight.names import PHRASES
from cds_service.preflight.regions import reachable
from tests.knowledge_base.mini import change

RULE = "guidance/alphatinib-outside-pancreas/rule.yaml"
LIST = "guidance/what-is-missing/rule.yaml"
ITEMS = "guidance/what-is-missing/cards.yaml"
CASES = "guidance/alphatinib-outside-pancreas/cases.yaml"


def test_the_knowledge_this_project_ships_holds_together(knowledge: Knowledge) -> None:
    folder = knowledge_folder()
    assert preflight(knowledge, load_cases(folder, knowledge), folder=folder) == []


def test_reading_and_checking_it_takes_a_few_seconds_at_most() -> None:
    started = time.process_time()  # of this process: other work on the machine is not ours
    knowledge = load(knowledge_folder())
    preflight(knowledge, load_cases(knowledge_folder(), knowledge))
    assert time.process_time() - started < 8


def test_all_faults_are_told_together_and_not_the_first(folder: Path) -> None:
    change(folder, RULE, '">=10"', '">10"')
    question = change(folder, RULE, "question: Is", "question: Is 1")
    table = change(folder, RULE, "table:", "table:")
    asks = change(folder, ITEMS, "asks: primary_site", "asks: place")
    faults = preflight(load(folder), folder=folder)
    assert [(fault.file, fault.line) for fault in faults] == [(RULE, table), (RULE, question), (ITEMS, asks)]


def test_without_the_folder_a_fault_has_no_line(folder: Path) -> None:
    change(folder, RULE, '">=10"', '">10"')
    [fault] = preflight(load(folder))
    assert (fault.file, fault.line) == (RULE, None)


def test_a_case_with_another_answer_is_a_fault_at_its_line(folder: Path) -> None:
    first = change(folder, CASES, "- case:", "- case:")
    change(folder, CASES, "row: pancreas, say: nothing", "row: low, say: outside-label")
    knowledge = load(folder)
    cases = [case for case in load_cases(folder, knowledge) if case.expect_row]
    faults = preflight(knowledge, cases, folder=folder)
    assert {(fault.file, fault.line) for fault in faults} == {(CASES, first)}


def test_rows_that_exclude_each_other_are_never_counted_together(folder: Path) -> None:
    knowledge = load(folder)
    rule = knowledge.rule("what-is-missing")
    assert rule is not None
    differentiation, imaging = 1, 4
    assert not any(mask & differentiation and mask & imaging for mask in reachable(rule, knowledge))
    assert max(mask.bit_count() for mask in reachable(rule, knowledge)) == 2


def test_a_table_that_asks_nothing_has_one_row_for_everybody(folder: Path) -> None:
    knowledge = load(folder)
    rule = replace(knowledge.rules[0], inputs=(), cards={})
    always = Row("always", {}, "nothing", because="a test")
    assert preflight(replace(knowledge, rules=(replace(rule, rows=(always,)),)))[:-2] == []
    twice = replace(rule, rows=(always, replace(always, name="again")))
    assert "always and again fit at once: everybody" in str(preflight(replace(knowledge, rules=(twice,))))
    none = replace(rule, rows=())
    assert "no row fits anybody" in str(preflight(replace(knowledge, rules=(none,))))


def test_a_table_need_not_answer_for_patients_outside_its_scope(folder: Path) -> None:
    knowledge = load(folder)
    rule = knowledge.rules[0]
    without = replace(rule, rows=tuple(row for row in rule.rows if row.name != "pancreas"))
    scope = {**rule.applies_when, "primary_site": Cell(words=frozenset({"rectum"}), unclear=True)}
    assert "no row fits primary_site: pancreas" in str(preflight(replace(knowledge, rules=(without,))))
    assert "no row fits" not in str(preflight(replace(knowledge, rules=(replace(without, applies_when=scope),))))


def test_only_the_words_a_row_admits_count_towards_its_length(folder: Path) -> None:
    knowledge = load(folder)
    rule = knowledge.rules[0]
    everywhere = Place(knowledge, rule).words("primary_site")
    low = Place(knowledge, rule, next(row for row in rule.rows if row.name == "low"))
    assert low.words("primary_site") == everywhere - {"pancreas"}
    assert low.words("ordered_drug") == {"alphatinib"}


def test_the_longest_reachable_items_are_what_counts(folder: Path) -> None:
    manifest = "Not clear in this record: "
    items = "differentiation, site"  # imaging is asked for only where the differentiation is known
    filling = 139 - len(f"{manifest}{items}.")
    change(folder, LIST, manifest, manifest + "x" * filling)
    assert preflight(load(folder)) == []
    change(folder, LIST, manifest, manifest + "x")
    assert "can grow to 140 characters when every item" in str(preflight(load(folder)))


def test_two_drafts_may_bring_together_rows_that_one_order_cannot(folder: Path) -> None:
    knowledge = load(folder)
    rule = knowledge.rules[1]
    rows = [
        replace(rule.rows[0], name=word, cells={"label_fit": Cell(words=frozenset({word}))})
        for word in ("within", "outside")
    ]
    assert reachable(replace(rule, rows=tuple(rows)), knowledge) == {0b11}


def test_every_small_sentence_that_cards_look_up_is_asked_for() -> None:
    sources = Path(cards.__file__).parent.glob("*.py")
    named = {name for source in sources for name in re.findall(r'phrase\(knowledge, "([a-z-]+)"', source.read_text())}
    assert named
    assert named <= set(PHRASES)
