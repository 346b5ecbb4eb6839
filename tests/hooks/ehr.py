"""A small FHIR server on loopback that remembers what it was asked, for what a real one does not let us see."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cds_service.domain.call import Json
from tests.hooks.calls import bundle, chart

TOKEN = "CANARY-TOKEN-4711"
GRANT: Json = {
    "access_token": TOKEN,
    "token_type": "Bearer",
    "expires_in": 300,
    "scope": "patient/*.rs",
    "subject": "nen-cds",
}


@dataclass
class Ehr:
    """What the server holds and what it was asked: (path with query, Authorization) of every request."""

    base: str
    resources: list[Json]
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    answer: Callable[[str], tuple[int, Json] | None] = lambda path: None

    def find(self, path: str) -> tuple[int, Json]:
        """The answer to a path below /fhir, unless `answer` gives another."""
        parts = urlsplit(path)
        kind, _, identity = parts.path.removeprefix("/fhir/").partition("/")
        of_type = [resource for resource in self.resources if resource["resourceType"] == kind]
        if identity:
            found = [resource for resource in of_type if resource["id"] == identity]
            return (200, found[0]) if found else (404, {"resourceType": "OperationOutcome", "issue": []})
        patient = parse_qs(parts.query)["patient"][0]
        return 200, bundle([one for one in of_type if f"Patient/{patient}" in json.dumps(one)])


@contextmanager
def ehr(patient: str) -> Iterator[Ehr]:
    """A FHIR server that holds one synthetic patient."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    there = Ehr(f"http://127.0.0.1:{server.server_port}/fhir", chart(patient))
    server.ehr = there  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        there: Ehr = self.server.ehr  # type: ignore[attr-defined]
        there.asked.append((self.path, self.headers.get("Authorization")))
        status, body = there.answer(self.path) or there.find(self.path)
        sent = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/fhir+json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *_: Any) -> None:
        """Nothing on standard error."""
