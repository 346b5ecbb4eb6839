"""diffuse_liver_metastases, extrahepatic_metastases and primary_resected: only what is written."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.values import Fact, Why
from tests.mappers.parts import (
    ALL,
    ICD,
    ICD_CM,
    SCT,
    concept,
    condition,
    done,
    fact,
    finding,
    status,
    value,
    why,
)

LIVER = condition("m1", concept((ICD, "C78.7")))
BONE = condition("m2", concept((ICD, "C79.5")))
BREAST = condition("c2", concept(text="Breast cancer"))
PATTERN = "liver-metastasis-pattern"


def diffuse(*resources: Any, **more: Any) -> Fact:
    return fact("diffuse_liver_metastases", condition(), *resources, **more)


def outside(*resources: Any, **more: Any) -> Fact:
    return fact("extrahepatic_metastases", condition(), *resources, **more)


def resected(*resources: Any, **more: Any) -> Fact:
    return fact("primary_resected", condition(), *resources, **more)


def worded(text: str, name: str = "m3", **more: Any) -> Any:
    return condition(name, concept(text=text), **more)


@pytest.mark.parametrize(("answer", "expected"), [("diffuse-bilobar", "yes"), ("not-diffuse", "no")])
def test_the_local_code_says_whether_metastases_are_diffuse(answer: str, expected: str) -> None:
    assert value(diffuse(finding(PATTERN, answer))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Diffuse liver metastases", "yes"),
        ("Bilobar liver metastases", "yes"),
        ("びまん性肝転移", "yes"),
        ("Pancreatic neuroendocrine tumor with diffuse liver metastases", "yes"),
        ("Liver metastases, no diffuse liver metastases", "no"),
    ],
)
def test_the_words_of_a_diagnosis_say_whether_metastases_are_diffuse(text: str, expected: str) -> None:
    assert value(diffuse(worded(text))) == expected


def test_a_volume_or_plain_metastases_say_nothing_of_it() -> None:
    load = {"value": 80, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%"}
    volume = finding("hepatic-tumour-load", "x") | {"valueQuantity": load}
    volume.pop("valueCodeableConcept")
    assert why(diffuse(LIVER, volume)) is Why.NOT_RECORDED


def test_of_two_patterns_the_newer_stands_and_one_day_is_no_vote() -> None:
    old = finding(PATTERN, "not-diffuse", day="2025-01-01")
    new = finding(PATTERN, "diffuse-bilobar", "f2", "2026-01-01")
    assert value(diffuse(old, new)) == "yes"
    assert why(diffuse(new, finding(PATTERN, "not-diffuse", "f3", "2026-01-01"))) is Why.CONFLICTING
    assert why(diffuse(new, worded("Pancreatic neuroendocrine tumor, no diffuse liver metastases"))) is Why.CONFLICTING


def test_words_about_another_tumour_or_a_past_one_do_not_count() -> None:
    assert why(diffuse(BREAST, worded("Diffuse liver metastases"))) is Why.NOT_LINKED
    past = worded("Diffuse liver metastases", clinicalStatus=status("resolved"))
    assert why(diffuse(past)) is Why.NOT_RECORDED


@pytest.mark.parametrize(
    "found",
    [
        BONE,
        worded("Bone metastases"),
        worded("Distant lymph node metastases"),
        worded("Pancreatic neuroendocrine tumor with bone metastases"),
        worded("extrahepatic metastases of pancreatic neuroendocrine tumor"),
    ],
)
def test_a_distant_metastasis_outside_the_liver_is_one(found: Any) -> None:
    assert value(outside(LIVER, found)) == "yes"


@pytest.mark.parametrize(
    "found",
    [
        LIVER,
        condition("m4", concept((ICD, "C77"))),
        worded("Metastatic disease"),
        condition("m5", concept((ICD_CM, "C7B.02"))),
        worded("Bone metastases", clinicalStatus=status("resolved")),
        worded("Bone metastases", verificationStatus=status("provisional")),
    ],
)
def test_liver_and_regional_nodes_and_an_untold_place_do_not_say_that_there_are_none(found: Any) -> None:
    assert why(outside(found)) is Why.NOT_RECORDED


@pytest.mark.parametrize("text", ["Liver metastases, no extrahepatic metastases", "肝転移のみ、肝転移"])
def test_that_there_are_none_counts_only_where_it_is_written(text: str) -> None:
    assert value(outside(worded(text))) == "no"


def test_what_is_written_and_what_is_recorded_may_disagree() -> None:
    none = worded("Liver metastases, no extrahepatic metastases", onsetDateTime="2025-01-01")
    assert value(outside(none, condition("m2", concept((ICD, "C79.5")), onsetDateTime="2026-01-01"))) == "yes"
    assert why(outside(none, BONE)) is Why.CONFLICTING


def test_a_metastasis_that_may_be_of_another_cancer_is_not_linked() -> None:
    assert why(outside(BREAST, BONE)) is Why.NOT_LINKED
    assert why(outside(had=ALL - {"Condition"})) is Why.UNAVAILABLE


@pytest.mark.parametrize(
    "operation",
    [
        done("Distal pancreatectomy"),
        done("Resection of primary tumour"),
        done("Resection of pancreas"),
        done("Resection", bodySite=[concept((SCT, "15776009"))]),
        done("膵腫瘍切除術"),
        done("Distal pancreatectomy", None),
    ],
)
def test_a_resection_of_the_organ_of_the_primary_took_it_away(operation: Any) -> None:
    assert value(resected(operation)) == "yes"


@pytest.mark.parametrize(
    "operation",
    [
        done("Right hemicolectomy"),
        done("Hepatectomy"),
        done("Embolization"),
        done("Distal pancreatectomy", status="not-done"),
        done("Distal pancreatectomy", status="in-progress"),
        done("Resection of rectum"),
        done("Distal pancreatectomy", reasonCode=[concept(text="Breast cancer")]),
        done("No resection of pancreas"),
    ],
)
def test_another_operation_says_nothing_of_the_primary(operation: Any) -> None:
    assert why(resected(operation)) is Why.NOT_RECORDED


def test_a_resection_of_no_told_organ_or_purpose_leaves_it_open() -> None:
    assert why(resected(done("Resection"))) is Why.NOT_LINKED
    assert why(resected(BREAST, done("Distal pancreatectomy"))) is Why.NOT_LINKED
    named = done("Distal pancreatectomy", reasonReference=[{"reference": "Condition/c1"}])
    assert value(resected(BREAST, named)) == "yes"


def test_words_say_whether_the_primary_was_taken_out() -> None:
    assert value(resected(worded("Pancreatic neuroendocrine tumor, primary resected"))) == "yes"
    assert value(resected(worded("Pancreatic neuroendocrine tumor, primary in situ"))) == "no"


def test_a_later_operation_overrides_words_and_an_undated_contradiction_is_unclear() -> None:
    there = worded("Pancreatic neuroendocrine tumor, primary in situ", onsetDateTime="2025-01-01")
    assert value(resected(there, done("Distal pancreatectomy", "2026-01-01"))) == "yes"
    assert why(resected(there, done("Distal pancreatectomy", None))) is Why.CONFLICTING


def test_the_operation_goes_by_the_site_of_this_primary() -> None:
    midgut = condition("c1", concept(text="Neuroendocrine tumor of ileum"))
    assert value(fact("primary_resected", midgut, done("Right hemicolectomy"))) == "yes"
    anywhere = condition("c1", concept(text="Neuroendocrine tumor"))
    assert why(fact("primary_resected", anywhere, done("Right hemicolectomy"))) is Why.NOT_LINKED


def test_nothing_is_known_where_operations_were_not_read() -> None:
    assert why(resected(had=ALL - {"Procedure"})) is Why.UNAVAILABLE
