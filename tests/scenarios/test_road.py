"""From an EHR's call to a card on its screen: real servers, real records, nothing stood in for."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest
import requests

from tests.scenarios.ehr import Card, cards, hook_call, prefetched, send, spoken, without_uuids
from tests.scenarios.world import World
from tests.sekmet import needs_sekmet

pytestmark = needs_sekmet

PANCREAS = "nen-demo-pancreas-g1"
RECTUM = "nen-demo-rectum-g2"
NET_G3 = "nen-demo-pancreas-net-g3"
NEC = "nen-demo-pancreas-nec"
NEGATIVE = "nen-demo-sstr-negative"
CONTRADICTORY = "nen-demo-contradictory"
SPARSE = "nen-demo-sparse"
order_hooks = pytest.mark.parametrize("hook", ["order-select", "order-sign"])


@order_hooks
def test_sunitinib_for_a_rectal_net_is_warned_of_and_can_be_removed(world: World, hook: str) -> None:
    row, card = spoken(cards(world, hook, RECTUM, "sunitinib"))["sunitinib-outside-pancreas"]
    assert (row, card["indicator"]) == ("not-approved", "warning")
    removals = [action for one in card["suggestions"] for action in one["actions"] if action["type"] == "delete"]
    assert [action["resourceId"] for action in removals] == ["MedicationRequest/draft-1"]


@order_hooks
def test_sunitinib_for_a_pancreatic_net_is_not_spoken_of(world: World, hook: str) -> None:
    assert "sunitinib-outside-pancreas" not in spoken(cards(world, hook, PANCREAS, "sunitinib"))


@order_hooks
def test_carboplatin_for_a_net_g3_is_warned_of_with_alternatives_and_their_approval(world: World, hook: str) -> None:
    row, card = spoken(cards(world, hook, NET_G3, "carboplatin"))["platinum-on-net-g3"]
    assert (row, card["indicator"]) == ("net-g3", "warning")
    assert "STZ+5-FU or CAPTEM" in card["detail"]
    assert "streptozocin is approved for pancreatic" in card["detail"]
    assert "temozolomide is not approved for NET" in card["detail"]


@order_hooks
def test_carboplatin_for_a_nec_draws_no_card_about_net_g3(world: World, hook: str) -> None:
    assert "platinum-on-net-g3" not in spoken(cards(world, hook, NEC, "carboplatin"))


@order_hooks
def test_lanreotide_against_a_receptor_negative_tumour_is_warned_of(world: World, hook: str) -> None:
    row, card = spoken(cards(world, hook, NEGATIVE, "lanreotide"))["ssa-receptor-negative"]
    assert (row, card["indicator"]) == ("negative-tumour", "warning")


def test_only_the_selected_order_is_asked_about_at_order_select(world: World) -> None:
    assert "sunitinib-outside-pancreas" not in spoken(cards(world, "order-select", RECTUM, "lanreotide", "sunitinib"))
    assert "sunitinib-outside-pancreas" in spoken(cards(world, "order-sign", RECTUM, "lanreotide", "sunitinib"))


def test_the_patient_with_almost_nothing_recorded_is_asked_what_is_missing(world: World) -> None:
    _, card = spoken(cards(world, "patient-view", SPARSE))["missing-facts"]
    facts = {one["fact"]: one for one in card["extension"]["org.nen-cds.basis"]["facts"]}
    for name in ("differentiation", "ki67_percent", "primary_site", "extent"):
        assert facts[name]["unclear"] == "not-recorded"
    for name in ("differentiation", "Ki-67", "primary site", "extent"):
        assert name in card["summary"]
    assert card["indicator"] == "info"


def test_pathology_that_contradicts_itself_is_shown_and_nothing_is_warned_of_on_its_strength(world: World) -> None:
    _, card = spoken(cards(world, "patient-view", CONTRADICTORY))["classify"]
    assert card["indicator"] == "warning"
    ordered = spoken(cards(world, "order-sign", CONTRADICTORY, "carboplatin"))
    assert all(card["indicator"] == "info" for _, card in ordered.values())


def test_the_language_the_client_prefers_is_spoken(world: World) -> None:
    _, english = spoken(cards(world, "order-sign", RECTUM, "sunitinib"))["sunitinib-outside-pancreas"]
    _, japanese = spoken(cards(world, "order-sign", RECTUM, "sunitinib", language="ja"))["sunitinib-outside-pancreas"]
    assert english["summary"].isascii()
    assert "膵" in japanese["summary"]


@pytest.mark.parametrize(
    ("hook", "patient", "drugs"),
    [
        ("patient-view", SPARSE, []),
        ("patient-view", NET_G3, []),
        ("order-select", RECTUM, ["sunitinib"]),
        ("order-sign", NET_G3, ["carboplatin"]),
    ],
)
def test_the_record_sent_along_gives_the_cards_of_the_record_read(
    world: World, hook: str, patient: str, drugs: list[str]
) -> None:
    read = cards(world, hook, patient, *drugs)
    sent = send(world, {**hook_call(hook, patient, drugs), "prefetch": prefetched(world, hook, patient)})
    assert sent.status_code == 200, sent.text
    assert read
    assert without_uuids(sent.json()["cards"]) == without_uuids(read)


def test_without_a_record_and_without_a_server_the_call_is_refused(world: World) -> None:
    answer = send(world, hook_call("patient-view", RECTUM))
    assert answer.status_code == 412
    assert answer.json()["resourceType"] == "OperationOutcome"


def test_a_drug_this_service_knows_nothing_of_draws_no_card(world: World) -> None:
    assert cards(world, "order-sign", RECTUM, "ramipril") == []


@pytest.mark.parametrize("outcome", ["accepted", "overridden"])
def test_feedback_on_a_card_is_acknowledged_and_kept(world: World, outcome: str) -> None:
    _, card = spoken(cards(world, "order-sign", RECTUM, "sunitinib"))["sunitinib-outside-pancreas"]
    answer = requests.post(
        f"{world.service}/cds-services/nen-order-sign/feedback",
        json={"feedback": [feedback(card, outcome)]},
        timeout=10,
    )
    assert answer.status_code == 200
    with sqlite3.connect(world.database) as database:
        query = "SELECT service, outcome, reason_code FROM feedback WHERE card = ?"
        kept = database.execute(query, (card["uuid"],)).fetchall()
    reason = card["overrideReasons"][0]["code"] if outcome == "overridden" else None
    assert kept == [("nen-order-sign", outcome, reason)]


def feedback(card: Card, outcome: str) -> dict[str, object]:
    entry = {"card": card["uuid"], "outcome": outcome, "outcomeTimestamp": datetime.now(UTC).isoformat()}
    if outcome == "accepted":
        return {**entry, "acceptedSuggestions": [{"id": card["suggestions"][0]["uuid"]}]}
    reason = {part: card["overrideReasons"][0][part] for part in ("code", "system")}
    return {**entry, "overrideReason": {"reason": reason, "userComment": "for a test"}}
