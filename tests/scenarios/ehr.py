"""An EHR in a few lines: it builds hook calls, sends them, and reads the cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import requests

from cds_service.domain.call import Json
from tests.scenarios.world import World

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
INGREDIENTS = {"sunitinib": "357977", "carboplatin": "40048", "lanreotide": "68092", "ramipril": "0"}
BASIS = "org.nen-cds.basis"
Card = dict[str, Any]


def draft(drug: str, number: int, patient: str) -> Json:
    """A draft order that names an ingredient and nothing more."""
    return {
        "resourceType": "MedicationRequest",
        "id": f"draft-{number}",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": f"Patient/{patient}"},
        "medicationCodeableConcept": {"coding": [{"system": RXNORM, "code": INGREDIENTS[drug]}], "text": drug},
    }


def hook_call(hook: str, patient: str, drugs: Sequence[str] = ()) -> Json:
    """The body of a call, without any record."""
    context: Json = {"userId": "Practitioner/p1", "patientId": patient}
    if hook != "patient-view":
        entries = [{"resource": draft(drug, number, patient)} for number, drug in enumerate(drugs, 1)]
        context["draftOrders"] = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    if hook == "order-select":
        context["selections"] = ["MedicationRequest/draft-1"]
    return {"hook": hook, "hookInstance": str(uuid4()), "context": context}


def send(world: World, body: Json, language: str = "en") -> requests.Response:
    """One call to the service of this hook."""
    address = f"{world.service}/cds-services/nen-{body['hook']}"
    return requests.post(address, json=body, headers={"Accept-Language": language}, timeout=30)


def cards(world: World, hook: str, patient: str, *drugs: str, language: str = "en") -> list[Card]:
    """The cards of a call with an empty prefetch: the service reads the FHIR server itself."""
    answer = send(world, {**hook_call(hook, patient, drugs), "fhirServer": world.fhir}, language)
    assert answer.status_code == 200, answer.text
    found: list[Card] = answer.json()["cards"]
    return found


def prefetched(world: World, hook: str, patient: str) -> Mapping[str, Json]:
    """What an EHR that honours every template of discovery would send along."""
    listed = requests.get(f"{world.service}/cds-services", timeout=10).json()["services"]
    templates = next(service["prefetch"] for service in listed if service["hook"] == hook)
    queries = {key: query.replace("{{context.patientId}}", patient) for key, query in templates.items()}
    return {key: requests.get(f"{world.fhir}/{query}", timeout=10).json() for key, query in queries.items()}


def spoken(found: Sequence[Card]) -> dict[str, tuple[str, Card]]:
    """Rule -> (row, card), for every rule a card speaks for."""
    said: dict[str, tuple[str, Card]] = {}
    for card in found:
        basis = card["extension"][BASIS]
        for one in (basis, *basis.get("also", ())):
            said.setdefault(one["rule"], (one["row"], card))
    return said


def without_uuids(value: Any) -> Any:
    """The same answer with the parts that are new each time taken out."""
    if isinstance(value, dict):
        return {key: without_uuids(inner) for key, inner in value.items() if key != "uuid"}
    return [without_uuids(inner) for inner in value] if isinstance(value, list) else value
