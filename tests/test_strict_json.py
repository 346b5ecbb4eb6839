"""The strict parser: what it takes comes out whole, what it refuses it refuses without a word of the body."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cds_service.errors import BodyTooLarge, CallError, MalformedCall
from cds_service.strict_json import loads

CAP = 6_000_000


def taken(body: bytes) -> Any:
    return loads(body, max_bytes=CAP)


def refused(body: bytes) -> CallError:
    with pytest.raises(MalformedCall) as caught:
        taken(body)
    return caught.value


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, 2.9, -0.5, true, null, "\xe8\x86\xb5"]}', {"a": [1, 2.9, -0.5, True, None, "膵"]}),
        (b' {"a" : {"a" : {"a" : 1}}, "b": {"a": 2}} ', {"a": {"a": {"a": 1}}, "b": {"a": 2}}),
        (rb'{"a:b": "c:d", "text": "10:30 \u003a \u0041"}', {"a:b": "c:d", "text": "10:30 : A"}),
        (rb'{"path": "C:\\u0000", "quote": "\"a\": 1"}', {"path": "C:\\u0000", "quote": '"a": 1'}),
        (b"123456789012345", 123456789012345),
        (b"[0.123456789012345, 20.00]", [0.123456789012345, 20.0]),
        (b"[19.9999999999999, 1234567890.12345]", [19.9999999999999, 1234567890.12345]),
        (b'{"oid": "1.2.392.200119.4.504.1111111111", "not a number": "1e99"}', None),
        (b'["in words: 1e99, 1111111111111111111, and more"]', ["in words: 1e99, 1111111111111111111, and more"]),
        (b"[1e12, 1E-12, 2.5e+3, 0.00000000000000000001]", [1e12, 1e-12, 2500.0, 1e-20]),
        (b'{"emoji": "\\ud83d\\ude00"}', {"emoji": "😀"}),
    ],
)
def test_what_is_json_comes_out_whole(body: bytes, value: Any) -> None:
    assert taken(body) == (json.loads(body) if value is None else value)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"\xef\xbb\xbf{}",
        '{"a": 1}'.encode("utf-16"),
        '{"a": 1}'.encode("utf-16-le"),
        '{"a": 1}'.encode("utf-32"),
        '{"a": "é"}'.encode("latin-1"),
        b'{"a": "\xed\xa0\x80"}',
        b'{"a": 1,}',
        b'{"a": 1} {"a": 1}',
        b'{"a": 1} // done',
        b"{'a': 1}",
        b'{"a": 01}',
        b'{"a": "\x00"}',
    ],
)
def test_what_is_not_json_in_utf_8_is_refused(body: bytes) -> None:
    refused(body)


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1e-400", "0e99999999999999999999"]
)
def test_a_number_that_is_no_number_or_beyond_all_measure_is_refused(number: str) -> None:
    refused(b'{"value": %s}' % number.encode())
    refused(b"[%s]" % number.encode())
    refused(number.encode())


@pytest.mark.parametrize(
    "number",
    [
        "123456789012345678",
        "-123456789012345678",
        "19.9999999999999999",
        "54.99999999999999999",
        "0.123456789012345678",
        "1.23456789012345678e2",
        "18446744073709551616",
        "9" * 5_000,
        "0.1234567890123456789",
        "123456789.1234567891",
        "1234567890.123456789",
        "1e13",
        "1E+13",
        "1e-13",
        "1.5e1000000",
        "1e-100000000",
    ],
)
@pytest.mark.parametrize("around", [b'{"value":%s}', b'{"value" : %s , "b": 1}', b"[%s\n]", b"[1,%s,2]", b"%s"])
def test_a_number_of_too_many_digits_or_too_large_an_exponent_is_refused(number: str, around: bytes) -> None:
    refused(around % number.encode())


@pytest.mark.parametrize(
    "number", ["72.5000000000000000", "0.10000000000000000000", "-3.0000000000000000000", "5.00e1"]
)
def test_zeros_that_a_database_prints_after_the_point_are_no_digits(number: str) -> None:
    assert loads(b'{"value": %s}' % number.encode(), max_bytes=1_000) == {"value": float(number)}


@pytest.mark.parametrize(
    "body",
    [
        b'{"patientId": "A", "patientId": "B"}',
        b'{"patientId": "A", "patientId": "A"}',
        b'[{"x": {"deep": {"a": 1, "b": 2, "a": {}}}}]',
        b'{"a" : 1 , "a" : {"b": ":::", "c": 1}}',
        rb'{"a": 1, "\u0061": 2}',
        rb'{"a": 1, "a": 2, "the colon that is missing": "\u003a"}',
        rb'{"a": 1, "a": 2, "the colon that is missing": "\u003A"}',
        b'{"a": 1, "a": 2, "n": 1e5}',
    ],
)
def test_a_key_that_stands_twice_is_refused_at_every_level(body: bytes) -> None:
    assert "twice" in refused(body).diagnostics


@pytest.mark.parametrize("text", [r"\ud800", r"\udc00", r"\ud800\ud800", r"x\u0000y", r"\u0000"])
def test_a_lone_surrogate_or_a_nul_is_refused_in_values_and_in_keys(text: str) -> None:
    refused(b'{"a": ["%s"]}' % text.encode())
    refused(b'{"a": {"%s": 1}}' % text.encode())


@pytest.mark.parametrize(("start", "end"), [("[", "]"), ('{"a":', "}")])
def test_sixty_four_levels_pass_and_sixty_five_do_not(start: str, end: str) -> None:
    assert taken((start * 63 + "[]" + end * 63).encode()) is not None
    assert taken((start * 64 + "1" + end * 64).encode()) is not None
    for depth in (64, 65, 250, 253, 254, 255, 300, 1_000, 2_000, 100_000):
        refused((start * depth + "[]" + end * depth).encode())


def test_brackets_in_strings_are_no_levels() -> None:
    assert taken(b'["' + b"[{" * 500 + b'"]') == ["[{" * 500]


def test_a_body_over_the_cap_is_refused_before_it_is_read() -> None:
    with pytest.raises(BodyTooLarge):
        loads(b'["not even json', max_bytes=5)
    assert loads(b'["a"]', max_bytes=5) == ["a"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": "%s"}' % (b"1" * 4_000_000),
        b'{"a": "%s"}' % (b"1111111111." * 400_000),
        b'{"a": "%s"}' % (b"1e" * 2_000_000),
        b'{"a": 1e1%s}' % (b" " * 4_000_000),
        b'{"a": "%s"}' % (rb"\\u0000" * 600_000),
    ],
)
def test_a_body_made_to_be_slow_is_not(body: bytes) -> None:
    start = time.perf_counter()
    taken(body)
    assert time.perf_counter() - start < 2  # a search that went back over itself would take hours


def test_a_refusal_quotes_nothing_of_the_body() -> None:
    for body in (
        b'{"name": "Zzyzx Canary"',
        b'{"Canary": 1, "Canary": 2}',
        rb'{"a": "Canary\u0000"}',
        b'["Canary", 1e99]',
    ):
        error = refused(body)
        assert "Canary" not in str(error)
        assert error.__cause__ is None
        assert error.__suppress_context__ or error.__context__ is None


JSON_TEXT = st.recursive(
    st.one_of(
        st.integers(-(10**20), 10**20).map(str),
        st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
        st.floats(allow_nan=False, allow_infinity=False).map(repr),
        st.text(st.sampled_from('aé:,"\\[]{}1e.0 膵\0'), max_size=8).map(json.dumps),
        st.text(st.sampled_from('aé:,"\\[]{}1e.0 膵'), max_size=8).map(
            lambda text: json.dumps(text, ensure_ascii=False)
        ),
        st.sampled_from(["true", "false", "null", r'"\u003a"', r'"\u0000"', "1e5", "1e-30", '"1e5"', "[]", "{}"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: "[" + " ,".join(items) + "]"),
        st.lists(st.tuples(st.sampled_from(['"a"', '"b"', '"c:"', r'"\u003a"', r'"\u0061"']), inner), max_size=4).map(
            lambda pairs: "{" + ", ".join(f"{key} :{value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=12,
)


def sound(text: str) -> bool:
    """The same judgement by way of the standard library alone: no key twice, no NUL, numbers as they may be written."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in pairs}) != len(pairs):
            raise ValueError
        return dict(pairs)

    def modest(number: str) -> float:
        mantissa, _, exponent = number.lower().lstrip("-").partition("e")
        told = mantissa.rstrip("0") if "." in mantissa else mantissa
        if len(told.replace(".", "").lstrip("0")) > 17 or abs(int(exponent or 0)) > 12:
            raise ValueError
        return float(number)

    try:
        value = json.loads(text, object_pairs_hook=unique, parse_int=modest, parse_float=modest)
    except ValueError:
        return False
    return r"\u0000" not in json.dumps(value).replace(r"\\", "")


@settings(max_examples=400, deadline=None)
@given(JSON_TEXT)
def test_the_quick_reading_judges_as_a_slow_one_does(text: str) -> None:
    if sound(text):
        assert taken(text.encode()) == json.loads(text)
    else:
        refused(text.encode())
