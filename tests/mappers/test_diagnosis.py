"""The facts diagnosis and primary_site."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.values import Known, Why
from tests.mappers.parts import (
    ICD,
    ICD_CM,
    ICD_O,
    SCT,
    concept,
    condition,
    fact,
    finding,
    observation,
    request,
    seen,
    status,
    value,
    why,
    with_morphology,
)

LINKED = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-related-condition"


def test_without_the_condition_search_nothing_is_concluded_from_no_condition() -> None:
    assert why(fact("diagnosis", had=frozenset())) is Why.UNAVAILABLE


def test_a_condition_search_that_was_cut_short_is_incomplete() -> None:
    assert why(fact("diagnosis", had=frozenset(), lacking={"Condition": Why.INCOMPLETE})) is Why.INCOMPLETE


def test_no_condition_after_a_full_search_is_another_disease() -> None:
    assert value(fact("diagnosis")) == "other"


@pytest.mark.parametrize("code", ["refuted", "entered-in-error"])
def test_a_withdrawn_condition_never_counts(code: str) -> None:
    assert value(fact("diagnosis", condition(verificationStatus=status(code)))) == "other"


@pytest.mark.parametrize("code", ["provisional", "differential", "unconfirmed"])
def test_a_condition_that_is_not_confirmed_leaves_the_diagnosis_unclear(code: str) -> None:
    assert why(fact("diagnosis", condition(verificationStatus=status(code)))) is Why.NOT_CONFIRMED


@pytest.mark.parametrize("key", ["verificationStatus", "clinicalStatus"])
def test_a_status_nobody_knows_leaves_the_diagnosis_unclear(key: str) -> None:
    assert why(fact("diagnosis", condition() | {key: status("finale")})) is Why.NOT_UNDERSTOOD


@pytest.mark.parametrize("code", ["active", "recurrence", "relapse", "remission"])
def test_a_condition_of_these_clinical_states_counts(code: str) -> None:
    assert value(fact("diagnosis", condition(clinicalStatus=status(code)))) == "nen"


@pytest.mark.parametrize("code", ["resolved", "inactive"])
def test_a_past_condition_alone_leaves_the_diagnosis_unclear(code: str) -> None:
    assert why(fact("diagnosis", condition(clinicalStatus=status(code)))) is Why.NOT_CONFIRMED


def test_a_past_condition_with_a_later_metastasis_counts() -> None:
    past = condition(clinicalStatus=status("resolved"), recordedDate="2023-05-01")
    spread = condition("c2", concept((ICD, "C78.7")), onsetDateTime="2025-01-01")
    assert value(fact("diagnosis", past, spread)) == "nen"


def test_a_past_condition_with_an_earlier_metastasis_does_not_count() -> None:
    past = condition(clinicalStatus=status("resolved"), abatementDateTime="2026-05-01")
    spread = condition("c2", concept((ICD, "C78.7")), onsetDateTime="2025-01-01")
    assert why(fact("diagnosis", past, spread)) is Why.NOT_CONFIRMED


def test_a_past_condition_that_is_said_to_have_recurred_counts() -> None:
    past = condition(clinicalStatus=status("resolved"), abatementDateTime="2024-05-01")
    assert value(fact("diagnosis", past, finding("disease-extent", "recurrent", day="2026-01-01"))) == "nen"


def test_a_past_condition_an_order_is_for_counts() -> None:
    past = condition(clinicalStatus=status("inactive"))
    order = request("sunitinib", reasonReference=[{"reference": "https://ehr.example/fhir/Condition/c1"}])
    assert value(fact("diagnosis", past, drafts=(order,))) == "nen"


def test_a_condition_that_is_not_fhir_leaves_the_diagnosis_unclear() -> None:
    assert why(fact("diagnosis", condition(category={"text": "an object where a list belongs"}))) is Why.NOT_UNDERSTOOD


def test_a_condition_modified_by_something_unknown_is_not_used() -> None:
    modified = condition(modifierExtension=[{"url": "http://ehr.example/absence", "valueBoolean": True}])
    assert why(fact("diagnosis", modified)) is Why.NOT_UNDERSTOOD


def test_an_unknown_contained_type_costs_one_condition_and_not_the_call() -> None:
    odd = condition("c2", contained=[{"resourceType": "Nonsense", "id": "x"}])
    assert value(fact("diagnosis", odd, condition())) == "nen"


def test_a_diagnosis_of_text_only_is_read() -> None:
    found = fact("diagnosis", condition(code=concept(text="膵神経内分泌腫瘍"), onsetDateTime="2026-04-01"))
    assert found == Known("nen", "Condition/c1", "2026-04-01")


def test_the_condition_of_the_recorded_client_is_read_by_its_words() -> None:
    code = concept((SCT, "1259497007", "Neuroendocrine tumor of pancreas"), text="Neuroendocrine tumor of pancreas")
    assert value(fact("diagnosis", condition(code=code))) == "nen"
    assert value(fact("primary_site", condition(code=code))) == "pancreas"


@pytest.mark.parametrize(
    "said",
    [
        "Family history of carcinoid",
        "No evidence of carcinoid",
        "Suspected neuroendocrine tumor",
        "カルチノイドの疑い",
    ],
)
def test_a_text_that_denies_or_doubts_the_tumour_does_not_make_one(said: str) -> None:
    assert why(fact("diagnosis", condition(code=concept(text=said)))) is Why.NOT_CONFIRMED


def test_a_denial_of_something_else_does_not_deny_the_tumour() -> None:
    assert value(fact("diagnosis", condition(code=concept(text="Ileum carcinoid, no carcinoid syndrome")))) == "nen"
    assert value(fact("diagnosis", condition(code=concept(text="膵神経内分泌腫瘍 肝転移なし")))) == "nen"


@pytest.mark.parametrize("code", ["C254", "C25.4", "c25.4"])
def test_icd_10_is_read_with_and_without_its_dot(code: str) -> None:
    assert value(fact("diagnosis", condition(code=concept((ICD, code))))) == "nen"


def test_a_system_is_read_under_its_oid() -> None:
    found = fact("diagnosis", condition(code=concept(("urn:oid:2.16.840.1.113883.6.90", "C7A010"))))
    assert value(found) == "nen"


@pytest.mark.parametrize("system", ["http://hl7.org/fhir/sid/icd-10/", "icd-10", SCT])
def test_a_code_in_another_system_says_nothing(system: str) -> None:
    assert value(fact("diagnosis", condition(code=concept((system, "C25.4"))))) == "other"


@pytest.mark.parametrize("code", ["8240/3", "M8240/3", "82403", "8240/31", "8240/3-C25.4"])
def test_icd_o_histology_is_read_in_every_common_spelling(code: str) -> None:
    assert value(fact("diagnosis", with_morphology(code))) == "nen"


def test_histology_goes_before_the_code_of_the_diagnosis() -> None:
    assert value(fact("diagnosis", with_morphology("8243/3", code=concept((ICD_CM, "C7A.010"))))) == "other"


@pytest.mark.parametrize("code", ["8151/0", "M8151/0"])
def test_a_benign_insulinoma_is_another_disease(code: str) -> None:
    assert value(fact("diagnosis", with_morphology(code))) == "other"


def test_a_benign_carcinoid_is_another_disease() -> None:
    assert value(fact("diagnosis", condition(code=concept((ICD_CM, "D3A.00"))))) == "other"


def test_a_goblet_cell_carcinoid_is_another_disease_by_its_words() -> None:
    assert value(fact("diagnosis", condition(code=concept(text="Goblet cell carcinoid")))) == "other"


def test_a_nen_code_beside_the_words_of_a_look_alike_is_unclear() -> None:
    assert why(fact("diagnosis", condition(code=concept((ICD_CM, "C7A.1"), text="Merkel cell carcinoma")))) is not None


def body(code: str) -> list[Any]:
    return [concept((SCT, code))]


@pytest.mark.parametrize(
    ("code", "site", "expected"),
    [
        ("8246/3", [], "nen"),
        ("8246/3", body("34402009"), "nen"),
        ("8246/3", body("39607008"), "other"),
        ("8246/3", [{"text": "Urinary bladder"}], "unclear: not-understood"),
        ("8154/3", body("39607008"), "other"),
        ("8240/3", body("39607008"), "nen"),
        ("8041/3", body("34402009"), "nen"),
        ("8041/3", body("39607008"), "other"),
        ("8041/3", [], "unclear: not-understood"),
        ("8041/3", [{"text": "Unknown primary"}], "other"),
        ("8246/3", [{"text": "Unknown primary"}], "nen"),
    ],
)
def test_a_nec_is_of_the_digestive_tract_or_of_no_stated_site(code: str, site: list[Any], expected: str) -> None:
    assert value(fact("diagnosis", with_morphology(code, bodySite=site))) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Neuroendocrine carcinoma", "nen"),
        ("Poorly differentiated large cell neuroendocrine carcinoma of unknown primary", "nen"),
        ("Neuroendocrine carcinoma of the urinary bladder", "unclear: not-understood"),
        ("Cervical neuroendocrine carcinoma", "unclear: not-understood"),
        ("膀胱神経内分泌癌", "unclear: not-understood"),
        ("Neuroendocrine carcinoma of lung", "other"),
    ],
)
def test_a_nec_whose_words_name_an_unlisted_place_is_not_taken_for_a_digestive_one(said: str, expected: str) -> None:
    assert value(fact("diagnosis", condition(code=concept(text=said)))) == expected


def test_a_nec_under_a_cancer_code_of_another_organ_is_not_taken_for_a_digestive_one() -> None:
    code = concept((ICD, "C67.9"), text="Neuroendocrine carcinoma")
    assert why(fact("diagnosis", condition(code=code))) is Why.NOT_UNDERSTOOD


def test_a_metastasis_of_a_net_is_a_nen_without_a_primary_site() -> None:
    spread = condition(code=concept((ICD_CM, "C7B.02")))
    assert value(fact("diagnosis", spread)) == "nen"
    assert why(fact("primary_site", spread)) is Why.NOT_RECORDED


def test_a_metastasis_never_gives_the_primary_site() -> None:
    spread = condition("c2", concept((ICD, "C78.7"), text="Liver metastases"), bodySite=[concept(text="Liver")])
    assert value(fact("primary_site", condition(), spread)) == "pancreas"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Pancreatic neuroendocrine tumor with liver metastases", "pancreas"),
        ("Neuroendocrine tumor of ileum metastatic to the liver", "small-bowel"),
        ("膵神経内分泌腫瘍肝転移", "pancreas"),
        ("Liver metastases of pancreatic neuroendocrine tumor", "unclear: not-recorded"),
    ],
)
def test_where_a_tumour_has_spread_to_is_not_its_site(said: str, expected: str) -> None:
    assert value(fact("primary_site", condition(code=concept(text=said)))) == expected


def test_a_lying_display_loses_to_its_code() -> None:
    lying = condition(code=concept((ICD_CM, "C7A.010", "Neuroendocrine tumor of pancreas")))
    assert value(fact("primary_site", lying)) == "duodenum"


def test_a_text_against_the_code_is_a_contradiction() -> None:
    found = fact("primary_site", condition(code=concept((ICD_CM, "C7A.010"), text="Pancreatic carcinoid")))
    assert why(found) is Why.CONFLICTING
    assert seen(found) == ["duodenum", "pancreas"]


def test_the_topography_of_a_composite_code_is_the_site() -> None:
    assert value(fact("primary_site", with_morphology("8240/3-C20.9"))) == "rectum"


def test_a_site_nobody_listed_is_not_understood() -> None:
    net = with_morphology("8240/3", bodySite=[concept((SCT, "999"))])
    assert why(fact("primary_site", net)) is Why.NOT_UNDERSTOOD


def two_primaries() -> tuple[Any, Any]:
    return condition(), condition("c2", concept((ICD_CM, "C7A.010")))


def test_two_primaries_at_different_sites_are_shown_and_not_chosen_from() -> None:
    found = fact("primary_site", *two_primaries())
    assert why(found) is Why.CONFLICTING
    assert seen(found) == ["pancreas", "duodenum"]


def test_of_two_primaries_the_one_the_order_is_for_counts() -> None:
    order = request("sunitinib", reasonReference=[{"reference": "Condition/c2"}])
    assert value(fact("primary_site", *two_primaries(), drafts=(order,))) == "duodenum"


def test_the_same_tumour_entered_twice_is_one_site() -> None:
    assert value(fact("primary_site", condition(), condition("c2", concept((ICD, "C25.4"))))) == "pancreas"


def histology(code: str, **more: Any) -> Any:
    return observation("h1", ("http://loinc.org", "59847-4"), valueCodeableConcept=concept((ICD_O, code)), **more)


def test_histology_linked_to_a_condition_says_what_it_is() -> None:
    cancer = condition(code=concept((ICD, "C25.9")))
    assert value(fact("diagnosis", cancer, histology("8240/3", focus=[{"reference": "Condition/c1"}]))) == "nen"


def test_histology_of_a_nen_without_a_condition_of_one_is_not_linked() -> None:
    cancer = condition(code=concept((ICD, "C25.9")))
    assert why(fact("diagnosis", cancer, histology("8240/3"))) is Why.NOT_LINKED


def test_histology_is_of_the_only_nen_of_the_chart() -> None:
    assert value(fact("diagnosis", condition(code=concept((ICD, "C25.4"))), histology("8243/3"))) == "other"


def test_histology_is_not_given_to_the_nen_where_there_is_another_cancer() -> None:
    lung = condition("c2", concept((ICD, "C34.9"), text="Lung cancer"))
    assert value(fact("diagnosis", condition(), lung, histology("8041/3"))) == "nen"
    assert why(fact("differentiation", condition(), lung, histology("8041/3"))) is not None
