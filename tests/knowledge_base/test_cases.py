"""Cases: as sentences, and as a table with a patient on each line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cds_service.errors import KnowledgeError
from cds_service.knowledge_base import load, load_cases
from tests.knowledge_base.mini import Break, change

CASES = "guidance/alphatinib-outside-pancreas/cases.yaml"

BREAKS = {
    "a fact that is none": Break(CASES, "primary_site: pancreas", "sight: pancreas", "sight is not a fact"),
    "the day among the facts": Break(
        CASES, "jurisdiction: JP", 'jurisdiction: JP, "on": 2026-01-01', "on is not a fact"
    ),
    "a word that is none": Break(CASES, "primary_site: pancreas", "primary_site: spleen", "spleen is no value"),
    "a group": Break(CASES, "primary_site: pancreas", "primary_site: midgut", "midgut is no value"),
    "a drug nobody described": Break(CASES, "ordered_drug: alphatinib", "ordered_drug: gamma", "gamma is no value"),
    "an unclear for no reason of ours": Break(
        CASES, "primary_site: pancreas", "primary_site: unclear (lazy)", "is no value"
    ),
    "an expected fact that is none": Break(
        CASES, "label_fit: within", "label_suit: within", "label_suit is not a fact"
    ),
    "a row that is not there": Break(CASES, "row: pancreas", "row: liver", "there is no row liver"),
    "a card that is not there": Break(CASES, "say: nothing", "say: something", "there is no card something"),
    "a day that is none": Break(CASES, "on: 2026-01-15", "on: 2026-01", "a full date"),
    "no reason": Break(CASES, "  why: It is the site studied.\n", "", "look at why"),
    "an indicator that is none": Break(CASES, "say: nothing", "say: nothing, indicator: loud", "loud is none of"),
    "a number that is none": Break(CASES, "| 9.9 ", "| ten ", "ten is no value of ki67_percent"),
    "a line with a cell too few": Break(CASES, "rectum       | 10 ", "10 ", "each line needs a cell"),
}


def test_a_case_is_read_with_its_place(folder: Path) -> None:
    first, *_ = load_cases(folder)
    assert (first.title, first.line, first.file) == ("Alphatinib for the pancreas", 1, CASES)
    assert (first.expect_row, first.expect_say) == ("pancreas", "nothing")
    assert first.expect_facts == {"label_fit": "within"}
    assert first.given["primary_site"] == "pancreas"


def test_each_line_of_a_table_is_a_case_at_its_line(folder: Path) -> None:
    _, second, third, fourth, *_ = load_cases(folder)
    text = (folder / CASES).read_text(encoding="utf-8").splitlines()
    assert second.line is not None
    assert "just under the cut" in text[second.line - 1]
    assert (second.given["primary_site"], second.given["ki67_percent"]) == ("rectum", "9.9")
    assert third.given["ki67_percent"] == "10"
    assert "primary_site" not in fourth.given


def test_a_table_may_leave_the_row_open(folder: Path) -> None:
    on_the_map = next(case for case in load_cases(folder) if case.rule == "map-of-squares")
    assert (on_the_map.expect_row, on_the_map.expect_say) == ("", "on-the-map")


@pytest.mark.parametrize("name", BREAKS)
def test_a_word_that_means_nothing_is_a_fault_at_the_case(name: str, folder: Path) -> None:
    broken = BREAKS[name]
    change(folder, CASES, broken.old, broken.new)
    with pytest.raises(KnowledgeError) as refused:
        load_cases(folder, load(folder))
    [fault] = refused.value.faults
    assert broken.says in fault.message
    assert fault.file == CASES
    assert fault.line is not None


def test_a_rule_without_cases_is_a_fault(folder: Path) -> None:
    (folder / CASES).unlink()
    with pytest.raises(KnowledgeError, match=f"{CASES}: the file is missing"):
        load_cases(folder)
