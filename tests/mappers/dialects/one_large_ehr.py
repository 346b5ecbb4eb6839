"""One large EHR: OID systems, ids of 194 characters, absolute references, Medication as a resource of its own."""

from __future__ import annotations

from typing import Any

from cds_service.domain.call import Json

from . import american

OIDS = {
    "http://snomed.info/sct": "urn:oid:2.16.840.1.113883.6.96",
    "http://loinc.org": "urn:oid:2.16.840.1.113883.6.1",
    "http://hl7.org/fhir/sid/icd-10-cm": "urn:oid:2.16.840.1.113883.6.90",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "urn:oid:2.16.840.1.113883.6.88",
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": "urn:oid:2.16.840.1.113883.6.285",
    "http://terminology.hl7.org/CodeSystem/icd-o-3": "urn:oid:2.16.840.1.113883.6.43.1",
    "http://www.whocc.no/atc": "urn:oid:2.16.840.1.113883.6.73",
    "http://unitsofmeasure.org": "urn:oid:2.16.840.1.113883.6.8",
}
LOCAL = {"system": "urn:oid:1.2.840.114350.1.13.0.1.7.2.696580", "code": "L-1"}
BASE = "https://ehr.example.org/interconnect/api/FHIR/R4/"
LONG = 194


def long_id(name: str) -> str:
    """An id longer than FHIR allows; a Patient keeps the one the call names."""
    return name if name == "p1" else name + "-" + "x" * (LONG - len(name) - 1)


def spoken(resource: Json) -> list[Json]:
    """The resource as this EHR sends it, and beside it the Medication it refers to."""
    told: Json = _in_oids(resource)
    told["id"] = long_id(told["id"])
    medication = told.pop("medicationCodeableConcept", None)
    if medication is None:
        return [told]
    name = long_id("medication-" + resource["id"])
    told["medicationReference"] = {"reference": f"{BASE}Medication/{name}", "display": "see the medication"}
    return [told, {"resourceType": "Medication", "id": name, "code": medication}]


def _in_oids(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_oids(item) for item in value]
    if not isinstance(value, dict):
        return value
    told = {key: _in_oids(item) for key, item in value.items()}
    if "coding" in told:
        told["coding"] = [LOCAL, *told["coding"]]
    if told.get("system") in OIDS:
        told["system"] = OIDS[told["system"]]
    if isinstance(told.get("reference"), str):
        kind, _, name = told["reference"].partition("/")
        told["reference"] = f"{BASE}{kind}/{long_id(name)}"
    return told


def _all(resources: list[Json]) -> list[Json]:
    return [found for one in resources for found in spoken(one)]


TUMOUR = spoken(american.TUMOUR)[0]
ROWS = {name: (expected, _all(resources)) for name, (expected, resources) in american.ROWS.items()}
DRUGS = {name: (_in_oids(medication), drug) for name, (medication, drug) in american.DRUGS.items()}
NO_WAY = american.NO_WAY
