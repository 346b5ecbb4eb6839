"""An independent open-source FHIR R4 server (sekmet-fhir) on loopback, for tests and the demonstration."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from .errors import HarnessError
from .process import LOOPBACK, Program, running


def fhir_base(port: int) -> str:
    """The base address the server answers at."""
    return f"http://{LOOPBACK}:{port}/fhir"


@contextmanager
def fhir_server(executable: Path, data_dir: Path, port: int, token: str | None = None) -> Iterator[str]:
    """A running FHIR server whose data live in `data_dir`; yields its base address. With a token it asks for it."""
    if not executable.is_file():
        raise HarnessError(f"there is no FHIR server at {executable}; `make run` installs one")
    data_dir = data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    config = data_dir / "sekmet.yaml"
    config.write_text(yaml.safe_dump(_config(data_dir, port, token)), "utf-8")
    environ = {name: text for name, text in os.environ.items() if not name.startswith("SEKMET_")}
    base = fhir_base(port)
    program = Program(
        name="FHIR server",
        command=[executable, "serve"],
        environ=environ | {"SEKMET_CONFIG": str(config)},
        log=data_dir / "sekmet.log",
        ready_url=f"{base}/metadata",
    )
    with running(program):
        yield base


def _config(data_dir: Path, port: int, token: str | None) -> dict[str, object]:
    auth: dict[str, object] = {"types": ["bearer"], "tokens": [token]} if token else {"types": ["none"]}
    return {
        "base_url": fhir_base(port),
        "host": LOOPBACK,
        "port": port,
        "data_dir": str(data_dir),
        "own_private_key_path": str(data_dir / "sekmet_private.pem"),
        "server_auth": auth,
        "simulator": {"enabled": False},
        "validation": {"inbound": "strict"},
        "log_inbound": False,
    }
