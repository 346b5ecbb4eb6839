"""Bytes in and bytes out: the media type, the cap on the body, strict JSON, and the headers of every answer."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

import orjson
from flask import Request, Response

from ..errors import BodyTooLarge, MalformedCall, UnsupportedMedia
from ..strict_json import loads

MAX_BODY = 5 * 1024 * 1024  # a chart of about 4,000 resources
DRAIN = 4 * MAX_BODY
PATIENCE = 1.0  # seconds
_CHUNK = 64 * 1024


def read_json(request: Request) -> object:
    """The JSON of the request. Raises UnsupportedMedia, BodyTooLarge or MalformedCall."""
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != "application/json" or charset not in ("utf-8", "utf8"):
        raise UnsupportedMedia("the body must be application/json in UTF-8")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMedia("the body must not be compressed")
    return loads(_body(request), max_bytes=MAX_BODY)


def reply(body: dict[str, Any], status: int = 200) -> Response:
    """The body as JSON."""
    return Response(orjson.dumps(body), status, content_type="application/json")


def drain(request: Request, clock: Callable[[], float] = monotonic) -> None:
    """Read what is left of the body: closing with bytes unread would reset the line and lose our answer.

    Not for long: who promises more than we would read, or sends too slowly, may lose the answer.
    """
    if (request.content_length or 0) > DRAIN:
        return
    left, until = DRAIN, clock() + PATIENCE
    with contextlib.suppress(MalformedCall), _impatient(request):
        for chunk in _chunks(request):
            left -= len(chunk)
            if left < 0 or clock() > until:
                return


def harden(response: Response) -> Response:
    """Nothing of a patient may be cached, and no answer guessed to be of another type."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@contextlib.contextmanager
def _impatient(request: Request) -> Iterator[None]:
    """Let no single read wait for long, where the server gives us its socket; it is a waiting one otherwise."""
    line = request.environ.get("gunicorn.socket")
    if line:
        line.settimeout(PATIENCE)
    try:
        yield
    finally:
        if line:
            line.settimeout(None)


def _body(request: Request) -> bytes:
    """The whole body. The cap holds with Content-Length and without one (chunked)."""
    if (request.content_length or 0) > MAX_BODY:
        raise BodyTooLarge(f"the body may hold {MAX_BODY} bytes")
    body = bytearray()
    for chunk in _chunks(request):
        body += chunk
        if len(body) > MAX_BODY:
            raise BodyTooLarge(f"the body may hold {MAX_BODY} bytes")
    return bytes(body)


def _chunks(request: Request) -> Iterator[bytes]:
    try:
        while chunk := request.stream.read(_CHUNK):
            yield chunk
    except Exception:  # a broken line or framing; each server has errors of its own for it
        raise MalformedCall("the body could not be read to its end") from None
