"""extent from the name of the tumour, and after an operation that no statement speaks of."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import concept, condition, done, finding, status, value
from tests.mappers.safety_parts import read, told

SILENT = "unclear: not-recorded"


def named(said: str, **more: Any) -> Any:
    return condition("c2", concept(text=said), **({"recordedDate": "2026-03-01"} | more))


NAMES = {
    "advanced": [
        "Metastatic pancreatic neuroendocrine tumour",
        "Metastatic NET",
        "Metastatic neuroendocrine tumor to liver",
        "Metastatic NET to liver",
        "Pancreatic NET, metastatic",
        "Unresectable pancreatic neuroendocrine tumor",
        "Recurrent pancreatic NET",
        "切除不能膵神経内分泌腫瘍",
        "膵神経内分泌腫瘍 再発",
        "膵神経内分泌腫瘍 術後再発",
        "膵NET（切除不能）",
        "転移性膵神経内分泌腫瘍",
    ],
    "resectable": ["Resectable pancreatic NET", "切除可能膵神経内分泌腫瘍"],
    SILENT: [
        "Pancreatic NET, no recurrence",
        "Non-metastatic pancreatic NET",
        "Pancreatic NET without metastatic disease",
        "Pancreatic NET of low metastatic potential",
        "Metastatic NET to regional lymph nodes",
        "Pancreatic NET, status post resection of recurrent tumour",
        "Pancreatic NET; metastatic breast cancer",
        "Borderline resectable pancreatic NET",
        "非転移性膵神経内分泌腫瘍",
        "膵神経内分泌腫瘍 再発疑い",
        "膵神経内分泌腫瘍 再発なし",
        "膵神経内分泌腫瘍 再発予防",
        "膵神経内分泌腫瘍 再発切除後",
    ],
}


@pytest.mark.parametrize(("said", "expected"), [(said, extent) for extent, names in NAMES.items() for said in names])
def test_the_name_of_the_tumour_tells_its_extent(knowledge: Knowledge, said: str, expected: str) -> None:
    assert told(knowledge, "extent", named(said)) == expected


METASTATIC = "Metastatic pancreatic NET"


@pytest.mark.parametrize(
    ("more", "statement", "expected"),
    [
        ({}, None, "advanced"),
        ({"clinicalStatus": status("inactive")}, None, SILENT),
        ({"clinicalStatus": status("remission")}, None, SILENT),
        ({"verificationStatus": status("provisional")}, None, SILENT),
        ({}, ("no-residual-disease", "2026-01-01"), "advanced"),
        ({}, ("no-residual-disease", "2026-05-01"), "resected-no-residual"),
        ({}, ("resectable", "2026-05-01"), "resectable"),
        ({"recordedDate": "2026"}, ("resectable", "2026-05-01"), "resectable"),
        ({"recordedDate": None}, ("resectable", "2026-05-01"), "unclear: conflicting"),
    ],
)
def test_the_name_counts_on_the_day_of_the_diagnosis(
    knowledge: Knowledge, more: Any, statement: tuple[str, str] | None, expected: str
) -> None:
    kept = {key: value for key, value in {"recordedDate": "2026-03-01", **more}.items() if value}
    records = [condition("c2", concept(text=METASTATIC), **kept)]
    records += [finding("disease-extent", statement[0], day=statement[1])] if statement else []
    assert told(knowledge, "extent", *records) == expected


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (None, "resected-no-residual"),
        (done("Distal pancreatectomy", "2026-05-01"), "unclear: too-old"),
        (done("Resection", "2026-05-01"), "unclear: too-old"),
        (done("Distal pancreatectomy", "2024-05-01"), "resected-no-residual"),
        (done("Distal pancreatectomy", "2024"), "resected-no-residual"),
        (done("Distal pancreatectomy", None), "resected-no-residual"),
        (done("腹腔鏡下胆嚢摘出術", "2026-05-01"), "resected-no-residual"),
        (done("Embolization", "2026-05-01"), "resected-no-residual"),
    ],
)
def test_no_residual_disease_is_said_of_the_surgery_before_it(
    knowledge: Knowledge, operation: Any, expected: str
) -> None:
    said = finding("disease-extent", "no-residual-disease", day="2024-05-01")
    assert value(read(knowledge, said, *([operation] if operation else [])).fact("extent")) == expected
