"""A new rule is a list of faults until it is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cds_service.authoring.skeleton import new_rule
from cds_service.errors import KnowledgeError
from cds_service.knowledge_base import UNWRITTEN, load


def test_every_question_of_the_skeleton_is_one_fault_and_nothing_else_is(folder: Path) -> None:
    written = new_rule(folder, "a-new-rule")
    asked = sum(path.read_text("utf-8").count(UNWRITTEN) for path in written)
    with pytest.raises(KnowledgeError) as refused:
        load(folder)
    faults = refused.value.faults
    assert len(faults) == asked > 20
    assert all(re.match(r"still to write: \S", fault.message) and fault.line for fault in faults)
    assert {fault.file for fault in faults} == {
        f"guidance/a-new-rule/{part}.yaml" for part in ("rule", "cards", "cases")
    }


def test_it_is_listed_last_and_nothing_else_of_the_manifest_changes(folder: Path) -> None:
    before = (folder / "manifest.yaml").read_text("utf-8")
    new_rule(folder, "a-new-rule")
    after = (folder / "manifest.yaml").read_text("utf-8")
    assert after.replace("  - a-new-rule\n", "") == before
    assert "  - map-of-squares\n  - a-new-rule\n" in after


def test_the_skeleton_holds_together_once_everything_is_written(folder: Path) -> None:
    answers = {
        "the studies in evidence/ that speak for it": "trial-a",
        "those that speak against it, or leave the list empty": "series-b",
        "the study this card cites first": "trial-a",
        "the study this card cites": "trial-a",
        "the drug or the group of drugs; at patient-view take this out": "alphatinib",
        "the month in which somebody looks again, as 2027-01": "2027-01",
        "the day the order is written, as 2026-01-15": "2026-01-15",
        "the day": "2026-01-15",
    }
    for path in new_rule(folder, "a-new-rule"):
        text = path.read_text("utf-8")
        for question in sorted(answers, key=len, reverse=True):
            text = text.replace(f'"{UNWRITTEN} {question}"', f'"{answers[question]}"')
        path.write_text(text.replace(f'"{UNWRITTEN} ', '"'), "utf-8")
    assert load(folder).rules[-1].id == "a-new-rule"


@pytest.mark.parametrize("name", ["map-of-squares", "My Rule", "../x", ""])
def test_a_name_that_is_taken_or_none_is_refused(name: str, folder: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"there is such a rule already|a rule is named"):
        new_rule(folder, name)


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no manifest"):
        new_rule(tmp_path, "a-new-rule")
    assert list(tmp_path.iterdir()) == []
