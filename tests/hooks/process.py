"""The service as a process of its own, started as an operator starts it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cds_service.harness.process import running
from cds_service.harness.service import service_base, service_program
from tests.hooks.calls import ON
from tests.sekmet import free_port


def clean_environ(**more: str) -> dict[str, str]:
    """The environment without any setting of the service but those given."""
    return {name: text for name, text in os.environ.items() if not name.startswith("NENCDS_")} | more


@contextmanager
def service_process(folder: Path, **settings: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`nen-cds serve` on a free port with its own database; its output goes to service.log in the folder."""
    port = free_port()
    database = f"sqlite:///{folder}/live.db"
    environ = clean_environ(**{"NENCDS_DATABASE_URL": database, "NENCDS_ON": str(ON)} | settings)
    with running(service_program(port, environ, folder / "service.log")) as process:
        yield service_base(port), process
