"""creatinine, creatinine clearance, eGFR, glucose, counts, urinalysis, lymphopenia and the decline of the kidney."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known
from tests.mappers.parts import concept
from tests.mappers.safety_parts import (
    FLAGS,
    MONTHS_AGO,
    TODAY,
    WEEK_AGO,
    disease,
    fact,
    procedure,
    report,
    result,
    told,
    without,
)

CREATININE, GLUCOSE, CLEARANCE, EGFR = "2160-0", "2345-7", "35591-7", "98979-8"
PLATELETS, NEUTROPHILS = "777-3", "26499-4"
CELLS = "10*3/uL"


@pytest.mark.parametrize(("code", "name"), [(CREATININE, "creatinine"), (GLUCOSE, "glucose")])
@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        (None, "normal"),
        ("N", "normal"),
        ("H", "high"),
        ("HH", "high"),
        ("L", "normal"),
        ("A", "unclear: ambiguous"),
        ("U", "normal"),
    ],
)
def test_only_the_flag_of_the_laboratory_counts(
    knowledge: Knowledge, code: str, name: str, flag: str | None, expected: str
) -> None:
    assert told(knowledge, name, result(code, 9, flag=flag)) == expected


def test_a_flag_in_words_counts(knowledge: Knowledge) -> None:
    assert told(knowledge, "creatinine", result(CREATININE) | {"interpretation": [{"text": "高値"}]}) == "high"
    assert told(knowledge, "creatinine", result("クレアチニン") | {"interpretation": [{"text": "H"}]}) == "high"


@pytest.mark.parametrize("name", ["creatinine", "glucose", "blood_counts", "urinalysis"])
def test_none_only_where_the_search_was_answered(knowledge: Knowledge, name: str) -> None:
    assert told(knowledge, name) == "none"
    assert told(knowledge, name, had=without("Observation")) == "unclear: unavailable"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (result(CREATININE, day="2026-10-24", flag="H"), "high"),
        (result(CREATININE, day="2026-10-23", flag="H"), "none"),
        (result(CREATININE, day=None, flag="H"), "unclear: undated"),
        (result(CREATININE, day="2026-12-01", flag="H"), "none"),
        (result(CREATININE, flag="H", status="preliminary"), "none"),
        (result(CREATININE, flag="H", status="entered-in-error"), "none"),
        (result(CREATININE, flag="H", focus=[{"reference": "RelatedPerson/x"}]), "none"),
        (result("creatinine", flag="H", specimen={"display": "Urine"}), "none"),
    ],
)
def test_what_counts_as_a_result(knowledge: Knowledge, found: Any, expected: str) -> None:
    assert told(knowledge, "creatinine", found) == expected


def test_the_newest_result_counts_by_the_hour(knowledge: Knowledge) -> None:
    early = result(CREATININE, name="a", day="2026-11-20T08:00:00+09:00", flag="H")
    late = result(CREATININE, name="b", day="2026-11-20T18:00:00+09:00")
    assert fact(knowledge, "creatinine", early, late) == Known("normal", "Observation/b", "2026-11-20")
    assert told(knowledge, "creatinine", early | {"effectiveDateTime": "2026-11-20"}, late) == "unclear: conflicting"


@pytest.mark.parametrize(
    ("code", "number", "unit", "name", "expected"),
    [
        (CLEARANCE, 38, "mL/min", "creatinine_clearance_ml_per_min", "38"),
        (CLEARANCE, 38, "mL/min/1.73m2", "creatinine_clearance_ml_per_min", "unclear: not-understood"),
        ("クレアチニンクリアランス", 38, "mL/分", "creatinine_clearance_ml_per_min", "38"),
        (EGFR, 38, "mL/min", "creatinine_clearance_ml_per_min", "unclear: not-recorded"),
        (EGFR, 44, "mL/min/{1.73_m2}", "egfr_ml_per_min", "44"),
        (PLATELETS, 95, CELLS, "platelets_10e9_per_l", "95"),
        (PLATELETS, 95000, "/uL", "platelets_10e9_per_l", "95"),
        (PLATELETS, 9.5, "10*4/uL", "platelets_10e9_per_l", "95"),
        ("血小板数", 9.5, "万/μL", "platelets_10e9_per_l", "95"),
        (PLATELETS, 95, "", "platelets_10e9_per_l", "unclear: not-understood"),
        (NEUTROPHILS, 1.4, "10*9/L", "neutrophils_10e9_per_l", "1.4"),
        ("好中球", 60, "%", "neutrophils_10e9_per_l", "unclear: not-recorded"),
    ],
)
def test_a_number_needs_its_unit(
    knowledge: Knowledge, code: str, number: Any, unit: str, name: str, expected: str
) -> None:
    assert told(knowledge, name, result(code, number, unit)) == expected


NUMBERS = [
    "creatinine_clearance_ml_per_min",
    "egfr_ml_per_min",
    "platelets_10e9_per_l",
    "neutrophils_10e9_per_l",
]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_that_is_not_there_is_unclear(knowledge: Knowledge, name: str) -> None:
    assert told(knowledge, name) == "unclear: not-recorded"
    assert told(knowledge, name, had=without("Observation")) == "unclear: unavailable"


def test_an_old_number_is_too_old(knowledge: Knowledge) -> None:
    old = result(PLATELETS, 80, CELLS, day=MONTHS_AGO)
    assert told(knowledge, "platelets_10e9_per_l", old) == "unclear: too-old"


def test_two_counts_of_one_day_span_what_lies_between(knowledge: Knowledge) -> None:
    counts = (result(PLATELETS, 80, CELLS, "a"), result(PLATELETS, 120, CELLS, "b"))
    assert told(knowledge, "platelets_10e9_per_l", *counts) == "80..120"


def test_a_panel_with_components_is_read(knowledge: Knowledge) -> None:
    parts = [
        {"code": concept(("http://loinc.org", code)), "valueQuantity": {"value": number, "unit": CELLS}}
        for code, number in ((PLATELETS, 200), (NEUTROPHILS, 3))
    ]
    panel = result("58410-2") | {"component": parts}
    assert told(knowledge, "blood_counts", panel) == "done"
    assert told(knowledge, "neutrophils_10e9_per_l", panel) == "3"


def test_counts_are_platelets_and_white_cells(knowledge: Knowledge) -> None:
    platelets, neutrophils = result(PLATELETS, 200, CELLS), result(NEUTROPHILS, 3, CELLS, "n1")
    assert told(knowledge, "blood_counts", platelets, neutrophils) == "done"
    assert told(knowledge, "blood_counts", platelets, result("白血球数", 5, CELLS, "w1")) == "done"
    assert told(knowledge, "blood_counts", platelets) == "unclear: not-recorded"
    assert told(knowledge, "blood_counts", platelets | {"effectiveDateTime": MONTHS_AGO}) == "none"


def test_a_urinalysis_is_a_result_a_report_or_a_procedure(knowledge: Knowledge) -> None:
    assert told(knowledge, "urinalysis", result("24356-8")) == "done"
    assert told(knowledge, "urinalysis", report("Urinalysis with microscopy")) == "done"
    assert told(knowledge, "urinalysis", procedure("尿一般検査")) == "done"
    assert told(knowledge, "urinalysis", report("Urinalysis", MONTHS_AGO)) == "none"
    assert told(knowledge, "urinalysis", report("Urinalysis", status="registered")) == "none"
    assert told(knowledge, "urinalysis", had=without("DiagnosticReport")) == "unclear: unavailable"


def test_lymphopenia_is_a_diagnosis_or_a_flag(knowledge: Knowledge) -> None:
    low = result("リンパ球数", 0.4, CELLS, flag="L")
    assert told(knowledge, "lymphopenia", low) == "yes"
    assert told(knowledge, "lymphopenia", disease("Lymphopenia")) == "yes"
    assert told(knowledge, "lymphopenia", result("リンパ球数", 2, CELLS)) == "no"
    assert told(knowledge, "lymphopenia", low | {"effectiveDateTime": MONTHS_AGO}) == "no"
    assert told(knowledge, "lymphopenia", had=without("Condition")) == "unclear: unavailable"


DOSE = {
    "resourceType": "MedicationAdministration",
    "id": "dose",
    "status": "completed",
    "subject": {"reference": "Patient/p1"},
    "effectiveDateTime": "2026-05-10",
    "medicationCodeableConcept": {"text": "Lutathera"},
}


def _kidney(clearance: int, creatinine: float, day: str, name: str) -> list[Any]:
    return [
        result(CLEARANCE, clearance, "mL/min", f"c{name}", day=day),
        result(CREATININE, creatinine, "mg/dL", f"k{name}", day=day),
    ]


@pytest.mark.parametrize(
    ("clearance", "creatinine", "expected"),
    [(48, 1.4, "yes"), (49, 1.4, "no"), (48, 1.39, "no"), (80, 1.0, "no")],
)
def test_a_decline_is_a_fall_and_a_rise_since_before_the_first_dose(
    knowledge: Knowledge, clearance: int, creatinine: float, expected: str
) -> None:
    before, now = _kidney(80, 1.0, "2026-05-01", "1"), _kidney(clearance, creatinine, WEEK_AGO, "2")
    assert told(knowledge, "renal_decline", DOSE, *before, *now) == expected


def test_without_a_dose_nothing_declined_and_without_a_baseline_it_is_unclear(knowledge: Knowledge) -> None:
    now = _kidney(30, 3.0, TODAY, "2")
    assert told(knowledge, "renal_decline", *now) == "no"
    assert told(knowledge, "renal_decline", *now, had=without("Procedure")) == "unclear: unavailable"
    assert told(knowledge, "renal_decline", DOSE, *now) == "unclear: not-recorded"
    mixed = [*_kidney(80, 1.0, "2026-05-01", "1"), now[0], result(CREATININE, 200, "umol/L", "x", day=TODAY)]
    assert told(knowledge, "renal_decline", DOSE, *mixed) == "unclear: not-recorded"


def test_a_hospitals_own_code_beside_a_flag_does_not_hide_the_flag(knowledge: Knowledge) -> None:
    own, hl7 = {"system": "urn:oid:1.2.3", "code": "F-17"}, {"system": FLAGS, "code": "H"}
    abnormal = {"system": FLAGS, "code": "A"}
    for codings, expected in (
        ([own, hl7], "high"),
        ([hl7, own], "high"),
        ([own], "unclear: ambiguous"),
        ([own, abnormal], "unclear: ambiguous"),
        ([hl7, abnormal], "unclear: ambiguous"),
    ):
        creatinine = result("2160-0", interpretation=[{"coding": codings}])
        assert told(knowledge, "creatinine", creatinine) == expected
