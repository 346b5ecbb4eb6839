"""Which folder, which files, which hash, and the stamp that rests on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cds_service.errors import KnowledgeError
from cds_service.knowledge_base import content_hash, knowledge_folder, load, stamp_is_valid, write_stamp
from cds_service.knowledge_base.folder import FORMAT, STAMP, hash_of
from tests.knowledge_base.mini import change

DRUG = "drugs/alphatinib.yaml"


def test_the_folder_of_this_checkout_is_found() -> None:
    assert (knowledge_folder() / "manifest.yaml").is_file()


def test_the_same_files_have_the_same_hash_wherever_they_lie(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "elsewhere")
    assert content_hash(copy) == content_hash(folder) == load(folder).hash


def test_a_changed_renamed_or_added_file_changes_the_hash(folder: Path) -> None:
    hashes = [content_hash(folder)]
    change(folder, DRUG, "window_days: 60", "window_days: 61")
    hashes.append(content_hash(folder))
    (folder / DRUG).rename(folder / "drugs" / "other.yaml")
    hashes.append(content_hash(folder))
    (folder / "README.md").write_text("for people", encoding="utf-8")
    hashes.append(content_hash(folder))
    assert len(set(hashes)) == 4


def test_no_two_folders_read_alike() -> None:
    assert hash_of({"a": b"bc"}) != hash_of({"ab": b"c"})
    assert hash_of({"a": b"", "b": b"c"}) != hash_of({"a": b"bc"})


def test_the_stamp_holds_until_a_file_changes(folder: Path) -> None:
    assert not stamp_is_valid(folder)
    write_stamp(folder, load(folder).hash, FORMAT)
    assert stamp_is_valid(folder)
    load(folder)  # the stamp itself is no part of the folder
    change(folder, DRUG, "window_days: 60", "window_days: 61")
    assert not stamp_is_valid(folder)


def test_the_stamp_of_another_format_does_not_hold(folder: Path) -> None:
    write_stamp(folder, content_hash(folder), FORMAT + 1)
    assert not stamp_is_valid(folder)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"hash": "x"}', "not json"])
def test_a_stamp_that_says_nothing_does_not_hold(text: str, folder: Path) -> None:
    (folder / STAMP).write_text(text, encoding="utf-8")
    assert not stamp_is_valid(folder)


def test_a_folder_that_is_not_there_is_refused_by_name(folder: Path, tmp_path: Path) -> None:
    for wrong in [(tmp_path / "nowhere", None), (folder, tmp_path / "nowhere")]:
        with pytest.raises(KnowledgeError, match="nowhere: there is no such folder"):
            load(*wrong)
