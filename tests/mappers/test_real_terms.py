"""The terms this project ships, read by the mappers: what must be recognised, and what must never be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cds_service.domain.call import Call, Draft
from cds_service.domain.case import Case, Order
from cds_service.domain.knowledge import Knowledge
from cds_service.mappers.case import map_case
from cds_service.mappers.orders import any_names_a_drug
from tests.mappers.parts import (
    ATC,
    HCPCS,
    ICD,
    ICD_CM,
    ON,
    RXNORM,
    concept,
    condition,
    ki67,
    record,
    request,
    value,
    with_morphology,
)
from tests.reference import needs_reference, reference

JP_ICD = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full"


def read(knowledge: Knowledge, *resources: Any, **more: Any) -> Case:
    return map_case(record(*resources, **more), knowledge.value_sets)


def told(knowledge: Knowledge, name: str, *resources: Any) -> str:
    return value(read(knowledge, *resources).fact(name))


def words(said: str, **more: Any) -> Any:
    return condition(code=concept(text=said), **more)


@pytest.mark.parametrize(
    ("told_as", "site", "differentiation"),
    [
        (words("Neuroendocrine tumor of pancreas"), "pancreas", "unclear: not-recorded"),
        (words("Pancreatic neuroendocrine tumour G2"), "pancreas", "well"),
        (words("膵神経内分泌腫瘍(G2)"), "pancreas", "well"),
        (words("直腸カルチノイド"), "rectum", "well"),
        (words("Well differentiated neuroendocrine carcinoma of the ileum"), "small-bowel", "well"),
        (words("Neuroendocrine carcinoma of the stomach", recordedDate="2023-01-01"), "stomach", "poor"),
        (
            words("Neuroendocrine carcinoma of the stomach", recordedDate="2018-01-01"),
            "stomach",
            "unclear: ambiguous",
        ),
        (words("胃神経内分泌癌", recordedDate="2024"), "stomach", "poor"),
        (words("Large cell neuroendocrine carcinoma of colon"), "colon", "poor"),
        (words("MiNEN of the rectum"), "rectum", "mixed"),
        (condition(code=concept((ICD_CM, "C7A.012"))), "small-bowel", "well"),
        (condition(code=concept((ICD_CM, "C7A1"))), "unclear: not-recorded", "poor"),
        (condition(code=concept((JP_ICD, "C254"), text="膵神経内分泌腫瘍G1")), "pancreas", "well"),
        (with_morphology("8249/3", code=concept((ICD, "C20"))), "rectum", "well"),
    ],
)
def test_a_nen_is_recognised(knowledge: Knowledge, told_as: Any, site: str, differentiation: str) -> None:
    case = read(knowledge, told_as)
    assert value(case.fact("diagnosis")) == "nen"
    assert value(case.fact("primary_site")) == site
    assert value(case.fact("differentiation")) == differentiation


@pytest.mark.parametrize(
    "told_as",
    [
        words("Goblet cell carcinoid of the appendix"),
        words("Small cell lung cancer"),
        words("Non-small cell carcinoma"),
        words("Non small cell carcinoma of the lung"),
        words("非小細胞癌"),
        words("Large cell neuroendocrine carcinoma of the lung"),
        words("Merkel cell carcinoma"),
        words("Medullary thyroid carcinoma"),
        words("Phaeochromocytoma"),
        words("Pituitary neuroendocrine tumour"),
        words("Neuroblastoma"),
        words("Small cell carcinoma of the urinary bladder"),
        words("Neuroendocrine carcinoma of the prostate"),
        words("Adenocarcinoma with neuroendocrine differentiation"),
        words("子宮頸部神経内分泌癌"),
        words("Benign insulinoma"),
        with_morphology("8041/3", code=concept((ICD, "C34.1"))),
        with_morphology("8013/3", code=concept((ICD, "C34.1"))),
        with_morphology("8243/3", code=concept((ICD, "C18.1"))),
        with_morphology("8151/0", code=concept((ICD, "D13.7"))),
        condition(code=concept((ICD_CM, "D3A.026"))),
        condition(code=concept((ICD, "C25.9"), text="Adenocarcinoma of pancreas")),
    ],
)
def test_what_only_resembles_a_nen_is_another_disease(knowledge: Knowledge, told_as: Any) -> None:
    assert told(knowledge, "diagnosis", told_as) == "other"


@pytest.mark.parametrize(
    "told_as",
    [
        words("Neuroendocrine carcinoma of the vulva"),
        words("Cutaneous small cell carcinoma"),
        words("乳腺神経内分泌癌"),
        with_morphology("8246/3", code=concept((ICD, "C61"))),
        with_morphology("8246/3", bodySite=[concept(text="Urinary bladder")]),
    ],
)
def test_a_nec_of_a_place_nobody_listed_is_not_taken_for_a_digestive_one(knowledge: Knowledge, told_as: Any) -> None:
    assert told(knowledge, "diagnosis", told_as) != "nen"


@pytest.mark.parametrize("code", ["C18.3", "C18.5", "C26.9", "C80.9", "C22.9"])
def test_a_nec_under_a_code_of_no_certain_site_is_a_nen(knowledge: Knowledge, code: str) -> None:
    nec = condition(code=concept((ICD, code), text="Neuroendocrine carcinoma"))
    assert told(knowledge, "diagnosis", nec) == "nen"


@pytest.mark.parametrize(("newer", "expected"), [(5, "5"), (2, "unclear: conflicting"), (25, "25")])
def test_the_bands_of_the_grades_say_whether_a_newer_ki67_counts(
    knowledge: Knowledge, newer: int, expected: str
) -> None:
    results = ki67(12, "a", "2025-01-01"), ki67(newer, "b", "2026-01-01")
    assert told(knowledge, "ki67_percent", condition(), *results) == expected


def ordered(knowledge: Knowledge, draft: Any) -> Order:
    [order] = read(knowledge, condition(), drafts=(draft,)).orders
    return order


def coded(system: str, code: str) -> Any:
    return request(medicationCodeableConcept=concept((system, code)))


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (coded(RXNORM, "845515"), ("everolimus", True, True)),
        (coded(ATC, "L01EG02"), ("everolimus", True, True)),
        (coded(ATC, "L04AH02"), (None, True, True)),
        (request("everolimus 5 MG Tablet for Oral Suspension"), (None, True, True)),
        (request("サーティカン錠0.25mg"), (None, True, True)),
        (request("アフィニトール錠5mg"), ("everolimus", True, True)),
        (request("everolimus 10 mg tablet"), ("everolimus", True, True)),
        (request("スーテントカプセル12.5mg"), ("sunitinib", True, True)),
        (request("sunitinib 12.5 MG Oral Capsule"), ("sunitinib", True, True)),
        (request("temozolomide 140 MG Oral Capsule"), ("temozolomide", True, True)),
        (request("octreotide 30 MG depot injection"), ("octreotide-lar", True, True)),
        (request("サンドスタチンLAR筋注用キット20mg"), ("octreotide-lar", True, True)),
        (request("サンドスタチン皮下注用100μg"), (None, True, True)),
        (coded(RXNORM, "7617"), ("octreotide-lar", True, False)),
        (coded(RXNORM, "2380617"), (None, True, True)),
        (coded(HCPCS, "J2354"), (None, True, True)),
        (request("ルタテラ静注"), ("lutetium-dotatate", True, True)),
        (request("Pluvicto 1000 MBq/mL"), (None, True, True)),
        (request("gallium-68 DOTATATE"), (None, True, True)),
        (request("ソマチュリン皮下注120mg"), ("lanreotide", True, True)),
        (request("シスプラチン点滴静注50mg「サンド」"), ("cisplatin", True, True)),
        (request("fluorouracil 5 % cream"), (None, True, True)),
        (request("ザノサー点滴静注用1g"), ("streptozocin", True, True)),
        (request("Lanreotide 120 mg/0.5 mL prefilled syringe"), ("lanreotide", True, True)),
        (request("Xeloda 500 mg film-coated tablets"), ("capecitabine", True, True)),
    ],
)
def test_a_product_is_recognised_for_what_it_is(knowledge: Knowledge, draft: Any, expected: Any) -> None:
    order = ordered(knowledge, draft)
    assert (order.drug, order.name_is_exact, order.formulation_is_known) == expected


def test_every_name_of_every_drug_is_exact(knowledge: Knowledge) -> None:
    for drug in knowledge.drugs.values():
        for name in (word for said in drug.words.values() for word in said):
            order = ordered(knowledge, request(name, reasonCode=[concept(text="Neuroendocrine tumor")]))
            assert order.drug in (drug.id, None), name
            assert order.name_is_exact, name


def test_every_code_of_every_drug_is_that_drug_or_a_form_it_excludes(knowledge: Knowledge) -> None:
    because = [concept(text="Neuroendocrine tumor")]
    for drug in knowledge.drugs.values():
        for entry in drug.codes:
            order = ordered(knowledge, coded(entry.system, entry.code) | {"reasonCode": because})
            assert order.drug == (None if entry.form in drug.excluded_forms else drug.id), entry


def sent(name: str) -> list[dict[str, Any]]:
    lines = reference("clients", f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [body for line in lines if "context" in (body := json.loads(line)["body"])]


def as_call(body: dict[str, Any]) -> Call:
    entries = [entry["resource"] for entry in body["context"].get("draftOrders", {}).get("entry", [])]
    drafts = tuple(Draft(f"{found['resourceType']}/{found['id']}", found) for found in entries)
    return Call(body["hook"], body["context"]["patientId"], ON, body.get("prefetch", {}), drafts)


@needs_reference
def test_the_recorded_clients_order_what_they_order(knowledge: Knowledge) -> None:
    calls = [as_call(body) for name in ("cds-hooks-sandbox", "crd-request-generator") for body in sent(name)]
    found = []
    for call in calls:
        for draft in call.drafts:
            [order] = read(knowledge, condition(), drafts=(draft.resource,)).orders
            assert any_names_a_drug((draft,), call, knowledge.value_sets) == (order.drug is not None)
            found.append((order.drug, order.name_is_exact, order.formulation_is_known))
    assert found == [
        (None, True, True),
        ("everolimus", True, True),
        ("sunitinib", True, True),
        ("temozolomide", True, True),
        ("octreotide-lar", True, True),
    ]
