"""Servers that tests start: an independent open-source FHIR R4 server, as the demonstration starts it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from cds_service.harness.fhir_server import fhir_server
from tests.sekmet import SEKMET, free_port, needs_sekmet

__all__ = ["free_port", "needs_sekmet", "start_sekmet"]


def start_sekmet(data_dir: Path, port: int, token: str | None = None) -> AbstractContextManager[str]:
    """A running FHIR server on loopback, its data in this folder; yields its base URL. A token given is asked for."""
    return fhir_server(SEKMET, data_dir, port, token)
