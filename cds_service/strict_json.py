"""Bytes to JSON, or a refusal: the same parser for what a hook sends and for what a FHIR server answers."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import orjson

from .errors import BodyTooLarge, MalformedCall

MAX_DEPTH = 64
MAX_DIGITS = 17  # as many as a program prints of a float; from the 18th on a limit could be crossed by rounding
MAX_EXPONENT = 12
_LONGEST_NUMBER = 64  # no number that may pass is longer; longer ones are not even looked at

# What follows is looked for before the slow reading, so that an ordinary body is read once, by orjson.
# Digits and points look alike there: a number of so many such characters may have too many digits, one with an
# exponent may be too large, and a string of digits is told from a number by what comes after it.
_ALIKE = bytes.maketrans(b"123456789.E+", b"0000000000e-")
_AFTER = rb"[ \t\r\n]*+(?:[,\]}]|\Z)"
_LONG = re.compile(b"0" * (MAX_DIGITS + 1) + rb"0*+(" + _AFTER + rb")?+")  # takes each run whole: linear
_EXPONENT = re.compile(rb"0e-?+0++" + _AFTER)
_COLON_OR_NUL_ESCAPED = re.compile(rb"\\u00(?:3[aA]|00)")

_TWICE = "a key stands twice in one object"
_IMMODEST = f"a number has more than {MAX_DIGITS} digits or an exponent beyond {MAX_EXPONENT}"


def loads(body: bytes, *, max_bytes: int) -> Any:
    """Read strict JSON in UTF-8. Raises MalformedCall or BodyTooLarge, neither of which quotes the body."""
    if len(body) > max_bytes:
        raise BodyTooLarge(f"the body is larger than {max_bytes} bytes")
    value = _parsed(body)
    again = _dumped(value)
    if (b"\\" in body and _COLON_OR_NUL_ESCAPED.search(body)) or _has_odd_number(body):
        _read_slowly(body)
    elif body.count(b":") != again.count(b":"):  # every colon comes back, save where a second key took a pair's place
        raise MalformedCall(_TWICE)
    return value


def _parsed(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:  # it carries the whole body: nothing of it may go on
        raise MalformedCall("the body is not JSON in UTF-8") from None


def _levels_orjson_writes() -> int:
    nested: list[Any] = []
    for levels in range(1024):
        try:
            orjson.dumps(nested)
        except TypeError:
            return levels
        nested = [nested]
    raise RuntimeError("this orjson writes without a limit of depth: the check of depth needs another way")


_LEVELS_TO_SPARE = _levels_orjson_writes() - MAX_DEPTH


def _dumped(value: Any) -> bytes:
    """Write the value again, inside so many lists that orjson refuses it when it nests too deep itself."""
    for _ in range(_LEVELS_TO_SPARE):
        value = [value]
    try:
        return orjson.dumps(value)
    except TypeError:
        raise MalformedCall(f"the body nests deeper than {MAX_DEPTH} levels") from None


def _has_odd_number(body: bytes) -> bool:
    alike = body.translate(_ALIKE)
    return any(run[1] is not None for run in _LONG.finditer(alike)) or _EXPONENT.search(alike) is not None


def _read_slowly(body: bytes) -> None:
    """Read again with the standard library, which shows every pair and every number as it is written."""
    value = json.loads(body, object_pairs_hook=_unique, parse_int=_modest, parse_float=_modest)
    if _holds_nul(value):
        raise MalformedCall("a string holds the character U+0000")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise MalformedCall(_TWICE)
    return found


def _modest(text: str) -> None:
    """Refuse a number of too many significant digits or too large an exponent; what it is worth was read already.

    Zeros that a database prints at the end of a fraction are no digits of it.
    """
    mantissa, _, exponent = text.lower().partition("e")
    if len(text) > _LONGEST_NUMBER or abs(int(exponent or 0)) > MAX_EXPONENT:
        raise MalformedCall(_IMMODEST)
    told = mantissa.rstrip("0") if "." in mantissa else mantissa
    if len(Decimal(told).as_tuple().digits) > MAX_DIGITS:
        raise MalformedCall(_IMMODEST)


def _holds_nul(value: Any) -> bool:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str) and "\0" in item:
            return True
        if isinstance(item, dict):
            waiting += [*item, *item.values()]
        elif isinstance(item, list):
            waiting += item
    return False
