"""What goes out: every answer the synthetic patients can bring, held to the specification and to our description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fhir.resources.R4B import get_fhir_model_class
from flask.testing import FlaskClient
from markdown_it import MarkdownIt

from cds_service.app import create_app
from cds_service.domain.call import Json
from cds_service.domain.knowledge import Knowledge
from cds_service.harness.patients import demo_patients
from cds_service.hooks.routes import today
from cds_service.ledger.store import Ledger
from cds_service.settings import Settings
from tests.hooks.calls import (
    ON,
    ORDER,
    PANCREATIC,
    PATHS,
    RECTAL,
    SPARSE,
    body_of,
    call,
    drafts,
    drug_order,
    rules_said,
    sunitinib,
    tried,
    with_context,
    without_ids,
)

LANGUAGES = ("en", "ja")


@pytest.fixture(scope="module")
def answers(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> list[Json]:
    """The answers for every synthetic patient at every hook, with each of its drugs, in both languages."""
    store = Ledger(f"sqlite:///{tmp_path_factory.mktemp('answers')}/ledger.db")
    client = create_app(Settings(on=ON), knowledge=knowledge, store=store).test_client()
    return [_post(client, body, language) for body in _calls(knowledge) for language in LANGUAGES]


def _calls(knowledge: Knowledge) -> Iterator[Json]:
    for patient in demo_patients():
        yield call("patient-view", patient.id)
        for orders in tried(patient, knowledge.drugs):
            for hook in ("order-select", "order-sign"):
                yield with_context(call(hook, patient.id), draftOrders=orders)


def _post(client: FlaskClient, body: Json, language: str = "en") -> Json:
    got = client.post(PATHS[body["hook"]], json=body, headers={"Accept-Language": language})
    assert got.status_code == 200, got.text
    assert got.headers["Content-Language"] == language
    return body_of(got)


def cards(answers: list[Json]) -> list[Json]:
    found = [card for answer in answers for card in answer["cards"]]
    assert found
    return found


def suggestions(answers: list[Json]) -> list[Json]:
    found = [suggestion for card in cards(answers) for suggestion in card.get("suggestions", ())]
    assert found
    return found


def actions(answers: list[Json]) -> list[Json]:
    return [action for suggestion in suggestions(answers) for action in suggestion["actions"]]


def empties(value: Any, path: str = "") -> Iterator[str]:
    """Where null, "", [] or {} stands."""
    if value is None or value in ("", [], {}):
        yield path
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from empties(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from empties(inner, f"{path}[{place}]")


def test_every_answer_has_cards_and_nothing_outside_the_specification(answers: list[Json]) -> None:
    for answer in answers:
        assert isinstance(answer["cards"], list)
        assert set(answer) <= {"cards", "extension"}


def test_nothing_is_null_or_empty_except_the_list_of_cards(answers: list[Json]) -> None:
    for answer in answers:
        assert set(empties(answer)) <= {".cards"}


def test_discovery_holds_nothing_null_or_empty(client: FlaskClient) -> None:
    assert list(empties(client.get("/cds-services").json)) == []


def test_an_answer_without_anything_to_say_is_an_empty_list(client: FlaskClient) -> None:
    body = with_context(call("order-sign"), draftOrders=drafts())
    assert _post(client, body) == {"cards": []}


def test_a_summary_is_one_sentence_below_140_characters(answers: list[Json]) -> None:
    for card in cards(answers):
        assert 0 < len(card["summary"]) < 140
        assert "\n" not in card["summary"]


def test_a_detail_is_markdown_without_html_or_tables(answers: list[Json]) -> None:
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    for card in cards(answers):
        tokens = markdown.parse(card["detail"])
        kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
        assert not {kind for kind in kinds if kind.startswith(("html", "table", "image", "link"))}


def test_an_indicator_is_one_of_three(answers: list[Json]) -> None:
    assert {card["indicator"] for card in cards(answers)} <= {"info", "warning", "critical"}


def test_a_source_has_a_label_and_absolute_https_addresses_only(answers: list[Json]) -> None:
    for card in cards(answers):
        assert card["source"]["label"]
        assert re.match(r"https://[^\s]+$", card["source"].get("url", "https://none"))
        assert "nen-demo" not in card["source"].get("url", "")


def test_every_coding_has_system_and_code_and_an_override_reason_its_display(answers: list[Json]) -> None:
    for card in cards(answers):
        assert card["source"]["topic"]["system"]
        assert re.fullmatch(r"[a-z0-9]{1,100}", card["source"]["topic"]["code"])
        for reason in card["overrideReasons"]:
            assert reason["system"]
            assert reason["code"]
            assert reason["display"]
        assert len({reason["code"] for reason in card["overrideReasons"]}) == len(card["overrideReasons"])


def test_suggestions_come_with_a_selection_behaviour_every_client_knows(answers: list[Json]) -> None:
    for card in cards(answers):
        assert card.get("selectionBehavior") == ("any" if "suggestions" in card else None)


def test_suggestions_have_labels_and_none_is_recommended_above_the_others(answers: list[Json]) -> None:
    for suggestion in suggestions(answers):
        assert suggestion["label"]
        assert "isRecommended" not in suggestion


def test_a_suggestion_holds_one_action_and_no_newer_members(answers: list[Json]) -> None:
    for suggestion in suggestions(answers):
        assert len(suggestion["actions"]) == 1
        assert set(suggestion) <= {"label", "uuid", "actions"}


def test_an_action_creates_or_deletes_and_says_so(answers: list[Json]) -> None:
    assert {action["type"] for action in actions(answers)} == {"create", "delete"}
    assert all(action["description"] for action in actions(answers))


def test_what_is_created_is_a_new_valid_draft_for_this_patient(answers: list[Json]) -> None:
    created = [action["resource"] for action in actions(answers) if action["type"] == "create"]
    assert created
    for resource in created:
        assert isinstance(resource, dict)
        assert (resource["status"], resource["intent"]) == ("draft", "proposal")
        assert resource["subject"]["reference"].startswith("Patient/nen-demo-")
        assert "id" not in resource
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)


def test_what_is_deleted_is_the_draft_the_card_is_about(answers: list[Json]) -> None:
    told = 0
    for card in (card for answer in answers for card in answer["cards"]):
        basis = card["extension"]["org.nen-cds.basis"]
        parts = [basis, *basis.get("also", ())]
        about = {part.get("order") for part in parts} | {fact.get("source") for fact in basis["facts"]}
        for action in (action for offered in card.get("suggestions", ()) for action in offered["actions"]):
            if action["type"] == "delete":
                told += 1
                assert action["resourceId"] in about
                assert "resource" not in action
    assert told


def test_nothing_is_updated_and_no_system_action_and_no_link_is_sent(answers: list[Json]) -> None:
    assert not [action for action in actions(answers) if action["type"] == "update"]
    for answer in answers:
        assert "systemActions" not in str(answer)
    assert all("links" not in card for card in cards(answers))


def test_every_uuid_is_new(answers: list[Json]) -> None:
    named = [card["uuid"] for card in cards(answers)] + [suggestion["uuid"] for suggestion in suggestions(answers)]
    assert len(set(named)) == len(named)


def test_a_card_of_an_order_hook_names_its_order(client: FlaskClient) -> None:
    for hook in ("order-select", "order-sign"):
        for card in _post(client, call(hook))["cards"]:
            assert card["extension"]["org.nen-cds.basis"]["order"] == ORDER


def test_the_same_call_brings_the_same_answer(client: FlaskClient) -> None:
    for hook in PATHS:
        first, second = _post(client, call(hook)), _post(client, call(hook))
        assert without_ids(first) == without_ids(second)


def test_an_order_beside_the_selected_one_brings_no_card_of_its_own(client: FlaskClient) -> None:
    orders = drafts(drug_order("paracetamol"), sunitinib(id="draft-2"))
    body = with_context(call("order-select"), draftOrders=orders, selections=[ORDER])
    assert _post(client, body) == {"cards": []}
    chosen = with_context(body, selections=["MedicationRequest/draft-2"])
    assert "sunitinib-outside-pancreas" in rules_said(_post(client, chosen))


@pytest.mark.parametrize("status", ["draft", "active", "on-hold"])
def test_the_status_of_a_draft_order_does_not_silence_it(client: FlaskClient, status: str) -> None:
    body = with_context(call("order-sign"), draftOrders=drafts(sunitinib(status=status)))
    assert "sunitinib-outside-pancreas" in rules_said(_post(client, body))


def test_sunitinib_is_warned_of_outside_the_pancreas_and_not_inside(client: FlaskClient) -> None:
    rule = "sunitinib-outside-pancreas"
    assert rule in rules_said(_post(client, call("order-sign", RECTAL)))
    assert rule not in rules_said(_post(client, call("order-sign", PANCREATIC)))


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("ja", "ja"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("*", "en"),
        ("", "en"),
        ("x;q=y", "en"),
    ],
)
def test_the_language_is_the_one_the_caller_prefers(client: FlaskClient, wish: str, language: str) -> None:
    body = call("patient-view", SPARSE)
    got = client.post(PATHS["patient-view"], json=body, headers={"Accept-Language": wish})
    assert got.headers["Content-Language"] == language
    assert any("ぁ" <= letter <= "ヿ" for letter in body_of(got)["cards"][0]["detail"]) is (language == "ja")


def test_the_language_of_the_deployment_holds_where_the_caller_has_no_wish(
    knowledge: Knowledge, ledger: Ledger
) -> None:
    client = create_app(Settings(on=ON, language="ja"), knowledge=knowledge, store=ledger).test_client()
    assert client.post(PATHS["patient-view"], json=call("patient-view")).headers["Content-Language"] == "ja"


def test_the_approvals_are_those_of_the_jurisdiction_that_is_set(knowledge: Knowledge, ledger: Ledger) -> None:
    said = set()
    for jurisdiction in ("JP", "US"):
        settings = Settings(on=ON, jurisdiction=jurisdiction)
        client = create_app(settings, knowledge=knowledge, store=ledger).test_client()
        said.add(_post(client, call("order-sign"))["cards"][0]["detail"])
    assert len(said) == 2


def test_the_day_is_that_of_the_zone_that_is_set() -> None:
    late = datetime(2026, 1, 15, 23, 30, tzinfo=UTC)
    assert today(Settings(), late) == date(2026, 1, 15)
    assert today(Settings(timezone=ZoneInfo("Asia/Tokyo")), late) == date(2026, 1, 16)
    assert today(Settings(on=ON, timezone=ZoneInfo("Asia/Tokyo")), late) == ON
