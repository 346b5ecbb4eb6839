"""A hospital's overlay from its files to the cards that leave the service."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from cds_service.app import checked_knowledge, create_app
from cds_service.domain.call import Json
from cds_service.errors import KnowledgeError
from cds_service.knowledge_base import content_hash, knowledge_folder, load
from cds_service.ledger.store import Ledger
from cds_service.settings import Settings
from tests.hooks.calls import ON, PANCREATIC, PATHS, RECTAL, body_of, call, drafts, prefetch, rules_said, sunitinib

BASIS = "org.nen-cds.basis"
FINDING = "http://nen-cds.org/fhir/CodeSystem/nen-finding"
SITE = "id: demo-hospital\nname: {en: Demo Hospital, ja: 架空病院}\nversion: 2026.1\nformat: 1\n"
SUNITINIB = "sunitinib-outside-pancreas"
Serve = Callable[..., FlaskClient]

# The letters are made up: they show that a square is used, not what the article says.
MAP = """\
grid:
  "<10": [S, S, T, _]
transcribed:
  - {by: Reader One, on: 2026-11-01, from: Fig. 1 of ikeda-2020}
  - {by: Reader Two, on: 2026-11-02, from: Fig. 1 of ikeda-2020}
"""
APPROVAL = """\
approvals:
  CN:
    - {since: "2020-01-05", sites: [gep], wording: {en: a made-up label, ja: 架空の効能}, cite: local}
cites:
  local: {text: a label made up for this test}
checked:
  - {what: all, against: nothing, by: nobody, on: "2026-11-20"}
