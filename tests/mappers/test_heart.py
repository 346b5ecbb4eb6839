"""heart_failure, nyha_class, lvef, qtc, bradycardia and uncontrolled hypertension."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known
from tests.mappers.parts import LOINC, SCT, concept, status
from tests.mappers.safety_parts import MONTHS_AGO, WEEK_AGO, answer, disease, fact, result, told, without

LVEF, QTC = "10230-1", "8636-3"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (disease(concept((SCT, "84114007"))), "yes"),
        (disease("Chronic systolic heart failure"), "yes"),
        (disease("うっ血性心不全"), "yes"),
        (disease("Heart failure", clinicalStatus=status("resolved")), "no"),
        (disease("Heart failure", abatementDateTime="2025-01-01"), "no"),
        (disease("Heart failure", verificationStatus=status("provisional")), "unclear: not-confirmed"),
        (disease("Heart failure", verificationStatus=status("refuted")), "no"),
        (disease("Suspected heart failure"), "unclear: not-confirmed"),
        (disease("心不全疑い"), "unclear: not-confirmed"),
        (disease("Heart failure", severity="severe"), "unclear: not-understood"),
        (disease("Hypertension"), "no"),
    ],
)
def test_heart_failure_is_an_active_diagnosis(knowledge: Knowledge, found: Any, expected: str) -> None:
    assert told(knowledge, "heart_failure", found) == expected


YES_OR_NO = [
    ("pneumonitis", "Interstitial lung disease"),
    ("gallstones", "胆石症"),
    ("bradycardia", "Sinus bradycardia"),
    ("haemorrhage", "消化管出血"),
    ("perforation", "Bowel perforation"),
    ("jaw_osteonecrosis", "顎骨壊死"),
    ("heart_failure", "心不全"),
]


@pytest.mark.parametrize(("name", "said"), YES_OR_NO)
def test_no_only_where_the_diagnoses_were_read(knowledge: Knowledge, name: str, said: str) -> None:
    assert fact(knowledge, name, disease(said)) == Known("yes", "Condition/d1", WEEK_AGO)
    assert told(knowledge, name) == "no"
    assert told(knowledge, name, had=without("Condition")) == "unclear: unavailable"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (answer("88020-3", "NYHA class III"), "III"),
        (result("88020-3") | {"valueQuantity": None, "valueInteger": 4}, "IV"),
        (answer("NYHA", "II度"), "II"),
        (disease("Heart failure NYHA III"), "III"),
        (disease("慢性心不全 NYHA分類IV度"), "IV"),
        (answer("88020-3", "worse"), "unclear: not-understood"),
        (disease("Heart failure"), "unclear: not-recorded"),
    ],
)
def test_the_nyha_class_is_a_result_or_written_beside_the_diagnosis(
    knowledge: Knowledge, found: Any, expected: str
) -> None:
    found = {key: kept for key, kept in found.items() if kept is not None}
    assert told(knowledge, "nyha_class", found) == expected


@pytest.mark.parametrize(
    ("found", "word", "percent"),
    [
        (result(LVEF, 45, "%", flag="L"), "low", "45"),
        (result("左室駆出率", 45, "%", flag="L"), "low", "45"),
        (result(LVEF, 45, "%"), "normal", "45"),
        (result(LVEF, 45, "%", flag="L", day="2026-05-27"), "low", "45"),
        (result(LVEF, 45, "%", flag="L", day="2026-05-26"), "none", "unclear: too-old"),
        (result(LVEF, 45, "%", flag="L", status="preliminary"), "none", "unclear: not-recorded"),
    ],
)
def test_the_ejection_fraction_is_flagged_and_counted(
    knowledge: Knowledge, found: Any, word: str, percent: str
) -> None:
    assert told(knowledge, "lvef", found) == word
    assert told(knowledge, "lvef_percent", found) == percent


@pytest.mark.parametrize("name", ["lvef", "qtc"])
def test_without_a_result_it_is_none_or_unclear(knowledge: Knowledge, name: str) -> None:
    assert told(knowledge, name) == "none"
    assert told(knowledge, name, had=without("Observation")) == "unclear: unavailable"


def test_qtc_is_flagged_or_a_diagnosis(knowledge: Knowledge) -> None:
    assert told(knowledge, "qtc", result(QTC, 510, "ms", flag="H")) == "long"
    assert told(knowledge, "qtc", result(QTC, 510, "ms")) == "normal"
    assert told(knowledge, "qtc", disease(concept((SCT, "9651007")))) == "long"
    assert told(knowledge, "qtc_ms", result(QTC, 510, "ms")) == "510"
    assert told(knowledge, "qtc_ms", result(QTC, 510, "ms", day="2026-01-10")) == "unclear: too-old"
    assert told(knowledge, "qtc", result(QTC, 510, "ms", day="2026-01-10", flag="H")) == "none"


def test_an_uncorrected_interval_is_no_qtc(knowledge: Knowledge) -> None:
    assert told(knowledge, "qtc", result("8634-8", 510, "ms", flag="H")) == "none"


def test_corrected_in_two_ways_one_flag_is_enough(knowledge: Knowledge) -> None:
    parts = [
        {"code": concept((LOINC, code)), "valueQuantity": {"value": number, "unit": "ms"}} | flag
        for code, number, flag in (
            ("76634-5", 460, {}),
            ("76635-2", 505, {"interpretation": [concept(("urn:x", "H"))]}),
        )
    ]
    tracing = {key: kept for key, kept in result(QTC).items() if key != "valueQuantity"} | {"component": parts}
    assert told(knowledge, "qtc", tracing) == "long"
    assert told(knowledge, "qtc_ms", tracing) == "460..505"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (disease("Uncontrolled hypertension"), "yes"),
        (disease("コントロール不良の高血圧", recordedDate="2026-11-09"), "yes"),
        (disease("Uncontrolled hypertension", recordedDate="2026-11-08"), "unclear: too-old"),
        (disease("Hypertension"), "no"),
        (result("8480-6", 170, "mmHg", flag="H"), "unclear: ambiguous"),
        (result("8480-6", 170, "mmHg", flag="H", day=MONTHS_AGO), "no"),
    ],
)
def test_uncontrolled_hypertension_has_to_be_written(knowledge: Knowledge, found: Any, expected: str) -> None:
    assert told(knowledge, "uncontrolled_hypertension", found) == expected
