"""A band of a grid, and a value that spans a line of it."""

from __future__ import annotations

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.cards.test_render import cards
from tests.rules.build import question

FIRST = {"primary_site": "pancreas", "differentiation": "well", "extent": "advanced"}


@pytest.mark.parametrize(
    ("ki67", "volume", "words"),
    [
        ("4", "5", "Ki-67 band <5%, liver tumour volume band 0–10%"),
        ("7", "40", "Ki-67 band 5–10%, liver tumour volume band 25–50%"),
        ("15", "60", "Ki-67 band 10–20%, liver tumour volume band >50%"),
        ("4..6", "5", "Ki-67 (4–6%; the recorded range spans a cut-off)"),
        ("7", "20..30", "liver tumour volume (20–30% of the liver; the recorded range spans a cut-off)"),
    ],
)
def test_the_bands_or_what_keeps_from_naming_one_are_printed(
    knowledge: Knowledge, ki67: str, volume: str, words: str
) -> None:
    asked = question(knowledge, {**FIRST, "ki67_percent": ki67, "liver_tumour_volume_percent": volume})
    [card] = cards(asked, "first-line-map")
    assert words in card["detail"]


def test_no_square_of_the_shipped_map_names_a_class(knowledge: Knowledge) -> None:
    rule = knowledge.rule("first-line-map")
    assert rule is not None
    assert not {row.say for row in rule.rows} & {"map-somatostatin-analogue", "map-targeted", "map-cytotoxic"}
