"""The three services as data: what discovery publishes and what a call to each may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.call import Template

SPEC_VERSION = "2.0.1"  # of CDS Hooks, as a semantic version
PATIENT = "{{context.patientId}}"

USAGE = (
    "FHIR R4 with read access. Works from prefetch alone, from the FHIR server alone, or from both; "
    "only the Condition search is required. Everything that cannot be read is treated as unclear, never as absent. "
    "For health professionals; not a medical device."
)

# Searches by patient only: a filter by status, date or category loses records, and _count cuts the Bundle.
# FHIR R4 defines `patient` for every type here, ResearchSubject included.
TEMPLATES = (
    Template("patient", "Patient", f"Patient/{PATIENT}"),
    Template("conditions", "Condition", f"Condition?patient={PATIENT}", required=True),
    Template("observations", "Observation", f"Observation?patient={PATIENT}"),
    Template("reports", "DiagnosticReport", f"DiagnosticReport?patient={PATIENT}"),
    Template("medicationRequests", "MedicationRequest", f"MedicationRequest?patient={PATIENT}"),
    Template("medicationStatements", "MedicationStatement", f"MedicationStatement?patient={PATIENT}"),
    Template("medicationAdministrations", "MedicationAdministration", f"MedicationAdministration?patient={PATIENT}"),
    Template("medicationDispenses", "MedicationDispense", f"MedicationDispense?patient={PATIENT}"),
    Template("procedures", "Procedure", f"Procedure?patient={PATIENT}"),
    Template("specimens", "Specimen", f"Specimen?patient={PATIENT}"),
    Template("allergies", "AllergyIntolerance", f"AllergyIntolerance?patient={PATIENT}"),
    Template("goals", "Goal", f"Goal?patient={PATIENT}"),
    Template("researchSubjects", "ResearchSubject", f"ResearchSubject?patient={PATIENT}"),
)


@dataclass(frozen=True)
class Service:
    """One CDS service: its id in the URL, the hook it answers, and what it says of itself."""

    id: str
    hook: str
    title: str
    description: str
    templates: tuple[Template, ...] = TEMPLATES


# One id for each hook: a client that keeps services by URL would lose the second of two with one id.
SERVICES = (
    Service(
        "nen-patient-view",
        "patient-view",
        "GEP-NEN: chart review",
        "For gastroenteropancreatic neuroendocrine neoplasms: what the record leaves open, where it contradicts "
        "itself, and what the evidence says for this patient.",
    ),
    Service(
        "nen-order-select",
        "order-select",
        "GEP-NEN: order selected",
        "For gastroenteropancreatic neuroendocrine neoplasms: whether the record supports the drug just selected, "
        "with evidence for and against and the approval in this country.",
    ),
    Service(
        "nen-order-sign",
        "order-sign",
        "GEP-NEN: order signing",
        "For gastroenteropancreatic neuroendocrine neoplasms: whether the record supports the drugs about to be "
        "signed, with evidence for and against and the approval in this country.",
    ),
)

BY_ID: Mapping[str, Service] = {service.id: service for service in SERVICES}


def discovery() -> dict[str, Any]:
    """The body of the discovery answer."""
    return {"services": [_published(service) for service in SERVICES]}


def _published(service: Service) -> dict[str, Any]:
    return {
        "id": service.id,
        "hook": service.hook,
        "title": service.title,
        "description": service.description,
        "version": SPEC_VERSION,
        "usageRequirements": USAGE,
        "prefetch": {template.key: template.query for template in service.templates},
    }
