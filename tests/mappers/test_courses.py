"""An earlier course of the same drug: given, over, and begun again after more days than a course goes on for."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Setting
from cds_service.domain.knowledge import Knowledge
from cds_service.rules.findings import Findings
from tests.mappers.parts import ON, concept, done, given, ordered, request, stated, value
from tests.mappers.safety_parts import disease, read


def line(knowledge: Knowledge, drug: str, *records: Any, **more: Any) -> str:
    case = read(knowledge, *records, drafts=(request(drug),), **more)
    return value(Findings(case, Setting("JP", ON), knowledge, case.orders[0]).fact("line_of_therapy"))


def infusions(drug: str, *days: str) -> list[Any]:
    return [given(drug, day, f"{drug}-{place}") for place, day in enumerate(days)]


FIRST_COURSE = ("2022-01-10", "2022-03-10", "2022-05-10", "2022-07-10")


@pytest.mark.parametrize(
    ("drug", "records", "expected"),
    [
        ("Lutathera", infusions("Lutathera", *FIRST_COURSE, "2026-09-20"), "later"),
        ("Lutathera", [*infusions("177Lu-edotreotide", *FIRST_COURSE), given("Lutathera", "2026-09-20")], "later"),
        ("Lutathera", infusions("Lutathera", "2026-03-10", "2026-05-10", "2026-09-20"), "first"),
        ("carboplatin", [given("cisplatin", "2022-03-10"), given("carboplatin", "2026-11-01", "a2")], "later"),
        ("carboplatin", infusions("carboplatin", "2026-07-01", "2026-10-29"), "first"),
        ("carboplatin", infusions("carboplatin", "2026-07-01", "2026-10-30"), "later"),
        ("carboplatin", infusions("carboplatin", "2026-06", "2026-10-20"), "unclear: ambiguous"),
        ("carboplatin", infusions("carboplatin", *FIRST_COURSE), "later"),
    ],
)
def test_a_course_before_the_one_that_is_continued_is_an_earlier_regimen(
    knowledge: Knowledge, drug: str, records: list[Any], expected: str
) -> None:
    assert line(knowledge, drug, *records) == expected


@pytest.mark.parametrize(
    "records",
    [
        [ordered("Sutent", "2024-01-10", status="completed"), given("Sutent", "2026-11-01")],
        [given("Sutent", "2024-01-10"), given("Sutent", "2026-11-01", "a2"), ordered("Sutent", None)],
        [
            done("distal pancreatectomy", "2024-01-01"),
            *infusions("Sutent", "2024-01-10", "2026-11-01"),
        ],
        [
            disease("breast cancer", "c2"),
            given("Sutent", "2024-01-10"),
            given("Sutent", "2026-11-01", "a2", reasonReference=[{"reference": "Condition/c1"}]),
        ],
    ],
)
def test_what_may_have_gone_on_or_been_for_something_else_leaves_the_line_open(
    knowledge: Knowledge, records: list[Any]
) -> None:
    assert line(knowledge, "Sutent", *records) == "unclear: ambiguous"


def test_a_course_for_another_disease_is_no_regimen(knowledge: Knowledge) -> None:
    other = given("cisplatin", "2010-01-10", reasonCode=[concept(text="Breast cancer")])
    assert line(knowledge, "cisplatin", other, given("cisplatin", "2026-11-01", "a2")) == "first"


def test_a_running_drug_is_no_earlier_line_of_itself(knowledge: Knowledge) -> None:
    running = stated("Afinitor 5 mg", effectivePeriod={"start": "2026-03-01"})
    assert line(knowledge, "Afinitor 5 mg", running) == "first"
    assert line(knowledge, "Sutent", running) == "later"


@pytest.mark.parametrize(
    "records",
    [
        [stated("Afinitor 5 mg", "completed", effectivePeriod={"end": "2026-11-10"})],
        [ordered("Afinitor 5 mg", "2026-11-10", priorPrescription={"reference": "MedicationRequest/r0"})],
    ],
)
def test_a_drug_of_no_told_begin_leaves_the_line_open(knowledge: Knowledge, records: list[Any]) -> None:
    assert line(knowledge, "Sutent", *records) == "unclear: ambiguous"
    assert line(knowledge, "Sutent", given("Afinitor 5 mg", "2026-03-01"), *records) == "later"
