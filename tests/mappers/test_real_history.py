"""The words this project ships for operations, spread and course, read by the mappers."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Why
from cds_service.mappers.case import map_case
from tests.mappers.parts import ICD_CM, LOINC, concept, condition, done, given, observation, record, stated, value, why

OPERATIONS = {
    "Neuroendocrine tumor of pancreas": [
        "Whipple procedure",
        "Distal pancreatectomy",
        "膵体尾部切除術",
        "膵頭十二指腸切除術",
    ],
    "Neuroendocrine tumor of ileum": ["Small bowel resection", "Right hemicolectomy", "回盲部切除術", "小腸部分切除術"],
    "Neuroendocrine tumor of stomach": ["Partial gastrectomy", "幽門側胃切除術", "Endoscopic resection of stomach"],
    "Neuroendocrine tumor of rectum": ["Low anterior resection", "直腸切除術", "直腸 内視鏡的粘膜下層剥離術"],
    "Neuroendocrine tumor of appendix": ["Appendectomy", "虫垂切除術"],
    "神経内分泌腫瘍": ["原発巣切除", "Resection of the primary tumour"],
}


def fact(knowledge: Knowledge, name: str, *resources: Any) -> Any:
    return map_case(record(*resources), knowledge.value_sets).fact(name)


@pytest.mark.parametrize(("tumour", "operation"), [(t, said) for t, all_of in OPERATIONS.items() for said in all_of])
def test_an_operation_takes_the_primary_of_its_organ(tumour: str, operation: str, knowledge: Knowledge) -> None:
    there = condition(code=concept(text=tumour))
    assert value(fact(knowledge, "primary_resected", there, done(operation))) == "yes"


@pytest.mark.parametrize(
    "said",
    ["Appendectomy", "Cholecystectomy", "Hepatectomy", "Excisional biopsy of pancreas", "肝切除術", "Colonoscopy"],
)
def test_another_operation_does_not_take_a_pancreatic_primary(said: str, knowledge: Knowledge) -> None:
    assert why(fact(knowledge, "primary_resected", condition(), done(said))) is Why.NOT_RECORDED


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (concept((ICD_CM, "C7B.03")), "yes"),
        (concept((ICD_CM, "C7B.01")), "yes"),
        (concept((ICD_CM, "C7B.02")), None),
        (concept((ICD_CM, "C7B.00")), None),
        (concept((ICD_CM, "C79.9")), None),
        (concept(text="遠隔リンパ節転移"), "yes"),
        (concept(text="所属リンパ節転移"), None),
        (concept(text="多発肝転移、肝外転移なし"), "no"),
        (concept(text="Liver-only metastases of the neuroendocrine tumor"), "no"),
    ],
)
def test_spread_outside_the_liver(code: Any, expected: str | None, knowledge: Knowledge) -> None:
    found = fact(knowledge, "extrahepatic_metastases", condition(), condition("m1", code))
    assert value(found) == expected if expected else why(found) is Why.NOT_RECORDED


@pytest.mark.parametrize("said", ["びまん性肝転移", "両葉多発肝転移", "Bilobar hepatic metastases"])
def test_diffuse_metastases(said: str, knowledge: Knowledge) -> None:
    metastases = condition("m1", concept(text=said))
    assert value(fact(knowledge, "diffuse_liver_metastases", condition(), metastases)) == "yes"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("PD", "progressing"),
        ("SD", "stable"),
        ("部分奏効", "stable"),
        ("病勢進行", "progressing"),
        ("急速な増悪", "rapid"),
        ("slowly progressive", "slow"),
    ],
)
def test_the_course_in_words(said: str, expected: str, knowledge: Knowledge) -> None:
    told = observation("s1", (LOINC, "97509-4"), "2026-10-01", valueString=said)
    assert value(fact(knowledge, "progression", condition(), told)) == expected


def test_a_local_treatment_explains_a_stable_scan(knowledge: Knowledge) -> None:
    grew = observation("s1", (LOINC, "97509-4"), "2026-03-01", valueString="PD")
    calm = observation("s2", (LOINC, "97509-4"), "2026-09-01", valueString="SD")
    local = done("肝動脈化学塞栓療法", "2026-04-01")
    assert value(fact(knowledge, "progression", condition(), grew, calm)) == "progressing"
    assert value(fact(knowledge, "progression", condition(), grew, calm, local)) == "stable"


def test_prrt_of_no_told_agent_is_not_no_prrt(knowledge: Knowledge) -> None:
    case = map_case(record(condition(), done("Peptide receptor radionuclide therapy")), knowledge.value_sets)
    assert why(case.history) is Why.NOT_UNDERSTOOD
    assert why(case.fact("prrt_doses_given")) is Why.NOT_UNDERSTOOD


def test_doxorubicin_in_a_bead_is_told_by_its_route(knowledge: Knowledge) -> None:
    case = map_case(record(condition(), given("doxorubicin DEB-TACE", "2026-11-01")), knowledge.value_sets)
    assert [(one.drug, one.route) for one in case.medications] == [("doxorubicin", "intra-arterial")]


def test_an_adjuvant_course_is_perioperative(knowledge: Knowledge) -> None:
    course = stated("streptozocin", "completed", effectivePeriod={"start": "2020-01-01", "end": "2020-06-01"})
    told = course | {"reasonCode": [concept(text="術後補助化学療法")]}
    [found] = map_case(record(condition(), told), knowledge.value_sets).medications
    assert found.perioperative
