"""gunicorn as this service runs it: threads, no kept connections, JSON even where gunicorn itself refuses."""

from __future__ import annotations

import errno
import gc
import ipaddress
import json
import logging
import socket
from contextlib import suppress
from datetime import date as Date
from http import HTTPStatus

from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.http import errors as wrong  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from .advise import advise
from .domain.call import Call, Levers, Setting
from .domain.knowledge import Knowledge
from .errors import SettingsError
from .harness.patients import demo_patients
from .hooks.refusals import outcome
from .hooks.services import TEMPLATES

THREADS = 4
REFUSED = {
    wrong.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    wrong.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    wrong.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}
GC_THRESHOLDS = (50_000, 20, 100)  # with a frozen start: p99 at one client from 21-24 ms to 2.6-3.5 ms

log = logging.getLogger(__name__)


def warm_up(knowledge: Knowledge) -> None:
    """Walk the whole road once before the workers are forked: the first call of each would pay 80 ms for it."""
    on = Date(2026, 11, 20)
    for patient in demo_patients():
        record = {"conditions": {**patient.bundle(on), "type": "collection"}}
        call = Call("patient-view", patient.id, on, prefetch=record)
        advise(call, TEMPLATES, Setting("JP", on), knowledge, Levers(), read=None, new_id=str)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn around one application that is loaded before the workers are forked."""

    def __init__(self, app: object, bind: str, workers: int) -> None:
        self._app = app
        self._options = {
            "bind": bind,
            "workers": workers,
            "worker_class": Worker,
            "threads": THREADS,
            "forwarded_allow_ips": "",  # no header of a caller changes what was asked for, whoever the caller is
            "forwarder_headers": "",
            "keepalive": 0,  # kept connections pile up on one worker
            "preload_app": True,
            "loglevel": "error",  # its warnings quote the request
            "control_socket_disable": True,
            "post_worker_init": _settle,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            if name in self.cfg.settings:  # older versions have no control socket to switch off
                self.cfg.set(name, value)

    def load(self) -> object:
        return self._app


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Says what gunicorn itself refuses as the application says it, and quotes nothing of it, nor logs it."""

    def handle_error(self, req: object, client: socket.socket, addr: object, exc: BaseException) -> None:
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        if req is None and isinstance(exc, wrong.ParseException):  # the head of the request could not be read
            status = next((found for kind, found in REFUSED.items() if isinstance(exc, kind)), HTTPStatus.BAD_REQUEST)
        log.log(logging.INFO if status != 500 else logging.ERROR, "not answered", extra={"kind": type(exc).__name__})
        body = json.dumps(outcome("invalid" if status != 500 else "exception", status.phrase)).encode()
        head = f"HTTP/1.1 {status} {status.phrase}\r\nConnection: close\r\nContent-Type: application/json\r\n"
        with suppress(OSError):
            util.write_nonblock(client, f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)


def _settle(_worker: object) -> None:
    """Keep what was loaded out of every later garbage collection."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


def in_url(host: str) -> str:
    """A host as it stands in a URL."""
    return f"[{host}]" if ":" in host else host


def is_loopback(host: str) -> bool:
    """True when only this machine can reach the address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def require_free(host: str, port: int) -> None:
    """Raises SettingsError where the service could not listen."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = "it is taken" if error.errno == errno.EADDRINUSE else error.strerror
            raise SettingsError([f"cannot listen on port {port} of {host}: {why}; see --host and --port"]) from None
