"""How much of a body is read."""

from __future__ import annotations

from io import RawIOBase
from itertools import count
from typing import Any

import pytest
from flask import Request

from cds_service.errors import BodyTooLarge, MalformedCall
from cds_service.hooks.wire import DRAIN, MAX_BODY, drain, read_json


class Endless(RawIOBase):
    """A body that never ends and counts what was taken of it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        assert self.taken < 2 * DRAIN
        return b"x" * size


class Broken(RawIOBase):
    """A line that breaks."""

    def read(self, size: int = -1) -> bytes:
        raise RuntimeError("CANARY")


def request_of(body: RawIOBase, **more: Any) -> Request:
    """A request whose body has no length, as a server passes on a chunked one."""
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "application/json",
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        **more,
    }
    return Request(environ)


def test_a_body_without_a_length_is_read_to_the_cap_and_no_further() -> None:
    body = Endless()
    with pytest.raises(BodyTooLarge):
        read_json(request_of(body))
    assert body.taken < MAX_BODY + 100_000


def test_a_body_that_says_it_is_too_long_is_not_read_at_all() -> None:
    body = Endless()
    with pytest.raises(BodyTooLarge):
        read_json(request_of(body, CONTENT_LENGTH=str(MAX_BODY + 1)))
    assert body.taken == 0


def test_what_is_left_of_a_body_is_taken_up_to_a_bound() -> None:
    body = Endless()
    drain(request_of(body))
    assert MAX_BODY < body.taken < DRAIN + 100_000


def test_a_body_that_promises_more_than_is_taken_is_left_alone() -> None:
    body = Endless()
    drain(request_of(body, CONTENT_LENGTH=str(DRAIN + 1)))
    assert body.taken == 0


def test_what_is_left_of_a_body_is_taken_for_a_second_at_most() -> None:
    body, seconds = Endless(), count()
    drain(request_of(body), lambda: next(seconds))
    assert body.taken <= 3 * 65_536


def test_a_line_that_breaks_is_the_callers_to_mend() -> None:
    with pytest.raises(MalformedCall) as refused:
        read_json(request_of(Broken()))
    assert "CANARY" not in str(refused.value)
    drain(request_of(Broken()))
