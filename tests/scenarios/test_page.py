"""The sandbox page in a real browser: what a person sees after pressing the button."""

from __future__ import annotations

import json
import re
import sqlite3
from html import unescape
from urllib.parse import urlencode

import pytest
import requests

from tests.needs import needs_program
from tests.scenarios.browser import rendered, tab
from tests.scenarios.ehr import cards, spoken
from tests.scenarios.world import World
from tests.sekmet import needs_sekmet

pytestmark = [needs_sekmet, needs_program("chromium")]


def address(world: World, **chosen: str) -> str:
    return f"{world.service}/sandbox?{urlencode({**chosen, 'send': '1'})}"


def page(world: World, **chosen: str) -> str:
    """The page after it has called the service, without its data block."""
    markup = rendered(address(world, **chosen))
    return unescape(re.sub(r'<script type="application/json".*?</script>', "", markup, flags=re.DOTALL))


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("record", ["server", "prefetch"])
def test_a_warning_is_drawn_with_its_words_suggestions_reasons_and_facts(
    world: World, language: str, record: str
) -> None:
    found = cards(world, "order-select", "nen-demo-rectum-g2", "sunitinib", language=language)
    _, card = spoken(found)["sunitinib-outside-pancreas"]
    drawn = page(
        world, patient="nen-demo-rectum-g2", hook="order-select", drug="sunitinib", lang=language, record=record
    )
    assert f'<html lang="{language}">' in drawn
    assert 'class="card warning"' in drawn
    assert f"<h3>{card['summary']}</h3>" in drawn
    assert all(f">{suggestion['label']}</button>" in drawn for suggestion in card["suggestions"])
    assert all(f">{reason['display']}</option>" in drawn for reason in card["overrideReasons"])
    assert "Condition/nen-demo-rectum-g2-primary" in drawn


def test_silence_is_drawn_as_silence(world: World) -> None:
    drawn = page(world, patient="nen-demo-pancreas-nec", hook="order-sign", drug="carboplatin", lang="en")
    assert 'class="silence"' in drawn
    assert 'class="card' not in drawn


def test_a_refused_call_is_drawn_as_refused(world: World) -> None:
    drawn = page(world, patient="nen-demo-rectum-g2", hook="patient-view", lang="en", record="none")
    assert 'class="refusal"' in drawn
    assert "HTTP 412" in drawn


def test_buttons_of_a_card_send_feedback_that_is_kept(world: World) -> None:
    shown = address(world, patient="nen-demo-rectum-g2", hook="order-select", drug="sunitinib", lang="en")
    with tab(shown) as opened:
        uuid = opened.wait_for("document.querySelector('.card.warning')?.dataset.card")
        card = f"document.querySelector('[data-card=\"{uuid}\"]')"
        opened.run(f"{card}.querySelector('.suggestion').click()")
        opened.wait_for(f"{card}.querySelector('.suggestion').disabled")
        assert "remove the draft MedicationRequest/draft-1" in opened.run(f"{card}.querySelector('.done').textContent")
        opened.run(f"{card}.querySelector('.override select').value = '0'")
        opened.run(f"{card}.querySelector('.override input').value = 'seen in a test'")
        opened.run(f"{card}.querySelector('.override').requestSubmit()")
        opened.wait_for(f"{card}.classList.contains('dismissed')")
        code = opened.run(
            "JSON.parse(document.getElementById('response').textContent).cards[0].overrideReasons[0].code"
        )
    with sqlite3.connect(world.database) as database:
        query = "SELECT outcome, reason_code, comment FROM feedback WHERE card = ? ORDER BY id"
        kept = database.execute(query, (uuid,)).fetchall()
    assert kept == [("accepted", None, None), ("overridden", code, "seen in a test")]


def test_a_card_cannot_bring_markup_onto_the_page(world: World) -> None:
    hostile = "- **a** ~~b~~ <img src=x onerror=alert(1)> `<b>` [x](javascript:alert(1))"
    with tab(f"{world.service}/sandbox?lang=en") as opened:
        opened.wait_for("document.getElementById('patient')?.options.length")
        shown = "import('/sandbox/static/text.js').then((text) => { const box = document.createElement('div');"
        shown += f" box.append(text.markdown({hostile!r})); return box.innerHTML; }})"
        drawn = opened.run(shown)
    assert drawn == (
        "<ul><li><strong>a</strong> <del>b</del> &lt;img src=x onerror=alert(1)&gt; <code>&lt;b&gt;</code>"
        " [x](javascript:alert(1))</li></ul>"
    )


def test_cards_of_one_patient_are_gone_when_another_is_chosen(world: World) -> None:
    shown = address(world, patient="nen-demo-rectum-g2", hook="order-select", drug="sunitinib", lang="en")
    with tab(shown) as opened:
        opened.wait_for("document.querySelectorAll('.card.warning').length")
        opened.run("document.getElementById('patient').value = 'nen-demo-pancreas-nec'")
        opened.run("document.getElementById('patient').dispatchEvent(new Event('change'))")
        assert opened.run("document.querySelectorAll('.card').length") == 0
        assert opened.run("document.getElementById('response').textContent") == ""


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_page_shows_what_the_service_reads(world: World, language: str) -> None:
    chosen = {"patient": "nen-demo-contradictory", "hook": "order-sign", "drug": "sunitinib", "lang": language}
    with tab(address(world, **chosen, reading="1")) as opened:
        opened.wait_for("document.querySelectorAll('.read-section').length")
        shown = "Array.from(document.querySelectorAll('.read-section tbody tr')).map((row) => row.textContent)"
        drawn = json.loads(opened.run(f"JSON.stringify({shown})"))
        body = json.loads(opened.run("document.getElementById('request').textContent"))
    path = f"{world.service}/sandbox/reading/nen-order-sign"
    told = requests.post(path, json=body, headers={"Accept-Language": language}, timeout=30).json()
    lines = [line for section in told["sections"] for line in section["lines"]]
    assert len(drawn) == len(lines) > 80
    for line, row in zip(lines, drawn, strict=True):
        expected = (line["label"], line.get("told", ""), *line.get("seen", ()), line.get("source", ""))
        assert all(part in row for part in expected), (line, row)
