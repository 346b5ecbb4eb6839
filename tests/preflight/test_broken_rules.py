"""Everything that no single file shows is found before the door opens, and named at its place."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from cds_service.errors import Fault
from cds_service.knowledge_base import load
from cds_service.preflight import preflight
from tests.knowledge_base.mini import change
from tests.preflight import broken_rules, broken_sentences, broken_words

BREAKS = {
    **broken_rules.TABLES,
    **broken_rules.LISTS,
    **broken_rules.CARD_FAULTS,
    **broken_sentences.SENTENCES,
    **broken_sentences.LENGTHS,
    **broken_rules.NAMES,
    **broken_words.ORPHANS,
    **broken_words.TWO_LANGUAGES,
}


def faults_of(folder: Path) -> list[Fault]:
    return preflight(load(folder), folder=folder)


@pytest.mark.parametrize("name", BREAKS)
def test_the_file_the_line_and_the_fault_are_named(name: str, folder: Path) -> None:
    broken = BREAKS[name]
    line = change(folder, broken.file, broken.old, broken.new)
    found = [fault for fault in faults_of(folder) if broken.says in fault.message]
    assert found
    assert all(fault.line for fault in found)
    if broken.later is not None:
        assert (broken.file, line + broken.later) in [(fault.file, fault.line) for fault in found]


def test_a_table_of_six_facts_is_more_than_a_reader_takes_in(folder: Path) -> None:
    knowledge = load(folder)
    rule = replace(knowledge.rules[0], inputs=("primary_site", "ki67_percent", "label_fit", "grade", "extent", "vhl"))
    assert "6 facts, and 5 is the most" in str(preflight(replace(knowledge, rules=(rule,)))[-1])


def test_a_figure_that_nobody_cites_or_checked_is_a_fault(folder: Path) -> None:
    change(folder, broken_rules.STUDY, "    cite: nobody\n", "")
    assert faults_of(folder) == []
    change(folder, broken_rules.STUDY, "figures: [pfs]", "what: population")
    [fault] = faults_of(folder)
    assert (fault.file, fault.line) == (broken_rules.STUDY, change(folder, broken_rules.STUDY, "  pfs:", "  pfs:"))
    assert "neither cite nor checked" in fault.message


def test_a_summary_is_refused_at_140_characters_and_not_before(folder: Path) -> None:
    old, longer = "Where did it arise", "Where did it arise" + " so" * 40
    change(folder, broken_rules.CARDS, old, longer)
    [fault] = faults_of(folder)
    found = re.search(r"can grow to (\d+) characters", fault.message)
    assert found
    fits = longer[: len(longer) - (int(found[1]) - 139)]
    change(folder, broken_rules.CARDS, longer, fits)
    assert faults_of(folder) == []
    change(folder, broken_rules.CARDS, fits, f"{fits}!")
    assert "can grow to 140 characters" in faults_of(folder)[0].message


def test_good_knowledge_has_no_fault(folder: Path) -> None:
    assert faults_of(folder) == []
