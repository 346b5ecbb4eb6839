"""The card that README.md shows: what the service answers about one demo patient, and how it is written there.

`make card` writes it anew, after a change of what the card says.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from cds_service.app import create_app
from cds_service.harness.patients import demo_patients
from cds_service.hooks.services import TEMPLATES
from cds_service.ledger.store import Ledger, upgrade
from cds_service.settings import Settings

README = Path(__file__).resolve().parents[2] / "README.md"
BETWEEN = re.compile(r"(?<=<!-- card: begin -->\n).*(?=<!-- card: end -->)", re.DOTALL)
PATIENT = "nen-demo-rectum-g2"
ON = date(2026, 11, 23)
WIDTH = 118
ORDER = {
    "resourceType": "MedicationRequest",
    "id": "draft-1",
    "status": "draft",
    "intent": "order",
    "subject": {"reference": f"Patient/{PATIENT}"},
    "medicationCodeableConcept": {"text": "sunitinib"},
}
CHANGES_EACH_TIME = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?<=\+)[0-9a-f]{12}")


def answered() -> dict[str, Any]:
    """The first card about an order of sunitinib for the demo patient with a tumour of the rectum."""
    call = {
        "hook": "order-sign",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {
            "userId": "Practitioner/1",
            "patientId": PATIENT,
            "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": ORDER}]},
        },
        "prefetch": _prefetch(),
    }
    card: dict[str, Any] = cards_of(call)[0]
    return card


def cards_of(call: dict[str, Any]) -> list[Any]:
    """The cards of a service that is asked this at order-sign."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/ledger.db"
        upgrade(url)
        ledger = Ledger(url)
        client = create_app(Settings(on=ON), store=ledger).test_client()
        answer = client.post("/cds-services/nen-order-sign", json=call)
        ledger.close()
    assert answer.status_code == 200, answer.text
    cards: list[Any] = answer.get_json()["cards"]
    return cards


def _prefetch() -> dict[str, Any]:
    """The chart of the demo patient, each type under its key."""
    [patient] = [each for each in demo_patients() if each.id == PATIENT]
    resources = [entry["resource"] for entry in patient.bundle(ON)["entry"]]
    found: dict[str, Any] = {}
    for template in TEMPLATES:
        entries = [{"resource": each} for each in resources if each["resourceType"] == template.type]
        bundle = {"resourceType": "Bundle", "type": "searchset", "total": len(entries), "entry": entries}
        found[template.key] = entries[0]["resource"] if template.key == "patient" else bundle
    return found


def shown() -> dict[str, Any]:
    """The card as README.md shows it now."""
    found = BETWEEN.search(README.read_text(encoding="utf-8"))
    assert found, "README.md has no place for a card"
    card: dict[str, Any] = json.loads(found[0].replace("```json", "").replace("```", ""))
    return card


def settled(card: dict[str, Any]) -> Any:
    """The card without what differs at every call and at every change of any file of knowledge/."""
    return json.loads(CHANGES_EACH_TIME.sub("...", json.dumps(card)))


def written(value: Any, indent: int = 0) -> str:
    """JSON with small objects and lists on one line."""
    short = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(short) + indent <= WIDTH:
        return short
    inner = " " * (indent + 2)
    if isinstance(value, list):
        lines = [inner + written(each, indent + 2) for each in value]
    else:
        lines = [f"{inner}{json.dumps(key)}: {written(each, indent + 2)}" for key, each in value.items()]
    first, last = "[]" if isinstance(value, list) else "{}"
    return f"{first}\n" + ",\n".join(lines) + f"\n{' ' * indent}{last}"


if __name__ == "__main__":
    before = README.read_text(encoding="utf-8")
    after = BETWEEN.sub(lambda _: f"```json\n{written(answered())}\n```\n", before)
    README.write_text(after, encoding="utf-8")
    sys.stdout.write(f"{README.name}: the card is written\n")
