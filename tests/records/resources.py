"""The resources that facts are written with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cds_service.domain.call import Json

PATIENT = "p1"
NEN = "nen"
OWN = "http://nen-cds.org/fhir/CodeSystem/nen-finding"
SCT = "http://snomed.info/sct"
LOINC = "http://loinc.org"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition"
SUBJECT = {"reference": f"Patient/{PATIENT}"}


def concept(*codings: tuple[str, str], text: str = "") -> Json:
    """A CodeableConcept of codes, words, or both."""
    coded = [{"system": system, "code": code} for system, code in codings]
    return {**({"coding": coded} if coded else {}), **({"text": text} if text else {})}


def observation(name: str, code: Json, on: str, **value: Any) -> Json:
    """A final result about the NEN."""
    return {
        "resourceType": "Observation",
        "id": name,
        "status": "final",
        "code": code,
        "subject": SUBJECT,
        "effectiveDateTime": on,
        "extension": [{"url": f"{MCODE}/mcode-related-condition", "valueReference": {"reference": f"Condition/{NEN}"}}],
        **value,
    }


def finding(name: str, on: str, value: str) -> Json:
    """A result of our own code system with a coded answer of it."""
    return observation(name, concept((OWN, name)), on, valueCodeableConcept=concept((OWN, value)))


def measured(name: str, code: Json, on: str, span: str, unit: str = "%") -> Json:
    """A number with its unit: one value, a comparator, or a Range."""
    return observation(name, code, on, **_number(span, unit))


def condition(name: str, code: Json, on: str, status: str = "active", **more: Any) -> Json:
    """A confirmed Condition."""
    return {
        "resourceType": "Condition",
        "id": name,
        "clinicalStatus": concept(("http://terminology.hl7.org/CodeSystem/condition-clinical", status)),
        "verificationStatus": concept((VERIFICATION, "confirmed")),
        "code": code,
        "subject": SUBJECT,
        "onsetDateTime": on,
        "recordedDate": on,
        **more,
    }


def _number(span: str, unit: str) -> Json:
    quantity = {"unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    for sign in ("<=", ">=", "<", ">"):
        if span.startswith(sign) and ".." not in span:
            return {"valueQuantity": {"value": float(span[len(sign) :]), "comparator": sign, **quantity}}
    if ".." in span:
        low, high = span.lstrip(">").replace("<", "").split("..")
        return {"valueRange": {"low": {"value": float(low), **quantity}, "high": {"value": float(high), **quantity}}}
    return {"valueQuantity": {"value": float(span), **quantity}}


def bundle(resources: Iterable[Json]) -> Json:
    """A searchset as a client prefetches it."""
    entries = [
        {"fullUrl": f"http://ehr.example/{one['resourceType']}/{one['id']}", "resource": one} for one in resources
    ]
    return {"resourceType": "Bundle", "type": "searchset", "total": len(entries), "entry": entries}
