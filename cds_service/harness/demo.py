"""The demonstration: a FHIR server with the demo patients, this service reading from it, and a page to look at."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import FrameType

from .errors import HarnessError
from .fhir_server import fhir_server
from .loader import load
from .patients import demo_patients
from .process import Program, last_lines, require_free_port, running
from .service import service_base, service_program


def run_demo(
    port: int, fhir_port: int, sekmet: Path, *, on: date | None = None, say: Callable[[str], None] | None = None
) -> None:
    """Start both servers, say where the sandbox page is, and stay until Ctrl-C or SIGTERM. Raises HarnessError."""
    tell = say or _tell
    require_free_port(port, "service", "PORT")
    require_free_port(fhir_port, "FHIR server", "FHIR_PORT")
    with tempfile.TemporaryDirectory(prefix="nen-cds-demo-") as folder, _sigterm_as_interrupt():
        try:
            with fhir_server(Path(sekmet), Path(folder) / "fhir", fhir_port) as base:
                stored = load(base, on=on or datetime.now(UTC).date())
                tell(f"FHIR server   {base}  ({len(demo_patients())} synthetic patients, {stored} resources)")
                environ = os.environ | {"NENCDS_ENV": "development", "NENCDS_FHIR_SERVERS": f"{base};open"}
                service = service_program(port, environ, Path(folder) / "service.log")
                with running(service) as process:
                    tell(f"service       {service_base(port)}/cds-services")
                    tell(f"sandbox       {service_base(port)}/sandbox")
                    tell("Ctrl-C stops both.")
                    _stay(service, process)
        except KeyboardInterrupt:
            tell("stopped")


def _stay(service: Program, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        time.sleep(0.5)
    raise HarnessError(f"the service ended by itself ({process.returncode}):\n{last_lines(service.log)}")


@contextmanager
def _sigterm_as_interrupt() -> Iterator[None]:
    """SIGTERM ends the demonstration as Ctrl-C does, so that nothing it started is left behind."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
