"""Every way in which a Ki-67 index is sent, and what is read of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import ICD, LOINC, SCT, concept, condition, ki67, observation
from tests.mappers.safety_parts import told

UCUM = "http://unitsofmeasure.org"
NOT_UNDERSTOOD, NOT_RECORDED = "unclear: not-understood", "unclear: not-recorded"
PERCENT = {"unit": "%", "system": UCUM, "code": "%"}
CODE = concept((LOINC, "29593-1"))


def quantity(value: Any, **more: Any) -> Any:
    return {"valueQuantity": {"value": value, **more}}


def said(text: str) -> Any:
    return {"valueString": text}


def ratio(part: Any, whole: Any) -> Any:
    return {"valueRatio": {"numerator": part, "denominator": whole}}


def span(low: Any, high: Any) -> Any:
    return {"valueRange": {"low": low, "high": high}}


def cells(value: Any, unit: str = "{cells}") -> Any:
    return {"value": value, "unit": unit}


def absent(code: str) -> Any:
    return {
        "dataAbsentReason": concept(("http://terminology.hl7.org/CodeSystem/data-absent-reason", code), text="absent")
    }


ENCODINGS: dict[str, tuple[Any, str]] = {
    "percent by code": (quantity(8, **PERCENT), "8"),
    "percent by code alone": (quantity(8, system=UCUM, code="%"), "8"),
    "percent by code under the OID of UCUM": (quantity(8, system="urn:oid:2.16.840.1.113883.6.8", code="%"), "8"),
    "percent by the text of the unit": (quantity(8, unit="%"), "8"),
    "percent by a full-width unit": (quantity(8, unit="％"), "8"),
    "percent by the text beside a local code": (quantity(8, unit="%", system="urn:oid:1.2.3", code="PCT"), "8"),
    "a local code and no unit": (quantity(8, system="urn:oid:1.2.3", code="PCT"), NOT_UNDERSTOOD),
    "no unit": (quantity(8), NOT_UNDERSTOOD),
    "a unit that is no share": (quantity(8, unit="cells"), NOT_UNDERSTOOD),
    "the code of one": (quantity(0.08, system=UCUM, code="1"), "8"),
    "the code of one with a number above one": (quantity(8, system=UCUM, code="1"), NOT_UNDERSTOOD),
    "zero percent": (quantity(0, **PERCENT), "0"),
    "one percent": (quantity(1, **PERCENT), "1"),
    "below one percent": (quantity(1, comparator="<", **PERCENT), "<1"),
    "below half a percent": (quantity(0.5, comparator="<", **PERCENT), "<0.5"),
    "half a percent": (quantity(0.5, **PERCENT), "unclear: possible-fraction"),
    "above twenty percent": (quantity(20, comparator=">", **PERCENT), ">20"),
    "a number beyond all measure": (quantity(Decimal("9e999999"), system=UCUM, code="1"), NOT_UNDERSTOOD),
    "a range": (span(cells(3, "%"), cells(5, "%")), "3..5"),
    "a range with its unit on one end": (span({"value": 3}, cells(5, "%")), "3..5"),
    "a range that is open above": ({"valueRange": {"low": cells(55, "%")}}, ">=55"),
    "a range without a unit": (span({"value": 3}, {"value": 5}), NOT_UNDERSTOOD),
    "a range of fractions of a percent": (span(cells(0.2, "%"), cells(0.5, "%")), "unclear: possible-fraction"),
    "cells of cells": (ratio(cells(40), cells(500)), "8"),
    "cells of cells without a unit": (ratio({"value": 8}, {"value": 100}), "8"),
    "more than so many cells": (ratio({"value": 100, "comparator": ">"}, {"value": 500}), ">20"),
    "a share that never ends": (ratio(cells(1), cells(3)), "33.333333"),
    "a share just below a cut": (ratio(cells(29999), cells(1000000)), "2.9999"),
    "percent for each one": (ratio(cells(8, "%"), {"value": 1}), "8"),
    "a bare number for each one": (ratio({"value": 0.08}, {"value": 1}), NOT_UNDERSTOOD),
    "a part that is more than the whole": (ratio(cells(600), cells(500)), NOT_UNDERSTOOD),
    "a ratio of different things": (ratio(cells(40), cells(500, "fields")), NOT_UNDERSTOOD),
    "a ratio to nothing": (ratio(cells(0), cells(0)), NOT_UNDERSTOOD),
    "a ratio without its whole": ({"valueRatio": {"numerator": cells(40)}}, NOT_UNDERSTOOD),
    "a ratio to more than a number": (ratio(cells(40), {"value": 500, "comparator": ">"}), NOT_UNDERSTOOD),
    "a negative ratio": (ratio(cells(-4), cells(500)), NOT_UNDERSTOOD),
    "text with a range": (said("3-5 %"), "3..5"),
    "text with a comparator": (said("<3%"), "<3"),
    "text with below one percent": (said("< 1 %"), "<1"),
    "text with a number alone": (said("8"), "8"),
    "text with half a percent": (said("0.5 %"), "unclear: possible-fraction"),
    "text with about": (said("about 10"), NOT_UNDERSTOOD),
    "text with its name": (said("Ki-67 5%"), NOT_UNDERSTOOD),
    "full-width text": (said("Ｋｉ－６７　５％"), NOT_UNDERSTOOD),
    "full-width number": (said("５％"), NOT_UNDERSTOOD),
    "Japanese text": (said("5%程度"), NOT_UNDERSTOOD),
    "text with a decimal comma": (said("2,5 %"), NOT_UNDERSTOOD),
    "text with two numbers": (said("5% (hot spot 12%)"), NOT_UNDERSTOOD),
    "a word": ({"valueCodeableConcept": concept(text="low")}, NOT_UNDERSTOOD),
    "an integer": ({"valueInteger": 8}, NOT_UNDERSTOOD),
    "no value": ({}, NOT_RECORDED),
    "unknown": (absent("unknown"), NOT_RECORDED),
    "asked but unknown": (absent("asked-unknown"), NOT_RECORDED),
    "not performed": (absent("not-performed"), NOT_RECORDED),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_an_encoding_of_the_index_is_read_as_it_says(knowledge: Knowledge, name: str) -> None:
    value, expected = ENCODINGS[name]
    assert told(knowledge, "ki67_percent", ki67(value)) == expected


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_component_is_read_as_a_result_of_its_own_is(knowledge: Knowledge, name: str) -> None:
    value, expected = ENCODINGS[name]
    panel = observation("p1", concept(text="Pathology panel"), component=[{"code": concept(text="Size")}])
    panel["component"].append({"code": CODE, **value})
    assert told(knowledge, "ki67_percent", panel) == expected


def test_an_absent_value_with_a_newer_result_beside_it_does_not_matter(knowledge: Knowledge) -> None:
    assert told(knowledge, "ki67_percent", ki67(absent("unknown"), "a", "2026-06-01"), ki67(8, "b")) == "8"


BREAST = condition("c2", concept((ICD, "C50.9"), text="Breast cancer"))
REPORT: Any = {
    "resourceType": "DiagnosticReport",
    "id": "r1",
    "status": "final",
    "code": {"text": "Pathology"},
    "subject": {"reference": "Patient/p1"},
    "result": [{"reference": "Observation/k1"}],
}


def tissue(site: Any) -> Any:
    found: Any = {"resourceType": "Specimen", "id": "s1", "subject": {"reference": "Patient/p1"}}
    return found | {"collection": {"bodySite": site, "collectedDateTime": "2026-05-01"}}


OF_SPECIMEN = {"specimen": {"reference": "Specimen/s1"}}
LINKS: dict[str, tuple[Any, list[Any], str]] = {
    "nothing": ({}, [], "unclear: not-linked"),
    "the site by code": ({"bodySite": concept((SCT, "15776009"))}, [], "8"),
    "the site by word": ({"bodySite": concept(text="膵尾部")}, [], "8"),
    "the site of the other cancer": ({"bodySite": concept(text="left breast")}, [], "unclear: not-linked"),
    "a site without a word": ({"bodySite": concept(text="xyz")}, [], "unclear: not-linked"),
    "a specimen of the site": (OF_SPECIMEN, [tissue(concept((SCT, "15776009")))], "8"),
    "a specimen of the other cancer": (OF_SPECIMEN, [tissue(concept(text="left breast"))], "unclear: not-linked"),
    "a specimen that is not there": (OF_SPECIMEN, [], "unclear: not-linked"),
    "the tumour as focus": ({"focus": [{"reference": "Condition/c1"}]}, [], "8"),
    "the other cancer as focus": ({"focus": [{"reference": "Condition/c2"}]}, [], "unclear: not-recorded"),
    "a report of the tumour": ({}, [REPORT | {"conclusionCode": [concept(text="膵神経内分泌腫瘍")]}], "8"),
    "a report of the other cancer": (
        {},
        [REPORT | {"conclusionCode": [concept(text="Breast cancer")]}],
        "unclear: not-recorded",
    ),
    "a report that does not stand": (
        {},
        [REPORT | {"conclusionCode": [concept(text="膵神経内分泌腫瘍")], "status": "preliminary"}],
        "unclear: not-linked",
    ),
}


@pytest.mark.parametrize("name", LINKS)
def test_beside_another_cancer_the_link_decides(knowledge: Knowledge, name: str) -> None:
    link, beside, expected = LINKS[name]
    assert told(knowledge, "ki67_percent", BREAST, ki67(8, **link), *beside) == expected
