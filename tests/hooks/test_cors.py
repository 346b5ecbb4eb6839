"""Which browser pages may read an answer: those that are listed, and no others."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from cds_service.app import create_app
from cds_service.domain.knowledge import Knowledge
from cds_service.ledger.store import Ledger
from cds_service.settings import Settings
from tests.hooks.calls import ON, PATHS, call

LISTED = "https://ehr.example.org"
ALLOW = "Access-Control-Allow-Origin"
FEEDBACK = "/cds-services/nen-patient-view/feedback"


@pytest.fixture
def browser(knowledge: Knowledge, ledger: Ledger) -> FlaskClient:
    settings = Settings(on=ON, cors_origins=(LISTED, "http://localhost:8080"))
    return create_app(settings, knowledge=knowledge, store=ledger).test_client()


def test_a_preflight_of_a_listed_origin_is_answered_without_any_token(browser: FlaskClient) -> None:
    for path in ("/cds-services", PATHS["order-sign"], FEEDBACK):
        answer = browser.options(
            path,
            headers={
                "Origin": LISTED,
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization,content-type",
            },
        )
        assert answer.status_code == 200
        assert answer.headers[ALLOW] == LISTED
        assert "POST" in answer.headers["Access-Control-Allow-Methods"]
        assert answer.headers["Access-Control-Allow-Headers"].lower() == "authorization, content-type"
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_answers_and_errors_alike_carry_the_origin(browser: FlaskClient) -> None:
    here = {"Origin": LISTED}
    answers = [
        browser.get("/cds-services", headers=here),
        browser.post(PATHS["patient-view"], json=call("patient-view"), headers=here),
        browser.post(PATHS["patient-view"], json={}, headers=here),
        browser.post(PATHS["patient-view"], json=call("patient-view", prefetch=None), headers=here),
        browser.post("/cds-services/none", json={}, headers=here),
        browser.get(PATHS["patient-view"], headers=here),
        browser.post(FEEDBACK, json={"feedback": []}, headers=here),
        browser.post(FEEDBACK, data=b"", headers=here),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 400, 412, 404, 405, 200, 415]
    for answer in answers:
        assert answer.headers[ALLOW] == LISTED
        assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "https://ehr.example.org.evil.com",
        "https://ehr.example.org:444",
        "http://ehr.example.org",
        "https://ehrxexample.org",
        "https://EHR.example.org",
        "HTTPS://ehr.example.org",
    ],
)
def test_an_origin_that_is_not_listed_gets_no_permission(browser: FlaskClient, origin: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    assert ALLOW not in browser.options(PATHS["patient-view"], headers=asked).headers
    assert ALLOW not in browser.get("/cds-services", headers={"Origin": origin}).headers


def test_who_names_no_origin_is_told_of_none(browser: FlaskClient) -> None:
    assert ALLOW not in browser.get("/cds-services").headers
    assert ALLOW not in browser.post(PATHS["patient-view"], json=call("patient-view")).headers


def test_without_a_list_no_page_gets_permission(client: FlaskClient) -> None:
    assert ALLOW not in client.get("/cds-services", headers={"Origin": LISTED}).headers
