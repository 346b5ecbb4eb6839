"""A record from a file: a FHIR Bundle of one patient, of whatever type, with references inside it resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from pathlib import Path
from typing import Any

from ... import strict_json
from ...domain.call import Call, Draft, Json, Template
from ...errors import MalformedCall
from ...fhir.bundles import Page, page_of

MAX_BYTES = 200 * 1024 * 1024
WHOLE = "bundle"
_ORDERS = ("MedicationRequest", "ServiceRequest")
_UTF8_MARK = b"\xef\xbb\xbf"
# How files begin that are not what is read here, and what to do with them.
_OTHERS = {
    b"\x1f\x8b": "the file is compressed (gzip): unpack it first",
    b"PK": "the file is compressed (zip): unpack it first",
    b"<": "the file is XML or HTML: FHIR JSON is read here",
    b"\xff\xfe": "the file is UTF-16: UTF-8 is read here",
    b"\xfe\xff": "the file is UTF-16: UTF-8 is read here",
}


def from_bundle(path: Path, patient_id: str | None, on: Date, templates: Sequence[Template]) -> Call:
    """The Bundle as the whole record of its patient; its draft orders are those asked about. Raises MalformedCall."""
    bundle = _with_references(_bundle_in(path.read_bytes()))
    page = page_of(bundle) or Page("Bundle")
    drafts = tuple(Draft(f"{one['resourceType']}/{one['id']}", one) for one in page.resources if _is_draft(one))
    return Call(
        "order-sign" if drafts else "patient-view",
        patient_id or _only_patient(page),
        on,
        prefetch={template.key: _of_type(template.type, page) for template in templates} | {WHOLE: bundle},
        drafts=drafts,
    )


def _bundle_in(body: bytes) -> Json:
    body = body.removeprefix(_UTF8_MARK)
    plain = body.lstrip()
    if not plain:
        raise MalformedCall("the file is empty")
    for begins, says in _OTHERS.items():
        if plain.startswith(begins):
            raise MalformedCall(says)
    try:
        value = strict_json.loads(body, max_bytes=MAX_BYTES)
    except MalformedCall:
        if _is_ndjson(plain):
            raise MalformedCall("the file holds one resource a line (NDJSON): put them into one FHIR Bundle") from None
        raise
    page = page_of(value)
    if page is None or page.kind != "Bundle":
        raise MalformedCall(f"the file holds no FHIR Bundle, but {_kind_of(value)}")
    return dict(value)


def _is_ndjson(body: bytes) -> bool:
    lines = [line for line in body.splitlines() if line.strip()]
    try:
        return len(lines) > 1 and all(
            isinstance(strict_json.loads(one, max_bytes=MAX_BYTES), dict) for one in lines[:2]
        )
    except MalformedCall:
        return False


def _kind_of(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict) and "hook" in value:
        return "a hook call"
    kind = value.get("resourceType") if isinstance(value, dict) else None
    return "a single resource" if isinstance(kind, str) else "something else"


def _with_references(bundle: Json) -> Json:
    """The Bundle as a server would hold it: an id for each resource, and references by fullUrl as Type/id."""
    entries = bundle.get("entry")
    names: dict[str, str] = {}
    found: list[Any] = []
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict) and isinstance(resource.get("resourceType"), str):
            named = resource if resource.get("id") else {**resource, "id": f"entry-{number}"}
            url = entry.get("fullUrl")
            if isinstance(url, str) and url.startswith("urn:"):
                names[url] = f"{named['resourceType']}/{named['id']}"
            entry = {**entry, "resource": named}
        found.append(entry)
    return {**bundle, "entry": [_resolved(entry, names) for entry in found]} if names or found else bundle


def _resolved(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    told = {key: _resolved(item, names) for key, item in value.items()}
    reference = told.get("reference")
    return told | {"reference": names[reference]} if isinstance(reference, str) and reference in names else told


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
    if len(found) > 1:
        raise MalformedCall(f"the Bundle holds {len(found)} patients: one record is read at a time")
    if not found:
        raise MalformedCall("the Bundle holds 0 patients: say whose record it is with --patient")
    return found[0]
