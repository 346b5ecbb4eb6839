"""Reading a FHIR server that misbehaves: whatever it does, a read is usable JSON or a failed read, in bounded time."""

from __future__ import annotations

import gzip
import json
import logging
import socket
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import responses

from cds_service.domain.call import Read, Token
from cds_service.domain.values import Why
from cds_service.errors import ReadFailed
from cds_service.fhir.breaker import Breaker
from cds_service.fhir.client import Budget, Connections, reader
from cds_service.fhir.servers import FhirServer
from cds_service.fhir.timed import TimedAdapter
from tests.fhir.loopback import Loopback, Play, answers, drips, loopback, waits, writes
from tests.fhir.records import bundle, resource
from tests.needs import needs_program, program

SECRET = "CANARY-TOKEN-7f3a"
TOKEN = Token(SECRET)
QUERY = "Condition?patient=p1"
PATH = "/fhir/Condition?patient=p1"
SHORT = Budget(seconds=0.8)
SLACK = 0.5  # for a laden machine
START = b"HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\n"


@pytest.fixture
def ehr() -> Iterator[Loopback]:
    with loopback({PATH: answers(bundle(resource("Condition")))}) as server:
        yield server


@pytest.fixture
def canary() -> Iterator[Loopback]:
    with loopback({"*": answers(bundle())}) as server:
        yield server


def reading(server: Loopback | str, token: Token | None = TOKEN, budget: Budget = SHORT, **more: Connections) -> Read:
    base = server if isinstance(server, str) else server.base
    read = reader(FhirServer(base), token, budget=budget, **(more or {"connections": Connections()}))
    assert read is not None
    return read


def test_a_search_is_read_with_the_token_of_the_call_and_nothing_compressed(ehr: Loopback) -> None:
    assert reading(ehr)(QUERY) == bundle(resource("Condition"))
    assert ehr.paths == [PATH]
    headers = ehr.asked[0].headers
    assert headers["authorization"] == f"Bearer {SECRET}"
    assert headers["accept-encoding"] == "identity"
    assert headers["accept"] == "application/fhir+json"
    assert "cookie" not in headers


@pytest.mark.parametrize("token", [None, Token(""), Token("two words"), Token("broken\r\nX-Evil: 1"), Token("ż")])
def test_without_a_usable_token_there_is_no_access(token: Token | None, ehr: Loopback) -> None:
    assert reader(FhirServer(ehr.base), token) is None
    assert reader(None, TOKEN) is None
    assert ehr.asked == []


@pytest.mark.parametrize("token", [None, Token(""), Token("broken\r\nX-Evil: 1")])
def test_an_open_server_is_read_without_a_token(token: Token | None, ehr: Loopback) -> None:
    read = reader(FhirServer(ehr.base, open=True), token)
    assert read is not None
    assert read(QUERY)["resourceType"] == "Bundle"
    assert "authorization" not in ehr.asked[0].headers


@pytest.mark.parametrize("kind", ["application/json", "application/fhir+json; charset=UTF-8", None])
def test_json_may_be_called_by_any_of_its_names_or_by_none(kind: str | None) -> None:
    with loopback({PATH: answers(bundle(), kind=kind)}) as server:
        assert reading(server)(QUERY) == bundle()


def chunked(body: bytes) -> bytes:
    return START + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def test_an_answer_in_chunks_and_one_without_a_length_are_read() -> None:
    body = json.dumps(bundle()).encode()
    for raw in (chunked(body), START + b"Connection: close\r\n\r\n" + body):
        with loopback({PATH: writes(raw)}) as server:
            assert reading(server)(QUERY) == bundle()


def too_long() -> Play:
    return answers({"resourceType": "Bundle", "text": "x" * 6_000_000})


