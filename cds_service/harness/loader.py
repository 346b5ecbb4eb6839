"""Demo patients into a FHIR server, over HTTP."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources

import requests

from ..domain.call import Json
from .errors import HarnessError
from .patients import demo_patients

FHIR_JSON = "application/fhir+json"
PATIENCE_SECONDS = 30


def load(base_url: str, *, on: date, token: str | None = None) -> int:
    """Put our code system and the demo patients, as of `on`, into the FHIR server; answers how many resources.

    Raises HarnessError.
    """
    headers = {"Content-Type": FHIR_JSON, "Accept": FHIR_JSON}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    with requests.Session() as session:
        session.trust_env = False
        session.headers.update(headers)
        bundles = {patient.id: patient.bundle(on) for patient in demo_patients()}
        bundles["the code system"] = _code_system()
        return sum(_put(session, base_url, name, bundle) for name, bundle in bundles.items())


def _code_system() -> Json:
    """The codes the charts use where there is no standard one, as a transaction."""
    resource = json.loads((resources.files(__package__) / "nen-finding.json").read_text("utf-8"))
    entry = {"resource": resource, "request": {"method": "PUT", "url": f"CodeSystem/{resource['id']}"}}
    return {"resourceType": "Bundle", "type": "transaction", "entry": [entry]}


def _put(session: requests.Session, base_url: str, name: str, bundle: Json) -> int:
    try:
        answer = session.post(base_url, json=bundle, timeout=PATIENCE_SECONDS, allow_redirects=False)
    except requests.RequestException as broken:
        raise HarnessError(f"the FHIR server at {base_url} did not take {name}: {broken}") from broken
    if answer.status_code != requests.codes.ok:
        raise HarnessError(f"the FHIR server refused {name} with {answer.status_code}: {answer.text[:500]}")
    stored = [entry["response"]["status"] for entry in answer.json().get("entry", [])]
    if len(stored) != len(bundle["entry"]) or not all(status.startswith("20") for status in stored):
        raise HarnessError(f"the FHIR server stored only a part of {name}: {', '.join(stored)}")
    return len(stored)
