"""recorded_grade, sstr2_ihc, platinum_marker, sstr_imaging and liver_tumour_volume_percent."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.values import Known, Why
from tests.mappers.parts import (
    ALL,
    ICD,
    LOINC,
    OWN,
    SCT,
    concept,
    condition,
    fact,
    finding,
    observation,
    seen,
    value,
    why,
)


def grade(code: str, name: str = "g1", day: str = "2026-05-01", **more: Any) -> Any:
    return observation(name, (LOINC, "33732-9"), day, valueCodeableConcept=concept((SCT, code))) | more


def test_without_a_grade_it_is_not_recorded() -> None:
    assert why(fact("recorded_grade", condition())) is Why.NOT_RECORDED


def test_a_who_grade_is_read() -> None:
    assert fact("recorded_grade", condition(), grade("1663004")) == Known("G2", "Observation/g1", "2026-05-01")


def test_a_performance_status_under_the_code_of_grade_is_no_grade() -> None:
    assert why(fact("recorded_grade", condition(), grade("422894000"))) is Why.NOT_UNDERSTOOD


def test_two_grades_of_one_day_contradict() -> None:
    assert why(fact("recorded_grade", condition(), grade("1663004"), grade("54102005", "g2"))) is Why.CONFLICTING


def test_a_newer_higher_grade_counts() -> None:
    assert value(fact("recorded_grade", condition(), grade("54102005", day="2024"), grade("1663004", "g2"))) == "G2"


def test_a_newer_lower_grade_does_not_replace_the_older_one() -> None:
    found = fact("recorded_grade", condition(), grade("1663004", day="2024"), grade("54102005", "g2"))
    assert why(found) is Why.CONFLICTING
    assert seen(found) == ["G1", "G2"]


def test_a_grade_that_may_be_of_another_cancer_is_not_used() -> None:
    breast = condition("c2", concept((ICD, "C50.9")))
    assert why(fact("recorded_grade", condition(), breast, grade("1663004"))) is Why.NOT_LINKED


def test_our_own_codes_are_about_the_nen() -> None:
    breast = condition("c2", concept((ICD, "C50.9")))
    assert value(fact("sstr2_ihc", condition(), breast, finding("sstr2-ihc", "positive"))) == "positive"


def test_staining_is_no_imaging() -> None:
    assert why(fact("sstr_imaging", condition(), finding("sstr2-ihc", "positive"))) is Why.NOT_RECORDED


@pytest.mark.parametrize(
    ("rb", "kras", "expected"),
    [
        ("lost", None, "present"),
        ("lost", "wild-type", "present"),
        (None, "mutated", "present"),
        ("retained", "mutated", "present"),
        ("retained", "wild-type", "absent"),
        ("retained", None, "unclear: not-recorded"),
        (None, "wild-type", "unclear: not-recorded"),
        (None, None, "unclear: not-recorded"),
    ],
)
def test_a_platinum_marker_is_absent_only_when_both_are_known(rb: Any, kras: Any, expected: str) -> None:
    told = [finding("rb-status", rb, "rb")] if rb else []
    told += [finding("kras-status", kras, "kras")] if kras else []
    assert value(fact("platinum_marker", condition(), *told)) == expected


def loinc_answer(code: str, answer: str, **more: Any) -> Any:
    return observation("v1", (LOINC, code), valueCodeableConcept=concept((LOINC, answer)), **more)


def test_kras_is_read_under_its_loinc_code() -> None:
    assert value(fact("platinum_marker", condition(), loinc_answer("21702-6", "LA9633-4"))) == "present"
    rb = finding("rb-status", "retained")
    assert value(fact("platinum_marker", condition(), loinc_answer("21702-6", "LA9634-2"), rb)) == "absent"


def component(said: str) -> Any:
    return {"code": concept((LOINC, "48018-6")), "valueCodeableConcept": {"coding": [{"display": said}]}}


def test_a_variant_of_kras_is_a_mutation() -> None:
    told = loinc_answer("69548-6", "LA9633-4", component=[component("KRAS")])
    assert value(fact("platinum_marker", condition(), told)) == "present"


def test_a_variant_of_another_gene_says_nothing() -> None:
    told = loinc_answer("69548-6", "LA9633-4", component=[component("BRAF")])
    assert why(fact("platinum_marker", condition(), told)) is Why.NOT_RECORDED


def test_one_absent_variant_does_not_make_a_gene_wild_type() -> None:
    told = loinc_answer("69548-6", "LA9634-2", component=[component("KRAS"), component("c.34G>T")])
    assert why(fact("platinum_marker", condition(), told, finding("rb-status", "retained"))) is Why.NOT_RECORDED


def krenning(score: Any) -> Any:
    return observation("s1", (OWN, "sstr-imaging"), valueInteger=score)


@pytest.mark.parametrize(
    ("score", "expected"),
    [(0, "negative"), (1, "negative"), (2, "positive"), (4, "positive"), (5, "unclear: not-understood")],
)
def test_a_krenning_score_of_two_and_above_is_positive(score: int, expected: str) -> None:
    assert value(fact("sstr_imaging", condition(), krenning(score))) == expected


@pytest.mark.parametrize("score", [True, 2.5, "2", -1])
def test_a_krenning_score_that_is_none_is_not_understood(score: Any) -> None:
    assert why(fact("sstr_imaging", condition(), krenning(score))) is Why.NOT_UNDERSTOOD


def test_mixed_uptake_is_not_passed_over_for_an_older_positive_scan() -> None:
    mixed = observation("s2", (OWN, "sstr-imaging"), valueString="mixed uptake")
    older = finding("sstr-imaging", "positive", "s1", "2025-01-01")
    assert why(fact("sstr_imaging", condition(), older, mixed)) is Why.NOT_UNDERSTOOD


def test_a_text_that_is_nothing_but_the_answer_is_the_answer() -> None:
    told = observation("s1", (OWN, "sstr-imaging"), valueString="Positive")
    assert value(fact("sstr_imaging", condition(), told)) == "positive"


def test_positive_and_negative_of_one_day_contradict() -> None:
    both = [finding("sstr-imaging", "positive", "a"), finding("sstr-imaging", "negative", "b")]
    found = fact("sstr_imaging", condition(), *both)
    assert why(found) is Why.CONFLICTING
    assert seen(found) == ["positive", "negative"]


def study(*conclusions: Any, day: str = "2026-05-01", **more: Any) -> Any:
    code = concept((LOINC, "39828-9"))
    report = {"resourceType": "DiagnosticReport", "id": "r1", "status": "final", "code": code, "effectiveDateTime": day}
    return report | ({"conclusionCode": list(conclusions)} if conclusions else {}) | more


def test_a_report_of_a_receptor_study_tells_by_its_coded_conclusion() -> None:
    assert value(fact("sstr_imaging", condition(), study(concept((OWN, "negative"))))) == "negative"


def test_the_free_text_of_a_report_is_not_read() -> None:
    assert why(fact("sstr_imaging", condition(), study(conclusion="positive"))) is Why.NOT_UNDERSTOOD
    assert why(fact("sstr_imaging", condition(), study())) is Why.NOT_RECORDED


def test_a_report_of_another_study_says_nothing() -> None:
    mibg = study(concept((OWN, "positive")), code=concept((LOINC, "39827-1")))
    assert why(fact("sstr_imaging", condition(), mibg)) is Why.NOT_RECORDED


def test_a_report_that_concludes_other_things_leaves_the_answer_to_the_result_of_that_day() -> None:
    report = study(concept(text="Liver metastases"))
    assert value(fact("sstr_imaging", condition(), report, finding("sstr-imaging", "positive"))) == "positive"
    assert why(fact("sstr_imaging", condition(), report)) is Why.NOT_UNDERSTOOD


def test_without_the_reports_a_scan_that_is_not_there_is_unavailable() -> None:
    assert why(fact("sstr_imaging", condition(), had=ALL - {"DiagnosticReport"})) is Why.UNAVAILABLE


def load(number: Any, day: str | None, name: str = "l1") -> Any:
    share = {"value": number, "unit": "%"}
    return observation(name, (OWN, "hepatic-tumour-load"), day, valueQuantity=share)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-05-27", "30"), ("2026-05-26", "unclear: too-old"), ("2026-11-24", "unclear: undated")],
)
def test_a_liver_volume_counts_for_180_days(day: str, expected: str) -> None:
    assert value(fact("liver_tumour_volume_percent", condition(), load(30, day))) == expected


def test_a_liver_volume_dated_to_the_year_may_be_too_old() -> None:
    assert why(fact("liver_tumour_volume_percent", condition(), load(30, "2026"))) is Why.TOO_OLD


def test_half_a_percent_of_the_liver_is_an_ordinary_value() -> None:
    assert value(fact("liver_tumour_volume_percent", condition(), load(0.5, "2026-11-01"))) == "0.5"


def test_no_liver_metastases_written_is_zero() -> None:
    told = observation("l1", (OWN, "hepatic-tumour-load"), valueString="No liver metastases") | {
        "effectiveDateTime": "2026-11-01"
    }
    assert value(fact("liver_tumour_volume_percent", condition(), told)) == "0"
