"""Which drug an order is of, and how surely."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Call, Draft
from cds_service.domain.case import Order
from cds_service.mappers.case import map_case
from cds_service.mappers.orders import any_names_a_drug
from tests.mappers.parts import (
    ATC,
    HCPCS,
    NDC,
    ON,
    RXNORM,
    SCT,
    VALUE_SETS,
    concept,
    condition,
    extras,
    record,
    request,
)


def ordered(draft: Any, *resources: Any, **more: Any) -> Order:
    [order] = map_case(record(condition(), *resources, drafts=(draft,), **more), VALUE_SETS).orders
    return order


def drug(draft: Any, *resources: Any, **more: Any) -> str | None:
    return ordered(draft, *resources, **more).drug


def coded(*codings: Any, text: str = "", **more: Any) -> Any:
    return request(medicationCodeableConcept=concept(*codings, text=text), **more)


def service(*codings: Any, text: str = "", **more: Any) -> Any:
    told = {"resourceType": "ServiceRequest", "id": "s1", "status": "draft", "intent": "plan"}
    return told | {"subject": {"reference": "Patient/p1"}, "code": concept(*codings, text=text)} | more


@pytest.mark.parametrize(
    "draft",
    [
        request(),
        request("aspirin 100 mg"),
        request(medicationCodeableConcept=None),
        request(medicationCodeableConcept=[]),
        request(medicationCodeableConcept={"coding": {"code": 5}}),
        request(medicationCodeableConcept={"coding": "x", "text": ["sunitinib"]}),
        request(medicationReference="Medication/1"),
        request(medicationReference={"reference": "Medication/absent"}),
        coded(("urn:oid:1.2.3", "NOCODED")),
        {"resourceType": "MedicationOrder", "id": "o1", "medicationCodeableConcept": {"text": "sunitinib"}},
        {"resourceType": "NutritionOrder", "id": "n1"},
    ],
)
def test_an_order_that_names_no_listed_drug_has_none(draft: Any) -> None:
    assert drug(draft) is None


@pytest.mark.parametrize(
    "more",
    [
        {"doNotPerform": True},
        {"doNotPerform": "true"},
        {"doNotPerform": "false"},
        {"doNotPerform": 0},
        {"doNotPerform": []},
        {"_doNotPerform": {"extension": [{"url": "http://ehr.example/why"}]}},
        {"status": "cancelled"},
        {"status": "entered-in-error"},
        {"modifierExtension": [{"url": "http://ehr.example/do-not"}]},
    ],
)
def test_an_order_that_forbids_may_forbid_or_is_withdrawn_orders_nothing(more: Any) -> None:
    assert drug(request("sunitinib", **more)) is None


@pytest.mark.parametrize(
    "codings",
    [
        [(RXNORM, "357977")],
        [("urn:oid:2.16.840.1.113883.6.88", "357977")],
        [(ATC, "L01XE04")],
        [("urn:oid:1.2.3", "local"), (RXNORM, "357977")],
    ],
)
def test_a_drug_is_known_by_any_of_its_codes(codings: Any) -> None:
    assert drug(coded(*codings)) == "sunitinib"


def test_a_code_in_an_unknown_system_is_no_code() -> None:
    assert drug(coded(("http://example.org/rxnorm", "357977"))) is None


def test_a_lying_display_loses_to_the_code() -> None:
    assert drug(coded((RXNORM, "357977", "everolimus 5 MG Oral Tablet"))) == "sunitinib"


@pytest.mark.parametrize("code", ["0078-0818", "0078-0818-61", "00078081861", "00078-0818-61"])
def test_an_ndc_is_known_by_labeler_and_product(code: str) -> None:
    assert ordered(coded((NDC, code))).formulation_is_known


@pytest.mark.parametrize("code", ["0078-0819-61", "780818", "0078081861", "x"])
def test_another_ndc_says_nothing(code: str) -> None:
    assert drug(coded((NDC, code))) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("sunitinib", "sunitinib"),
        ("SUTENT", "sunitinib"),
        ("スーテントカプセル12.5mg", "sunitinib"),
        ("スーテントカプセル１２．５ｍｇ", "sunitinib"),
        ("sunitinib 12.5 MG Oral Capsule", "sunitinib"),
        ("sunitinib malate 12.5 MG Oral Capsule [Sutent]", "sunitinib"),
        ("octreotide 30 MG depot injection", "octreotide-lar"),
        ("Sandostatin LAR 20 mg (Novartis)", "octreotide-lar"),
        ("【般】エベロリムス錠5mg", "everolimus"),
        ("カルボプラチン", None),
        ("Lutathera 370 MBq/mL solution for infusion", "lutetium-dotatate"),
        ("cisplatin 1 mg/mL injection, 50 mL vial", "cisplatin"),
    ],
)
def test_an_exact_name_is_as_good_as_a_code(said: str, expected: str | None) -> None:
    order = ordered(request(said))
    assert order.drug == expected
    assert order.name_is_exact


@pytest.mark.parametrize(
    "said", ["Sunitinib study arm B", "start sunitinib 37.5 mg daily when CT is done", "pegylated cisplatin"]
)
def test_a_name_among_other_words_is_not_exact(said: str) -> None:
    order = ordered(request(said))
    assert order.drug is not None
    assert not order.name_is_exact


@pytest.mark.parametrize(
    "said",
    ["ondansetron before cisplatin", "hydration for cisplatin", "oxaliplatinum", "no sunitinib", "ガオクトレオチド"],
)
def test_a_name_that_is_only_mentioned_or_sounds_alike_orders_nothing(said: str) -> None:
    assert drug(request(said)) is None


def test_a_product_told_to_be_two_excluded_forms_orders_nothing() -> None:
    assert drug(request("octreotide subcutaneous capsule")) is None


def test_two_drugs_in_one_order_are_no_order_of_either() -> None:
    assert drug(request("capecitabine 500 mg + temozolomide 100 mg")) is None


def medication(*codings: Any, name: str = "med1", **more: Any) -> Any:
    return {"resourceType": "Medication", "id": name, "code": concept(*codings)} | more


def test_a_medication_is_found_where_the_order_points() -> None:
    sunitinib = medication((RXNORM, "357977"))
    near = request(medicationReference={"reference": "Medication/med1"})
    absolute = request(medicationReference={"reference": "https://ehr.example/fhir/Medication/med1/_history/3"})
    inside = request(medicationReference={"reference": "#med1"}, contained=[sunitinib])
    assert drug(near, others=extras(sunitinib)) == "sunitinib"
    assert drug(near, sunitinib) == "sunitinib"
    assert drug(absolute, others=extras(sunitinib)) == "sunitinib"
    assert drug(inside) == "sunitinib"


def test_an_id_of_two_hundred_characters_is_followed() -> None:
    long = "e" * 200
    order = request(medicationReference={"reference": f"Medication/{long}"})
    assert drug(order, others=extras(medication((RXNORM, "357977"), name=long))) == "sunitinib"


def test_a_reference_that_leads_nowhere_counts_by_its_display() -> None:
    assert drug(request(medicationReference={"reference": "Medication/9", "display": "Sutent 12.5 mg"})) == "sunitinib"


def test_the_ingredients_of_a_contained_medication_carry_the_codes() -> None:
    mixed = medication(ingredient=[{"itemCodeableConcept": concept((ATC, "L01XA01"))}], code={"text": "Bag 1"})
    assert drug(request(medicationReference={"reference": "#med1"}, contained=[mixed])) == "cisplatin"


def test_an_inactive_ingredient_is_not_ordered() -> None:
    item = {"itemCodeableConcept": concept((ATC, "L01XA01")), "isActive": False}
    order = request(medicationReference={"reference": "#med1"}, contained=[medication(ingredient=[item])])
    assert drug(order) is None


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (coded((RXNORM, "7617")), ("octreotide-lar", False)),
        (coded((RXNORM, "7617"), text="octreotide LAR 30 mg"), ("octreotide-lar", True)),
        (coded((HCPCS, "J2353")), ("octreotide-lar", True)),
        (coded((HCPCS, "J2354")), (None, True)),
        (request("octreotide 100 mcg subcutaneous"), (None, True)),
        (request("オクトレオチド皮下注100μg"), (None, True)),
        (request("octreotide", dosageInstruction=[{"route": {"text": "Subcutaneous"}}]), (None, True)),
        (request("octreotide 20 mg capsule"), (None, True)),
        (request("octreotide LAR subcutaneous"), ("octreotide-lar", False)),
        (coded((RXNORM, "845515")), ("everolimus", True)),
        (coded((ATC, "L04AH02")), (None, True)),
        (request("everolimus 5 MG Oral Tablet"), ("everolimus", True)),
        (request("everolimus 0.5 mg tablet"), (None, True)),
        (request("Certican 0.25 mg"), (None, True)),
        (request("everolimus"), (None, True)),
        (coded((RXNORM, "141704")), (None, True)),
    ],
)
def test_a_drug_that_needs_a_form_is_told_by_product_form_or_strength(draft: Any, expected: Any) -> None:
    order = ordered(draft)
    assert (order.drug, order.formulation_is_known) == expected


def test_everolimus_of_no_strength_is_the_oncology_product_when_it_is_for_the_tumour() -> None:
    order = ordered(request("everolimus", reasonCode=[concept(text="Neuroendocrine tumor")]))
    assert (order.drug, order.formulation_is_known) == ("everolimus", False)


def test_prrt_may_be_ordered_as_a_service() -> None:
    assert drug(service((HCPCS, "A9513"))) == "lutetium-dotatate"
    assert drug(service((SCT, "440252007"), text="177Lu-DOTATATE")) == "lutetium-dotatate"


def test_no_other_drug_is_ordered_as_a_service() -> None:
    assert drug(service(text="sunitinib")) is None


def test_the_quirks_of_real_clients_cost_nothing() -> None:
    order = request(
        "sunitinib", category={"coding": []}, dosageInstruction=[{"doseQuantity": {"value": 1}}], intent=None
    )
    assert drug(order | {"id": "x" * 194}) == "sunitinib"


def test_a_palliative_intent_is_read() -> None:
    url = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-procedure-intent"

    def intended(*codings: Any) -> bool:
        extension = {"url": url, "valueCodeableConcept": concept(*codings)}
        return ordered(request("sunitinib", extension=[extension])).palliative

    assert intended((SCT, "363676003"))
    assert intended(("urn:oid:1.2", "P", "Palliative - procedure intent"))
    assert not intended((SCT, "373808002", "Curative - procedure intent"))


def test_an_order_of_a_study_says_so() -> None:
    url = "http://hl7.org/fhir/StructureDefinition/workflow-researchStudy"
    assert ordered(request("sunitinib", extension=[{"url": url}])).in_trial
    assert ordered(request("sunitinib", supportingInformation=[{"reference": "ResearchSubject/1"}])).in_trial
    assert not ordered(request("sunitinib")).in_trial


def named(draft: Any, **more: Any) -> bool:
    sent = Draft("MedicationRequest/m1", draft)
    return any_names_a_drug((sent,), Call("order-sign", "p1", ON, drafts=(sent,), **more), VALUE_SETS)


def test_a_draft_names_a_drug_before_anything_is_read() -> None:
    assert named(request("sunitinib"))
    assert not named(request("aspirin"))
    assert not named(request())


def test_a_draft_names_a_drug_by_a_medication_sent_along() -> None:
    order = request(medicationReference={"reference": "Medication/med1"})
    sunitinib = medication((RXNORM, "357977"))
    assert named(order, others=extras(sunitinib))
    assert named(order, prefetch={"anything": {"resourceType": "Bundle", "entry": [{"resource": sunitinib}]}})
    assert not named(order, prefetch={"none": None, "odd": [1], "bundle": {"entry": "x"}})
