"""Hook calls as a client sends them, around the synthetic patients this project ships."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from werkzeug.test import TestResponse

from cds_service.domain.call import Json
from cds_service.domain.knowledge import Drug
from cds_service.harness.patients import DemoPatient, demo_patients
from cds_service.hooks.services import TEMPLATES

ON = date(2026, 11, 20)
INSTANCE = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"
USER = "Practitioner/abc"
RECTAL = "nen-demo-rectum-g2"
PANCREATIC = "nen-demo-pancreas-g1"
SPARSE = "nen-demo-sparse"
ORDER = "MedicationRequest/draft-1"
PATHS = {hook: f"/cds-services/nen-{hook}" for hook in ("patient-view", "order-select", "order-sign")}


def chart(patient: str) -> list[Json]:
    """Every resource of one of the synthetic patients."""
    bundle = next(each for each in demo_patients() if each.id == patient).bundle(ON)
    return [entry["resource"] for entry in bundle["entry"]]


def bundle(resources: Iterable[Json], **more: Any) -> Json:
    """A searchset as a client prefetches it."""
    entries = [
        {"fullUrl": f"http://ehr.example/{one['resourceType']}/{one['id']}", "resource": one} for one in resources
    ]
    return {"resourceType": "Bundle", "type": "searchset", "total": len(entries), "entry": entries, **more}


def prefetch(patient: str) -> Json:
    """A client that satisfied every template; a search without result as an empty Bundle."""
    resources = chart(patient)
    found: Json = {}
    for template in TEMPLATES:
        of_type = [resource for resource in resources if resource["resourceType"] == template.type]
        found[template.key] = of_type[0] if template.type == "Patient" else bundle(of_type)
    return found


def drug_order(words: str, patient: str = RECTAL, **more: Any) -> Json:
    """A draft MedicationRequest that names its drug in words."""
    return {
        "resourceType": "MedicationRequest",
        "id": "draft-1",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": f"Patient/{patient}"},
        "authoredOn": str(ON),
        "medicationCodeableConcept": {"text": words},
        **more,
    }


def sunitinib(patient: str = RECTAL, **more: Any) -> Json:
    """A draft order of sunitinib."""
    return drug_order("sunitinib", patient, **more)


def drafts(*orders: Json) -> Json:
    """draftOrders as the public sandbox sends them: without a type."""
    return {"resourceType": "Bundle", "entry": [{"resource": order} for order in orders]}


def tried(patient: DemoPatient, drugs: Mapping[str, Drug]) -> list[Json]:
    """The draftOrders of each order worth trying for this patient: one drug, or two together."""
    found = []
    for names in patient.tries:
        words = [drugs[drug].words["en"][0] for drug in names.split("+")]
        orders = [drug_order(each, patient.id, id=f"draft-{number}") for number, each in enumerate(words, start=1)]
        found.append(drafts(*orders))
    return found


def call(hook: str, patient: str = RECTAL, /, **more: Any) -> Json:
    """A complete call of this hook with a full prefetch; `more` replaces members, None takes one away."""
    context: Json = {"patientId": patient, "userId": USER}
    if hook != "patient-view":
        context["draftOrders"] = drafts(sunitinib(patient))
    if hook == "order-select":
        context["selections"] = [ORDER]
    whole = {"hook": hook, "hookInstance": INSTANCE, "context": context, "prefetch": prefetch(patient), **more}
    return {name: value for name, value in whole.items() if value is not None}


def with_context(body: Json, **more: Any) -> Json:
    """The call with members of its context replaced; None takes one away."""
    context = {name: value for name, value in {**body["context"], **more}.items() if value is not None}
    return {**body, "context": context}


def body_of(answer: TestResponse) -> Json:
    """The JSON object of an answer."""
    found = answer.json
    assert isinstance(found, dict)
    return found


def rules_said(answer: Json) -> set[str]:
    """The rules that the cards of an answer speak for."""
    bases = [card["extension"]["org.nen-cds.basis"] for card in answer["cards"]]
    return {named["rule"] for basis in bases for named in (basis, *basis.get("also", ()))}


def without_ids(answer: Json) -> Json:
    """The answer without the uuids, which are new each time."""
    plain = {**answer, "cards": [{**card} for card in answer["cards"]]}
    for card in plain["cards"]:
        card.pop("uuid")
        if "suggestions" in card:
            card["suggestions"] = [{k: v for k, v in one.items() if k != "uuid"} for one in card["suggestions"]]
    return plain
