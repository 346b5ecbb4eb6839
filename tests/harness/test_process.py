"""Starting and ending one process of ours."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from cds_service.harness.errors import HarnessError
from cds_service.harness.process import Program, require_free_port, running
from tests.sekmet import free_port


def program(tmp_path: Path, port: int, *arguments: str) -> Program:
    return Program(
        name="web server",
        command=[sys.executable, *arguments],
        environ=os.environ,
        log=tmp_path / "log",
        ready_url=f"http://127.0.0.1:{port}/",
    )


def test_a_program_answers_inside_the_block_and_is_gone_after_it(tmp_path: Path) -> None:
    port = free_port()
    with running(program(tmp_path, port, "-m", "http.server", str(port), "--bind", "127.0.0.1")) as process:
        assert process.poll() is None
    assert process.poll() is not None
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_program_is_ended_when_the_block_fails(tmp_path: Path) -> None:
    port = free_port()
    with (
        pytest.raises(RuntimeError, match="of the block"),
        running(program(tmp_path, port, "-m", "http.server", str(port), "--bind", "127.0.0.1")) as process,
    ):
        raise RuntimeError("of the block")
    assert process.poll() is not None


def test_a_program_that_ends_at_once_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    began = time.monotonic()
    with (
        pytest.raises(HarnessError, match=r"(?s)web server ended at once \(3\).*no such database"),
        running(program(tmp_path, free_port(), "-c", "print('no such database'); raise SystemExit(3)")),
    ):
        pass
    assert time.monotonic() - began < 10


def test_a_taken_port_is_named_together_with_the_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(HarnessError, match=rf"port {port} .* is taken.* choose another with FHIR_PORT="):
            require_free_port(port, "FHIR server", "FHIR_PORT")
    require_free_port(port, "FHIR server", "FHIR_PORT")