FAULTS: dict[str, Play] = {
    "204": answers(b"", status=204),
    "400": answers({"resourceType": "OperationOutcome"}, status=400),
    "401": answers({"resourceType": "OperationOutcome"}, status=401),
    "403": answers(bundle(), status=403),
    "404": answers(bundle(), status=404),
    "410": answers(bundle(), status=410),
    "429": answers(bundle(), status=429),
    "500": answers(bundle(), status=500),
    "503 in HTML": answers(b"<html>busy</html>", status=503, kind="text/html"),
    "200 in HTML": answers(b"<html>please log in</html>", kind="text/html"),
    "JSON called HTML": answers(bundle(), kind="text/html"),
    "HTML called JSON": answers(b"<html>please log in</html>"),
    "206": answers(bundle(), status=206),
    "empty": answers(b""),
    "a list": answers([bundle()]),
    "a string": answers("Bundle"),
    "null": answers(None),
    "NaN": answers(b'{"resourceType": "Observation", "value": NaN}'),
    "a key twice": answers(b'{"resourceType": "Bundle", "resourceType": "Patient"}'),
    "a byte order mark": answers(b"\xef\xbb\xbf{}"),
    "UTF-16": answers(json.dumps(bundle()).encode("utf-16")),
    "half of it": answers(json.dumps(bundle()).encode()[:-4]),
    "shorter than it said": writes(START + b"Content-Length: 900\r\n\r\n" + json.dumps(bundle()).encode()),
    "longer than the cap": too_long(),
    "not HTTP": writes(b"\x16\x03\x01\x00NOT HTTP\r\n\r\n"),
    "nothing at all": writes(b""),
    "headers without end": writes(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200),
    "a header too long": writes(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000),
    "chunks that are none": writes(START + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_a_plain_answer_is_a_failed_read(fault: str) -> None:
    with loopback({PATH: FAULTS[fault]}) as server, pytest.raises(ReadFailed) as caught:
        reading(server)(QUERY)
    assert caught.value.why == Why.UNAVAILABLE
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "play",
    [
        waits(20, answers(bundle())),
        drips(b"HTTP/1.1 200 O", b"K", 0.2),
        drips(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.2),
        drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.2),
        drips(START + b"\r\n", b" ", 0.2),
        drips(START + b"Content-Length: 5000\r\n\r\n", b" ", 0.2),
        drips(START + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n", 0.2),
        drips(START, b"X: y\r\n", 0.7),
    ],
    ids=["silence", "status line", "headers", "continue", "body", "body of known length", "chunks", "late silence"],
)
def test_a_slow_drip_does_not_last_longer_than_the_deadline(play: Play) -> None:
    with loopback({PATH: play}) as server:
        start = time.monotonic()
        with pytest.raises(ReadFailed):
            reading(server)(QUERY)
        assert time.monotonic() - start < SHORT.seconds + SLACK


def test_the_deadline_is_one_for_all_reads_of_a_call() -> None:
    slow = waits(0.3, answers(bundle()))
    with loopback({"*": slow}) as server:
        read, start = reading(server), time.monotonic()
        with pytest.raises(ReadFailed):
            list(map(read, [QUERY] * 20))
        assert time.monotonic() - start < SHORT.seconds + SLACK
        asked = len(server.asked)
        with pytest.raises(ReadFailed):
            read(QUERY)
        assert len(server.asked) == asked


def test_the_bytes_are_one_allowance_for_all_reads_of_a_call() -> None:
    with loopback({"*": answers({"resourceType": "Bundle", "text": "x" * 60_000})}) as server:
        read = reading(server, budget=Budget(max_bytes=150_000))
        read(QUERY)
        read(QUERY)
        with pytest.raises(ReadFailed):
            read(QUERY)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int, canary: Loopback) -> None:
    there = answers(bundle(), status=status, Location=canary.base + "/Condition")
    with loopback({PATH: there}) as server, pytest.raises(ReadFailed):
        reading(server)(QUERY)
    assert canary.asked == []


def test_a_redirect_on_the_same_server_is_not_followed_either(ehr: Loopback) -> None:
    ehr.plays["/fhir/Patient/p1"] = answers(b"", status=302, Location=PATH)
    with pytest.raises(ReadFailed):
        reading(ehr)("Patient/p1")
    assert ehr.paths == ["/fhir/Patient/p1"]


@pytest.mark.parametrize("status", [200, 302])
def test_what_comes_compressed_is_never_unpacked(status: int) -> None:
    bomb = gzip.compress(b" " * 60_000_000)
    play = answers(bomb, status=status, Content_Encoding="gzip", Location="/elsewhere")
    with loopback({PATH: play}) as server:
        tracemalloc.start()
        try:
            with pytest.raises(ReadFailed):
                reading(server)(QUERY)
            assert tracemalloc.get_traced_memory()[1] < 5_000_000
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize(
    "link",
    [
        "{canary}/Condition?page=2",
        "//127.0.0.1:{port}/fhir/Condition",
        "{base}/../admin",
        "{base}@127.0.0.1:{port}/x",
        "/admin",
        "",
    ],
)
def test_a_link_that_leads_elsewhere_is_not_followed(link: str, ehr: Loopback, canary: Loopback) -> None:
    with pytest.raises(ReadFailed):
        reading(ehr)(link.format(canary=canary.base, port=canary.port, base=ehr.base))
    assert (ehr.asked, canary.asked) == ([], [])


def test_neither_netrc_nor_proxies_of_the_environment_come_between(
    ehr: Loopback, canary: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.port}")
    reading(ehr)(QUERY)
    assert ehr.asked[0].headers["authorization"] == f"Bearer {SECRET}"
    assert canary.asked == []


def test_a_server_that_refuses_connections_is_a_failed_read() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(ReadFailed):
            reading(f"http://127.0.0.1:{closed.getsockname()[1]}/fhir")(QUERY)


def test_an_open_connection_the_server_has_closed_is_opened_anew(ehr: Loopback) -> None:
    plain = answers(bundle(resource("Condition")))
    seen: list[tuple[str, int]] = []

    def closes_without_saying(connection: object) -> None:
        seen.append(connection.client_address)  # type: ignore[attr-defined]
        if seen.count(seen[-1]) > 1:
            connection.close_connection = True  # type: ignore[attr-defined]
            return
        plain(connection)  # type: ignore[arg-type]

    ehr.plays[PATH] = closes_without_saying
    read = reading(ehr)
    assert read(QUERY) == read(QUERY)
    assert len(seen) == 3


