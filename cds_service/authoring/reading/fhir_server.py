"""A record from a FHIR server: what reads it, and what to tell a person where it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date as Date
from http import HTTPStatus
from urllib.parse import urlsplit

from ...domain.call import Call, Json, Read, Token
from ...errors import MalformedCall, ReadFailed
from ...fhir.client import Budget, reader
from ...fhir.servers import FhirServer
from .bundle_file import MAX_BYTES

PATIENT_READ = Budget(seconds=120, connect_seconds=5, max_bytes=MAX_BYTES)
_PATIENT = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_NOBODY = (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_NOT_ALLOWED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


@dataclass
class Noted:
    """Reads for a person: `failed` gathers what could not be read, by reason and status."""

    read: Read
    failed: dict[tuple[str, int | None], list[str]] = field(default_factory=dict)

    def __call__(self, query: str) -> Json:
        try:
            return self.read(query)
        except ReadFailed as failure:
            kind = query.partition("?")[0].partition("/")[0]
            self.failed.setdefault((failure.reason, failure.status), []).append(kind)
            raise


def wrong_use(base_url: str, patient_id: str, token: str | None) -> str | None:
    """What is wrong with these words of the command; None where nothing is."""
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return f"--fhir takes the base URL of a FHIR server, as https://host/fhir, not {base_url}"
    if parts.username is not None or parts.query or parts.fragment:
        return "--fhir takes a base URL without user, query or fragment; a token is read from --token-file"
    if not _PATIENT.fullmatch(patient_id):
        return f"--patient takes the id of a FHIR Patient, not {patient_id}"
    if token is not None and not re.fullmatch(r"[!-~]+", token):
        return "--token-file must hold one bearer token and nothing else"
    return None


def from_server(base_url: str, patient_id: str, on: Date, token: str | None) -> tuple[Call, Noted]:
    """A call without prefetch, and what reads the server for it; time enough for a large record.

    Raises MalformedCall where the server says that it holds no such patient.
    """
    secret = Token(token) if token is not None else None
    server = FhirServer(base_url.rstrip("/"), open=secret is None)
    reads = reader(server, secret, budget=PATIENT_READ)
    if reads is None:
        raise MalformedCall("the FHIR server cannot be read without a token")
    noted = Noted(reads)
    try:
        noted(f"Patient/{patient_id}")
    except ReadFailed as failure:
        if failure.status in _NOBODY:
            raise MalformedCall(f"the server holds no Patient/{patient_id} ({failure.reason})") from None
        noted.failed.clear()  # it is asked for again with everything else
    return Call("patient-view", patient_id, on, fhir_server=server.base_url, token=secret), noted


def failures(noted: Noted) -> Iterator[str]:
    """One line for each reason, with what it cost."""
    for (reason, status), kinds in noted.failed.items():
        hint = " (is a token needed? --token-file)" if status in _NOT_ALLOWED else ""
        yield f"not read: {reason}{hint}: {', '.join(dict.fromkeys(kinds))}"
