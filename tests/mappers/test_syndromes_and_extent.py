"""functional_status, hormone_syndrome and extent."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.values import Known, Why
from tests.mappers.parts import (
    ALL,
    ICD,
    ICD_CM,
    concept,
    condition,
    fact,
    finding,
    request,
    seen,
    status,
    value,
    why,
    with_morphology,
)


def syndrome(said: str = "Carcinoid syndrome", **more: Any) -> Any:
    return condition("c2", concept(text=said), **more)


def test_a_tumour_nobody_calls_functioning_or_not_is_unclear() -> None:
    assert why(fact("functional_status", condition())) is Why.NOT_RECORDED
    assert why(fact("hormone_syndrome", condition())) is Why.NOT_RECORDED


def test_without_the_observations_it_is_unavailable() -> None:
    assert why(fact("functional_status", condition(), had=ALL - {"Observation"})) is Why.UNAVAILABLE


def test_an_active_syndrome_is_a_functioning_tumour() -> None:
    assert fact("functional_status", condition(), syndrome()) == Known("functioning", "Condition/c2")
    assert value(fact("hormone_syndrome", condition(), syndrome())) == "carcinoid"


def test_a_syndrome_is_read_by_its_code_and_by_histology() -> None:
    assert value(fact("hormone_syndrome", condition(code=concept((ICD_CM, "E34.00"))))) == "carcinoid"
    assert value(fact("hormone_syndrome", with_morphology("8151/3"))) == "insulinoma"


def test_a_benign_insulinoma_is_no_syndrome_of_the_nen() -> None:
    benign = with_morphology("8151/0", id="c2", code=concept(text="Insulinoma"))
    assert why(fact("functional_status", condition(), benign)) is Why.NOT_RECORDED


@pytest.mark.parametrize("code", ["resolved", "inactive", "remission"])
def test_only_a_past_syndrome_is_unclear(code: str) -> None:
    assert why(fact("functional_status", condition(), syndrome(clinicalStatus=status(code)))) is Why.NOT_CONFIRMED


def test_a_suspected_syndrome_is_unclear() -> None:
    suspected = syndrome(verificationStatus=status("provisional"))
    assert why(fact("functional_status", condition(), suspected)) is Why.NOT_CONFIRMED


def test_a_denied_syndrome_says_nothing() -> None:
    assert why(fact("functional_status", condition(), syndrome("No carcinoid syndrome"))) is Why.NOT_RECORDED


@pytest.mark.parametrize("said", ["Non-functioning pancreatic neuroendocrine tumor", "非機能性膵神経内分泌腫瘍"])
def test_non_functioning_is_read_where_it_is_written(said: str) -> None:
    tumour = condition(code=concept(text=said))
    assert value(fact("functional_status", tumour)) == "non-functioning"
    assert value(fact("hormone_syndrome", tumour)) == "none"


def test_a_finding_tells() -> None:
    assert value(fact("functional_status", condition(), finding("functional-status", "functioning"))) == "functioning"
    assert value(fact("hormone_syndrome", condition(), finding("functional-status", "functioning"))) == "other"


def test_an_undated_finding_is_not_used() -> None:
    told = finding("functional-status", "non-functioning", day=None)
    assert why(fact("functional_status", condition(), told)) is Why.UNDATED


def test_functioning_and_non_functioning_both_recorded_contradict() -> None:
    found = fact("functional_status", condition(), syndrome(), finding("functional-status", "non-functioning"))
    assert why(found) is Why.CONFLICTING
    assert seen(found) == ["functioning", "non-functioning"]


def test_non_functioning_beside_a_resolved_syndrome_is_a_contradiction() -> None:
    past = syndrome(clinicalStatus=status("resolved"))
    found = fact("functional_status", condition(), past, finding("functional-status", "non-functioning"))
    assert why(found) is Why.CONFLICTING


def test_two_syndromes_contradict() -> None:
    both = fact("hormone_syndrome", syndrome(), condition("c3", concept(text="Gastrinoma")))
    assert why(both) is Why.CONFLICTING


def test_an_order_that_names_a_syndrome_says_the_tumour_functions() -> None:
    order = request("octreotide LAR", reasonCode=[concept(text="Carcinoid syndrome")])
    assert value(fact("functional_status", condition(), drafts=(order,))) == "functioning"


def test_an_extent_nobody_states_is_unclear() -> None:
    assert why(fact("extent", condition())) is Why.NOT_RECORDED


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("unresectable", "advanced"),
        ("metastatic", "advanced"),
        ("recurrent", "advanced"),
        ("resectable", "resectable"),
        ("no-residual-disease", "resected-no-residual"),
    ],
)
def test_a_statement_of_extent_is_read(answer: str, expected: str) -> None:
    assert value(fact("extent", condition(), finding("disease-extent", answer))) == expected


def test_an_undated_statement_is_not_used() -> None:
    assert why(fact("extent", condition(), finding("disease-extent", "resectable", day=None))) is Why.UNDATED


def test_the_newest_statement_counts() -> None:
    older = finding("disease-extent", "unresectable", "a", "2024-01-01")
    assert value(fact("extent", condition(), older, finding("disease-extent", "resectable", "b"))) == "resectable"


def liver(**more: Any) -> Any:
    return condition("c2", concept((ICD, "C78.7")), **more)


def test_an_active_metastasis_is_advanced_disease() -> None:
    assert value(fact("extent", condition(), liver())) == "advanced"


@pytest.mark.parametrize("code", [concept((ICD, "C77")), concept((ICD_CM, "C77.2"))])
def test_a_lymph_node_metastasis_may_be_regional_and_says_nothing(code: Any) -> None:
    assert why(fact("extent", condition(), condition("c2", code))) is Why.NOT_RECORDED


def test_a_text_that_goes_on_to_name_metastases_is_advanced_disease() -> None:
    assert (
        value(fact("extent", condition(code=concept(text="Pancreatic carcinoid with liver metastases")))) == "advanced"
    )


@pytest.mark.parametrize("code", ["resolved", "inactive"])
def test_a_past_metastasis_says_nothing(code: str) -> None:
    assert why(fact("extent", condition(), liver(clinicalStatus=status(code)))) is Why.NOT_RECORDED


def test_a_refuted_metastasis_says_nothing() -> None:
    assert why(fact("extent", condition(), liver(verificationStatus=status("refuted")))) is Why.NOT_RECORDED


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-05-02", "advanced"), ("2026-05-01", "resected-no-residual"), ("2025", "resected-no-residual")],
)
def test_a_metastasis_after_the_statement_is_advanced_disease(day: str, expected: str) -> None:
    cured = finding("disease-extent", "no-residual-disease", day="2026-05-01")
    assert value(fact("extent", condition(), cured, liver(onsetDateTime=day))) == expected


def test_resectable_metastases_are_resectable() -> None:
    stated = finding("disease-extent", "resectable", day="2026-05-01")
    assert value(fact("extent", condition(), stated, liver(onsetDateTime="2026-04-01"))) == "resectable"


def test_a_metastasis_of_no_date_beside_a_statement_is_a_contradiction() -> None:
    assert why(fact("extent", condition(), finding("disease-extent", "resectable"), liver())) is Why.CONFLICTING


def test_a_recurrence_is_advanced_disease() -> None:
    assert value(fact("extent", condition(clinicalStatus=status("recurrence")))) == "advanced"


def test_a_metastasis_that_may_be_of_another_cancer_is_not_used() -> None:
    breast = condition("c3", concept((ICD, "C50.9")))
    assert why(fact("extent", condition(), breast, liver())) is Why.NOT_LINKED


def test_a_metastasis_related_to_the_nen_is_its_own() -> None:
    breast = condition("c3", concept((ICD, "C50.9")))
    related = {"url": "http://hl7.org/fhir/StructureDefinition/condition-related"}
    mine = liver(extension=[related | {"valueReference": {"reference": "Condition/c1"}}])
    assert value(fact("extent", condition(), breast, mine)) == "advanced"
    other = liver(extension=[related | {"valueReference": {"reference": "Condition/c3"}}])
    assert why(fact("extent", condition(), breast, other)) is Why.NOT_LINKED


def test_a_metastasis_coded_as_of_a_net_is_its_own_beside_another_cancer() -> None:
    breast = condition("c3", concept((ICD, "C50.9")))
    own = condition("c2", concept((ICD_CM, "C7B.02")))
    assert value(fact("extent", condition(), breast, own)) == "advanced"
