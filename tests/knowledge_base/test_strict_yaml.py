"""YAML without surprises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cds_service.knowledge_base.strict_yaml import Document, read_yaml


def read(text: str) -> Document:
    document, faults = read_yaml("file.yaml", text.encode())
    assert document is not None
    assert faults == []
    return document


@pytest.mark.parametrize(
    "word", ["no", "NO", "on", "yes", "true", "~", "null", "2026-01-15", "010", "1e3", "0x1F", "1_0", ".inf"]
)
def test_a_scalar_stays_the_text_it_is(word: str) -> None:
    assert read(f"a: {word}\n{word}: b\n").content == {"a": word, word: "b"}


def test_every_part_knows_its_line() -> None:
    document = read("a:\n  - x\n  - b: |\n      one\n      two\nc: d\n")
    assert document.content == {"a": ["x", {"b": "one\ntwo\n"}], "c": "d"}
    assert [document.line(path) for path in [("a",), ("a", 0), ("a", 1), ("a", 1, "b"), ("c",)]] == [1, 2, 3, 3, 6]


def test_the_line_of_what_is_not_written_is_that_of_what_is_around_it() -> None:
    assert read("a:\n  b:\n    c: d\n").line(("a", "b", "missing", 0, "part")) == 2


def test_an_alias_stands_for_what_it_names() -> None:
    assert read("a: &same {x: y}\nb: *same\n").content == {"a": {"x": "y"}, "b": {"x": "y"}}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: b\nc: d\na: e\n", 3, "a: written twice"),
        ("a: !!int 5\n", 1, "a tag"),
        ("a: !own 5\n", 1, "a tag"),
        ("? [a, b]\n: c\n", 1, "a key that is not a word"),
        ("a: &x\n  b: *x\n", 1, "refers to itself"),
        ("a: b\n---\nc: d\n", 2, "another document"),
        ("a: [b\n", 2, "not YAML"),
        ("a: b: c\n", 1, "a text with a colon in it that stands in no quotation marks"),
        ("a: b\n\tc: d\n", 2, "or a tab"),
        ("a: b\nc：d\n", 3, "a full-width colon"),
        ("a: *b\n", 1, "undefined alias"),
        ("", 1, "empty"),
        ("# nothing\n", 1, "empty"),
        ("a: \x01\n", None, "not YAML"),
    ],
)
def test_what_is_not_strict_is_a_fault_with_its_line(text: str, line: int | None, says: str) -> None:
    _, [fault] = read_yaml("file.yaml", text.encode())
    assert (fault.file, fault.line) == ("file.yaml", line)
    assert says in fault.message


def test_bytes_that_are_no_utf8_are_a_fault() -> None:
    document, [fault] = read_yaml("file.yaml", b"a: \xff\n")
    assert document is None
    assert fault.message == "not UTF-8"


@given(st.binary(max_size=60) | st.text(alphabet="ab:-[]{},&*!|>'\"#\n ?", max_size=60).map(str.encode))
def test_no_file_however_odd_breaks_the_reader(raw: bytes) -> None:
    document, faults = read_yaml("file.yaml", raw)
    assert document is not None or faults
