"""The check of one resource against FHIR R4, and the only place that knows fhir.resources.

R4B is the nearest release the library has; it parses R4 resources of the types below. What passed is read from the
original: a round trip through the models changes most resources.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fhir_core.fhirabstractmodel import FHIRAbstractModel

from ..domain.call import Json

# Before the models are imported: an element of a later release must not cost a resource.
FHIRAbstractModel.set_global_model_config(extra="ignore")

from fhir.resources.R4B.allergyintolerance import AllergyIntolerance  # noqa: E402
from fhir.resources.R4B.condition import Condition  # noqa: E402
from fhir.resources.R4B.diagnosticreport import DiagnosticReport  # noqa: E402
from fhir.resources.R4B.goal import Goal  # noqa: E402
from fhir.resources.R4B.medicationadministration import MedicationAdministration  # noqa: E402
from fhir.resources.R4B.medicationdispense import MedicationDispense  # noqa: E402
from fhir.resources.R4B.medicationrequest import MedicationRequest  # noqa: E402
from fhir.resources.R4B.medicationstatement import MedicationStatement  # noqa: E402
from fhir.resources.R4B.observation import Observation  # noqa: E402
from fhir.resources.R4B.patient import Patient  # noqa: E402
from fhir.resources.R4B.procedure import Procedure  # noqa: E402
from fhir.resources.R4B.researchsubject import ResearchSubject  # noqa: E402
from fhir.resources.R4B.specimen import Specimen  # noqa: E402

_log = logging.getLogger(__name__)

_MODELS: Mapping[str, type[FHIRAbstractModel]] = {
    "AllergyIntolerance": AllergyIntolerance,
    "Condition": Condition,
    "DiagnosticReport": DiagnosticReport,
    "Goal": Goal,
    "MedicationAdministration": MedicationAdministration,
    "MedicationDispense": MedicationDispense,
    "MedicationRequest": MedicationRequest,
    "MedicationStatement": MedicationStatement,
    "Observation": Observation,
    "Patient": Patient,
    "Procedure": Procedure,
    "ResearchSubject": ResearchSubject,
    "Specimen": Specimen,
}
READABLE = frozenset(_MODELS)  # the types whose resources can be used at all
# What a model raises on a resource that is not FHIR; KeyError is an unknown type in `contained`.
_REFUSALS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
_UNCHECKED = ("id", "text")  # ids of real servers are longer than FHIR allows; the narrative is never read


def is_fhir(resource: Json) -> bool:
    """True when the resource is valid R4 of a type read here; no required code is checked by the library."""
    model = _MODELS.get(str(resource.get("resourceType")))
    if model is None:
        return False
    try:
        model.model_validate({key: found for key, found in resource.items() if key not in _UNCHECKED})
    except _REFUSALS as refusal:
        _log.info("resource set aside: %s (%s)", resource.get("resourceType"), type(refusal).__name__)
        return False
    return True
