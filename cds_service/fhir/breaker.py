"""Servers that lately did not answer are left alone for a while, so that one of them does not hold every worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from cachetools import TTLCache

FAILURES = 5
REMEMBERED_SECONDS = 30.0
PAUSE_SECONDS = 10.0
_SERVERS = 256  # in development a call may name any port and path


class Breaker:
    """Counts calls in which a server did not answer; from the fifth on lets one call in ten seconds through."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._lock = threading.Lock()
        self._failures: TTLCache[str, int] = TTLCache(_SERVERS, REMEMBERED_SECONDS, timer=now)
        self._resting: TTLCache[str, bool] = TTLCache(_SERVERS, PAUSE_SECONDS, timer=now)

    def admits(self, base_url: str) -> bool:
        """True when the server may be called; the call let through after a pause starts the next pause."""
        with self._lock:
            if self._failures.get(base_url, 0) < FAILURES:
                return True
            if base_url in self._resting:
                return False
            self._resting[base_url] = True
            return True

    def silent(self, base_url: str) -> None:
        """Note that the server did not answer in time, or not at all."""
        with self._lock:
            self._failures[base_url] = self._failures.get(base_url, 0) + 1
            if self._failures[base_url] >= FAILURES:
                self._resting[base_url] = True

    def answered(self, base_url: str) -> None:
        """Note that the server answered, whatever it said."""
        with self._lock:
            self._failures.pop(base_url, None)
            self._resting.pop(base_url, None)
