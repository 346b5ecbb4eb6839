"""Answers as laboratories write them: numbers without a unit, units, words where a number belongs, flags, signs."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import LOINC, OWN, SCT, concept, observation
from tests.mappers.safety_parts import FLAGS, WEEK_AGO, answer, result, told

NOT_UNDERSTOOD, AMBIGUOUS = "unclear: not-understood", "unclear: ambiguous"


def of(code: str, **value: Any) -> Any:
    return observation("o1", (LOINC, code), WEEK_AGO, **value)


@pytest.mark.parametrize(
    ("fact", "code", "value", "expected"),
    [
        ("neutrophils_10e9_per_l", "751-8", {"valueString": "900"}, NOT_UNDERSTOOD),
        ("neutrophils_10e9_per_l", "751-8", {"valueInteger": 1500}, NOT_UNDERSTOOD),
        ("neutrophils_10e9_per_l", "751-8", {"valueString": "900 /uL"}, "0.9"),
        ("platelets_10e9_per_l", "777-3", {"valueInteger": 80}, NOT_UNDERSTOOD),
        ("platelets_10e9_per_l", "777-3", {"valueString": "80 K/uL"}, "80"),
        ("platelets_10e9_per_l", "777-3", {"valueString": "12.5万/μL"}, "125"),
        ("platelets_10e9_per_l", "777-3", {"valueString": "<10 K/uL"}, "<10"),
        ("platelets_10e9_per_l", "777-3", {"valueString": "80 K/uL (L)"}, NOT_UNDERSTOOD),
        ("qtc_ms", "8636-3", {"valueString": "450"}, NOT_UNDERSTOOD),
        ("qtc_ms", "8636-3", {"valueString": "450 ms"}, "450"),
        ("egfr_ml_per_min", "98979-8", {"valueInteger": 60}, NOT_UNDERSTOOD),
        ("creatinine_clearance_ml_per_min", "35591-7", {"valueString": "38"}, NOT_UNDERSTOOD),
        ("lvef_percent", "10230-1", {"valueString": "55"}, "55"),
        ("lvef_percent", "10230-1", {"valueString": "55 %"}, "55"),
    ],
)
def test_a_number_without_a_unit_is_not_taken_to_be_in_ours(
    knowledge: Knowledge, fact: str, code: str, value: Any, expected: str
) -> None:
    assert told(knowledge, fact, of(code, **value)) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        *((unit, "12") for unit in ("x10^3/μL", "×10^3/uL", "千/μL", "10*3/µL", "x10E3/uL", "10e3/uL", "10E9/L")),
        *((unit, "12") for unit in ("10^3/mcL", "Thousand/uL", "x 10^3/uL", "/nl", "Gpt/l", "×10⁹/L", "10³/µL")),
        *((unit, "120") for unit in ("×10^4/uL", "万/mm3", "10**4/μL", "万/µL")),
        ("×10^2/μL", "1.2"),
        *((unit, "0.012") for unit in ("/mm^3", "個/μL", "{cells}/uL")),
        *((unit, NOT_UNDERSTOOD) for unit in ("", "g/dL", "%", "10^5/uL", "/L", "10^3")),
    ],
)
def test_units_of_counts_however_they_are_typed(knowledge: Knowledge, unit: str, expected: str) -> None:
    assert told(knowledge, "platelets_10e9_per_l", result("777-3", 12, unit)) == expected


@pytest.mark.parametrize(
    "unit", ["mL/min/1.73m*2", "mL/min/{1.73m2}", "mL/min/1.73 m^2", "mL/min/{1.73_m2}", "mL/分/1.73m²"]
)
def test_units_of_filtration(knowledge: Knowledge, unit: str) -> None:
    assert told(knowledge, "egfr_ml_per_min", result("98979-8", 60, unit)) == "60"
    assert told(knowledge, "creatinine_clearance_ml_per_min", result("35591-7", 60, unit)) == NOT_UNDERSTOOD


@pytest.mark.parametrize(
    ("fact", "code", "said", "expected"),
    [
        ("creatinine", "2160-0", "Test not performed", NOT_UNDERSTOOD),
        ("creatinine", "2160-0", "QNS", NOT_UNDERSTOOD),
        ("creatinine", "2160-0", "HIGH", "high"),
        ("creatinine", "2160-0", "Normal", "normal"),
        ("creatinine", "2160-0", "0.9", "normal"),
        ("creatinine", "2160-0", "0.9 mg/dL", "normal"),
        ("creatinine", "2160-0", "1.9 H", NOT_UNDERSTOOD),
        ("qtc", "8636-3", "Prolonged", "long"),
        ("qtc", "8636-3", "see report", NOT_UNDERSTOOD),
        ("lvef", "10230-1", "Severely reduced", "low"),
        ("lvef", "10230-1", "visually fair", NOT_UNDERSTOOD),
        ("lvef", "10230-1", "Normal", "normal"),
        ("urinalysis", "24356-8", "Test not performed", NOT_UNDERSTOOD),
        ("urinalysis", "24356-8", "(-)", "done"),
    ],
)
def test_words_where_a_number_belongs(knowledge: Knowledge, fact: str, code: str, said: str, expected: str) -> None:
    assert told(knowledge, fact, of(code, valueString=said)) == expected
    assert told(knowledge, fact, answer(code, said)) == (NOT_UNDERSTOOD if said[0].isdigit() else expected)


@pytest.mark.parametrize("said", ["TNP", "Platelet clumping", "凝集あり"])
def test_cells_that_were_not_counted_are_no_count(knowledge: Knowledge, said: str) -> None:
    white, platelets = result("6690-2", 5, "10*3/uL", "o2"), of("777-3", valueString=said)
    assert told(knowledge, "blood_counts", white, platelets) == NOT_UNDERSTOOD
    earlier = result("777-3", 200, "10*3/uL", "o3", day="2026-11-10")
    assert told(knowledge, "blood_counts", white, platelets, earlier) == "done"


@pytest.mark.parametrize(
    ("interpretation", "expected"),
    [
        ({"coding": [{"display": "High"}]}, "high"),
        ({"coding": [{"display": "高値"}]}, "high"),
        ({"coding": [{"system": "http://hospital.example", "code": "2", "display": "高値"}]}, "high"),
        ({"coding": [{"system": "http://hospital.example", "code": "2"}], "text": "高値"}, "high"),
        ({"coding": [{"system": FLAGS, "code": "N", "display": "High"}]}, "normal"),
        ({"coding": [{"system": FLAGS, "code": "A", "display": "Abnormal"}]}, AMBIGUOUS),
        ({"coding": [{"system": "http://hospital.example", "code": "2"}]}, AMBIGUOUS),
        ({"coding": [{"display": "see comment"}]}, AMBIGUOUS),
        ({"coding": [{"system": FLAGS, "code": "U"}]}, "normal"),
    ],
)
def test_a_flag_that_is_there_is_read_or_leaves_it_open(
    knowledge: Knowledge, interpretation: Any, expected: str
) -> None:
    assert told(knowledge, "creatinine", result("2160-0", 1) | {"interpretation": [interpretation]}) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        *((said, "carrier") for said in ("(+)", "陽性(+)", "陽性（＋）", "Reactive", "+", "検出")),
        *(
            (said, "negative")
            for said in ("(-)", "－", "陰性(-)", "Non-reactive", "Nonreactive", "NEG", "Not Detected")
        ),
        *((said, "negative") for said in ("検出せず", "検出感度未満")),
        *((said, NOT_UNDERSTOOD) for said in ("(±)", "±", "判定保留", "weakly reactive", "Indeterminate", "ND")),
    ],
)
def test_signs_and_words_of_a_test(knowledge: Knowledge, said: str, expected: str) -> None:
    assert told(knowledge, "hbv", of("5195-3", valueString=said)) == expected
    assert told(knowledge, "hbv", answer("5195-3", said)) == expected


@pytest.mark.parametrize(("code", "expected"), [("11214006", "carrier"), ("131194007", "negative")])
def test_reactive_in_snomed(knowledge: Knowledge, code: str, expected: str) -> None:
    assert told(knowledge, "hbv", of("5195-3", valueCodeableConcept=concept((SCT, code)))) == expected


@pytest.mark.parametrize(
    ("system", "code", "expected"),
    [
        *((FLAGS, code, "carrier") for code in ("RR", "DET", "POS")),
        *((FLAGS, code, "negative") for code in ("NR", "ND", "NEG")),
        (FLAGS, "WR", NOT_UNDERSTOOD),
        ("http://hospital.example", "ND", NOT_UNDERSTOOD),
    ],
)
def test_flags_of_a_test(knowledge: Knowledge, system: str, code: str, expected: str) -> None:
    found = result("5195-3", 0.01, "IU/mL") | {"interpretation": [concept((system, code))]}
    assert told(knowledge, "hbv", found) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *(({"valueString": said}, "positive") for said in ("集積あり", "3", "Krenning score 3", "Krenning: 2")),
        *(({"valueString": said}, "negative") for said in ("集積なし", "異常集積なし", "1", "Krenning score 0")),
        *(
            ({"valueString": said}, NOT_UNDERSTOOD)
            for said in ("生理的集積のみ", "Krenning score 5", "2-3", "3 lesions")
        ),
    ],
)
def test_uptake_in_words(knowledge: Knowledge, value: Any, expected: str) -> None:
    found = observation("s1", (OWN, "sstr-imaging"), WEEK_AGO, **value)
    assert told(knowledge, "sstr_imaging", found) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("無症状", "absent"), ("症状なし", "absent"), ("無", "absent"), ("有", "present"), ("有症状", "present")],
)
def test_symptoms_in_words_under_our_own_code_only(knowledge: Knowledge, said: str, expected: str) -> None:
    assert (
        told(knowledge, "tumour_symptoms", observation("s1", (OWN, "tumour-symptoms"), WEEK_AGO, valueString=said))
        == expected
    )
    assert told(knowledge, "hbv", of("5195-3", valueString=said)) == NOT_UNDERSTOOD
