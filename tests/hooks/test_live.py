"""The service as a process: what only the real server shows."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from cds_service.domain.call import Json
from tests.hooks.calls import PATHS, RECTAL, call
from tests.hooks.ehr import GRANT, TOKEN, ehr
from tests.hooks.process import service_process

JSON = {"Content-Type": "application/json"}
BIG = 6 * 1024 * 1024


def chunked(total: int) -> Iterator[bytes]:
    """A JSON string of so many bytes, in chunks and without a Content-Length."""
    yield b'{"hook": "'
    for _ in range(total // 65_536):
        yield b"x" * 65_536
    yield b'"}'


def test_a_hook_call_is_answered_by_the_process(live: str) -> None:
    answer = requests.post(f"{live}{PATHS['order-sign']}", json=call("order-sign"), timeout=10)
    assert answer.status_code == 200
    assert answer.json()["cards"]
    assert answer.headers["Connection"] == "close"


def test_the_same_call_in_chunks_is_answered_alike(live: str) -> None:
    body = json.dumps(call("order-sign")).encode()
    answer = requests.post(
        f"{live}{PATHS['order-sign']}", data=iter([body[:100], body[100:]]), headers=JSON, timeout=10
    )
    assert answer.status_code == 200
    assert answer.json()["cards"]


def post_plainly(base: str, path: str, body: bytes | Iterator[bytes]) -> tuple[int, bytes]:
    """The answer as a client gets it that sends the whole body before it looks for one."""
    there = urlsplit(base)
    line = http.client.HTTPConnection(there.hostname or "", there.port, timeout=10)
    line.request("POST", path, body=body, headers=JSON, encode_chunked=not isinstance(body, bytes))
    answer = line.getresponse()
    found = answer.status, answer.read()
    line.close()
    return found


@pytest.mark.parametrize("with_length", [True, False])
def test_a_body_over_the_cap_is_413_with_and_without_a_length(live: str, with_length: bool) -> None:
    status, body = post_plainly(live, PATHS["patient-view"], b"x" * BIG if with_length else chunked(BIG))
    assert status == 413
    assert json.loads(body)["issue"][0]["code"] == "too-long"


def test_a_large_body_to_a_path_there_is_not_still_gets_its_answer(live: str) -> None:
    status, body = post_plainly(live, "/cds-services/none", b"x" * BIG)
    assert status == 404
    assert json.loads(body)["resourceType"] == "OperationOutcome"


def test_a_body_in_broken_chunks_is_no_error_of_ours(live: str) -> None:
    there = urlsplit(live)
    with socket.create_connection((there.hostname, there.port), timeout=10) as line:
        head = f"POST {PATHS['patient-view']} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        line.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\nnonsense\r\n".encode())
        answer = http.client.HTTPResponse(line)
        answer.begin()
        assert answer.status == 400
        assert b"nonsense" not in answer.read()


def test_a_request_that_could_be_read_in_two_ways_is_refused(live: str) -> None:
    there = urlsplit(live)
    with socket.create_connection((there.hostname, there.port), timeout=10) as line:
        line.sendall(
            f"POST {PATHS['patient-view']} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".encode()
        )
        assert b" 400 " in line.recv(64)


def answer_to(base: str, sent: bytes) -> http.client.HTTPResponse:
    """The answer to these very bytes, from a client that stays on the line."""
    there = urlsplit(base)
    line = socket.create_connection((there.hostname, there.port), timeout=10)
    line.sendall(sent)
    answer = http.client.HTTPResponse(line)
    answer.begin()
    line.close()  # the answer keeps it open until it is read
    return answer


def head(first: str = f"POST {PATHS['patient-view']} HTTP/1.1", *more: str) -> bytes:
    return "\r\n".join([first, "Host: x", "Content-Type: application/json", *more, "", ""]).encode()


@pytest.mark.parametrize(
    ("first", "length", "status"),
    [(f"POST {PATHS['patient-view']} HTTP/1.1", 99_999_999_999, 413), ("POST /none HTTP/1.1", 10_000_000, 404)],
)
def test_who_promises_much_and_sends_one_byte_is_answered_soon(live: str, first: str, length: int, status: int) -> None:
    started = time.monotonic()
    answer = answer_to(live, head(first, f"Content-Length: {length}") + b"{")
    assert answer.status == status
    assert json.loads(answer.read())["resourceType"] == "OperationOutcome"
    assert time.monotonic() - started < (1 if status == 413 else 3)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"CANARY\r\n\r\n", 400),
        (head("GET /CANARY HTTP/9.9"), 400),
        (head("GET /cds-services HTTP/1.1", "CANARY x: 1"), 400),
        (head(f"GET /CANARY{'a' * 9000} HTTP/1.1"), 414),
        (head("GET /cds-services HTTP/1.1", f"X: CANARY{'a' * 20_000}"), 431),
        (head(f"POST {PATHS['patient-view']} HTTP/1.1", "Transfer-Encoding: CANARY"), 501),
    ],
)
def test_what_the_server_itself_refuses_is_said_in_our_form(
    tmp_path: Path, live: str, sent: bytes, status: int
) -> None:
    answer = answer_to(live, sent)
    body = answer.read()
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/json"
    assert json.loads(body)["resourceType"] == "OperationOutcome"
    assert b"CANARY" not in body


@pytest.mark.parametrize("spoofed", ["SCRIPT_NAME: /foo", "PATH_INFO: /livez", "X-Forwarded-Proto: https"])
def test_a_header_of_a_proxy_on_this_machine_changes_nothing(live: str, spoofed: str) -> None:
    answer = answer_to(live, head("GET /cds-services HTTP/1.1", spoofed))
    assert answer.status == 200
    assert "services" in json.loads(answer.read())


def test_no_redirect_is_ever_sent(live: str) -> None:
    for path in ("/cds-services", "/cds-services/", "//cds-services", "/cds-services//", "/livez/"):
        answer = requests.get(f"{live}{path}", allow_redirects=False, timeout=10)
        assert answer.status_code in (200, 404, 405)


def test_headers_of_a_proxy_change_nothing(live: str) -> None:
    spoofed = {"X-Forwarded-Proto": "http", "X-Forwarded-For": "1.2.3.4", "X-Forwarded-Host": "evil", "Host": "evil"}
    plain = requests.get(f"{live}/cds-services", timeout=10)
    assert requests.get(f"{live}/cds-services", headers=spoofed, timeout=10).text == plain.text


def test_feedback_is_in_the_database_when_it_is_acknowledged(tmp_path: Path) -> None:
    entry = {"card": "c", "outcome": "overridden", "outcomeTimestamp": "2026-01-05T10:05:31Z"}
    with service_process(tmp_path) as (base, _):
        path = f"{base}{PATHS['patient-view']}/feedback"
        assert requests.post(path, json={"feedback": [entry]}, timeout=10).status_code == 200
        with sqlite3.connect(tmp_path / "live.db") as database:
            assert database.execute("SELECT count(*) FROM feedback").fetchone() == (1,)


def test_a_call_under_way_is_answered_when_the_service_is_told_to_stop(tmp_path: Path) -> None:
    got: list[int] = []
    with service_process(tmp_path) as (base, process), ehr(RECTAL) as there:
        there.answer = lambda path: time.sleep(0.5)
        body = call("patient-view", prefetch=None, fhirServer=there.base, fhirAuthorization=GRANT)

        def ask() -> None:
            got.append(requests.post(f"{base}{PATHS['patient-view']}", json=body, timeout=10).status_code)

        asking = threading.Thread(target=ask)
        asking.start()
        while not there.asked:
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        asking.join()
        assert process.wait(10) == 0
    assert got == [200]


def test_neither_log_nor_database_holds_patient_token_or_comment(tmp_path: Path) -> None:
    canary = "CANARY-comment"
    reason = {"userComment": canary}
    entry = {"card": "c", "outcome": "overridden", "outcomeTimestamp": "2026-01-05T10:05:31Z", "overrideReason": reason}
    with service_process(tmp_path) as (base, _), ehr(RECTAL) as there:
        grant: Json = {"fhirServer": there.base, "fhirAuthorization": GRANT}
        for hook in PATHS:
            requests.post(f"{base}{PATHS[hook]}", json=call(hook, prefetch=None, **grant), timeout=10)
            requests.post(f"{base}{PATHS[hook]}", json=call(hook, hook="other"), timeout=10)
            requests.get(f"{base}/{RECTAL}", timeout=10)
        there.answer = lambda path: (500, {})
        requests.post(f"{base}{PATHS['order-sign']}", json=call("order-sign", prefetch=None, **grant), timeout=10)
        requests.post(f"{base}{PATHS['order-sign']}/feedback", json={"feedback": [entry]}, timeout=10)
        log = (tmp_path / "service.log").read_text("utf-8")
        kept = b"".join(file.read_bytes() for file in tmp_path.glob("live.db*"))
    assert "answered" in log
    for word in (RECTAL, TOKEN, canary):
        assert word not in log
    assert RECTAL.encode() not in kept
    assert TOKEN.encode() not in kept
    assert canary.encode() in kept


def test_every_line_of_the_log_is_one_json_object(tmp_path: Path) -> None:
    with service_process(tmp_path) as (base, _):
        requests.post(f"{base}{PATHS['order-sign']}", json=call("order-sign"), timeout=10)
        requests.post(f"{base}{PATHS['order-sign']}", data=b"{", headers=JSON, timeout=10)
        lines = (tmp_path / "service.log").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines if not line.startswith("nen-cds")]
    assert [record["event"] for record in records] == ["answered", "refused"]
    assert {"level", "logger", "timestamp"} <= set(records[0])
