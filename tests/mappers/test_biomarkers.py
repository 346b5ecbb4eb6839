"""tmb_msi, mgmt and pdl1: what the laboratory calls them, of this tumour."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import ICD, LOINC, concept, condition, finding, observation
from tests.mappers.safety_parts import WEEK_AGO, result, told, without

TMB, MSI, PDL1 = "94077-5", "81695-9", "83052-1"


def reported(code: str, said: str, name: str = "b1", **more: Any) -> Any:
    return observation(name, (LOINC, code), WEEK_AGO, valueCodeableConcept={"text": said}) | more


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([reported(TMB, "TMB-high")], "high"),
        ([reported(TMB, "low"), reported(MSI, "MSI-H", "b2")], "high"),
        ([reported(TMB, "low"), reported(MSI, "MSS", "b2")], "not-high"),
        ([reported(TMB, "low"), reported("62862-8", "proficient", "b2")], "not-high"),
        ([reported("62862-8", "deficient")], "high"),
        ([reported(TMB, "low")], "unclear: not-recorded"),
        ([reported(MSI, "MSS")], "unclear: not-recorded"),
        ([result("94076-7", 25, "1/1000000{Base}")], "unclear: not-understood"),
        ([result("94076-7", 25, "1/1000000{Base}", flag="H")], "high"),
        ([reported(TMB, "high", status="preliminary")], "unclear: not-recorded"),
        ([], "unclear: not-recorded"),
    ],
)
def test_tmb_and_msi_are_not_high_only_when_both_are_reported(
    knowledge: Knowledge, found: list[Any], expected: str
) -> None:
    assert told(knowledge, "tmb_msi", *found) == expected


@pytest.mark.parametrize("name", ["tmb_msi", "mgmt", "pdl1"])
def test_results_of_another_cancer_are_not_used(knowledge: Knowledge, name: str) -> None:
    breast = condition("c2", concept((ICD, "C50.9")))
    found = [reported(TMB, "high"), reported(PDL1, "positive", "b2"), reported("64083-9", "methylated", "b3")]
    assert told(knowledge, name, breast, *found) == "unclear: not-linked"
    assert told(knowledge, name, *found).startswith("unclear") is False
    assert told(knowledge, name, had=without("Observation")) == "unclear: unavailable"


@pytest.mark.parametrize("word", ["deficient", "proficient", "methylated", "unmethylated"])
def test_mgmt_is_shown_as_reported(knowledge: Knowledge, word: str) -> None:
    assert told(knowledge, "mgmt", finding("mgmt-status", word)) == word


def test_scores_have_no_meaning_of_ours(knowledge: Knowledge) -> None:
    assert told(knowledge, "mgmt", result("64083-9", 12, "%")) == "unclear: not-understood"
    assert told(knowledge, "pdl1", result(PDL1, 12, "%")) == "unclear: not-understood"


def test_pdl1_is_shown_as_reported(knowledge: Knowledge) -> None:
    assert told(knowledge, "pdl1", reported(PDL1, "positive")) == "positive"
    assert told(knowledge, "pdl1", reported("83055-4", "陰性")) == "negative"
