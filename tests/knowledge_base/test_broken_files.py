"""Every way to break a file is named with the file, the line and words its author understands."""

from __future__ import annotations

from pathlib import Path

import pytest

from cds_service.errors import KnowledgeError
from cds_service.knowledge_base import load
from tests.knowledge_base import broken_guidance, broken_shared
from tests.knowledge_base.mini import change

REASONS = "override_reasons.yaml"
BREAKS = {**broken_guidance.BREAKS, **broken_shared.BREAKS}
CARDS, DRUG, LIST, STUDY = broken_guidance.CARDS, broken_shared.DRUG, broken_guidance.LIST, broken_shared.STUDY


@pytest.mark.parametrize("name", BREAKS)
def test_the_file_the_line_and_the_fault_are_named(name: str, folder: Path) -> None:
    broken = BREAKS[name]
    line = change(folder, broken.file, broken.old, broken.new)
    with pytest.raises(KnowledgeError) as refused:
        load(folder)
    lines = [f.line for f in refused.value.faults if broken.says in f.message and f.file == broken.file]
    assert lines
    assert broken.later is None or line + broken.later in lines


def test_a_good_folder_has_no_fault(folder: Path) -> None:
    assert [rule.id for rule in load(folder).rules] == [
        "alphatinib-outside-pancreas",
        "what-is-missing",
        "map-of-squares",
    ]


def test_the_faults_of_two_files_are_told_together(folder: Path) -> None:
    change(folder, DRUG, "group: targeted", "group: magic")
    change(folder, STUDY, "title: ", "name: ")
    change(folder, LIST, "status: active", "status: live")
    with pytest.raises(KnowledgeError) as refused:
        load(folder)
    assert [(fault.file, fault.line) for fault in refused.value.faults] == [
        (DRUG, 5),
        (STUDY, 1),
        (STUDY, 2),
        (LIST, 2),
    ]


def test_a_drug_at_fault_does_not_make_the_rules_that_name_it_faulty(folder: Path) -> None:
    change(folder, DRUG, "group: targeted", "group: magic")
    with pytest.raises(KnowledgeError) as refused:
        load(folder)
    assert {fault.file for fault in refused.value.faults} == {DRUG}


def test_systems_that_cannot_be_read_are_said_once(folder: Path) -> None:
    change(folder, "value_sets/systems.yaml", "id: systems", "id: system")
    with pytest.raises(KnowledgeError) as refused:
        load(folder)
    assert [fault.file for fault in refused.value.faults] == ["value_sets/systems.yaml"]


@pytest.mark.parametrize(
    "file",
    [
        "facts.yaml",
        "manifest.yaml",
        "statements.yaml",
        "glossary.yaml",
        "tests.yaml",
        "regimens.yaml",
        "override_reasons.yaml",
        CARDS,
    ],
)
def test_a_file_that_is_missing_is_named(file: str, folder: Path) -> None:
    (folder / file).unlink()
    with pytest.raises(KnowledgeError) as refused:
        load(folder)
    assert (file, "the file is missing") in [(fault.file, fault.message) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("guidance/what-is-missing/notes.yaml", "nothing reads"),
        ("evidence/trial.yml", "not a .yaml"),
        ("stray.yaml", "nothing reads"),
    ],
)
def test_a_file_nothing_reads_is_named(file: str, says: str, folder: Path) -> None:
    (folder / file).write_text("id: x\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as refused:
        load(folder)
    [fault] = refused.value.faults
    assert fault.file == file
    assert says in fault.message


def test_a_rule_the_manifest_does_not_list_is_named(folder: Path) -> None:
    change(folder, "manifest.yaml", "  - map-of-squares\n", "")
    with pytest.raises(KnowledgeError) as refused:
        load(folder)
    assert "map-of-squares is not listed in manifest.yaml" in str(refused.value)
