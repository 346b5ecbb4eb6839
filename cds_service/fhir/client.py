"""Reading a FHIR server with the call's token: every answer that is not plainly usable is a failed read."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import requests
from urllib3.exceptions import HTTPError

from .. import strict_json
from ..domain.call import Json, Read, Token
from ..domain.values import Why
from ..errors import CallError, ReadFailed
from .addresses import OutsideServer, address_below
from .breaker import Breaker
from .servers import FhirServer
from .timed import TimedAdapter

_LOG = logging.getLogger(__name__)
_TOKEN = re.compile(r"[!-~]+")  # anything else would end up in an error message about a header, token included
_JSON_TYPES = frozenset({"", "application/fhir+json", "application/json", "application/json+fhir"})
_CHUNK = 65_536
_TIME_FOR_ANOTHER_TRY = 0.7  # of the whole


@dataclass(frozen=True)
class Budget:
    """What all reads of one call may take together; the bytes are those a hook's own body may have."""

    seconds: float = 1.5
    connect_seconds: float = 0.2
    max_bytes: int = 5 * 1024 * 1024


USUAL_BUDGET = Budget()


@dataclass(frozen=True)
class Connections:
    """What calls share: connections still open, which servers lately did not answer, and whose certificates count."""

    adapter: TimedAdapter = field(default_factory=lambda: TimedAdapter(pool_maxsize=16))
    breaker: Breaker = field(default_factory=Breaker)
    verify: bool | str = True  # or the file of a site's own certificate authorities; never False


_SHARED = Connections()


def reader(
    server: FhirServer | None,
    token: Token | None,
    *,
    budget: Budget = USUAL_BUDGET,
    connections: Connections = _SHARED,
) -> Read | None:
    """What reads this server for one call; None without access: no server, or neither a token nor an open server."""
    if server is None:
        return None
    secret = token.secret if token is not None and _TOKEN.fullmatch(token.secret) else ""
    if not secret and not server.open:
        return None
    return _Reader(server, secret, budget, connections)


class _Reader:
    """The reads of one call: one deadline, which starts with the first of them, and one allowance of bytes."""

    def __init__(self, server: FhirServer, secret: str, budget: Budget, connections: Connections) -> None:
        self._base_url = server.base_url
        self._headers = {
            "Accept": "application/fhir+json",
            "Accept-Encoding": "identity",  # what is small on the wire is small in memory
            "Cache-Control": "no-cache",  # some servers answer searches from a minute ago
            "User-Agent": "nen-cds",
        }
        if secret:
            self._headers["Authorization"] = f"Bearer {secret}"
        self._budget, self._connections = budget, connections
        self._lock = threading.Lock()
        self._end = 0.0
        self._admitted = self._counted = False
        self._bytes_left = budget.max_bytes

    def __call__(self, query: str) -> Json:
        try:
            address = address_below(self._base_url, query)
        except OutsideServer:
            raise self._failed("address outside the server") from None
        self._begin()
        try:
            with closing(self._send(address)) as answer:
                self._check(answer)
                body = b"".join(self._chunks(answer))
        except (OSError, HTTPError) as error:  # every error of requests is an OSError
            raise self._broken_off(error) from None
        self._connections.breaker.answered(self._base_url)
        return self._parsed(body)

    def _begin(self) -> None:
        with self._lock:
            if not self._end:
                self._end = time.monotonic() + self._budget.seconds
                self._admitted = self._connections.breaker.admits(self._base_url)
        if not self._admitted:
            raise self._failed("server is left alone for a while")

    def _left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise requests.Timeout
        return left

    def _send(self, address: str) -> requests.Response:
        request = requests.Request("GET", address, headers=self._headers).prepare()
        try:
            return self._try(request)
        except requests.ConnectionError:
            if self._left() < _TIME_FOR_ANOTHER_TRY * self._budget.seconds:
                raise
            return self._try(request)  # the server may have closed a connection we kept open

    def _try(self, request: requests.PreparedRequest) -> requests.Response:
        left = self._left()
        timeout = (min(left, self._budget.connect_seconds), left)
        return self._connections.adapter.send(request, stream=True, timeout=timeout, verify=self._connections.verify)

    def _check(self, answer: requests.Response) -> None:
        if answer.status_code != requests.codes.ok:
            raise self._failed(f"status {answer.status_code}", answer.status_code)
        if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise self._failed("compressed unasked")
        if answer.headers.get("Content-Type", "").partition(";")[0].strip().lower() not in _JSON_TYPES:
            raise self._failed("not JSON by its type")

    def _chunks(self, answer: requests.Response) -> Iterator[bytes]:
        """The body in pieces. One too large gives back what it took: it must not cost the other reads theirs."""
        taken = 0
        for chunk in answer.iter_content(_CHUNK):
            taken += len(chunk)
            if not self._take(len(chunk)):
                self._take(-taken)
                raise self._failed("too many bytes")
            self._left()
            yield chunk

    def _take(self, number: int) -> bool:
        """Take so many bytes of the allowance; False where it is used up."""
        with self._lock:
            self._bytes_left -= number
            return self._bytes_left >= 0

    def _parsed(self, body: bytes) -> Json:
        try:
            value = strict_json.loads(body, max_bytes=self._budget.max_bytes)
        except CallError:
            raise self._failed("not strict JSON") from None
        if not isinstance(value, dict):
            raise self._failed("not a resource")
        return value

    def _broken_off(self, error: Exception) -> ReadFailed:
        with self._lock:
            counts, self._counted = not self._counted, True
        if counts:  # one call counts once, however many of its reads hung
            self._connections.breaker.silent(self._base_url)
        return self._failed(type(error).__name__)

    def _failed(self, reason: str, status: int | None = None) -> ReadFailed:
        """The reason is for the log, in words of ours: neither address, token nor answer may be in it."""
        _LOG.warning("FHIR read failed: %s", reason)
        return ReadFailed(Why.UNAVAILABLE, reason, status)
