"""This service as a process, known from then on only by its address."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from .process import LOOPBACK, Program


def service_program(port: int, environ: Mapping[str, str], log: Path) -> Program:
    """`nen-cds serve` with the Python that runs us; `environ` is its whole environment."""
    return Program(
        name="service",
        command=[sys.executable, "-m", "cds_service.cli", "serve", "--host", LOOPBACK, "--port", str(port)],
        environ=environ,
        log=log,
        ready_url=f"{service_base(port)}/readyz",
    )


def service_base(port: int) -> str:
    """The address the service answers at."""
    return f"http://{LOOPBACK}:{port}"
