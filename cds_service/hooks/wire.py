"""Bytes in and bytes out: the media type, the cap on the body, strict JSON, and the headers of every answer."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import orjson
from flask import Request, Response

from ..errors import BodyTooLarge, MalformedCall, UnsupportedMedia
from ..strict_json import loads

MAX_BODY = 5 * 1024 * 1024  # a chart of about 4,000 resources
DRAIN = 4 * MAX_BODY
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


def drain(request: Request) -> None:
    """Read what is left of the body: closing with bytes unread would reset the line and lose our answer."""
    left = DRAIN
    with contextlib.suppress(MalformedCall):
        for chunk in _chunks(request):
            left -= len(chunk)
            if left < 0:
                return


def harden(response: Response) -> Response:
    """Nothing of a patient may be cached, and no answer guessed to be of another type."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


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
