"""Small synthetic records: calls, templates, resources and Bundles to be gathered."""

from __future__ import annotations

from datetime import date
from typing import Any

from cds_service.domain.call import Call, Draft, Extra, Json, Template

PATIENT = "p1"
CONDITIONS = Template("conditions", "Condition", "Condition?patient={{context.patientId}}", required=True)
OBSERVATIONS = Template("observations", "Observation", "Observation?patient={{context.patientId}}")
REQUESTS = Template("medicationRequests", "MedicationRequest", "MedicationRequest?patient={{context.patientId}}")
PERSON = Template("patient", "Patient", "Patient/{{context.patientId}}")
TEMPLATES = (PERSON, CONDITIONS, OBSERVATIONS, REQUESTS)
WARNING: Json = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "informational"}]}
ERROR: Json = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "security"}]}


def resource(kind: str, name: str | None = "1", /, patient: str = PATIENT, **more: Any) -> Json:
    """A resource of this type about this patient."""
    named = {} if name is None else {"id": name}
    return {"resourceType": kind, **named, "subject": {"reference": f"Patient/{patient}"}, **more}


def person(name: str = PATIENT) -> Json:
    return {"resourceType": "Patient", "id": name, "birthDate": "1960-01-01"}


def bundle(*resources: Json, next_page: str | None = None, **more: Any) -> Json:
    """A searchset of these resources; what is given by name stands in it as it is."""
    found: Json = {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": each} for each in resources]}
    link = {} if next_page is None else {"link": [{"relation": "next", "url": next_page}]}
    return {**found, **link, **more}


def call(
    prefetch: Json | None = None, *, drafts: tuple[Json, ...] = (), others: tuple[Json, ...] = (), **more: Any
) -> Call:
    """A call about patient p1; what is given by name stands in it as it is."""
    return Call(
        hook="order-sign" if drafts else "patient-view",
        patient_id=PATIENT,
        on=date(2026, 11, 23),
        prefetch=prefetch or {},
        drafts=tuple(Draft(f"{each['resourceType']}/{each['id']}", each) for each in drafts),
        others=tuple(Extra(None, each) for each in others),
        **more,
    )


def complete(**more: Any) -> Json:
    """Prefetch in which every template is answered; what is given by name takes a key's place."""
    return {
        "patient": person(),
        "conditions": bundle(resource("Condition", "c1")),
        "observations": bundle(resource("Observation", "o1")),
        "medicationRequests": bundle(resource("MedicationRequest", "m1")),
        **more,
    }
