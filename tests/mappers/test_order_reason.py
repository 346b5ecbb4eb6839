"""order_reason."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.values import Fact, Why
from cds_service.mappers.case import map_case
from tests.mappers.parts import (
    ALL,
    ICD,
    VALUE_SETS,
    concept,
    condition,
    extras,
    record,
    request,
    status,
    value,
    why,
)


def reason(draft: Any, *resources: Any, **more: Any) -> Fact:
    [order] = map_case(record(condition(), *resources, drafts=(draft,), **more), VALUE_SETS).orders
    return order.reason


def because(said: str, drug: str = "octreotide LAR", *resources: Any) -> str:
    return value(reason(request(drug, reasonCode=[concept(text=said)]), *resources))


@pytest.mark.parametrize(
    "said", ["Neuroendocrine tumor", "Pancreatic neuroendocrine carcinoma", "Liver metastases", "Carcinoid syndrome"]
)
def test_a_reason_that_names_the_nen_its_metastasis_or_syndrome_is_this_tumour(said: str) -> None:
    assert because(said) == "this-tumour"


@pytest.mark.parametrize("said", ["Acromegaly", "先端巨大症", "Breast cancer", "Merkel cell carcinoma"])
def test_a_reason_that_names_something_else_is_another_disease(said: str) -> None:
    assert because(said) == "another-disease"


@pytest.mark.parametrize("said", ["Tumour", "Pancreatic cancer", "Nausea"])
def test_a_reason_that_may_be_either_is_not_understood(said: str) -> None:
    assert because(said) == "unclear: not-understood"


def test_a_reason_may_refer_to_a_condition_of_the_record() -> None:
    acromegaly = condition("c2", concept(text="Acromegaly"))
    cancer = condition("c3", concept((ICD, "C50.9")))

    def for_the(name: str) -> str:
        order = request("octreotide LAR", reasonReference=[{"reference": f"Condition/{name}"}])
        return value(reason(order, acromegaly, cancer))

    assert for_the("c1") == "this-tumour"
    assert for_the("c2") == "another-disease"
    assert for_the("c3") == "another-disease"
    assert for_the("c9") == "unclear: not-understood"


def test_a_reference_that_leads_nowhere_counts_by_its_display() -> None:
    order = request("octreotide LAR", reasonReference=[{"reference": "Condition/c9", "display": "Acromegaly"}])
    assert value(reason(order)) == "another-disease"


@pytest.mark.parametrize("said", ["Acromegaly", "Neuroendocrine tumor"])
@pytest.mark.parametrize("display", [{}, {"display": "Acromegaly"}])
def test_a_contained_condition_is_no_reason_that_is_understood(said: str, display: Any) -> None:
    inside = condition("inside", concept(text=said))
    order = request("octreotide LAR", contained=[inside], reasonReference=[{"reference": "#inside"} | display])
    assert value(reason(order)) == "unclear: not-understood"


@pytest.mark.parametrize("said", ["Acromegaly", "Breast cancer", "Neuroendocrine tumor"])
@pytest.mark.parametrize(
    "more",
    [
        *({"verificationStatus": status(code)} for code in ("refuted", "entered-in-error", "provisional")),
        *({"verificationStatus": status(code)} for code in ("differential", "unconfirmed", "nobody-knows")),
        {"clinicalStatus": status("nobody-knows")},
        {"modifierExtension": [{"url": "http://ehr.example/not"}]},
    ],
)
def test_a_condition_that_is_not_sure_is_no_reason_that_is_understood(said: str, more: Any) -> None:
    doubtful = condition("c2", concept(text=said)) | more
    order = request("octreotide LAR", reasonReference=[{"reference": "Condition/c2", "display": said}])
    assert value(reason(order, doubtful)) == "unclear: not-understood"
    assert value(reason(order, others=extras(doubtful))) == "unclear: not-understood"


def test_a_withdrawn_reason_does_not_take_away_another_one() -> None:
    withdrawn = condition("c2", concept(text="Breast cancer"), verificationStatus=status("refuted"))
    named = [{"reference": f"Condition/{name}"} for name in ("c2", "c3")]
    acromegaly = condition("c3", concept(text="Acromegaly"))
    assert value(reason(request("octreotide LAR", reasonReference=named), withdrawn, acromegaly)) == "another-disease"


def test_a_reason_sent_along_with_the_orders_must_say_that_it_is_of_this_patient() -> None:
    order = request("octreotide LAR", reasonReference=[{"reference": "Condition/c2", "display": "Acromegaly"}])
    acromegaly = condition("c2", concept(text="Acromegaly"))
    assert value(reason(order, others=extras(acromegaly))) == "another-disease"
    for subject in (None, {"display": "Patient/p1"}, {"reference": "#p1"}, {"reference": "Group/p1"}):
        told = acromegaly | {"subject": subject}
        assert value(reason(order, others=extras(told))) == "unclear: not-understood"
    del acromegaly["subject"]
    assert value(reason(order, others=extras(acromegaly))) == "unclear: not-understood"


def test_a_reason_sent_along_is_found_by_its_full_url() -> None:
    url = "urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a"
    order = request("octreotide LAR", reasonReference=[{"reference": url}])
    assert value(reason(order, others=extras(condition("", concept(text="Acromegaly")), url=url))) == "another-disease"
    assert value(reason(order, others=extras(condition("c1"), url=url))) == "this-tumour"


def test_two_different_conditions_under_one_reference_are_no_reason_that_is_understood() -> None:
    order = request("octreotide LAR", reasonReference=[{"reference": "Condition/c2"}])
    one, other = condition("c2", concept(text="Acromegaly")), condition("c2", concept(text="Cough"))
    assert value(reason(order, one, others=extras(other))) == "unclear: not-understood"
    assert value(reason(order, one, others=extras(one))) == "another-disease"


def test_a_reason_that_is_no_condition_or_only_an_identifier_is_not_understood() -> None:
    study = {"resourceType": "Observation", "id": "o1", "status": "final", "code": concept(text="Acromegaly")}
    order = request("octreotide LAR", reasonReference=[{"reference": "Observation/o1"}])
    assert value(reason(order, study | {"subject": {"reference": "Patient/p1"}})) == "unclear: not-understood"
    by_identifier = request("octreotide LAR", reasonReference=[{"identifier": {"value": "7"}}])
    assert value(reason(by_identifier)) == "unclear: not-understood"


def test_a_refuted_syndrome_as_a_reason_makes_no_functioning_tumour() -> None:
    syndrome = condition("c2", concept(text="Carcinoid syndrome"), verificationStatus=status("refuted"))
    order = request("octreotide LAR", reasonReference=[{"reference": "Condition/c2"}])
    case = map_case(record(condition(), syndrome, drafts=(order,)), VALUE_SETS)
    assert why(case.fact("functional_status")) is Why.NOT_RECORDED


def test_without_a_reason_it_is_this_tumour_where_the_record_holds_nothing_else() -> None:
    assert value(reason(request("sunitinib"))) == "this-tumour"


@pytest.mark.parametrize("clinical", ["active", "resolved", "inactive", "remission"])
def test_without_a_reason_another_cancer_in_any_status_leaves_it_unclear(clinical: str) -> None:
    other = condition("c2", concept((ICD, "C64")), clinicalStatus=status(clinical))
    assert why(reason(request("sunitinib"), other)) is Why.NOT_LINKED


@pytest.mark.parametrize("verification", ["refuted", "entered-in-error"])
def test_a_withdrawn_cancer_is_not_on_record(verification: str) -> None:
    other = condition("c2", concept((ICD, "C64")), verificationStatus=status(verification))
    assert value(reason(request("sunitinib"), other)) == "this-tumour"


@pytest.mark.parametrize(
    "code",
    [concept((ICD, "C44.3")), concept(text="Basal cell carcinoma"), concept((ICD, "C78.7")), concept((ICD, "E11"))],
)
def test_what_is_no_other_cancer_does_not_matter(code: Any) -> None:
    assert value(reason(request("sunitinib"), condition("c2", code))) == "this-tumour"


def test_a_family_history_of_cancer_is_no_cancer() -> None:
    told = condition("c2", concept(text="Family history of breast cancer"))
    assert value(reason(request("sunitinib"), told)) == "this-tumour"


def test_a_cancer_by_its_profile_is_a_cancer() -> None:
    profile = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-primary-cancer-condition"
    told = condition("c2", concept(text="Tumour of kidney"), meta={"profile": [profile]})
    assert why(reason(request("sunitinib"), told)) is Why.NOT_LINKED


def test_without_a_reason_another_indication_of_this_drug_leaves_it_unclear() -> None:
    acromegaly = condition("c2", concept(text="Acromegaly"))
    assert why(reason(request("octreotide LAR"), acromegaly)) is Why.NOT_LINKED
    assert value(reason(request("sunitinib"), acromegaly)) == "this-tumour"


def test_a_transplant_among_the_procedures_is_an_indication() -> None:
    told = {"resourceType": "Procedure", "id": "p1", "status": "completed", "subject": {"reference": "Patient/p1"}}
    kidney = told | {"code": concept(text="Kidney transplant")}
    assert why(reason(request("everolimus 5 mg"), kidney)) is Why.NOT_LINKED


def test_without_a_reason_unread_conditions_leave_it_unclear() -> None:
    found = reason(request("sunitinib"), had=ALL - {"Condition"}, lacking={"Condition": Why.INCOMPLETE})
    assert why(found) is Why.INCOMPLETE


def test_prrt_without_a_reason_is_for_this_tumour_whatever_else_there_is() -> None:
    assert value(reason(request("Lutathera"), condition("c2", concept((ICD, "C64"))))) == "this-tumour"
