"""dpyd and vhl."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import LOINC, SCT, concept, finding, observation, status
from tests.mappers.safety_parts import answer, disease, report, told, without

DPYD = (LOINC, "45284-7")


def dpyd(code: str, name: str = "y1", day: str | None = "2020-02-02", **more: Any) -> Any:
    return observation(name, DPYD, day, valueCodeableConcept=concept((LOINC, code))) | more


def variant(gene: str, said: str) -> Any:
    genes = {"code": concept((LOINC, "48018-6")), "valueCodeableConcept": concept(text=gene)}
    value = concept((LOINC, said))
    return observation("v1", (LOINC, "69548-6"), "2020-02-02", valueCodeableConcept=value, component=[genes])


PRESENT, ABSENT = "LA9633-4", "LA9634-2"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([dpyd(PRESENT)], "partial"),
        ([dpyd(ABSENT)], "normal"),
        ([answer("45284-7", "Poor metabolizer")], "complete"),
        ([answer("45284-7", "DPYD intermediate metabolizer")], "partial"),
        ([answer("DPYD遺伝子検査", "完全欠損")], "complete"),
        ([answer("45284-7", "*1/*2A")], "unclear: not-understood"),
        ([dpyd(PRESENT, day=None)], "unclear: undated"),
        ([dpyd(ABSENT, status="preliminary")], "unclear: not-confirmed"),
        ([dpyd(PRESENT), answer("45284-7", "complete deficiency")], "complete"),
        ([dpyd(PRESENT), dpyd(ABSENT, "y2", "2026-01-01")], "unclear: conflicting"),
        ([variant("DPYD", PRESENT)], "partial"),
        ([variant("DPYD", ABSENT)], "none"),
        ([variant("KRAS", PRESENT)], "none"),
        ([disease("Complete DPD deficiency")], "complete"),
        ([disease("DPD欠損症")], "partial"),
        ([report("DPYD genotyping")], "unclear: not-confirmed"),
        ([], "none"),
    ],
)
def test_dpyd(knowledge: Knowledge, found: list[Any], expected: str) -> None:
    assert told(knowledge, "dpyd", *found) == expected


@pytest.mark.parametrize("kind", ["Observation", "Condition", "DiagnosticReport"])
def test_dpyd_is_not_untested_where_a_search_failed(knowledge: Knowledge, kind: str) -> None:
    assert told(knowledge, "dpyd", had=without(kind)) == "unclear: unavailable"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([disease(concept((SCT, "46659004")))], "yes"),
        ([disease("フォン・ヒッペル・リンドウ病")], "yes"),
        ([disease("VHL disease", clinicalStatus=status("inactive"))], "yes"),
        ([disease("VHL disease", verificationStatus=status("provisional"))], "unclear: not-confirmed"),
        ([disease("Family history of VHL disease")], "unclear: not-recorded"),
        ([finding("vhl-status", "present")], "yes"),
        ([finding("vhl-status", "absent")], "no"),
        ([finding("vhl-status", "absent", status="preliminary")], "unclear: not-recorded"),
        ([finding("vhl-status", "absent"), disease("VHL disease")], "unclear: conflicting"),
        ([], "unclear: not-recorded"),
    ],
)
def test_vhl(knowledge: Knowledge, found: list[Any], expected: str) -> None:
    assert told(knowledge, "vhl", *found) == expected
