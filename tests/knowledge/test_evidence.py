"""The evidence is whole, and nothing of what must not be encoded is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.knowledge.shipped import KNOWLEDGE, content
from tests.reference import needs_reference, reference

FILES = {file.relative_to(KNOWLEDGE).as_posix(): file.read_text(encoding="utf-8") for file in KNOWLEDGE.rglob("*.yaml")}
STUDIES = {file.stem: content(file) for file in sorted((KNOWLEDGE / "evidence").glob("*.yaml"))}

# What the catalogue of evidence says must not be encoded, or is known from memory only: what would give it away, and
# in which files it may not stand ("" = in none).
FORBIDDEN = {
    "I03: two percentages of the review found in no source": ("", [r"51\.3"]),
    "A031, I10: a midgut hazard ratio that belongs to another subgroup": ("", [r"8\.11", r"1\.94"]),
    "A032, I11: a rectal hazard ratio with a bound of zero": ("", [r'"0\.00"', r"0\.00-0\.38", r'"0\.17"']),
    "I04: a confidence interval that does not hold its hazard ratio": ("clarinet", [r'"2\.1"', r"2\.1-24\.0"]),
    "I07: a P value confirmed nowhere": ("sun-1111", [r"0\.0001"]),
    "I08: figures of ELECT that are not ELECT's": ("elect", [r'"150"', r'"76"', r'"73"']),
    "I13: a response rate of the review": ("moertel-1992", [r'"54"']),
    "I14: a comparison across trials": ("e2211", [r'"11\.4"']),
    "I15: interim or repeated survival figures of E2211": ("e2211", [r'"0\.41"', r'"0\.36"', r'"0\.93"', r'"0\.012"']),
    "I01: central medians of RADIANT-3, known from memory": ("radiant-3", [r'"11\.4"', r'"5\.4"']),
    "I16: a rate from memory": ("keynote-158", [r"21\.5"]),
    "U07: pages from memory": ("", [r"28:1569"]),
    "U21: pages from memory": ("", [r"157:403"]),
    "U01: a DOI from memory": ("", [r"S1470-2045\(21\)00572-6"]),
    "I32: pages from memory": ("", [r"126:3021"]),
    "U13: a number from memory": ("", [r"abstract 4020"]),
    "U13: an outcome whose excerpt was cut off": ("ea2142", [r'"2\.4"', r'"12\.6"', r'"13\.6"']),
}


@needs_reference
@pytest.mark.parametrize(
    ("part", "letter"), [("part_a_evidence_rows", "E"), ("part_b_updates", "U"), ("inconsistencies", "I")]
)
def test_every_row_of_the_catalogue_is_recorded(part: str, letter: str) -> None:
    wanted = {row["id"] for row in _catalogue()[part]}
    found = {name for text in FILES.values() for name in re.findall(rf"\b{letter}\d\d\b", text)}
    assert wanted - found == set()


@pytest.mark.parametrize("why", FORBIDDEN)
def test_nothing_that_must_not_be_encoded_is(why: str) -> None:
    where, patterns = FORBIDDEN[why]
    files = {name: text for name, text in FILES.items() if where in name}
    assert files
    assert [(name, found) for name, text in files.items() for found in _found(_without_notes(text), patterns)] == []


def test_what_must_not_be_encoded_would_be_found() -> None:
    assert list(_found('values: {everolimus: "8.11"}', FORBIDDEN[list(FORBIDDEN)[1]][1])) == [r"8\.11"]


@pytest.mark.parametrize("study", STUDIES)
def test_every_figure_says_what_it_was_checked_against(study: str) -> None:
    figures = set(STUDIES[study].get("figures", {}))
    checked = {name for entry in STUDIES[study]["checked"] for name in entry.get("figures", figures)}
    assert figures - checked == set()


@pytest.mark.parametrize("name", [name for name in sorted(FILES) if not name.endswith("cases.yaml")])
def test_nothing_is_shown_that_is_known_from_memory_only(name: str) -> None:
    assert not re.search(r"\bmemory\b", _without_notes(FILES[name]))


def _without_notes(text: str) -> str:
    """The file without remarks, what it was checked against, and the disagreements it records and does not use."""
    kept, inside = [], False
    for line in text.splitlines():
        if re.match(r"^\S", line):
            inside = line.startswith(("checked:", "disagreements:"))
        if not inside:
            kept.append(re.sub(r"(^|\s)#.*$", "", line))
    return "\n".join(kept)


def _found(text: str, patterns: list[str]) -> Iterator[str]:
    return (pattern for pattern in patterns if re.search(pattern, text))


def _catalogue() -> Any:
    return json.loads(reference("clinical", "evidence.json").read_text(encoding="utf-8"))
