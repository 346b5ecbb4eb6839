"""The traps met in public examples and in requests of real clients: tests named after the trap.

Those that need the whole service stand in tests/hooks/test_traps_of_clients.py.
`test_every_trap_of_the_list_is_here` holds this file to the list of the reference folder.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cds_service.domain.call import Call, Json
from cds_service.domain.case import Case
from cds_service.domain.knowledge import DrugCode, Knowledge
from cds_service.domain.values import Why
from cds_service.fhir.gather import gather
from cds_service.hooks.schemas import call_of
from cds_service.hooks.services import BY_ID, TEMPLATES
from cds_service.mappers.case import map_case
from tests.hooks.calls import drafts
from tests.mappers.parts import (
    ICD,
    ICD_CM,
    LOINC,
    NDC,
    ON,
    RXNORM,
    SCT,
    concept,
    condition,
    given,
    ki67,
    observation,
    record,
    request,
    value,
)
from tests.mappers.whole_record import facts_of, gathered, prefetched
from tests.reference import needs_reference, reference

JP_ICD = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full"
JP_CATEGORY = "http://jpfhir.jp/fhir/core/CodeSystem/JP_SimpleObservationCategory_CS"
NOCODED = ("http://jpfhir.jp/fhir/eCS/CodeSystem/MedicationCodeNocoded_CS", "NOCODED", "標準コードなし")
LONG = "e" + "X-" * 96 + "A"
NET = condition("net", concept((ICD_CM, "C7A.012")))


def case_of(knowledge: Knowledge, *resources: Json, **more: Any) -> Case:
    return map_case(record(*resources, **more), knowledge.value_sets)


def tells(case: Case, *names: str) -> list[str]:
    return [value(case.fact(name)) for name in names]


@pytest.mark.parametrize("system", [ICD, JP_ICD])
def test_trap_1_icd_10_without_the_dot_and_with_it_in_one_system(knowledge: Knowledge, system: str) -> None:
    own = [condition(code=concept((system, code), text="膵神経内分泌腫瘍")) for code in ("C254", "C25.4")]
    first, second = (case_of(knowledge, one) for one in own)
    assert facts_of(first) == facts_of(second)
    assert tells(first, "diagnosis", "primary_site") == ["nen", "pancreas"]
    for code in ("C169", "C50.9"):  # another cancer: a result that names no tumour may be of either
        both = case_of(knowledge, *own[:1], condition("c2", concept((system, code))), ki67(8))
        assert tells(both, "ki67_percent") == ["unclear: not-linked"]


def test_trap_2_a_cancer_condition_with_text_only(knowledge: Knowledge) -> None:
    colorectal = condition("c2", concept(text="KRAS野生型の転移性結腸直腸癌"), bodySite=[concept(text="結腸直腸")])
    alone = case_of(knowledge, colorectal)
    assert tells(alone, "diagnosis", "platinum_marker") == ["other", "unclear: not-recorded"]
    beside = case_of(knowledge, condition(code=concept(text="膵神経内分泌腫瘍")), colorectal, ki67(8))
    assert tells(beside, "diagnosis", "primary_site") == ["nen", "pancreas"]
    assert tells(beside, "ki67_percent", "extent") == ["unclear: not-linked", "unclear: not-recorded"]


def test_trap_3_the_japanese_category_of_an_observation(knowledge: Knowledge) -> None:
    assert [template.query for template in TEMPLATES if "category" in template.query] == []
    theirs = ki67(8, category=[concept((JP_CATEGORY, "laboratory"))])
    assert tells(case_of(knowledge, NET, theirs), "ki67_percent") == ["8"]


def test_trap_4_a_subject_by_identifier_without_a_reference(knowledge: Knowledge) -> None:
    """It cannot be told whose it is: not used, and nothing is concluded from its absence."""
    unnamed: Json = {"identifier": {"system": "http://hospital.example/mrn", "value": "12345"}}
    patient = {"reference": "Patient/p1"}
    told = gathered([NET | {"subject": patient}, ki67(30) | {"subject": unnamed}], "p1")
    case = map_case(told, knowledge.value_sets)
    assert tells(case, "diagnosis", "ki67_percent") == ["nen", "unclear: incomplete"]
    assert [(one.what, one.where, one.why) for one in told.troubles] == [("set-aside", "Observation", Why.NOT_LINKED)]
    no_tumour = map_case(gathered([NET | {"subject": unnamed}], "p1"), knowledge.value_sets)
    assert tells(no_tumour, "diagnosis") == ["unclear: incomplete"]


def test_trap_6_a_unit_without_a_code_and_the_local_code_first(knowledge: Knowledge) -> None:
    local = ("http://hospital.example/lab", "0000123", "Ki-67標識率")
    code = concept(local, (LOINC, "29593-1"))
    for quantity in ({"value": 12, "unit": "%"}, {"value": 12, "unit": "percent"}):
        result = observation("k1", code, valueQuantity=quantity)
        assert tells(case_of(knowledge, NET, result), "ki67_percent") == ["12"]
    unknown = observation("k1", code, valueQuantity={"value": 12, "unit": "cells"})
    assert tells(case_of(knowledge, NET, unknown), "ki67_percent") == ["unclear: not-understood"]


@pytest.mark.parametrize(
    ("ingredients", "drug"),
    [
        ([concept(NOCODED, text="シスプラチン点滴静注50mg「サンド」")], "cisplatin"),
        ([concept((RXNORM, "357977"))], "sunitinib"),
        ([concept(NOCODED, text="生理食塩液500mL"), concept(text="シスプラチン注50mg")], "cisplatin"),
        ([concept(NOCODED, text="生理食塩液500mL")], None),
    ],
)
def test_trap_7_nocoded_and_codes_in_the_ingredients(
    knowledge: Knowledge, ingredients: list[Json], drug: str | None
) -> None:
    held = {"resourceType": "Medication", "id": "m", "ingredient": [{"itemCodeableConcept": i} for i in ingredients]}
    draft = request(contained=[held], medicationReference={"reference": "#m"})
    [order] = case_of(knowledge, NET, drafts=(draft,)).orders
    assert order.drug == drug
    plain = request() | {"medicationCodeableConcept": concept(NOCODED, text="スーテントカプセル12.5mg")}
    [order] = case_of(knowledge, NET, drafts=(plain,)).orders
    assert (order.drug, order.name_is_exact) == ("sunitinib", True)


OIDS = {
    SCT: "urn:oid:2.16.840.1.113883.6.96",
    ICD: "urn:oid:2.16.840.1.113883.6.3",
    ICD_CM: "urn:oid:2.16.840.1.113883.6.90",
    RXNORM: "urn:oid:2.16.840.1.113883.6.88",
    NDC: "urn:oid:2.16.840.1.113883.6.69",
    LOINC: "urn:oid:2.16.840.1.113883.6.1",
}


def test_trap_8_systems_as_oids(knowledge: Knowledge) -> None:
    """The same facts by OID as by address; in Japan, of drug codes that a hospital lists, too."""
    resources = [
        condition(code=concept((ICD_CM, "C7A.012"))),
        condition("c2", concept((SCT, "443492008"))),
        condition("c3", concept((ICD, "C78.7"))),
        ki67(12),
        given("", "2026-10-01") | {"medicationCodeableConcept": concept((RXNORM, "357977"))},
        given("", "2026-10-01", "a2") | {"medicationCodeableConcept": concept((NDC, "0078-0818-81"))},
    ]
    said = json.dumps(resources)
    for address, oid in OIDS.items():
        assert f'"{address}"' in said
        said = said.replace(f'"{address}"', f'"{oid}"')
    usual, by_oid = case_of(knowledge, *resources), case_of(knowledge, *json.loads(said))
    assert facts_of(by_oid) == facts_of(usual)
    assert tells(usual, "primary_site", "ki67_percent", "extent") == ["small-bowel", "12", "advanced"]
    assert by_oid.medications == usual.medications
    assert {one.drug for one in usual.medications} == {"sunitinib", "octreotide-lar"}


@pytest.mark.parametrize(
    ("oid", "address", "code"),
    [
        ("urn:oid:1.2.392.200119.4.403.1", "http://medis.or.jp/CodeSystem/master-HOT9", "123456789"),
        ("urn:oid:1.2.392.100495.20.1.73", "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code", "1234567A1234"),
    ],
)
def test_trap_8_drug_codes_of_japan_by_oid_and_by_address(
    knowledge: Knowledge, oid: str, address: str, code: str
) -> None:
    """No such code could be verified, so none is shipped; here a hospital lists one."""
    drugs = knowledge.value_sets.drugs
    listed = replace(drugs["sunitinib"], codes=(DrugCode(address, code, "product", ""),))
    value_sets = replace(knowledge.value_sets, drugs={**drugs, "sunitinib": listed})
    for system in (oid, address):
        draft = request() | {"medicationCodeableConcept": concept((system, code))}
        [order] = map_case(record(NET, drafts=(draft,)), value_sets).orders
        assert order.drug == "sunitinib"


def test_trap_8_a_laboratory_code_of_japan_by_oid_and_by_address(knowledge: Knowledge) -> None:
    """None could be verified, so none is shipped; here a hospital lists one."""
    oid, address, code = (
        "urn:oid:1.2.392.200119.4.504",
        "http://medis.or.jp/CodeSystem/master-JLAC10-17digits",
        "1" * 17,
    )
    sets = knowledge.value_sets.sets
    listed = replace(sets["observation"], codes={**sets["observation"].codes, (address, code): "ki67"})
    value_sets = replace(knowledge.value_sets, sets={**sets, "observation": listed})
    for system in (oid, address):
        case = map_case(record(NET, ki67(12, code=concept((system, code)))), value_sets)
        assert tells(case, "ki67_percent") == ["12"]


@pytest.mark.parametrize("base", ["", "https://ehr.example/api/FHIR/R4/"])
def test_trap_9_long_ids_absolute_references_and_medications_beside_the_orders(knowledge: Knowledge, base: str) -> None:
    assert len(LONG) == 194
    medication = {"resourceType": "Medication", "id": "m" + LONG, "code": concept((RXNORM, "357977"))}
    reason = [{"reference": f"{base}Condition/net"}]
    order = request(id=LONG, medicationReference={"reference": f"{base}Medication/m{LONG}"}, reasonReference=reason)
    order["subject"] = {"reference": f"{base}Patient/p1"}
    body = {
        "hook": "order-sign",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {"patientId": "p1", "userId": "Practitioner/a", "draftOrders": drafts(order, medication)},
        "prefetch": prefetched([NET]),
    }
    told = gather(call_of(body, BY_ID["nen-order-sign"], ON), TEMPLATES, None)
    [found] = map_case(told, knowledge.value_sets).orders
    assert (found.ref, found.drug, value(found.reason)) == (f"MedicationRequest/{LONG}", "sunitinib", "this-tumour")


def test_trap_11_an_empty_search_that_holds_only_a_warning(knowledge: Knowledge) -> None:
    issue = {"severity": "warning", "code": "processing", "details": {"text": "Resource request returns no results."}}
    outcome = {"resourceType": "OperationOutcome", "issue": [issue]}
    empty = {"resourceType": "Bundle", "type": "searchset", "total": 0}
    entry = {"resource": outcome, "search": {"mode": "outcome"}}
    for warned in (empty | {"entry": [entry]}, empty | {"entry": [{"resource": outcome}]}):
        sent = {template.key: warned for template in TEMPLATES if template.type not in ("Patient", "Condition")}
        whole = prefetched([NET])
        told = gather(Call("patient-view", "p1", ON, whole | sent), TEMPLATES, None)
        usual = gather(Call("patient-view", "p1", ON, whole), TEMPLATES, None)
        assert (told.had, told.lacking, told.troubles) == (usual.had, usual.lacking, usual.troubles)
        case = map_case(told, knowledge.value_sets)
        assert facts_of(case) == facts_of(map_case(usual, knowledge.value_sets))
        assert [value(case.history), *tells(case, "trial")] == ["read", "no"]


@needs_reference
def test_every_trap_of_the_list_is_here() -> None:
    said = reference("fhir", "README.md").read_text(encoding="utf-8")
    traps = re.findall(r"^(\d+)\. ", said.partition("each is a test):")[2].partition("\n## ")[0], re.MULTILINE)
    files = (Path(__file__), Path(__file__).parents[1] / "hooks" / "test_traps_of_clients.py")
    tests = "".join(file.read_text(encoding="utf-8") for file in files)
    here = set(re.findall(r"^def test_trap_(\d+)_", tests, re.MULTILINE))
    assert len(traps) == 13
    assert here == set(traps)
