"""Windows, value sets and groups that the code names are those of the closed lists."""

from __future__ import annotations

import re

from cds_service.domain.closed_lists import FACT_GROUPS, MEANINGS, WINDOWS
from tests.architecture.tree import ROOT, python_files

SOURCES = [
    (ROOT / path).read_text(encoding="utf-8")
    for path in python_files()
    if path.parts[0] == "cds_service" and path.name != "closed_lists.py"
]
LOOKED_UP = re.compile(r'(?:by_code|by_words|in_text|matches|said|of_coding|_means)\(\s*"([a-z0-9-]+)"')


def test_every_value_set_that_is_looked_up_is_listed() -> None:
    named = {name for source in SOURCES for name in LOOKED_UP.findall(source)}
    assert "primary-site" in named
    assert named <= set(MEANINGS)


def test_every_window_and_value_set_listed_is_named_in_the_code() -> None:
    written = {name for source in SOURCES for name in re.findall(r'"([a-z0-9-]+)"', source)}
    assert set(MEANINGS) | WINDOWS <= written


def test_every_group_that_is_looked_up_is_listed() -> None:
    asked = {name for source in SOURCES for name in re.findall(r'groups\["([a-z-]+)"\]', source)}
    listed = {group for groups in FACT_GROUPS.values() for group in groups}
    assert "progressive" in asked
    assert asked - listed <= {"prrt", "ici"}  # groups of drugs, which the format itself names
