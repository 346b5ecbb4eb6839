from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cds_service.cards.words import label_words, value_words
from cds_service.domain.call import Setting
from cds_service.domain.interval import Interval
from cds_service.domain.knowledge import Approval, Knowledge
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


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Approval(approved=False, since="", until="2031-06-23"), "was not approved for NET before 2031-06-23"),
        (Approval(approved=False, since="2021", last_check="2030-01-02"), "approved for NET (last checked 2030-01-02)"),
        (Approval(approved=False, since="", until="2031", last_check="2030-01-02"), "(last checked 2030-01-02)"),
    ],
)
def test_a_refusal_never_prints_an_empty_date(knowledge: Knowledge, entry: Approval, words: str) -> None:
    drug = replace(knowledge.drugs["sunitinib"], approvals={"JP": (entry,)})
    assert label_words(drug, Setting("JP", date(2030, 1, 15)), knowledge).endswith(words)
