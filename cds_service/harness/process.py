"""One process of ours: started, waited for, and ended by its own id."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from .errors import HarnessError

LOOPBACK = "127.0.0.1"
READY_SECONDS = 60
STOP_SECONDS = 15


@dataclass(frozen=True)
class Program:
    """What to start, where its output goes, and the address that answers once it is ready."""

    name: str
    command: Sequence[str | Path]
    environ: Mapping[str, str]
    log: Path
    ready_url: str


def require_free_port(port: int, name: str, variable: str) -> None:
    """Raise HarnessError when something already listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            raise HarnessError(
                f"port {port} of {LOOPBACK} is taken, and the {name} needs it; choose another with {variable}="
            ) from None


@contextmanager
def running(program: Program) -> Iterator[subprocess.Popen[bytes]]:
    """The program, ready to answer; ended when the block is left."""
    with program.log.open("wb") as log:
        try:
            # a session of its own: Ctrl-C reaches us alone, and we end what we started in our own order
            process = subprocess.Popen(  # noqa: S603  # the command is ours, never from a request
                [str(part) for part in program.command],
                env=dict(program.environ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as broken:
            raise HarnessError(f"the {program.name} cannot be started: {broken}") from broken
    try:
        _wait_until_ready(program, process)
        yield process
    finally:
        _stop(process)


def _wait_until_ready(program: Program, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise HarnessError(f"the {program.name} ended at once ({process.returncode}):\n{last_lines(program.log)}")
        if _answers(program.ready_url):
            return
        time.sleep(0.1)
    raise HarnessError(f"the {program.name} did not answer within {READY_SECONDS} s:\n{last_lines(program.log)}")


def _answers(url: str) -> bool:
    with requests.Session() as session:
        session.trust_env = False
        try:
            return session.get(url, timeout=2, allow_redirects=False).ok
        except requests.RequestException:
            return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log, for a person who asks why."""
    return "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-count:])
