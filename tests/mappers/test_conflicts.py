"""Two statements of one thing: which stands, or that none does, as the rules say it; never an average."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Unclear, Why
from cds_service.mappers.case import map_case
from tests.mappers.parts import ICD_O, LOINC, MORPHOLOGY, SCT, concept, condition, ki67, observation, record, value
from tests.mappers.safety_parts import fact, read, told

PRIMARY: Any = {"specimen": {"display": "Pancreas"}}
METASTASIS: Any = {"specimen": {"display": "Liver, metastasis"}}
SAME: Any = {"identifier": [{"system": "urn:lab", "value": "7"}]}
CONFLICTS: dict[str, tuple[list[Any], str]] = {
    "two biopsies, the newer higher": ([ki67(2, "a", "2025-01-01"), ki67(8, "b", "2026-01-01")], "8"),
    "two biopsies of one band": ([ki67(12, "a", "2025-01-01"), ki67(5, "b", "2026-01-01")], "5"),
    "a biopsy, and a resection of a lower band": (
        [ki67(25, "biopsy", "2025-01-01"), ki67(8, "resection", "2025-06-01")],
        "unclear: conflicting",
    ),
    "primary and metastasis of one day": ([ki67(2, "p", **PRIMARY), ki67(25, "m", **METASTASIS)], "25"),
    "metastasis before the primary": (
        [ki67(25, "m", "2025-01-01", **METASTASIS), ki67(2, "p", "2026-01-01", **PRIMARY)],
        "unclear: conflicting",
    ),
    "one result twice": ([ki67(8, "a"), ki67(8, "b")], "8"),
    "an amended result beside the first": ([ki67(25, "a", **SAME), ki67(8, "b", status="amended", **SAME)], "8"),
    "three of one day are not averaged": ([ki67(2, "a"), ki67(8, "b"), ki67(5, "c")], "8"),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_results_that_differ_are_settled_by_specimen_and_day(knowledge: Knowledge, name: str) -> None:
    results, expected = CONFLICTS[name]
    assert told(knowledge, "ki67_percent", *results) == expected
    assert told(knowledge, "ki67_percent", *reversed(results)) == expected


def test_a_contradiction_names_each_result_with_its_day(knowledge: Knowledge) -> None:
    found = fact(knowledge, "ki67_percent", ki67(25, "biopsy", "2025-01-01"), ki67(8, "resection", "2025-06-01"))
    assert isinstance(found, Unclear)
    said = [(str(one.value), one.source, one.date) for one in found.seen]
    assert said == [("8", "Observation/resection", "2025-06-01"), ("25", "Observation/biopsy", "2025-01-01")]


def test_two_primaries_at_different_sites_leave_the_site_unclear(knowledge: Knowledge) -> None:
    found = fact(knowledge, "primary_site", condition("c2", concept(text="Neuroendocrine tumor of duodenum")))
    assert isinstance(found, Unclear)
    assert found.why is Why.CONFLICTING
    assert {str(one.value) for one in found.seen} == {"pancreas", "duodenum"}


def test_morphology_that_contradicts_the_words_leaves_the_differentiation_unclear(knowledge: Knowledge) -> None:
    extension = [{"url": MORPHOLOGY, "valueCodeableConcept": concept((ICD_O, "8013/3"))}]
    words = concept(text="Well differentiated neuroendocrine tumour of pancreas")
    case = map_case(record(condition("c1", words, extension=extension)), knowledge.value_sets)
    assert value(case.fact("differentiation")) == "unclear: conflicting"


def test_a_recorded_grade_and_the_index_are_both_read(knowledge: Knowledge) -> None:
    grade = observation("g", (LOINC, "33732-9"), valueCodeableConcept=concept((SCT, "54102005")))
    case = read(knowledge, grade, ki67(8))
    assert [str(getattr(case.fact(name), "value", "")) for name in ("recorded_grade", "ki67_percent")] == ["G1", "8"]
