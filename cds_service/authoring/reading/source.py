"""Where a record to report on comes from: a Bundle in a file, or a FHIR server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from pathlib import Path
from typing import Any

from ... import strict_json
from ...domain.call import Call, Draft, Json, Read, Template, Token
from ...errors import MalformedCall
from ...fhir.bundles import Page, page_of
from ...fhir.client import Budget, reader
from ...fhir.servers import FhirServer

MAX_BYTES = 200 * 1024 * 1024
PATIENT_READ = Budget(seconds=120, connect_seconds=5, max_bytes=MAX_BYTES)
_ORDERS = ("MedicationRequest", "ServiceRequest")
WHOLE = "bundle"


def call_for(
    bundle: Path | None,
    fhir: str | None,
    patient_id: str | None,
    token_file: Path | None,
    *,
    on: Date,
    templates: Sequence[Template],
) -> tuple[Call, Read | None]:
    """The call that reads this file or this server, and what reads the server for it. Raises MalformedCall."""
    if bundle:
        return from_bundle(bundle, patient_id, on, templates), None
    token = Token(token_file.read_text("utf-8").strip()) if token_file else None
    return from_server(fhir or "", patient_id or "", on, token)


def from_bundle(path: Path, patient_id: str | None, on: Date, templates: Sequence[Template]) -> Call:
    """The Bundle as the whole record of its patient; its draft orders are those asked about. Raises MalformedCall."""
    value = strict_json.loads(path.read_bytes(), max_bytes=MAX_BYTES)
    page = page_of(value)
    if page is None or page.kind != "Bundle":
        raise MalformedCall("the file holds no FHIR Bundle")
    drafts = tuple(Draft(f"{one['resourceType']}/{one['id']}", one) for one in page.resources if _is_draft(one))
    return Call(
        "order-sign" if drafts else "patient-view",
        patient_id or _only_patient(page),
        on,
        prefetch={template.key: _of_type(template.type, page) for template in templates} | {WHOLE: value},
        drafts=drafts,
    )


def from_server(base_url: str, patient_id: str, on: Date, token: Token | None) -> tuple[Call, Read | None]:
    """A call without prefetch, and what reads the server for it; time enough for a large record."""
    server = FhirServer(base_url.rstrip("/"), open=token is None)
    call = Call("patient-view", patient_id, on, fhir_server=server.base_url, token=token)
    return call, reader(server, token, budget=PATIENT_READ)


def _is_draft(resource: Json) -> bool:
    kind, status, name = (resource.get(key) for key in ("resourceType", "status", "id"))
    return kind in _ORDERS and status == "draft" and isinstance(name, str) and bool(name)


def _of_type(kind: str, page: Page) -> Json:
    """A search for this type, as this Bundle answers it: in full, unless the Bundle says that it is not all."""
    found = [one for one in page.resources if one.get("resourceType") == kind and not _is_draft(one)]
    answer: dict[str, Any] = {"resourceType": "Bundle", "type": "searchset"}
    answer["entry"] = [{"resource": one} for one in found]
    cut = page.next is not None or page.unread or page.failed or (page.total or 0) > len(page.resources)
    return answer | ({"link": [{"relation": "next", "url": ""}]} if cut else {})


def _only_patient(page: Page) -> str:
    named = {one.get("id") for one in page.resources if one.get("resourceType") == "Patient"}
    found = [name for name in named if isinstance(name, str)]
    if len(found) != 1:
        raise MalformedCall(f"the Bundle holds {len(found)} patients: say whose record it is with --patient")
    return found[0]
