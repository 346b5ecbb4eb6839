"""Where only a part of a search was received, a card whose facts were read from it says so in words."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from cds_service.domain.call import Json
from tests.hooks.calls import PATHS, body_of, call

NEXT = {"link": [{"relation": "next", "url": "https://ehr.example/fhir?page=2"}]}
SAYS = {"en": "Received only in part: ", "ja": "一部のみ受信："}


def details(client: FlaskClient, body: Json, language: str = "en") -> list[str]:
    answer = client.post(PATHS[body["hook"]], json=body, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return [card["detail"] for card in body_of(answer)["cards"]]


def cut(hook: str, key: str, how: Json) -> Json:
    body = call(hook)
    body["prefetch"][key] |= how
    return body


@pytest.mark.parametrize("how", [NEXT, {"total": 999}], ids=["a next page", "a larger total"])
@pytest.mark.parametrize("language", SAYS)
def test_cards_on_results_say_that_only_part_was_received(client: FlaskClient, how: Json, language: str) -> None:
    said = details(client, cut("patient-view", "observations", how), language)
    assert said
    assert all(SAYS[language] in detail for detail in said)


def test_a_card_on_the_diagnosis_names_the_diagnoses(client: FlaskClient) -> None:
    (detail,) = details(client, cut("order-sign", "conditions", NEXT))[:1]
    assert "Received only in part: diagnoses." in detail


@pytest.mark.parametrize("key", ["specimens", "goals", "allergies"])
def test_a_card_that_rests_on_something_else_does_not(client: FlaskClient, key: str) -> None:
    assert not any(SAYS["en"] in detail for detail in details(client, cut("patient-view", key, NEXT)))


def test_a_whole_record_has_no_such_words(client: FlaskClient) -> None:
    said: list[Any] = [*details(client, call("patient-view")), *details(client, call("order-sign"))]
    assert said
    assert not any(SAYS["en"] in detail for detail in said)
