"""Links lead nowhere but below the configured base URL, whichever way they are written."""

from __future__ import annotations

import pytest

from cds_service.fhir.addresses import OutsideServer, address_below

BASE = "https://ehr.example.org/fhir"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("Condition?patient=p1", BASE + "/Condition?patient=p1"),
        ("Patient/p1", BASE + "/Patient/p1"),
        ("Patient/p%201", BASE + "/Patient/p%201"),
        (BASE + "?_getpages=a1b2&_getpagesoffset=20", BASE + "?_getpages=a1b2&_getpagesoffset=20"),
        (BASE + "/?_getpages=a1b2", BASE + "/?_getpages=a1b2"),
        (BASE + "/Condition?patient=p1&page=2", BASE + "/Condition?patient=p1&page=2"),
        ("https://EHR.example.org:443/fhir/Condition?page=2", BASE + "/Condition?page=2"),
        ("?_getpages=a1b2", BASE + "/?_getpages=a1b2"),
        ("/fhir/Condition?page=2", BASE + "/Condition?page=2"),
        (
            "Condition?date=ge2020-01-01T00:00:00%2B09:00&x=a|b",
            BASE + "/Condition?date=ge2020-01-01T00:00:00%2B09:00&x=a|b",
        ),
    ],
)
def test_what_lies_below_the_base_url_is_rebuilt_from_it(link: str, address: str) -> None:
    assert address_below(BASE, link) == address
    assert address_below(BASE + "/", link) == address


@pytest.mark.parametrize(
    "link",
    [
        "",
        "http://ehr.example.org/fhir/Condition?page=2",
        "https://ehr.example.org:8443/fhir/Condition",
        "https://ehr.example.org:99999/fhir/Condition",
        "https://evil.example/fhir/Condition",
        "//evil.example/fhir/Condition",
        "https://ehr.example.org@evil.example/fhir/Condition",
        "https://someone@ehr.example.org/fhir/Condition",
        "https://ehr.example.org.evil.example/fhir/Condition",
        r"https://ehr.example.org\@evil.example/fhir/Condition",
        r"https://evil.example\.ehr.example.org/fhir/Condition",
        "https://ehr.example.org/fhirX/Condition",
        "https://ehr.example.org/fhi",
        "https://ehr.example.org/admin",
        "https://ehr.example.org/",
        "/admin",
        "../admin",
        "https://ehr.example.org/fhir/../admin",
        "https://ehr.example.org/fhir/%2e%2e/admin",
        "https://ehr.example.org/fhir/%2E%2E%2fadmin",
        "https://ehr.example.org/fhir/a/%5c..%5cadmin",
        "https://ehr.example.org/fhir/./Condition",
        "https://ehr.example.org/fhir/Condition#x",
        "https://ehr.example.org/fhir/Condition?x= y",
        "https://ehr.example.org/fhir/Condition?x=\r\nHost:evil",
        "https://ehr.ex\u0430mple.org/fhir/Condition",
        "file:///etc/passwd",
        "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e",
        "javascript:alert(1)",
    ],
)
def test_what_does_not_is_refused_without_being_quoted(link: str) -> None:
    with pytest.raises(OutsideServer) as caught:
        address_below(BASE, link)
    assert str(caught.value) == ""


def test_a_base_url_without_a_path_bounds_by_its_host() -> None:
    assert address_below("http://127.0.0.1:9", "http://127.0.0.1:9/Condition?x=1") == "http://127.0.0.1:9/Condition?x=1"
    assert address_below("http://127.0.0.1:9", "http://127.0.0.1:9?_getpages=1") == "http://127.0.0.1:9?_getpages=1"
    with pytest.raises(OutsideServer):
        address_below("http://127.0.0.1:9", "http://127.0.0.1:90/Condition")
