"""The sandbox page as it leaves the service: what it offers, and what it can never do."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cds_service.domain.knowledge import Knowledge
from cds_service.pages import sandbox
from cds_service.settings import ServerAddress, Settings

BASE = "http://127.0.0.1:8091/fhir"
DEVELOPMENT = Settings(fhir_servers=(ServerAddress("http://127.0.0.1:1/closed"), ServerAddress(BASE, open=True)))
FILES = [
    path
    for folder in ("static", "templates")
    for path in Path(str(resources.files("cds_service.pages") / folder)).iterdir()
]


def reading(service_id: str) -> dict[str, str]:
    """Stands for the report of a call."""
    return {"stamp": f"report for {service_id}"}


def client_of(settings: Settings, knowledge: Knowledge) -> FlaskClient:
    app = Flask("test", static_folder=None)
    app.register_blueprint(sandbox.blueprint(settings, knowledge, reading))
    return app.test_client()


@pytest.fixture
def client(knowledge: Knowledge) -> FlaskClient:
    return client_of(DEVELOPMENT, knowledge)


def choices_of(page: str) -> dict[str, object]:
    block = re.search(r'<script type="application/json" id="choices">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    found: dict[str, object] = json.loads(block[1])
    return found


def test_the_page_offers_patients_hooks_drugs_and_the_open_server(client: FlaskClient, knowledge: Knowledge) -> None:
    choices = choices_of(client.get("/sandbox").text)
    assert len(choices["patients"]) == 9  # type: ignore[arg-type]
    assert choices["hooks"] == ["patient-view", "order-select", "order-sign"]
    assert {drug["id"] for drug in choices["drugs"]} == set(knowledge.drugs)  # type: ignore[attr-defined]
    assert choices["fhirServer"] == BASE


def test_without_an_open_server_the_page_knows_none(knowledge: Knowledge) -> None:
    page = client_of(Settings(), knowledge).get("/sandbox").text
    assert choices_of(page)["fhirServer"] is None


@pytest.mark.parametrize("path", ["/sandbox", "/sandbox/static/sandbox.js"])
def test_in_production_there_is_no_such_page(knowledge: Knowledge, path: str) -> None:
    assert client_of(replace(DEVELOPMENT, env="production"), knowledge).get(path).status_code == 404


def test_a_call_has_its_reading_report_in_development_only(client: FlaskClient, knowledge: Knowledge) -> None:
    path = "/sandbox/reading/nen-order-sign"
    assert client.post(path).get_json() == {"stamp": "report for nen-order-sign"}
    assert client.get(path).status_code == 405
    assert client_of(replace(DEVELOPMENT, env="production"), knowledge).post(path).status_code == 404


def test_the_policy_lets_the_page_speak_to_us_and_the_record_server_only(client: FlaskClient) -> None:
    policy = client.get("/sandbox").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "connect-src 'self' http://127.0.0.1:8091;" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


def test_no_script_and_no_style_stands_in_the_page_itself(client: FlaskClient) -> None:
    page = client.get("/sandbox").text
    for attributes in re.findall(r"<script([^>]*)>", page):
        assert "src=" in attributes or 'type="application/json"' in attributes
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


def test_words_of_knowledge_cannot_end_the_data_block(knowledge: Knowledge) -> None:
    hostile = replace(knowledge, reasons_unclear={"x": {"en": "</script><b>", "ja": "&"}})
    page = client_of(DEVELOPMENT, hostile).get("/sandbox").text
    assert choices_of(page)["reasonsUnclear"] == {"x": {"en": "</script><b>", "ja": "&"}}
    assert "<b>" not in page


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    loads = r"""(?:src|href)=["']?|url\(|import\s+["']|from\s+["']|fetch\(["'`]"""
    assert not re.findall(rf"(?:{loads})\s*(?:https?:)?//", path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_becomes_markup_by_assignment(path: Path) -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "kind"), [("sandbox.js", "javascript"), ("cards.js", "javascript"), ("sandbox.css", "text/css")]
)
def test_static_files_have_the_type_browsers_insist_on(client: FlaskClient, name: str, kind: str) -> None:
    answer = client.get(f"/sandbox/static/{name}")
    assert answer.status_code == 200
    assert kind in answer.content_type


def words_by_language() -> dict[str, set[str]]:
    text = (resources.files("cds_service.pages") / "static" / "words.js").read_text("utf-8")
    english, japanese = re.split(r"^  ja: \{$", text, flags=re.MULTILINE)
    names = r'(?:^    |[{,] +|^      )"?([a-zA-Z-]+)"?: (?=["`({])'
    return {
        language: set(re.findall(names, part, re.MULTILINE)) for language, part in (("en", english), ("ja", japanese))
    }


def test_every_word_of_the_page_stands_in_both_languages() -> None:
    words = words_by_language()
    assert words["en"] == words["ja"]
    assert len(words["en"]) > 50


def test_every_word_the_template_asks_for_exists() -> None:
    template = (resources.files("cds_service.pages") / "templates" / "sandbox.html").read_text("utf-8")
    assert set(re.findall(r'data-word="(\w+)"', template)) <= words_by_language()["en"]


def test_every_group_of_drugs_has_a_name(knowledge: Knowledge) -> None:
    assert {drug.group for drug in knowledge.drugs.values()} <= words_by_language()["en"]


def test_a_draft_says_the_form_where_the_drug_needs_one(client: FlaskClient, knowledge: Knowledge) -> None:
    drugs = {drug["id"]: drug for drug in choices_of(client.get("/sandbox").text)["drugs"]}  # type: ignore[attr-defined]
    for drug in knowledge.drugs.values():
        told = {(code.system, code.code) for code in drug.codes if code.form == drug.needs_form}
        if drug.needs_form and told:
            sent = drugs[drug.id]["coding"][0]
            assert (sent["system"], sent["code"]) in told
