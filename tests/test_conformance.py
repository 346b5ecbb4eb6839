"""conformance.md lists every mandatory requirement, and every test it names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.reference import needs_reference, reference

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "tests" / "conformance.md").read_text("utf-8")
LAST_SECTION = (2, 10)
BY_A_DOCUMENT = {"1": "docs/deployment.md", "52": "docs/integration.md"}


def listed() -> dict[str, str]:
    """Row -> what shows it."""
    return dict(re.findall(r"^\| (\d+) \|.*\| (.+) \|$", TABLE, re.MULTILINE))


def required() -> set[str]:
    """The rows of the reference table whose level contains SHALL, in the sections that a service can show."""
    found, section = set(), (0, 0)
    for line in reference("spec", "cds-hooks.md").read_text("utf-8").splitlines():
        if heading := re.match(r"### (\d+)\.(\d+) ", line):
            section = (int(heading[1]), int(heading[2]))
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)]
        if (2, 1) <= section <= LAST_SECTION and len(cells) > 3 and cells[1].isdigit() and "SHALL" in cells[3]:
            found.add(cells[1])
    return found


def functions_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@needs_reference
def test_every_mandatory_row_of_the_reference_table_is_listed() -> None:
    assert len(required()) > 40
    assert set(listed()) == required()


@needs_reference
def test_every_case_of_the_tolerance_checklist_is_listed() -> None:
    wanted = re.findall(r"^\| (T\d+) \|", reference("spec", "cds-hooks.md").read_text("utf-8"), re.MULTILINE)
    assert re.findall(r"^\| (T\d+) ", TABLE, re.MULTILINE) == wanted


def test_each_row_is_listed_once_and_shown_by_something() -> None:
    rows = re.findall(r"^\| (\d+) \|", TABLE, re.MULTILINE)
    assert len(rows) == len(set(rows)) == len(listed())
    for row, shown in listed().items():
        assert "::test_" in shown or shown == BY_A_DOCUMENT[row]


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(r"(tests/[\w/]+\.py)::(test_\w+)", TABLE)
    assert len(named) > 60
    missing = [f"{file}::{test}" for file, test in named if test not in functions_of(file)]
    assert missing == []


def test_every_document_that_is_named_exists() -> None:
    assert [document for document in BY_A_DOCUMENT.values() if not (ROOT / document).is_file()] == []
