"""Which result a code stands for: a name beside another code, other fluids, names as laboratories print them."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import LOINC, concept, observation
from tests.mappers.safety_parts import WEEK_AGO, answer, result, told

NOT_UNDERSTOOD = "unclear: not-understood"


def named(code: str, text: str, display: str = "") -> Any:
    coding = {"system": LOINC, "code": code} | ({"display": display} if display else {})
    return {"coding": [coding], "text": text}


@pytest.mark.parametrize(
    ("name", "code", "unit", "expected"),
    [
        ("creatinine", named("2161-8", "Creatinine", "Creatinine [Mass/volume] in Urine"), "mg/dL", "none"),
        ("creatinine", named("2161-8", "Creatinine"), "mg/dL", NOT_UNDERSTOOD),
        ("creatinine", concept(text="クレアチニン(尿)"), "mg/dL", "none"),
        ("creatinine", concept(text="クレアチニン(尿中)"), "mg/dL", "none"),
        ("glucose", named("2342-4", "Glucose", "Glucose [Mass/volume] in Cerebral spinal fluid"), "mg/dL", "none"),
        ("glucose", named("2350-7", "Glucose", "Glucose [Mass/volume] in Urine"), "mg/dL", "none"),
        ("glucose", concept(text="Glucose (CSF)"), "mg/dL", "none"),
        ("platelets_10e9_per_l", named("2951-2", "Platelets"), "10*3/uL", NOT_UNDERSTOOD),
        ("platelets_10e9_per_l", named("777-3", "Sodium"), "10*3/uL", "9"),
        ("platelets_10e9_per_l", concept(("http://hospital.example", "1234"), text="Platelets"), "10*3/uL", "9"),
    ],
)
def test_a_name_does_not_stand_for_what_a_code_beside_it_denies(
    knowledge: Knowledge, name: str, code: Any, unit: str, expected: str
) -> None:
    assert told(knowledge, name, result(code, 9, unit, flag="H")) == expected


def test_a_result_of_an_unlisted_code_does_not_disturb_one_that_is_listed(knowledge: Knowledge) -> None:
    urine = result(named("2161-8", "Creatinine"), 90, "mg/dL", "o2", flag="H")
    assert told(knowledge, "creatinine", result("2160-0", 0.9), urine) == "normal"


def test_white_cells_of_urine_are_no_blood_count(knowledge: Knowledge) -> None:
    urine = result(
        named("5821-4", "WBC", "Leukocytes [#/area] in Urine sediment by Microscopy high power field"), 3, "/HPF"
    )
    assert told(knowledge, "blood_counts", urine, result("777-3", 200, "10*3/uL", "o2")) == "unclear: not-recorded"
    assert told(knowledge, "blood_counts", urine) == "none"


@pytest.mark.parametrize("code", ["2160-0", "38483-4", "59826-8"])
@pytest.mark.parametrize(("flag", "expected"), [("H", "high"), (None, "normal")])
def test_standard_codes_of_creatinine(knowledge: Knowledge, code: str, flag: str | None, expected: str) -> None:
    assert told(knowledge, "creatinine", result(code, 1, flag=flag)) == expected


@pytest.mark.parametrize(
    ("fact", "code", "unit", "expected"),
    [
        *(("glucose", code, "mg/dL", "normal") for code in ("2340-8", "41653-7", "14749-6")),
        ("neutrophils_10e9_per_l", "753-4", "10*3/uL", "1"),
        ("platelets_10e9_per_l", "778-1", "10*3/uL", "1"),
        *(("lvef_percent", code, "%", "1") for code in ("8807-0", "79991-6")),
        *(("urinalysis", code, "mg/dL", "done") for code in ("20454-5", "5804-0", "2887-8", "2888-6")),
        *(("egfr_ml_per_min", code, "mL/min/{1.73_m2}", "1") for code in ("33914-3", "48642-3", "77147-7", "50210-4")),
        ("creatinine_clearance_ml_per_min", "2164-2", "mL/min", "1"),
    ],
)
def test_further_standard_codes(knowledge: Knowledge, fact: str, code: str, unit: str, expected: str) -> None:
    assert told(knowledge, fact, result(code, 1, unit)) == expected


@pytest.mark.parametrize("code", ["6690-2", "26464-8", "804-5"])
def test_standard_codes_of_white_cells(knowledge: Knowledge, code: str) -> None:
    both = (result(code, 5, "10*3/uL"), result("777-3", 200, "10*3/uL", "o2"))
    assert told(knowledge, "blood_counts", *both) == "done"


@pytest.mark.parametrize("code", ["731-0", "732-8", "26474-7", "リンパ球", "Absolute Lymphocytes", "リンパ球数"])
def test_a_low_count_of_lymphocytes_is_lymphopenia_and_a_low_share_is_not(knowledge: Knowledge, code: str) -> None:
    assert told(knowledge, "lymphopenia", result(code, 0.3, "10*3/uL", flag="L")) == "yes"
    assert told(knowledge, "lymphopenia", result(code, 9, "%", flag="L")) == "no"


@pytest.mark.parametrize(
    ("code", "said", "expected"),
    [
        *((code, "positive", "carrier") for code in ("5196-1", "63557-3", "42595-9", "29615-2", "11258-1")),
        *((code, "positive", "unclear: ambiguous") for code in ("22316-4", "32685-0")),
        ("5196-1", "negative", "negative"),
    ],
)
def test_standard_codes_of_hepatitis_b(knowledge: Knowledge, code: str, said: str, expected: str) -> None:
    assert told(knowledge, "hbv", answer(code, said)) == expected


@pytest.mark.parametrize(("code", "said"), [("2110-5", "positive"), ("2118-8", "positive"), ("11449-6", "pregnant")])
def test_standard_codes_of_pregnancy(knowledge: Knowledge, code: str, said: str) -> None:
    assert told(knowledge, "pregnancy", answer(code, said)) == "yes"


@pytest.mark.parametrize(
    ("fact", "name", "unit", "expected"),
    [
        *(
            ("creatinine", name, "mg/dL", "normal")
            for name in ("クレアチニン(CRE)", "クレアチニン(酵素法)", "CRE", "Cr", "Ｃｒ")
        ),
        *(("glucose", name, "mg/dL", "normal") for name in ("血糖(空腹時)", "GLU", "血糖（随時）")),
        *(("lvef_percent", name, "%", "1") for name in ("LVEF(Teichholz)", "左室駆出率(EF)", "左室駆出率（LVEF）")),
        *(("platelets_10e9_per_l", name, "10*3/uL", "1") for name in ("血小板数(PLT)", "PLT", "Platelets (automated)")),
        *(("neutrophils_10e9_per_l", name, "10*3/uL", "1") for name in ("好中球絶対数", "Neutrophils Absolute")),
        ("neutrophils_10e9_per_l", "Absolute Neutrophils", "10*3/uL", "1"),
        ("egfr_ml_per_min", "推算GFRcreat", "mL/min/1.73m2", "1"),
        ("creatinine_clearance_ml_per_min", "24時間クレアチニンクリアランス", "mL/min", "1"),
        ("qtc_ms", "QTc(Bazett)", "ms", "1"),
        ("urinalysis", "検尿", "mg/dL", "done"),
        # What stands in brackets changes what is measured, or is not known.
        ("creatinine", "クレアチニン(クリアランス)", "mg/dL", "none"),
        ("creatinine", "クレアチニン(CCr)", "mg/dL", "none"),
        ("platelets_10e9_per_l", "血小板(比率)", "10*3/uL", "unclear: not-recorded"),
    ],
)
def test_names_as_they_are_printed(knowledge: Knowledge, fact: str, name: str, unit: str, expected: str) -> None:
    assert told(knowledge, fact, result(name, 1, unit)) == expected


def test_white_cells_named_with_their_short_name(knowledge: Knowledge) -> None:
    both = (result("白血球数(WBC)", 5, "10*3/uL"), result("血小板数(PLT)", 200, "10*3/uL", "o2"))
    assert told(knowledge, "blood_counts", *both) == "done"


@pytest.mark.parametrize(
    "name",
    [
        "HBs抗原(CLIA)",
        "HBs抗原定量",
        "HBs抗原精密",
        "HBs抗原(精密)",
        "HBV核酸定量",
        "HBVDNA定量",
        "HBV-DNA定量(リアルタイムPCR法)",
    ],
)
def test_hepatitis_b_as_it_is_printed(knowledge: Knowledge, name: str) -> None:
    assert told(knowledge, "hbv", answer(name, "陽性")) == "carrier"


@pytest.mark.parametrize("name", ["hCG定性", "尿妊娠反応", "hCG定性(尿)"])
def test_pregnancy_tests_as_they_are_printed(knowledge: Knowledge, name: str) -> None:
    assert told(knowledge, "pregnancy", observation("t1", concept(text=name), WEEK_AGO, valueString="陽性")) == "yes"