"""
SYSTEMS = "systems:\n  local: {uri: 'http://hospital.example/codes'}\n"
CODES = "codes:\n  - {system: local, code: R77, means: rectum}\n"


@pytest.fixture
def serve(tmp_path: Path, ledger: Ledger) -> Serve:
    """The application with an overlay of these files, and these settings."""

    def client(files: dict[str, str], **settings: object) -> FlaskClient:
        overlay = tmp_path / "overlay"
        for name, text in {"site.yaml": SITE, **files}.items():
            (overlay / name).parent.mkdir(parents=True, exist_ok=True)
            (overlay / name).write_text(text, encoding="utf-8")
        chosen = Settings(on=ON, overlay=overlay, **settings)  # type: ignore[arg-type]
        return create_app(chosen, knowledge=load(knowledge_folder(), overlay), store=ledger).test_client()

    return client


def post(client: FlaskClient, body: Json, language: str = "en") -> Json:
    return body_of(client.post(PATHS[body["hook"]], json=body, headers={"Accept-Language": language}))


def the_card(answer: Json, rule: str) -> Json:
    """The card that names this rule, alone or among others."""
    [card] = [one for one in answer["cards"] if rule in str(one["extension"][BASIS])]
    found: Json = card
    return found


def with_volume(percent: int) -> Json:
    """A prefetch of the pancreatic patient in first line, with a liver tumour volume and nothing else new."""
    found = prefetch(PANCREATIC)
    kept = [e for e in found["observations"]["entry"] if "hepatic-tumour-load" not in str(e)]
    volume = {
        "resourceType": "Observation",
        "id": "volume",
        "status": "final",
        "subject": {"reference": f"Patient/{PANCREATIC}"},
        "effectiveDateTime": "2026-11-01",
        "code": {
            "coding": [{"system": "http://nen-cds.org/fhir/CodeSystem/nen-finding", "code": "hepatic-tumour-load"}]
        },
        "valueQuantity": {"value": percent, "system": "http://unitsofmeasure.org", "code": "%"},
    }
    found["observations"] |= {"entry": [*kept, {"resource": volume}], "total": len(kept) + 1}
    return found


def test_a_square_the_site_assigned_is_said_and_signed_by_its_overlay(serve: Serve) -> None:
    body = call("patient-view", PANCREATIC, prefetch=with_volume(5))
    card = the_card(post(serve({"guidance/first-line-map/site.yaml": MAP}), body), "first-line-map")
    assert "s-band-1-band-1" in str(card["extension"][BASIS])
    assert "as this site transcribed it" in card["detail"]
    assert "With additions of Demo Hospital, version 2026.1." in card["detail"]
    japanese = the_card(post(serve({"guidance/first-line-map/site.yaml": MAP}), body, "ja"), "first-line-map")
    assert "ソマトスタチンアナログ" in japanese["detail"]
    assert "施設追加分：架空病院（版：2026.1）。" in japanese["detail"]


def test_a_square_left_free_names_no_class(serve: Serve) -> None:
    body = call("patient-view", PANCREATIC, prefetch=with_volume(60))
    card = the_card(post(serve({"guidance/first-line-map/site.yaml": MAP}), body), "first-line-map")
    assert "square-band-1-band-4" in str(card["extension"][BASIS])


def test_a_local_code_is_read(serve: Serve) -> None:
    asked = call("order-sign")
    condition = next(
        entry["resource"] for entry in asked["prefetch"]["conditions"]["entry"] if "primary" in entry["resource"]["id"]
    )
    condition["code"] = {"text": "Neuroendocrine tumour"}
    condition["bodySite"] = [{"coding": [{"system": "http://hospital.example/codes", "code": "R77"}]}]
    with_codes = {"value_sets/systems.yaml": SYSTEMS, "value_sets/primary-site.yaml": CODES}
    card = the_card(post(serve(with_codes), asked), SUNITINIB)
    assert {"fact": "primary_site", "value": "rectum"}.items() <= next(
        fact for fact in card["extension"][BASIS]["facts"] if fact["fact"] == "primary_site"
    ).items()


def test_an_approval_of_the_site_changes_the_row_and_is_quoted(serve: Serve) -> None:
    without = the_card(post(serve({}, jurisdiction="CN"), call("order-sign")), SUNITINIB)
    assert without["extension"][BASIS]["row"] == "approval-not-held"
    client = serve({"drugs/sunitinib.yaml": APPROVAL}, jurisdiction="CN")
    card = the_card(post(client, call("order-sign")), SUNITINIB)
    assert (card["extension"][BASIS]["row"], card["indicator"]) == ("approved", "info")
    assert "a made-up label" in card["detail"]


def test_a_signed_rule_says_so_and_names_the_overlay(serve: Serve, tmp_path: Path) -> None:
    version = load(knowledge_folder()).version
    signed = f"reviewed:\n  - {{by: Dr. One, role: oncologist, on: 2026-11-01, version: {version}}}\n"
    client = serve({f"guidance/{SUNITINIB}/site.yaml": signed})
    basis = the_card(post(client, call("order-sign")), SUNITINIB)["extension"][BASIS]
    assert basis["status"] == "reviewed"
    stamp = f"demo-hospital/2026.1+{content_hash(tmp_path / 'overlay')[:12]}"
    assert basis["overlay"] == stamp
    ready = client.get("/readyz").json
    assert ready is not None
    assert ready["overlay"] == stamp
    assert ready["knowledge"] == basis["knowledge"] == f"{version}+{content_hash(knowledge_folder())[:12]}"


def test_a_card_of_several_rules_is_reviewed_once_all_of_them_are(serve: Serve) -> None:
    version = load(knowledge_folder()).version
    signed = f"reviewed:\n  - {{by: Dr. One, role: oncologist, on: 2026-11-01, version: {version}}}\n"
    first, then = ({f"guidance/{rule}/site.yaml": signed} for rule in ("pnet-first-line", "first-line-map"))
    said = {}
    for number, files in enumerate((first, first | then)):
        card = the_card(post(serve(files), call("patient-view", PANCREATIC)), "first-line-map")
        said[number] = (card["extension"][BASIS]["status"], "not yet reviewed" in card["detail"])
    assert said == {0: ("not-reviewed", True), 1: ("reviewed", False)}


def test_where_review_is_required_only_signed_rules_are_served(serve: Serve) -> None:
    version = load(knowledge_folder()).version
    signed = f"reviewed:\n  - {{by: Dr. One, role: oncologist, on: 2026-11-01, version: {version}}}\n"
    client = serve({"guidance/classify/site.yaml": signed}, require_review=True)
    assert rules_said(post(client, call("patient-view"))) == {"classify"}
    assert post(client, call("order-sign"))["cards"] == []


def test_a_signature_for_another_version_does_not_count(serve: Serve) -> None:
    old = "reviewed:\n  - {by: Dr. One, role: oncologist, on: 2020-11-01, version: 2020.1.0}\n"
    client = serve({f"guidance/{SUNITINIB}/site.yaml": old})
    assert the_card(post(client, call("order-sign")), SUNITINIB)["extension"][BASIS]["status"] == "not-reviewed"
    assert post(serve({}, require_review=True), call("order-sign"))["cards"] == []


def test_a_rule_that_is_switched_off_says_nothing(serve: Serve) -> None:
    asked = call("order-sign", RECTAL)
    assert SUNITINIB in rules_said(post(serve({}), asked))
    client = serve({f"guidance/{SUNITINIB}/site.yaml": "off: true\nbecause: our board decides\n"})
    assert SUNITINIB not in rules_said(post(client, asked))
    assert "classify" in rules_said(post(client, call("patient-view")))


def test_a_draft_of_a_drug_is_known_by_the_code_of_the_site(serve: Serve) -> None:
    code = {"system": "http://hospital.example/codes", "code": "D1"}
    order = sunitinib(medicationCodeableConcept={"coding": [code]})
    asked = call("order-sign")
    asked["context"]["draftOrders"] = drafts(order)
    assert post(serve({}), asked)["cards"] == []
    drug = (
        "codes:\n  - {system: local, code: D1, means: product}\nchecked:\n"
        "  - {what: code, against: the list of drugs, by: nobody, on: '2026-11-20'}\n"
    )
    client = serve({"value_sets/systems.yaml": SYSTEMS, "drugs/sunitinib.yaml": drug})
    assert SUNITINIB in rules_said(post(client, asked))


def test_without_an_overlay_nothing_speaks_of_one(client: FlaskClient) -> None:
    [card, *_] = post(client, call("order-sign"))["cards"]
    assert "overlay" not in card["extension"][BASIS]
    assert "additions" not in card["detail"]
    assert "overlay" not in (client.get("/readyz").json or {})


def test_a_faulty_overlay_keeps_the_service_from_starting(serve: Serve) -> None:
    with pytest.raises(KnowledgeError, match=r"overlay/guidance/classify/site\.yaml:1: .*belong together"):
        serve({"guidance/classify/site.yaml": "off: true\n"})


def test_every_square_of_the_shipped_map_can_be_assigned(tmp_path: Path) -> None:
    """The cards that no shipped square says hold as the others do; these letters are made up too."""
    (tmp_path / "guidance" / "first-line-map").mkdir(parents=True)
    (tmp_path / "site.yaml").write_text(SITE, encoding="utf-8")
    squares = {"<10": "S, S, T, T", "10..25": "S, S, T, T", "25..50": "S, T, T, C", ">50": "T, T, C, C"}
    written = "".join(f'  "{band}": [{letters}]\n' for band, letters in squares.items())
    text = MAP.replace('  "<10": [S, S, T, _]\n', written)
    (tmp_path / "guidance" / "first-line-map" / "site.yaml").write_text(text, encoding="utf-8")
    rule = checked_knowledge(knowledge_folder(), tmp_path).rule("first-line-map")
    assert rule is not None
    assert {row.say for row in rule.rows} >= {"map-somatostatin-analogue", "map-targeted", "map-cytotoxic"}
