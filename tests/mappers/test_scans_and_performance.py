"""CT and receptor reports in the shape of JP Core, performance status as it is written, and steroid courses."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import LOINC, SCT, concept, observation, request
from tests.mappers.safety_parts import WEEK_AGO, report, told
from tests.mappers.test_other_drugs import given, taken

JP_CODE = ("http://jpfhir.jp/fhir/core/CodeSystem/JP_DocumentCodes_CS", "18748-4")
CT = ("http://dicom.nema.org/resources/ontology/DCM", "CT")


def jp_report(*images: str, category: Any = CT, code: Any = None, **more: Any) -> Any:
    found = report("", code=code or concept(JP_CODE, text="画像検査報告書"), category=[concept(category)])
    shown = [{"display": one, "reference": "ImagingStudy/i1"} for one in images]
    return found | ({"imagingStudy": shown} if shown else {}) | more


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (jp_report("CHEST CT DICOM imaging study"), "done"),
        (jp_report("胸腹部造影CT"), "done"),
        (jp_report("ＣＴ・胸部"), "done"),
        (jp_report(), "unclear: not-understood"),
        (jp_report("CT"), "unclear: not-understood"),
        (jp_report(code=concept(text="CT検査")), "unclear: not-understood"),
        (jp_report("頭部CT"), "none"),
        (jp_report("HEAD CT DICOM imaging study"), "none"),
        (jp_report(category=("http://dicom.nema.org/resources/ontology/DCM", "MR")), "none"),
        (jp_report(effectiveDateTime="2026-05-01"), "none"),
        (jp_report(status="preliminary"), "none"),
        (jp_report(code=concept(JP_CODE, text="胸部CT")), "done"),
        *(
            (report(said), "done")
            for said in (
                "胸部から骨盤CT",
                "胸腹骨盤CT",
                "CT撮影（胸部）",
                "頸部～骨盤CT",
                "頸部〜骨盤CT",
                "胸腹部造影CT",
            )
        ),
        (report("", code=concept((LOINC, "24628-0"))), "done"),
        (report("腹部CT"), "none"),
    ],
)
def test_a_ct_of_the_chest(knowledge: Knowledge, found: Any, expected: str) -> None:
    assert told(knowledge, "chest_ct", found) == expected


@pytest.mark.parametrize(("code", "expected"), [("10828004", "positive"), ("260385009", "negative")])
def test_a_receptor_scan_named_by_its_images(knowledge: Knowledge, code: str, expected: str) -> None:
    scan = jp_report("Ga-68 DOTATATE PET/CT", conclusionCode=[concept((SCT, code))])
    assert told(knowledge, "sstr_imaging", scan) == expected
    other = jp_report("FDG PET/CT", conclusionCode=[concept((SCT, code))])
    assert told(knowledge, "sstr_imaging", other) == "unclear: not-recorded"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        *(
            (said, "yes")
            for said in ("３", "ＰＳ３", "PS：3", "グレード3", "3（日中の50%以上をベッドで過ごす）", "PS 4相当")
        ),
        *((said, "yes") for said in ("3-4", "3/4", "3 - Capable of only limited self-care", "ECOG 3: in bed", "3.0")),
        *((said, "yes") for said in ("PS 3 (ECOG)", "PS(ECOG) 3", "PS3～4")),
        *(
            (said, "no")
            for said in ("２", "2-3", "2/4", "PS 1 (ECOG)", "3 months ago", "30", "3 -> 1", "5", "0 - fully active")
        ),
    ],
)
def test_performance_status_as_it_is_written(knowledge: Knowledge, said: str, expected: str) -> None:
    for code in ("89247-1", "89262-0"):
        found = observation("e1", (LOINC, code), WEEK_AGO, valueString=said)
        assert told(knowledge, "unfit_for_platinum", found) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"valueRange": {"low": {"value": 3}, "high": {"value": 4}}}, "yes"),
        ({"valueRange": {"low": {"value": 2}, "high": {"value": 3}}}, "no"),
        ({"valueQuantity": {"value": 3, "comparator": "<"}}, "no"),
        ({"valueQuantity": {"value": 3, "unit": "{score}"}}, "yes"),
        ({"valueCodeableConcept": concept((SCT, "423237006"))}, "yes"),
        ({"valueCodeableConcept": concept((SCT, "422894000"))}, "no"),
    ],
)
def test_performance_status_in_other_shapes(knowledge: Knowledge, value: Any, expected: str) -> None:
    assert told(knowledge, "unfit_for_platinum", observation("e1", (LOINC, "89247-1"), WEEK_AGO) | value) == expected


@pytest.mark.parametrize(
    "name", ["ECOG performance status", "ECOG PS", "パフォーマンスステータス", "PS(ECOG)", "PS（ECOG）"]
)
def test_performance_status_named_in_words(knowledge: Knowledge, name: str) -> None:
    named = observation("e1", concept(text=name), WEEK_AGO)
    assert told(knowledge, "unfit_for_platinum", named | {"valueInteger": 3}) == "yes"
    assert told(knowledge, "unfit_for_platinum", named | {"valueInteger": 1}) == "no"
    assert told(knowledge, "unfit_for_platinum", named | {"valueInteger": 40}) == "no"


@pytest.mark.parametrize(
    ("coded", "named", "expected"),
    [((1, "2026-10-20"), (3, WEEK_AGO), "yes"), ((3, "2026-10-20"), (1, WEEK_AGO), "no")],
)
def test_the_newest_performance_status_counts_by_code_or_by_name(
    knowledge: Knowledge, coded: tuple[int, str], named: tuple[int, str], expected: str
) -> None:
    by_code = observation("e1", (LOINC, "89247-1"), coded[1], valueInteger=coded[0])
    by_name = observation("e2", concept(text="ECOG PS"), named[1], valueString=f"PS {named[0]}")
    assert told(knowledge, "unfit_for_platinum", by_code, by_name) == expected


def doses(*days: str) -> list[Any]:
    return [given("dexamethasone", f"2026-{day}", f"g{day}") for day in days]


EVERY_OTHER_DAY = (*(f"10-{day}" for day in range(20, 32, 2)), *(f"11-{day:02}" for day in range(1, 22, 2)))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (doses("10-01", "11-20"), "no"),
        (doses("10-10", "10-30", "11-20"), "no"),
        (doses(*EVERY_OTHER_DAY), "yes"),
        ([taken("prednisolone", "2026-10-10"), *doses("10-12", "11-20")], "yes"),
    ],
)
def test_single_doses_are_no_long_course(knowledge: Knowledge, found: list[Any], expected: str) -> None:
    assert told(knowledge, "steroid_course", *found) == expected


def test_a_dose_before_a_draft_of_the_same_is_no_long_course(knowledge: Knowledge) -> None:
    draft = request("dexamethasone")
    assert told(knowledge, "steroid_course", given("dexamethasone", "2026-10-20"), drafts=(draft,)) == "no"
