"""The facts ki67_percent and mitoses_per_2mm2."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.interval import Interval
from cds_service.domain.values import Known, Why
from tests.mappers.parts import (
    ALL,
    ICD,
    LOINC,
    ON,
    OWN,
    SCT,
    concept,
    condition,
    fact,
    ki67,
    observation,
    record,
    seen,
    value,
    why,
)


def quantity(number: Any, unit: str | None = None, code: str | None = None, **more: Any) -> Any:
    found = {"value": number, "unit": unit, "code": code, "system": "http://unitsofmeasure.org" if code else None}
    return {"valueQuantity": {key: item for key, item in found.items() if item is not None} | more}


def index(told: Any, **more: Any) -> str:
    return value(fact("ki67_percent", condition(), ki67(told, **more)))


def test_without_a_result_it_is_not_recorded() -> None:
    assert index({}) == "unclear: not-recorded"


def test_without_the_observation_search_it_is_unavailable() -> None:
    assert why(fact("ki67_percent", condition(), had=ALL - {"Observation"})) is Why.UNAVAILABLE


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (quantity(3, code="%"), "3"),
        (quantity(0, code="%"), "0"),
        (quantity(1, code="%"), "1"),
        (quantity(2.99, code="%"), "2.99"),
        (quantity(20.01, code="%"), "20.01"),
        (quantity(100, code="%"), "100"),
        (quantity(8, unit="%"), "8"),
        (quantity(8, unit="％"), "8"),
        (quantity(8, unit="percent"), "8"),
        (quantity(0.03, code="1"), "3"),
        (quantity(1, code="%", comparator="<"), "<1"),
        (quantity(20, code="%", comparator=">"), ">20"),
        (quantity(20, code="%", comparator=">="), ">=20"),
        (quantity(5, code="%", comparator="<="), "<=5"),
    ],
)
def test_a_quantity_with_a_unit_we_know_is_read(told: Any, expected: str) -> None:
    assert index(told) == expected


@pytest.mark.parametrize(
    "told",
    [
        quantity(3),
        quantity(3, code="1"),
        quantity(300, code="%"),
        quantity(-1, code="%"),
        quantity(25, code="{score}"),
        quantity(25, unit="score"),
        quantity(8, unit="fraction", code="%"),
        quantity(8, code="%", comparator="ad"),
        quantity(100, code="%", comparator=">"),
        quantity(0, code="%", comparator="<"),
        quantity("8", code="%"),
        quantity(True, code="%"),
        quantity(None, code="%"),
        {"valueInteger": 8},
        {"valueBoolean": True},
        {"valueCodeableConcept": {"text": "8 %"}},
        {"valueQuantity": [8]},
    ],
)
def test_a_value_or_unit_we_do_not_know_is_not_understood(told: Any) -> None:
    assert index(told) == "unclear: not-understood"


@pytest.mark.parametrize("number", [0.03, 0.5, 0.99])
def test_a_bare_percentage_between_zero_and_one_may_be_a_fraction(number: float) -> None:
    assert index(quantity(number, code="%")) == "unclear: possible-fraction"


def test_a_fraction_of_a_percent_in_the_unit_one_is_plain() -> None:
    assert index(quantity(0.005, code="1")) == "0.5"


@pytest.mark.parametrize(
    ("told", "expected"),
    [("3-5 %", "3..5"), ("3 - 5%", "3..5"), ("<3%", "<3"), (">= 20 %", ">=20"), ("12", "12"), (" 12 % ", "12")],
)
def test_a_text_in_the_strict_grammar_is_read(told: str, expected: str) -> None:
    assert index(told) == expected


@pytest.mark.parametrize("told", ["3–5 %", "3,5", "5 (hot spot)", "~10", "<3-5 %", "5-3 %", "", "1２", "300 %"])
def test_any_other_text_is_not_understood(told: str) -> None:
    assert index(told) == "unclear: not-understood"


def span(low: Any, high: Any) -> Any:
    ends = {"low": low and {"value": low, "unit": "%"}, "high": high and {"value": high, "unit": "%"}}
    return {"valueRange": {key: end for key, end in ends.items() if end}}


@pytest.mark.parametrize(
    ("told", "expected"),
    [(span(3, 5), "3..5"), (span(3, None), ">=3"), (span(None, 5), "<=5"), (span(5, 3), "unclear: not-understood")],
)
def test_a_range_is_read(told: Any, expected: str) -> None:
    assert index(told) == expected


def test_an_absent_value_is_not_recorded() -> None:
    assert index({"dataAbsentReason": {"text": "not done"}}) == "unclear: not-recorded"


@pytest.mark.parametrize("status", ["registered", "preliminary", "cancelled", "entered-in-error", "unknown", "finale"])
def test_only_a_result_that_stands_is_used(status: str) -> None:
    assert index(8, status=status) == "unclear: not-recorded"


@pytest.mark.parametrize("status", ["final", "amended", "corrected"])
def test_a_result_that_stands_is_used(status: str) -> None:
    assert index(8, status=status) == "8"


@pytest.mark.parametrize("day", [None, "2026-11-24", "2027"])
def test_an_undated_or_future_result_is_not_used(day: str | None) -> None:
    assert index(8, day=day) == "unclear: undated"


@pytest.mark.parametrize("day", ["2020-11-01", "2019", "2019-02", "2026-11-23", "2026-11-24T01:00:00+14:00"])
def test_a_result_of_any_day_that_has_come_is_used(day: str) -> None:
    assert index(8, day=day) == "8"


def test_the_date_of_the_specimen_serves_where_the_result_has_none() -> None:
    tissue = {"resourceType": "Specimen", "id": "s1", "collection": {"collectedDateTime": "2026-03-01"}}
    result = ki67(8, day=None, specimen={"reference": "Specimen/s1"})
    assert value(fact("ki67_percent", condition(), result, tissue)) == "8"


def on_tissue_of(day: str, **more: Any) -> list[Any]:
    tissue = {"resourceType": "Specimen", "id": "s1", "collection": {"collectedDateTime": day}}
    return [tissue, ki67(5, "old-block", specimen={"reference": "Specimen/s1"}, **more)]


def test_a_stain_on_an_old_block_is_no_new_specimen() -> None:
    newer = ki67(18, "new", "2025-05-01")
    assert value(fact("ki67_percent", condition(), newer, *on_tissue_of("2023-01-01"))) == "18"
    assert fact("ki67_percent", condition(), *on_tissue_of("2023-01-01")) == Known(
        Interval.point(5), "Observation/old-block", "2023-01-01"
    )


def test_a_collection_that_is_not_surely_earlier_leaves_the_day_of_the_result() -> None:
    for day in ("2026-05-02", "2026-05", "2026"):
        found = fact("ki67_percent", condition(), *on_tissue_of(day))
        assert isinstance(found, Known)
        assert found.date == "2026-05-01"


def test_the_date_of_issue_is_not_that_of_the_specimen() -> None:
    assert index(8, day=None, issued="2026-03-01T10:00:00Z") == "unclear: undated"


@pytest.mark.parametrize("code", ["85319-2", "85329-1", "85330-9"])
def test_codes_often_taken_for_ki67_are_never_read(code: str) -> None:
    told = ki67(8, code=concept((LOINC, code, "Ki-67"), text="Ki-67"))
    assert why(fact("ki67_percent", condition(), told)) is Why.NOT_RECORDED


def test_a_breast_code_beside_the_tissue_code_is_never_read() -> None:
    told = ki67(8, code=concept((LOINC, "29593-1"), (LOINC, "85330-9")))
    assert why(fact("ki67_percent", condition(), told)) is Why.NOT_RECORDED


def test_a_local_code_may_stand_before_the_standard_one() -> None:
    told = ki67(8, code=concept(("urn:oid:1.2.3", "KI67"), (LOINC, "29593-1")))
    assert value(fact("ki67_percent", condition(), told)) == "8"


def test_the_code_of_presence_counts_only_with_a_percentage() -> None:
    presence = concept((LOINC, "33055-5"))
    assert value(fact("ki67_percent", condition(), ki67(8, code=presence))) == "8"
    ratio = {"valueRatio": {"numerator": {"value": 3}, "denominator": {"value": 100}}}
    for told in ({"valueCodeableConcept": {"text": "Positive"}}, "3", "2-3", ratio, quantity(1, code="1"), quantity(3)):
        assert why(fact("ki67_percent", condition(), ki67(told, code=presence))) is Why.NOT_RECORDED


def test_a_result_in_a_component_is_read() -> None:
    part = {"code": concept((LOINC, "29593-1"))} | quantity(8, unit="%")
    panel = observation("p1", concept(text="Pathology"), component=[part])
    assert value(fact("ki67_percent", condition(), panel)) == "8"


def test_the_newest_specimen_counts() -> None:
    found = fact("ki67_percent", condition(), ki67(4, "old", "2025-01-01"), ki67(8, "new", "2026-01-01"))
    assert found == Known(found.value, "Observation/new", "2026-01-01")  # type: ignore[union-attr]
    assert value(found) == "8"


def test_of_one_day_the_highest_counts() -> None:
    assert value(fact("ki67_percent", condition(), ki67(25, "a"), ki67(4, "b"))) == "25"


def test_a_newer_lower_result_in_the_same_band_counts() -> None:
    assert value(fact("ki67_percent", condition(), ki67(12, "a", "2025-01-01"), ki67(5, "b", "2026-01-01"))) == "5"


def test_a_newer_lower_result_in_a_lower_band_does_not_replace_the_older_one() -> None:
    found = fact("ki67_percent", condition(), ki67(8, "a", "2025-01-01"), ki67(2, "b", "2026-01-01"))
    assert why(found) is Why.CONFLICTING
    assert seen(found) == ["2", "8"]


def test_a_newer_higher_result_replaces_the_older_one() -> None:
    assert value(fact("ki67_percent", condition(), ki67(2, "a", "2025-01-01"), ki67(8, "b", "2026-01-01"))) == "8"


def test_results_whose_order_cannot_be_told_are_shown_where_their_bands_differ() -> None:
    found = fact("ki67_percent", condition(), ki67(2, "a", "2025"), ki67(8, "b", "2025-06-01"))
    assert why(found) is Why.CONFLICTING


def test_the_newest_result_not_understood_is_not_passed_over_for_an_older_one() -> None:
    found = fact("ki67_percent", condition(), ki67(2, "a", "2025-01-01"), ki67("~10", "b", "2026-01-01"))
    assert why(found) is Why.NOT_UNDERSTOOD


def test_an_older_result_not_understood_does_not_matter() -> None:
    assert value(fact("ki67_percent", condition(), ki67("~10", "a", "2025-01-01"), ki67(8, "b", "2026-01-01"))) == "8"


def test_a_result_that_is_not_fhir_is_not_passed_over_for_an_older_one() -> None:
    broken = ki67(8, "b", "2026-01-01", component={"code": "an object where a list belongs"})
    assert why(fact("ki67_percent", condition(), ki67(2, "a", "2025-01-01"), broken)) is Why.NOT_UNDERSTOOD


def test_a_result_modified_by_something_unknown_is_not_used() -> None:
    assert index(8, modifierExtension=[{"url": "x"}]) == "unclear: not-understood"


def test_a_correction_takes_the_place_of_the_result_it_corrects() -> None:
    same = [{"system": "urn:lab", "value": "7"}]
    first, corrected = ki67(25, "a", identifier=same), ki67(4, "b", identifier=same, status="corrected")
    assert value(fact("ki67_percent", condition(), first, corrected)) == "4"


def test_two_final_results_under_one_accession_number_both_count() -> None:
    same = [{"system": "urn:lab", "value": "7"}]
    assert (
        value(fact("ki67_percent", condition(), ki67(25, "a", identifier=same), ki67(4, "b", identifier=same))) == "25"
    )


def breast_cancer(**more: Any) -> Any:
    return condition("c2", concept((ICD, "C50.9"), text="Breast cancer"), **more)


def with_breast_cancer(*resources: Any, **more: Any) -> str:
    return value(fact("ki67_percent", condition(), breast_cancer(), *resources, **more))


def test_beside_another_cancer_an_unlinked_result_is_not_used() -> None:
    assert with_breast_cancer(ki67(30)) == "unclear: not-linked"


def test_a_refuted_cancer_is_no_other_cancer() -> None:
    refuted = breast_cancer(verificationStatus=concept(("", "refuted")))
    assert value(fact("ki67_percent", condition(), refuted, ki67(30))) == "30"


def test_a_cancer_long_resolved_is_still_another_cancer() -> None:
    past = breast_cancer(clinicalStatus=concept(("", "resolved")))
    assert value(fact("ki67_percent", condition(), past, ki67(30))) == "unclear: not-linked"


def test_while_other_cancers_are_not_known_an_unlinked_result_is_not_used() -> None:
    assert value(fact("ki67_percent", condition(), ki67(30), had=ALL - {"Condition"})) == "unclear: not-linked"


@pytest.mark.parametrize(
    "link",
    [
        {"focus": [{"reference": "Condition/c1"}]},
        {"bodySite": concept((SCT, "15776009"))},
        {"specimen": {"display": "Pancreas, biopsy"}},
        {
            "extension": [
                {
                    "url": "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-related-condition",
                    "valueReference": {"reference": "https://ehr.example/fhir/Condition/c1"},
                }
            ]
        },
    ],
)
def test_a_result_linked_to_the_nen_is_used_beside_another_cancer(link: Any) -> None:
    assert with_breast_cancer(ki67(8, **link)) == "8"


def test_a_specimen_of_the_site_links_a_result() -> None:
    tissue = {"resourceType": "Specimen", "id": "s1", "collection": {"bodySite": concept((SCT, "15776009"))}}
    assert with_breast_cancer(ki67(8, specimen={"reference": "Specimen/s1"}), tissue) == "8"


def test_a_report_that_concludes_a_nen_links_its_results() -> None:
    report: Any = {"resourceType": "DiagnosticReport", "id": "r1", "status": "final", "code": {"text": "Pathology"}}
    report |= {"result": [{"reference": "Observation/k1"}], "conclusionCode": [concept(text="Neuroendocrine tumor")]}
    assert with_breast_cancer(ki67(8), report) == "8"


@pytest.mark.parametrize("target", ["Condition/c9", "RelatedPerson/baby", "Group/g1"])
def test_a_result_about_something_else_is_never_used(target: str) -> None:
    assert index(8, focus=[{"reference": target}]) == "unclear: not-recorded"


def mitoses(told: Any, code: tuple[str, str] = (OWN, "mitoses-per-2mm2")) -> str:
    return value(fact("mitoses_per_2mm2", condition(), observation("m1", code, **told)))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (quantity(4), "4"),
        (quantity(4, unit="/2 mm²"), "4"),
        (quantity(4, code="/(2.mm2)"), "4"),
        (quantity(2, comparator="<"), "<2"),
        ({"valueInteger": 3}, "3"),
        ("2-4", "2..4"),
        (quantity(4, unit="/mm2"), "unclear: not-understood"),
        (quantity(4, unit="/10 HPF"), "unclear: not-understood"),
        (quantity(4, unit="per 0.2 mm2"), "unclear: not-understood"),
        (quantity(4, unit="mitoses/2mm2", code="{mitoses}/(2.mm2)"), "4"),
        (quantity(4, unit="per 2 square millimeters"), "4"),
        (quantity(4, unit="個/2平方ミリ"), "4"),
        (quantity(4, unit="個"), "4"),
        (quantity(4, unit="count", code="1"), "4"),
        (quantity(4, code="{#}"), "4"),
        (quantity(4, unit="%"), "unclear: not-understood"),
        (quantity(4, code="%"), "unclear: not-understood"),
        (quantity(4, unit="per 1 square millimeter"), "unclear: not-understood"),
        (quantity(4, unit="per square millimeter"), "unclear: not-understood"),
        (quantity(4, unit="個/平方ミリ"), "unclear: not-understood"),
        (quantity(4, unit="/平方ミリ"), "unclear: not-understood"),
        (quantity(4, unit="個/10視野"), "unclear: not-understood"),
        (quantity(4, unit="mitoses", code="/mm2"), "unclear: not-understood"),
        (quantity(4, unit="/20mm2"), "unclear: not-understood"),
        ("4 %", "unclear: not-understood"),
        (quantity(-4), "unclear: not-understood"),
    ],
)
def test_mitoses_are_per_2_mm2_and_no_other_area(told: Any, expected: str) -> None:
    assert mitoses({"valueString": told} if isinstance(told, str) else told) == expected


def counted(number: int, name: str, day: str) -> Any:
    return observation(name, (OWN, "mitoses-per-2mm2"), day, valueInteger=number)


def test_a_newer_count_in_a_lower_band_does_not_replace_the_older_one() -> None:
    old, lower, higher = counted(5, "a", "2025-01-01"), counted(1, "b", "2026-01-01"), counted(25, "c", "2026-02-01")
    found = fact("mitoses_per_2mm2", condition(), old, lower)
    assert why(found) is Why.CONFLICTING
    assert seen(found) == ["1", "5"]
    assert value(fact("mitoses_per_2mm2", condition(), old, higher)) == "25"
    assert value(fact("mitoses_per_2mm2", condition(), old, counted(3, "d", "2026-01-01"))) == "3"


def test_mitoses_per_high_power_fields_are_not_understood() -> None:
    assert mitoses(quantity(4), (SCT, "405920001")) == "unclear: not-understood"


def test_the_day_of_the_call_is_the_last_that_counts() -> None:
    assert record().on == ON
