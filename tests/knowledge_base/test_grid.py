"""A grid becomes one row per square, per line and per unclear axis."""

from __future__ import annotations

from pathlib import Path

import pytest

from cds_service.domain.interval import Interval
from cds_service.domain.knowledge import Rule
from cds_service.domain.values import Fact, Known, Unclear
from cds_service.errors import KnowledgeError
from cds_service.knowledge_base import load
from cds_service.preflight import preflight
from cds_service.rules.fitting import row_of
from tests.knowledge_base.mini import change

MAP = "guidance/map-of-squares/rule.yaml"
CARDS = "guidance/map-of-squares/cards.yaml"
SIGNED = "transcribed:\n  - {by: One, on: 2026-01-01, from: a figure}\n  - {by: Two, on: 2026-01-02, from: a figure}"


def the_map(folder: Path) -> Rule:
    found = load(folder).rule("map-of-squares")
    assert found is not None
    return found


def said(rule: Rule, across: str, up: str) -> str:
    facts = {"ki67_percent": _fact(across), "liver_tumour_volume_percent": _fact(up)}
    return row_of(rule.rows, facts)[0].say


def _fact(text: str) -> Fact:
    return Unclear() if text == "-" else Known(Interval.parse(text))


@pytest.mark.parametrize(
    ("across", "up", "card"),
    [
        ("2", "5", "on-the-map"),
        ("6.9", "31", "on-the-map"),
        ("7", "5", "on-a-line"),
        ("8", "30", "on-a-line"),
        ("9", "60", "on-a-line"),
        ("9.1", "5", "off-the-map"),
        ("9.1", "30", "off-the-map"),
        ("4", "0", "off-the-map"),
        ("7", "0", "off-the-map"),
        ("4", "0.1", "on-the-map"),
        ("-", "60", "which-number"),
        ("4", "-", "which-volume"),
        ("-", "-", "which-number"),
        ("6..8", "5", "which-number"),  # a range over a line is on neither side of it
    ],
)
def test_every_place_of_the_map_has_its_row(across: str, up: str, card: str, folder: Path) -> None:
    assert said(the_map(folder), across, up) == card


def assign(folder: Path, above: str, below: str) -> None:
    """Fill the squares, and give the letters their cards."""
    change(folder, MAP, '">30": [_, _, _]', f'">30": [{above}]')
    change(folder, MAP, '"<30": [_, _, _]', f'"<30": [{below}]')
    change(folder, MAP, "say: {_: on-the-map", "say: {S: small, T: middle, _: on-the-map")
    fields = "verdict: context, indicator: info, source: trial-a"
    texts = "summary: {en: x, ja: x}, detail: {en: x, ja: x}"
    with (folder / CARDS).open("a", encoding="utf-8") as cards:
        cards.writelines(f"{name}: {{{fields}, {texts}}}\n" for name in ("small", "middle"))


def test_an_assigned_square_speaks_where_the_map_was_off_or_silent(folder: Path) -> None:
    assign(folder, "_, _, T", "S, S, _")
    change(folder, MAP, "transcribed: []", SIGNED)
    rule = the_map(folder)
    assert said(rule, "4", "5") == "small"
    assert said(rule, "4", "0") == "small"
    assert said(rule, "20", "60") == "middle"
    assert said(rule, "20", "5") == "off-the-map"
    assert said(rule, "7", "5") == "on-a-line"
    assert preflight(load(folder)) == []


@pytest.mark.parametrize(
    ("above", "below"), [("_, _, _", "T, _, S"), ("S, _, _", "T, _, _")], ids=["to the right", "upwards"]
)
def test_a_square_milder_than_one_before_it_is_refused(above: str, below: str, folder: Path) -> None:
    assign(folder, above, below)
    change(folder, MAP, "transcribed: []", SIGNED)
    with pytest.raises(KnowledgeError, match="grows milder"):
        load(folder)


def test_a_square_that_two_people_did_not_sign_is_refused(folder: Path) -> None:
    assign(folder, "_, _, _", "S, _, _")
    change(folder, MAP, "transcribed: []", SIGNED.replace("Two", "One"))
    with pytest.raises(KnowledgeError, match="two signatures"):
        load(folder)
