"""The fhirServer of a call selects one of the configured servers and is never an address by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cds_service.fhir.servers import FhirServer, select

EHR = FhirServer("https://ehr.example.org/fhir")
DEMO = FhirServer("http://127.0.0.1:8091/fhir", open=True)
SERVERS = (EHR, DEMO)

NOT_OURS = [
    "",
    "https://ehr.example.org/fhir/",
    "https://ehr.example.org/fhirX",
    "https://ehr.example.org/fhir/../admin",
    "https://ehr.example.org/fhir?x",
    "https://ehr.example.org/fhir#x",
    "https://ehr.example.org:443/fhir",
    "https://ehr.example.org:8443/fhir",
    "http://ehr.example.org/fhir",
    "//ehr.example.org/fhir",
    "https://EHR.EXAMPLE.ORG./fhir",
    "https://ehr.example.org@evil.example/fhir",
    "https://ehr.example.org.evil.example/fhir",
    r"https://evil.example\.ehr.example.org/fhir",
    r"https://ehr.example.org\@evil.example/fhir",
    "https://ehr.example.org%2f@evil.example/fhir",
    "https://ehr.example.org\t.evil.example/fhir",
    "https://ehr.example.org/fhir\r\nHost: x",
    "https://ehr.example.org/fhir\n",
    "https://ehr.ex\u0430mple.org/fhir",
    "file:///etc/passwd",
    "http://169.254.169.254/latest",
    "https://[::ffff:169.254.169.254]/",
    "https://2130706433/",
    "https://127.1/",
]

NOT_THIS_MACHINE = [
    "http://127.0.0.2:8080/fhir",
    "http://127.1/fhir",
    "http://2130706433/fhir",
    "http://0x7f000001/fhir",
    "http://0177.0.0.1/fhir",
    "http://①②⑦.⓪.⓪.①/fhir",
    "http://127.0.0.1.evil.example/fhir",
    "http://127.0.0.1@evil.example/fhir",
    "http://127.0.0.1:80@evil.example/fhir",
    "http://localhost.evil.example/fhir",
    "http://LOCALHOST/fhir",
    "http://0.0.0.0/fhir",
    "http://[::]/fhir",
    "http://[::2]/fhir",
    "http://[::ffff:127.0.0.1]/fhir",
    "https://127.0.0.1/fhir",
    "http://127.0.0.1:/fhir",
    "http://127.0.0.1:123456/fhir",
    "http://127.0.0.1:٣/fhir",
    "http://127.0.0.1/fhir?x=1",
    "http://127.0.0.1/fhir#x",
    "http://127.0.0.1/a/../b",
    "http://127.0.0.1/a/./b",
    "http://127.0.0.1/a%2fb",
    r"http://127.0.0.1\@evil.example/",
    "http://127.0.0.1/fhir\n",
    "127.0.0.1/fhir",
]


def test_the_configured_server_itself_is_what_is_selected() -> None:
    assert select(SERVERS, "https://ehr.example.org/fhir", development=False) is EHR
    assert select(SERVERS, "http://127.0.0.1:8091/fhir", development=True) is DEMO


@pytest.mark.parametrize("received", [None, *NOT_OURS])
@pytest.mark.parametrize("development", [True, False])
def test_anything_but_the_exact_base_url_selects_nothing(received: str | None, development: bool) -> None:
    assert select(SERVERS, received, development=development) is None


@pytest.mark.parametrize(
    "received",
    [
        "http://127.0.0.1:3111/fhir",
        "http://127.0.0.1",
        "http://127.0.0.1/",
        "http://[::1]:8080/fhir/r4",
        "http://localhost:65535/baseR4/",
    ],
)
def test_in_development_this_machine_may_be_selected_and_is_not_open(received: str) -> None:
    assert select((), received, development=True) == FhirServer(received, open=False)
    assert select((), received, development=False) is None


@pytest.mark.parametrize("received", NOT_THIS_MACHINE)
def test_in_development_no_other_spelling_and_no_other_address_is_this_machine(received: str) -> None:
    assert select((), received, development=True) is None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 27), st.sampled_from("@\\/.:#?%a1 \t٣[]")), min_size=1, max_size=4))
def test_no_change_to_a_base_url_selects_anything_but_it(changes: list[tuple[int, str]]) -> None:
    text = EHR.base_url
    for place, character in changes:
        text = text[:place] + character + text[place + 1 :]
    assert select((EHR,), text, development=True) in ((EHR,) if text == EHR.base_url else (None,))
