"""What must not stand in any file: places of one machine, addresses of registries, secrets; and how long files are."""

from __future__ import annotations

import re
import warnings

import pytest

from tests.architecture.tree import files, python_files, text_of

LIMIT_OF_LINES = 250  # of the package; longer tests are told of
MEASURE_OF_LINES = 150  # about one subject
ONE_VOCABULARY = "cds_service/domain/knowledge.py"  # many small values that are read side by side

# Put together here, so that this file does not hold what it looks for.
PLACES = "|".join(("work", "root", "home", "farm"))
FORBIDDEN = {
    "a path of one machine": rf"(?<![\w.$}}~-])/(?:{PLACES})/",
    "the address of a package registry": "|".join(
        re.escape(".".join(parts))
        for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("deb", "debian", "org"))
    ),
    "a private key": "BEGIN [A-Z ]*" + "PRIVATE KEY",
    "a word for unfinished work": r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b",
}
# The folder of reference material is named in one place only.
BESIDE = re.compile(r"""["'/](?:\.\./)*sha""" + r"""red(?:["'/])""")
WHO_NAMES_IT = "tests/reference.py"


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    assert [f"{path}: {found[0]}" for path in files() if (found := pattern.search(text_of(path)))] == []


def test_what_is_forbidden_would_be_found() -> None:
    examples = {
        "a path of one machine": "cd /ho" + "me/me/project",
        "the address of a package registry": "https://files.python" + "hosted.org/x",
        "a private key": "-----BEGIN EC PRI" + "VATE KEY-----",
        "a word for unfinished work": "# TO" + "DO later",
    }
    assert [what for what, text in examples.items() if not re.search(FORBIDDEN[what], text)] == []


def test_the_reference_material_is_named_in_one_place() -> None:
    assert [str(path) for path in files() if BESIDE.search(text_of(path))] == [WHO_NAMES_IT]


def test_no_file_of_the_package_holds_two_subjects() -> None:
    lengths = {str(path): len(text_of(path).splitlines()) for path in python_files()}
    long = [f"{path} ({length})" for path, length in sorted(lengths.items()) if length > MEASURE_OF_LINES]
    if long:
        warnings.warn(f"over {MEASURE_OF_LINES} lines: {', '.join(long)}", stacklevel=1)
    too_long = [path for path, length in lengths.items() if length > LIMIT_OF_LINES and path.startswith("cds_service/")]
    assert [path for path in too_long if path != ONE_VOCABULARY] == []
