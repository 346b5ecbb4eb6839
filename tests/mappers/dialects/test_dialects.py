"""Every fact of a record in the three dialects: mCODE and US Core, Japan, and one large EHR."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Call, Draft, Extra, Json
from cds_service.domain.case import THIS_TUMOUR, Case
from cds_service.domain.facts import RECORD
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known
from cds_service.fhir.gather import gather
from cds_service.hooks.services import TEMPLATES
from cds_service.mappers.case import map_case
from tests.mappers.parts import ON, concept, record, value
from tests.records.any_record import TYPES

from . import american, japanese, one_large_ehr

DIALECTS: dict[str, Any] = {"american": american, "japanese": japanese, "one-large-ehr": one_large_ehr}
FACTS = [(name, fact) for name, dialect in DIALECTS.items() for fact in dialect.ROWS]
ORDERS = [(name, said) for name, dialect in DIALECTS.items() for said in dialect.DRUGS]


def read(knowledge: Knowledge, *resources: Any) -> Case:
    return map_case(record(*resources, had=TYPES), knowledge.value_sets)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_fact_of_a_record_has_a_row_or_a_reason(dialect: str) -> None:
    told = DIALECTS[dialect]
    assert set(told.ROWS) | set(told.NO_WAY) == set(RECORD)
    assert not set(told.ROWS) & set(told.NO_WAY)


@pytest.mark.parametrize(("dialect", "name"), FACTS)
def test_a_fact_is_read_as_it_is_sent(knowledge: Knowledge, dialect: str, name: str) -> None:
    expected, resources = DIALECTS[dialect].ROWS[name]
    assert value(read(knowledge, DIALECTS[dialect].TUMOUR, *resources).fact(name)) == expected


@pytest.mark.parametrize(("dialect", "said"), ORDERS)
def test_a_drug_on_record_is_recognised(knowledge: Knowledge, dialect: str, said: str) -> None:
    medication, drug = DIALECTS[dialect].DRUGS[said]
    ordered = american.drug("MedicationRequest", medication, "m1")
    (found,) = read(knowledge, DIALECTS[dialect].TUMOUR, ordered).medications
    assert found.drug == drug


EMPTY: Json = {
    "resource": {"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "informational"}]},
    "search": {"mode": "outcome"},
}


def sent(*resources: Json) -> Json:
    """A prefetch as the one large EHR fills it: an empty search holds an OperationOutcome, and so may a full one."""
    found: Json = {"patient": next((one for one in resources if one["resourceType"] == "Patient"), None)}
    for template in TEMPLATES[1:]:
        entries: list[Json] = [
            {"fullUrl": f"{one_large_ehr.BASE}{one['resourceType']}/{one['id']}", "resource": one}
            for one in resources
            if one["resourceType"] == template.type
        ]
        named = [entry["resource"].get("medicationReference", {}).get("reference") for entry in entries]
        included = [one for one in resources if f"{one_large_ehr.BASE}Medication/{one['id']}" in named]
        entries += [{"resource": one, "search": {"mode": "include"}} for one in included]
        found[template.key] = {"resourceType": "Bundle", "type": "searchset", "entry": [*entries, EMPTY]}
    return found


@pytest.mark.parametrize("name", one_large_ehr.ROWS)
def test_a_fact_comes_through_the_prefetch_of_the_large_ehr(knowledge: Knowledge, name: str) -> None:
    expected, resources = one_large_ehr.ROWS[name]
    call = Call("patient-view", "p1", ON, prefetch=sent(one_large_ehr.TUMOUR, *resources))
    fact = map_case(gather(call, TEMPLATES, None), knowledge.value_sets).fact(name)
    assert value(fact) == expected
    assert isinstance(fact, Known)


def test_an_order_of_the_large_ehr_is_read_with_its_medication_and_its_reason(knowledge: Knowledge) -> None:
    order = american.drug("MedicationRequest", american.DRUGS["RxNorm, a product"][0], "m1")
    order |= {"status": "draft", "reasonReference": [{"reference": "Condition/nen"}]}
    draft, medication = one_large_ehr.spoken(order)
    ref = f"MedicationRequest/{draft['id']}"
    assert len(draft["id"]) == one_large_ehr.LONG
    call = Call(
        "order-sign",
        "p1",
        ON,
        prefetch=sent(one_large_ehr.TUMOUR),
        drafts=(Draft(ref, draft),),
        others=(Extra(None, medication),),
    )
    (found,) = map_case(gather(call, TEMPLATES, None), knowledge.value_sets).orders
    assert (found.ref, found.drug, found.formulation_is_known) == (ref, "sunitinib", True)
    assert isinstance(found.reason, Known)
    assert found.reason.value == THIS_TUMOUR


def test_a_patient_who_was_not_told_is_known_to_be_so(knowledge: Knowledge) -> None:
    assert read(knowledge, japanese.TUMOUR).uninformed
    assert not read(knowledge, american.TUMOUR).uninformed


TUMOURS: dict[str, tuple[Json, str, str, str]] = {
    "MEDIS exchange code": (concept((japanese.MEDIS, "LTAS")), "nen", "rectum", "well"),
    "MEDIS exchange code under its OID": (concept((japanese.MEDIS_OID, "KRHL")), "nen", "stomach", "poor"),
    "MEDIS number": (
        concept(("http://medis.or.jp/CodeSystem/master-disease-keyNumber", "20102404")),
        *("nen", "oesophagus", "well"),
    ),
    "ICD-10 with its dot": (concept((japanese.ICD10, "C25.4")), "nen", "pancreas", "unclear: ambiguous"),
    "ICD-10 without its dot": (concept((japanese.ICD10, "C254")), "nen", "pancreas", "unclear: ambiguous"),
    "ICD-10 of the organ and the words": (
        concept((japanese.ICD10, "C20"), text="直腸カルチノイド"),
        *("nen", "rectum", "well"),
    ),
    "words alone": (concept(text="膵尾部神経内分泌腫瘍 NET G2"), "nen", "pancreas", "well"),
    "goblet cells": (concept((japanese.MEDIS, "JHJG")), "other", "unclear: not-recorded", ""),
}


@pytest.mark.parametrize("name", TUMOURS)
def test_a_japanese_diagnosis_is_read(knowledge: Knowledge, name: str) -> None:
    code, diagnosis, site, differentiation = TUMOURS[name]
    case = read(knowledge, american.diagnosis("nen", code))
    assert (value(case.fact("diagnosis")), value(case.fact("primary_site"))) == (diagnosis, site)
    assert not differentiation or value(case.fact("differentiation")) == differentiation
