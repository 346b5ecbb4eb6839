"""Carboplatin for a NEC of the small bowel, below and above the Ki-67 line of A052: no objection at either."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from cds_service.app import create_app
from cds_service.domain.knowledge import ClinicalCase
from cds_service.settings import Settings
from tests.clinical.shipped import KNOWLEDGE
from tests.clinical.test_over_http import NoStore
from tests.records.call import call_of

ON = date(2026, 1, 15)
PATIENT = {
    "diagnosis": "nen",
    "primary_site": "small-bowel",
    "differentiation": "poor",
    "extent": "advanced",
    "history": "read",
}
CARBOPLATIN = {"ordered_drug": "carboplatin", "order_reason": "this-tumour", "order_kind": "new"}


@pytest.fixture(params=["JP", "US", "EU", "CN"])
def client(request: pytest.FixtureRequest) -> FlaskClient:
    settings = Settings(on=ON, jurisdiction=request.param)
    return create_app(settings, knowledge=KNOWLEDGE, store=NoStore()).test_client()


def _cards(client: FlaskClient, hook: str, given: dict[str, str]) -> list[dict[str, Any]]:
    case = ClinicalCase("nec", "carboplatin", ON, PATIENT | given, "none", "nothing", "", hook=hook)
    answer = client.post(f"/cds-services/nen-{hook}", json=call_of(case, KNOWLEDGE))
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.get_json()["cards"]
    return found


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
@pytest.mark.parametrize("ki67", ["40", "80"])
@pytest.mark.parametrize("partner", [{}, {"also_ordered": "etoposide"}])
def test_ordering_it_is_silent(client: FlaskClient, hook: str, ki67: str, partner: dict[str, str]) -> None:
    assert _cards(client, hook, {**CARBOPLATIN, "ki67_percent": ki67, **partner}) == []


def test_below_the_line_the_chart_says_that_fewer_answered(client: FlaskClient) -> None:
    low, high = (_cards(client, "patient-view", {"ki67_percent": ki67})[-1]["detail"] for ki67 in ("40", "80"))
    assert "below the cut of NORDIC NEC: fewer responses to platinum there" in low
    assert "response to platinum 15% (Ki-67 below 55%) vs 42% (Ki-67 55% or more)" in low
    assert "NORDIC" not in high
