"""The shipped nginx configuration, run by a real nginx in front of a server that counts what reaches it."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.needs import needs_program, program

ROOT = Path(__file__).resolve().parents[2]
pytestmark = needs_program("nginx")


class Service(ThreadingHTTPServer):
    """Stands where the service stands; `reached` counts requests whose head arrived."""

    reached = 0


class Answer(BaseHTTPRequestHandler):
    """Reads the body it was promised and answers an empty list of cards."""

    server: Service

    def do_POST(self) -> None:
        self.server.reached += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"cards": []}')

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[Service]:
    """The server behind the proxy."""
    server = Service(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def port(tmp_path: Path, service: Service) -> Iterator[int]:
    """The port of the proxy, which runs the shipped file with its ports and folder changed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    shipped = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    text = shipped.replace("listen 8088;", f"listen 127.0.0.1:{free};")
    text = text.replace("127.0.0.1:8080", f"127.0.0.1:{service.server_port}").replace("/tmp/", f"{tmp_path}/")
    (tmp_path / "nginx.conf").write_text(text, encoding="utf-8")
    command = [program("nginx"), "-p", str(tmp_path), "-e", "stderr", "-c", str(tmp_path / "nginx.conf")]
    with subprocess.Popen([*command, "-g", "daemon off; master_process off;"]) as process:
        _wait_for(free)
        yield free
        process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx did not start")


def _post(port: int, body: bytes) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/cds-services/nen-patient-view", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_a_whole_request_is_passed_on(port: int, service: Service) -> None:
    assert _post(port, b"{}")[::2] == (200, b'{"cards": []}')
    assert service.reached == 1


def test_half_sent_bodies_never_reach_the_service_and_hold_up_nobody(port: int, service: Service) -> None:
    slow = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(8)]
    for each in slow:
        each.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    started = time.monotonic()
    assert _post(port, b"{}")[0] == 200
    assert time.monotonic() - started < 1
    assert service.reached == 1
    for each in slow:
        each.close()


def test_a_body_over_the_cap_is_refused_in_our_form(port: int, service: Service) -> None:
    status, headers, body = _post(port, b" " * (5 * 1024 * 1024 + 1))
    assert status == 413
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body)["issue"][0]["code"] == "too-long"
    assert service.reached == 0


def test_a_body_at_the_cap_is_passed_on(port: int) -> None:
    assert _post(port, b" " * (5 * 1024 * 1024))[0] == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"NONSENSE\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505),
        (b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: odd\r\n\r\n", 501),
        (b"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", 405),
    ],
)
def test_a_request_the_proxy_cannot_read_is_refused_in_our_form(
    port: int, service: Service, sent: bytes, status: int
) -> None:
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(sent)
        answer = http.client.HTTPResponse(line)
        answer.begin()
        body = answer.read()
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/json")
    assert json.loads(body)["resourceType"] == "OperationOutcome"
    assert service.reached == 0


def test_a_service_that_is_away_is_said_in_our_form(port: int, service: Service) -> None:
    service.shutdown()
    service.server_close()
    status, headers, body = _post(port, b"{}")
    assert (status, headers["Retry-After"]) == (503, "1")
    assert json.loads(body)["issue"][0]["code"] == "transient"


@needs_program("openssl")
def test_the_file_for_a_deployment_is_one_that_nginx_takes(tmp_path: Path) -> None:
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    make = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=cds.example.org", "-days", "1"]
    subprocess.run([program("openssl"), *make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    shipped = (ROOT / "deploy" / "nginx-tls.conf").read_text(encoding="utf-8")
    site = re.sub(r"listen \[::\]\S*( ssl)?;", "", shipped.replace("/etc/nginx/certs/", f"{tmp_path}/"))
    site = re.sub(r"listen \d+( ssl)?;", rf"listen unix:{tmp_path}/\g<0>", site).replace("/listen ", "/")
    around = "error_log stderr; pid {0}/pid; events {{}} http {{ access_log off; {1} {2} }}"
    temporary = " ".join(
        f"{name}_temp_path {tmp_path}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(around.format(tmp_path, temporary, site), encoding="utf-8")
    done = subprocess.run(
        [program("nginx"), "-t", "-p", str(tmp_path), "-e", "stderr", "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
