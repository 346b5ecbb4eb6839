"""A window, a value set, a meaning or a group that is missing or misspelt is a fault, never a silent rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from cds_service.domain.closed_lists import MEANINGS, WINDOWS
from cds_service.errors import Fault
from cds_service.knowledge_base import load
from cds_service.preflight import preflight
from tests.knowledge_base.mini import change

SITES = "value_sets/primary-site.yaml"


def faults_of(folder: Path) -> list[Fault]:
    return preflight(load(folder), folder=folder)


@pytest.mark.parametrize("name", sorted(WINDOWS))
def test_each_window_has_its_days(name: str, folder: Path) -> None:
    line = change(folder, "manifest.yaml", f"  {name}: ", f"  {name}-days: ")
    missing, unknown = faults_of(folder)
    assert missing.message == f"windows_days: {name} is missing"
    assert unknown == Fault("manifest.yaml", line, f"windows_days: {name}-days is no window of this program")


@pytest.mark.parametrize("name", sorted(set(MEANINGS) - {"primary-site"}))
def test_each_value_set_is_there(name: str, folder: Path) -> None:
    (folder / "value_sets" / f"{name}.yaml").unlink()
    assert faults_of(folder) == [Fault(f"value_sets/{name}.yaml", None, "this value set is missing")]


def test_a_value_set_that_nobody_reads_is_a_fault(folder: Path) -> None:
    odd = folder / "value_sets" / "syndrome.yaml"
    odd.write_text("id: syndrome\nabout: none\nlicence: none\n", encoding="utf-8")
    assert faults_of(folder) == [Fault("value_sets/syndrome.yaml", 1, "id: syndrome is no value set of this program")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('code: "2", means: stomach', 'code: "2", means: stomac'),
        ("to: A09, means: other-site", "to: A09, means: others"),
        ("means: pancreas, en:", "means: pancras, en:"),
    ],
)
def test_a_meaning_that_nobody_reads_is_a_fault(old: str, new: str, folder: Path) -> None:
    change(folder, SITES, old, new)
    [fault] = faults_of(folder)
    assert (fault.file, fault.line is not None) == (SITES, True)
    assert fault.message == f"means: {new.split('means: ')[1].split(',')[0]} is no meaning of this value set"


@pytest.mark.parametrize(
    ("fact", "group"),
    [
        *(("primary_site", group) for group in ("foregut-gi", "hindgut", "midgut")),
        ("progression", "progressive"),
    ],
)
def test_each_group_a_fact_is_computed_with_is_there(fact: str, group: str, folder: Path) -> None:
    change(folder, "facts.yaml", f"    {group}: [", f"    {group}-other: [")
    assert [fault.message for fault in faults_of(folder)] == [f"{fact}: the group {group} is missing"]
