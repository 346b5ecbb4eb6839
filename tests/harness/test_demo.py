"""The demonstration as a person starts and stops it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from tests.sekmet import SEKMET, free_port, needs_sekmet


def start(port: int, fhir_port: int, folder: Path) -> subprocess.Popen[str]:
    environ = {name: text for name, text in os.environ.items() if not name.startswith("NENCDS_")}
    environ |= {"NENCDS_DATABASE_URL": f"sqlite:///{folder}/demo.db", "TMPDIR": str(folder)}
    command = [sys.executable, "-m", "cds_service.cli", "demo", "--sekmet", str(SEKMET)]
    command += ["--port", str(port), "--fhir-port", str(fhir_port)]
    return subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=hear_interrupts
    )


def hear_interrupts() -> None:
    """As in a terminal, also where these tests run in the background, whose children are born with SIGINT ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@needs_sekmet
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=lambda stop: stop.name)
def test_both_servers_answer_until_the_demo_is_stopped_and_leave_nothing_behind(
    tmp_path: Path, stop: signal.Signals
) -> None:
    port, fhir_port = free_port(), free_port()
    demo = start(port, fhir_port, tmp_path)
    assert demo.stdout is not None
    said = [next(demo.stdout) for _ in range(4)]
    assert any(f"http://127.0.0.1:{port}/sandbox" in line for line in said)
    assert requests.get(f"http://127.0.0.1:{port}/sandbox", timeout=10).ok
    assert requests.get(f"http://127.0.0.1:{fhir_port}/fhir/Patient", timeout=10).json()["total"] == 9
    demo.send_signal(stop)
    try:
        ended = demo.wait(60)
    finally:
        demo.terminate()  # does nothing where it has ended
    assert ended == 0  # each of the two is given 15 s to end by itself, and this machine may be laden
    assert not listens(port)
    assert not listens(fhir_port)
    assert not list(tmp_path.glob("nen-cds-demo-*"))


@needs_sekmet
@pytest.mark.parametrize(
    ("taken", "words"), [(lambda port, _: port, "PORT="), (lambda _, fhir_port: fhir_port, "FHIR_PORT=")]
)
def test_a_taken_port_ends_the_demo_before_anything_is_started(
    tmp_path: Path, taken: Callable[[int, int], int], words: str
) -> None:
    port, fhir_port = free_port(), free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", taken(port, fhir_port)))
        other.listen()
        demo = start(port, fhir_port, tmp_path)
        said, _ = demo.communicate(timeout=30)
    assert demo.returncode == 1
    assert f"port {taken(port, fhir_port)} of 127.0.0.1 is taken" in said
    assert f"with {words}" in said
