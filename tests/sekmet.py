"""The independent FHIR server that tests start: an executable of its own environment, found outside ours."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.needs import IN_CI

CHECKOUT = Path(__file__).resolve().parents[1]
NAMED = os.environ.get("NENCDS_TEST_SEKMET")
SEKMET = Path(NAMED or CHECKOUT / ".venv-sekmet" / "bin" / "sekmet")
"""One of two variables names it; `make test` installs it into .venv-sekmet. The service refuses to see the second."""

needs_sekmet = pytest.mark.skipif(
    not SEKMET.is_file() and not IN_CI, reason="no FHIR server: neither NENCDS_TEST_SEKMET nor .venv-sekmet has one"
)


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
