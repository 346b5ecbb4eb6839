"""Servers that tests start: an independent open-source FHIR R4 server, and where its executable is."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from cds_service.harness.fhir_server import fhir_server
from tests.needs import IN_CI
from tests.sekmet import SEKMET, free_port

__all__ = ["SEKMET_PROGRAM", "free_port", "needs_sekmet", "start_sekmet"]

SEKMET_PROGRAM = Path(os.environ.get("NENCDS_SEKMET") or SEKMET)

needs_sekmet = pytest.mark.skipif(
    not SEKMET_PROGRAM.is_file() and not IN_CI, reason="no FHIR server: neither NENCDS_SEKMET nor .venv-sekmet has one"
)


def start_sekmet(data_dir: Path, port: int, token: str | None = None) -> AbstractContextManager[str]:
    """A running FHIR server on loopback, its data in this folder; yields its base URL. A token given is asked for."""
    return fhir_server(SEKMET_PROGRAM, data_dir, port, token)
