from __future__ import annotations

import pytest

from cds_service.cards.words import value_words
from cds_service.domain.interval import Interval
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12", "12%"),
        ("<3", "<3%"),
        ("3..5", "3–5%"),
        (">20", ">20%"),
        ("12.345678", "12.35%"),
        ("2.50", "2.50%"),
        (">20.001..<20.003", "20.00%"),
    ],
)
def test_a_number_is_printed_with_its_unit_and_at_most_two_decimals(
    knowledge: Knowledge, text: str, words: str
) -> None:
    assert value_words("ki67_percent", Known(Interval.parse(text)), knowledge, "en") == words
