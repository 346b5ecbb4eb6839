"""A server on loopback that answers as it is told and remembers what it was asked."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Connection(BaseHTTPRequestHandler):
    """One connection; a play is given it and may write to it what it likes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        stub: Loopback = self.server.stub  # type: ignore[attr-defined]
        stub.asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
        play = stub.plays.get(self.path, stub.plays.get("*", answers({"resourceType": "OperationOutcome"}, status=404)))
        try:
            play(self)
        except OSError:
            self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Be quiet."""


Play = Callable[[Connection], None]


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]


@dataclass
class Loopback:
    """Where the server is, what it plays for each path, and what it was asked."""

    port: int
    plays: dict[str, Play]
    asked: list[Asked] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}/fhir"

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *args: Any) -> None:
        """A client that went away is what many of these tests are about."""


@contextmanager
def loopback(plays: Mapping[str, Play] | None = None, *, tls: tuple[Path, Path] | None = None) -> Iterator[Loopback]:
    """A running server; `plays` maps a path with its query to what is played, `*` to what else is."""
    server = _Server(("127.0.0.1", 0), Connection)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    stub = Loopback(server.server_address[1], dict(plays or {}))
    server.stub = stub  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()


def answers(value: Any, *, status: int = 200, kind: str | None = "application/fhir+json", **headers: str) -> Play:
    """Play: an ordinary answer. `value` is bytes as they go out, or a value to be written as JSON."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()

    def play(connection: Connection) -> None:
        connection.send_response(status)
        if kind is not None:
            connection.send_header("Content-Type", kind)
        for name, text in headers.items():
            connection.send_header(name.replace("_", "-"), text)
        connection.send_header("Content-Length", str(len(body)))
        connection.end_headers()
        connection.wfile.write(body)

    return play


def writes(raw: bytes) -> Play:
    """Play: exactly these bytes, then the end of the connection."""

    def play(connection: Connection) -> None:
        connection.wfile.write(raw)
        connection.close_connection = True

    return play


def drips(start: bytes, drop: bytes, every: float) -> Play:
    """Play: a start, then a drop every so many seconds, for a minute."""

    def play(connection: Connection) -> None:
        connection.wfile.write(start)
        for _ in range(int(60 / every)):
            time.sleep(every)
            connection.wfile.write(drop)
        connection.close_connection = True

    return play


def waits(seconds: float, then: Play) -> Play:
    """Play: silence first."""

    def play(connection: Connection) -> None:
        time.sleep(seconds)
        then(connection)

    return play
