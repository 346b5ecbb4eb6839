"""Headless Chromium, told to keep to itself: to read a drawn page, to photograph it, and to press its buttons."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from tests.needs import program

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
SCRIPT_MILLISECONDS = 10_000
PATIENCE_SECONDS = 30


def rendered(url: str) -> str:
    """The page as markup once its scripts have run."""
    return _chromium(url, "--dump-dom")


def photograph(url: str, picture: Path, width: int, height: int) -> None:
    """A PNG of the page at this window size."""
    picture.parent.mkdir(parents=True, exist_ok=True)
    _chromium(url, f"--window-size={width},{height}", f"--screenshot={picture}")


def _chromium(url: str, *wish: str) -> str:
    with tempfile.TemporaryDirectory(prefix="nen-cds-browser-") as profile:
        budget = f"--virtual-time-budget={SCRIPT_MILLISECONDS}"
        command = [program("chromium"), *QUIET, f"--user-data-dir={profile}", budget, *wish, url]
        done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return done.stdout.decode("utf-8")


class Tab:
    """An open page that takes JavaScript. It speaks the DevTools protocol over a pair of pipes."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._write = os.fdopen(to_browser, "wb", buffering=0)
        self._read = os.fdopen(from_browser, "rb", buffering=0)
        self._left = b""
        self._ids = count(1)
        self._session: str | None = None

    def open(self, url: str) -> None:
        target = self._ask("Target.createTarget", url=url)["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def run(self, script: str) -> Any:
        """The value of this JavaScript expression."""
        told = self._ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def wait_for(self, script: str) -> Any:
        """The value of this expression as soon as it holds."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not (value := self.run(script)):
            assert time.monotonic() < until, f"did not come to hold: {script}"
            time.sleep(0.05)
        return value

    def close(self) -> None:
        self._session = None
        self._ask("Browser.close")
        self._write.close()
        self._read.close()

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._ids)
        message: dict[str, Any] = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._write.write(json.dumps(message).encode() + b"\0")
        while (heard := self._next()).get("id") != number:
            pass
        assert "error" not in heard, heard
        found: dict[str, Any] = heard["result"]
        return found

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            more = self._read.read(1 << 16)
            assert more, "the browser went away"
            self._left += more
        message, _, self._left = self._left.partition(b"\0")
        heard: dict[str, Any] = json.loads(message)
        return heard


@contextmanager
def tab(url: str) -> Iterator[Tab]:
    """A browser with this page open, gone after the block."""
    commands_read, commands_write = _pipe()
    events_read, events_write = _pipe()

    def plug_in() -> None:  # the protocol wants its pipes as 3 and 4
        os.dup2(commands_read, 3)
        os.dup2(events_write, 4)

    with tempfile.TemporaryDirectory(prefix="nen-cds-browser-", ignore_cleanup_errors=True) as profile:
        command = [program("chromium"), *QUIET, f"--user-data-dir={profile}", "--remote-debugging-pipe"]
        browser = subprocess.Popen(command, preexec_fn=plug_in, close_fds=False, stderr=subprocess.DEVNULL)
        os.close(commands_read)
        os.close(events_write)
        page = Tab(commands_write, events_read)
        try:
            page.open(url)
            yield page
            page.close()
            browser.wait(PATIENCE_SECONDS)
        finally:
            browser.terminate()
            browser.wait()


def _pipe() -> tuple[int, int]:
    """A pipe whose ends lie above the numbers that the protocol wants for itself."""
    ends = os.pipe()
    moved = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return moved[0], moved[1]
