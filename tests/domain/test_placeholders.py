"""The grammar of what a sentence leaves open."""

from __future__ import annotations

import pytest

from cds_service.domain.placeholders import Placeholder, parse, placeholders


def test_a_sentence_is_its_pieces_in_order() -> None:
    assert parse("a {primary_site} b {sun-1111.pfs}.") == (
        "a ",
        Placeholder("primary_site"),
        " b ",
        Placeholder("sun-1111", "pfs"),
        ".",
    )


def test_the_words_for_unclear_may_stand_in() -> None:
    assert parse("{grade|or-unclear}") == (Placeholder("grade", or_unclear=True),)


def test_a_sentence_without_any_is_itself() -> None:
    assert parse("plain") == ("plain",)
    assert parse("") == ()


def test_a_placeholder_prints_as_it_is_written() -> None:
    text = "{a}{a.b}{a|or-unclear}"
    assert "".join(map(str, placeholders(text))) == text


@pytest.mark.parametrize(
    "text",
    ["{", "}", "a {b", "b} a", "{}", "{ a }", "{a.}", "{.a}", "{a.b.c}", "{a|or-none}", "{a.b|or-unclear}", "{{a}}"],
)
def test_any_other_brace_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"brace|placeholder"):
        parse(text)
