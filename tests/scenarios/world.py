"""The whole of it as real processes: a FHIR server with the demo patients, and the service reading from it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cds_service.harness.fhir_server import fhir_server
from cds_service.harness.loader import load
from cds_service.harness.process import running
from cds_service.harness.service import service_base, service_program
from tests.sekmet import SEKMET, free_port

ON = date(2026, 11, 23)


@dataclass(frozen=True)
class World:
    """Two running servers: where the service and the record are, and where feedback is kept."""

    service: str
    fhir: str
    database: Path


@contextmanager
def running_world(folder: Path) -> Iterator[World]:
    """Both servers, with all they keep in `folder`; the service is set to Japan and to a fixed day."""
    database = folder / "nen-cds.db"
    with fhir_server(SEKMET, folder / "fhir", free_port()) as fhir:
        load(fhir, on=ON)
        port = free_port()
        environ = {name: text for name, text in os.environ.items() if not name.startswith("NENCDS_")} | {
            "NENCDS_JURISDICTION": "JP",
            "NENCDS_FHIR_SERVERS": f"{fhir};open",
            "NENCDS_DATABASE_URL": f"sqlite:///{database}",
            "NENCDS_ON": ON.isoformat(),
        }
        with running(service_program(port, environ, folder / "service.log")):
            yield World(service_base(port), fhir, database)