def test_neither_token_address_nor_answer_is_logged_or_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told = [f"HTTP/1.1 200 OK\r\nX: {name}\r\nbroken header\r\n\r\n".encode() for name in ("Zzyzx", SECRET)]
    plays: list[Play] = [*FAULTS.values(), *(writes(raw) for raw in told), answers(b'{"name": "Zzyzx"')]
    errors = []
    for play in plays:
        with loopback({"*": play}) as server, pytest.raises(ReadFailed) as caught:
            reading(server)("Condition?patient=patient-4711")
        errors.append(repr(caught.value))
    with pytest.raises(ReadFailed) as caught:
        reading(server)("Condition?patient=patient-4711")  # nobody listens there any more
    errors.append(repr(caught.value))
    said = caplog.text + "".join(errors)
    assert "FHIR read failed: status 401" in said
    for word in (SECRET, "Zzyzx", "4711", "Bearer"):
        assert word not in said


def test_a_token_cannot_be_seen_in_what_holds_it(ehr: Loopback) -> None:
    assert SECRET not in repr(reading(ehr))
    assert SECRET not in repr(TOKEN)


def test_a_server_that_never_answers_is_left_alone_from_the_sixth_call_on() -> None:
    connections = Connections(breaker=Breaker())
    with loopback({"*": waits(5, answers(bundle()))}) as server:
        for _ in range(5):
            with pytest.raises(ReadFailed):
                reading(server, budget=Budget(seconds=0.1), connections=connections)(QUERY)
        asked, start = len(server.asked), time.monotonic()
        with pytest.raises(ReadFailed):
            reading(server, connections=connections)(QUERY)
        assert time.monotonic() - start < 0.1
        assert len(server.asked) == asked


def test_one_call_whose_many_reads_all_hang_counts_once() -> None:
    connections = Connections(breaker=Breaker())
    with loopback({"*": waits(5, answers(bundle()))}) as server:
        read = reading(server, budget=Budget(seconds=0.2), connections=connections)
        threads = [threading.Thread(target=pytest.raises, args=(ReadFailed, read, QUERY)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        server.plays["*"] = answers(bundle())
        assert reading(server, connections=connections)(QUERY) == bundle()


def test_a_server_that_refuses_is_not_a_server_that_does_not_answer() -> None:
    connections = Connections(breaker=Breaker())
    with loopback({"*": answers({}, status=401)}) as server:
        for _ in range(8):
            with pytest.raises(ReadFailed):
                reading(server, connections=connections)(QUERY)
        assert len(server.asked) == 8


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost that vouches for itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "certificate.pem", folder / "key.pem"
    command = [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*command, *names, "-keyout", key, "-out", made], check=True, capture_output=True)
    return made, key


@needs_program("openssl")
def test_a_certificate_must_be_vouched_for_and_be_of_the_name(certificate: tuple[Path, Path]) -> None:
    made, _ = certificate
    with loopback({PATH: answers(bundle())}, tls=certificate) as server:
        own = Connections(verify=str(made))
        assert reading(f"https://localhost:{server.port}/fhir", connections=own)(QUERY) == bundle()
        asked = len(server.asked)
        for host, connections in (("localhost", Connections()), ("127.0.0.1", own)):
            with pytest.raises(ReadFailed):
                reading(f"https://{host}:{server.port}/fhir", connections=connections)(QUERY)
        assert len(server.asked) == asked


@needs_program("openssl")
def test_a_drip_over_tls_does_not_outlast_the_deadline_either(certificate: tuple[Path, Path]) -> None:
    play = drips(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.2)
    with loopback({PATH: play}, tls=certificate) as server:
        start, own = time.monotonic(), Connections(verify=str(certificate[0]))
        with pytest.raises(ReadFailed):
            reading(f"https://localhost:{server.port}/fhir", connections=own)(QUERY)
        assert time.monotonic() - start < SHORT.seconds + SLACK
        assert server.paths == [PATH]


@responses.activate
def test_nothing_but_the_one_address_is_called() -> None:
    address = "https://ehr.example.org/fhir/Condition?patient=p1"
    responses.get(address, json=bundle(), content_type="application/fhir+json")
    assert reading("https://ehr.example.org/fhir")(QUERY) == bundle()
    assert [call.request.url for call in responses.calls] == [address]


def test_certificates_are_always_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    class Watched(TimedAdapter):
        def cert_verify(self, conn: object, url: str, verify: object, cert: object) -> None:
            asked.append(verify)
            raise requests.exceptions.SSLError

    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    with pytest.raises(ReadFailed):
        reading("https://127.0.0.1:1/fhir", connections=Connections(adapter=Watched()))(QUERY)
    assert set(asked) == {True}
