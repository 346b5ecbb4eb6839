"""Whose a resource is: of this patient, of another one, of nobody, or not told in a way that can be checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import Enum, auto
from typing import Any

from ..domain.call import Json
from ..errors import WrongPatient
from .bundles import every_resource

_SAYS_WHOSE = ("subject", "patient", "individual", "beneficiary")

# Types that are about somebody wherever they occur, so that one which does not say about whom is not used.
_ABOUT_SOMEBODY = frozenset(
    {
        "AllergyIntolerance",
        "Condition",
        "DiagnosticReport",
        "Goal",
        "MedicationAdministration",
        "MedicationDispense",
        "MedicationRequest",
        "MedicationStatement",
        "Observation",
        "Procedure",
        "ResearchSubject",
        "Specimen",
    }
)


class Owner(Enum):
    """Whose a resource is. UNTOLD: it names somebody, but by no reference to a Patient."""

    THIS_PATIENT = auto()
    ANOTHER_PATIENT = auto()
    NOBODY = auto()
    UNTOLD = auto()


def refuse_other_patients(values: Iterable[Any], patient_id: str, other_servers: Collection[str] = ()) -> None:
    """Raise WrongPatient when anything in these values is another patient's, also what no rule reads."""
    for value in values:
        for resource in every_resource(value):
            if owner(resource, patient_id, other_servers) is Owner.ANOTHER_PATIENT:
                raise WrongPatient("a resource in the call or in a FHIR answer belongs to another patient")


def usable(resource: Json, patient_id: str) -> bool:
    """True when the resource may tell something of this patient: it is theirs, or by its type nobody's."""
    whose = owner(resource, patient_id)
    if whose is Owner.NOBODY:
        return resource.get("resourceType") not in _ABOUT_SOMEBODY
    return whose is Owner.THIS_PATIENT


def names_somebody_unknown(resource: Json, patient_id: str) -> bool:
    """True when the resource says whose it is in a way that cannot be checked."""
    return owner(resource, patient_id) is Owner.UNTOLD


def owner(resource: Json, patient_id: str, other_servers: Collection[str] = ()) -> Owner:
    """Whose this resource is, by its references to a Patient or, for a Patient, by its id.

    A reference below the base of one of `other_servers` is to another patient, whatever its id.
    """
    if resource.get("resourceType") == "Patient":
        named = {_id_of(resource.get("id"))}
    else:
        named = _patients_in(resource, other_servers)
    if not named:
        return Owner.NOBODY
    if named - {None, patient_id}:
        return Owner.ANOTHER_PATIENT
    return Owner.THIS_PATIENT if patient_id in named else Owner.UNTOLD


def _patients_in(resource: Json, other_servers: Collection[str]) -> set[str | None]:
    named: set[str | None] = set()
    for name in _SAYS_WHOSE:
        value = resource.get(name)
        if value is not None:
            listed = value if isinstance(value, list) else [value]
            named.update(_patient_in(reference, other_servers) for reference in listed)
    return named


def _patient_in(reference: Any, other_servers: Collection[str]) -> str | None:
    """The id in `.../Patient/<id>`, or on another server the whole address; None where it is to no Patient."""
    text = reference.get("reference") if isinstance(reference, dict) else None
    if not isinstance(text, str):
        return None
    if "#" in text or "/_history" in text:
        text = text.split("#")[0].split("/_history")[0]
    start, _, last = text.rpartition("/")
    if not last or not (start == "Patient" or start.endswith("/Patient")):
        return None
    base = start.removesuffix("Patient").rstrip("/")
    return text if any(base == other.rstrip("/") for other in other_servers) else last


def _id_of(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
