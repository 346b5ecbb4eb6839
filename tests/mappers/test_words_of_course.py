"""The course of the disease in the words and codes that records use."""

from __future__ import annotations

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import LOINC, SCT, concept, observation
from tests.mappers.safety_parts import told

SAID = {
    "progressing": [
        *("Progressive disease (PD)", "Disease progression", "Progressed", "RECIST 1.1: PD", "PD（進行）", "PD：進行"),
        *("病勢増悪", "悪化", "増大"),
    ],
    "stable": [
        *("Stable disease (SD)", "Partial response (PR)", "Complete response (CR)", "SD（安定）", "RECIST 1.1: SD"),
        *("著変なし", "NC", "縮小"),
    ],
    "unclear: not-understood": [
        *("PD or SD", "PD?", "PDの疑い", "RECIST 1.1", "mixed response", "NE", "増大なし", "not progressed", "PD-L1"),
    ],
}


@pytest.mark.parametrize(("said", "expected"), [(one, course) for course, words in SAID.items() for one in words])
def test_a_course_is_read_from_an_answer_that_is_nothing_else(knowledge: Knowledge, said: str, expected: str) -> None:
    for answer in ({"valueString": said}, {"valueCodeableConcept": concept(text=said)}):
        assert told(knowledge, "progression", observation("s1", (LOINC, "88040-1"), "2026-10-01") | answer) == expected


@pytest.mark.parametrize("code", ["550991000124107", "103338009", "551001000124108", "103337004"])
def test_a_remission_is_no_growth(knowledge: Knowledge, code: str) -> None:
    answer = {"valueCodeableConcept": concept((SCT, code))}
    assert told(knowledge, "progression", observation("s1", (LOINC, "97509-4"), "2026-10-01") | answer) == "stable"
