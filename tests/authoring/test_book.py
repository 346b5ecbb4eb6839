"""The book: every rule and case is in it, escaped, and it loads nothing from anywhere."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cds_service.authoring.book import INDEX, pages, write_book
from cds_service.authoring.book.case_block import detail
from cds_service.authoring.book.html import both, tag
from cds_service.knowledge_base import load, load_cases
from tests.knowledge_base.mini import change
from tests.knowledge_base.site import good_overlay

LIST = "what-is-missing.html"
HOSTILE = '<script>alert(1)</script> & "x" \''
VOID = {"meta"}
LOADING = {"script", "img", "link", "iframe", "object", "embed", "base", "form", "svg", "video", "audio"}
ATTRIBUTES = {"charset", "name", "content", "http-equiv", "class", "lang", "scope", "href"}


class Reader(HTMLParser):
    """Notes tags, attributes and text, and that every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.text = unescape(re.sub(r"<[^>]*>", "", html.partition("<body>")[2]))
    assert reader.open == []
    return reader


@pytest.fixture
def book(folder: Path) -> dict[str, str]:
    knowledge = load(folder)
    return dict(pages(knowledge, load_cases(folder, knowledge)))


def test_there_is_a_page_for_every_rule_and_the_contents_link_to_it(book: dict[str, str], folder: Path) -> None:
    rules = [f"{rule.id}.html" for rule in load(folder).rules]
    assert list(book) == [INDEX, *rules]
    links = [value for name, value in read(book[INDEX]).attributes if name == "href"]
    assert links == rules


def test_every_row_case_and_card_of_a_rule_is_on_its_page(book: dict[str, str], folder: Path) -> None:
    knowledge = load(folder)
    for rule in knowledge.rules:
        text = read(book[f"{rule.id}.html"]).text
        assert rule.question in text
        assert rule.title["ja"] in text
        assert all(row.name in text for row in rule.rows)
        assert all(
            case.title in text and case.why in text for case in load_cases(folder, knowledge) if case.rule == rule.id
        )
    page = read(book["alphatinib-outside-pancreas.html"]).text
    assert "アルファチニブ" in page
    assert "Silence: pancreas (it is the site studied)." in page
    assert all(column in page for column in ("Name", "Role", "Date", "Signature"))


def test_pages_load_nothing_and_run_nothing(book: dict[str, str]) -> None:
    for html in book.values():
        found = read(html)
        assert not found.tags & LOADING
        assert {name for name, _ in found.attributes} <= ATTRIBUTES
        assert not re.search(r"url\(|@import|https?://", html.partition("<body>")[0])


def test_every_text_is_escaped(folder: Path) -> None:
    knowledge = load(folder)
    cases = [replace(case, title=HOSTILE, why=HOSTILE) for case in load_cases(folder, knowledge)]
    rules = tuple(
        replace(rule, title={"en": HOSTILE, "ja": HOSTILE}, question=HOSTILE, off=HOSTILE) for rule in knowledge.rules
    )
    for html in pages(replace(knowledge, rules=rules), cases).values():
        assert "<script" not in html
        assert HOSTILE in read(html).text
    assert tag("p", "<b>", title='"') == '<p title="&quot;">&lt;b&gt;</p>'
    assert both("<a>", "<b>") == '&lt;a&gt; <span class="ja" lang="ja">&lt;b&gt;</span>'
    assert both("same", "same") == "same"


def test_a_detail_keeps_its_paragraphs_and_bullets() -> None:
    assert detail("One.\n- a\n- b\n\nTwo.") == "<p>One.</p><ul><li>a</li><li>b</li></ul><p>Two.</p>"
    assert detail("- ~~a & b~~ (last)") == "<ul><li><del>a &amp; b</del> (last)</li></ul>"


def test_a_condition_stands_on_one_line_in_each_language(book: dict[str, str]) -> None:
    assert re.search(r'<div>[^<:]+: [^<]+ <span class="ja" lang="ja">[^<：]+：[^<]+</span></div>', book[LIST])


def test_the_page_says_what_every_rule_asks_first(book: dict[str, str]) -> None:
    text = read(book["alphatinib-outside-pancreas.html"]).text
    assert "For every patient: a neuroendocrine neoplasm on record; not ordered for another disease;" in text
    assert "not ordered" not in read(book[LIST]).text


def test_a_grid_is_drawn_as_it_lies(book: dict[str, str]) -> None:
    grid = book["map-of-squares.html"].partition('<table class="grid">')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", grid)
    assert len({row.count("<td>") for row in rows[1:]}) == 1
    assert "not assigned" in grid
    assert "line" in grid


def test_the_book_of_a_site_says_what_it_signed_and_switched_off(folder: Path, tmp_path: Path) -> None:
    legend = "say: {S: on-the-map, T: on-a-line, _:"
    change(folder, "guidance/map-of-squares/rule.yaml", "say: {_:", legend)
    knowledge = load(folder, good_overlay(tmp_path, load(folder).version))
    made = dict(pages(knowledge, load_cases(folder, knowledge)))
    assert "Signed at this site: One, oncologist, 2026-02-01" in read(made["alphatinib-outside-pancreas.html"]).text
    assert "Switched off at this site: this site asks elsewhere" in read(made["what-is-missing.html"]).text
    assert "made-up-hospital/2026.1+" in made[INDEX]


def test_it_is_written_where_it_is_wanted(folder: Path, tmp_path: Path) -> None:
    knowledge = load(folder)
    written = write_book(knowledge, load_cases(folder, knowledge), tmp_path / "a" / "book")
    assert written[0].name == INDEX
    assert all(path.read_text("utf-8").startswith("<!doctype html>") for path in written)
