"""Every clinical case as a FHIR record, sent to the service: it must answer as the case does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import pytest
from flask.testing import FlaskClient

from cds_service.app import create_app
from cds_service.domain.call import Json
from cds_service.domain.knowledge import ClinicalCase, Knowledge, Rule
from cds_service.knowledge_base import knowledge_folder, load, load_cases
from cds_service.rules.cases import verdicts_of
from cds_service.settings import Settings
from tests.records.approvals import knowledge_of
from tests.records.call import call_of
from tests.records.treatment import DRAFT
from tests.records.tumour import NotWritten

KNOWLEDGE = load(knowledge_folder())
CASES = load_cases(knowledge_folder(), KNOWLEDGE)


class NoStore:
    """No call of these tests reaches the ledger."""

    def record_feedback(self, service_id: str, entries: object, received_at: object) -> int:
        raise AssertionError("nothing is stored here")

    def ready(self) -> bool:
        return True


@lru_cache(maxsize=64)
def _client(jurisdiction: str, on: date) -> FlaskClient:
    return _app(jurisdiction, on, KNOWLEDGE)


def _app(jurisdiction: str, on: date, knowledge: Knowledge) -> FlaskClient:
    settings = Settings(on=on, jurisdiction=jurisdiction)
    return create_app(settings, knowledge=knowledge, store=NoStore()).test_client()


def _written(cases: tuple[ClinicalCase, ...]) -> Iterator[tuple[ClinicalCase, Json]]:
    for case in cases:
        try:
            yield case, call_of(case, KNOWLEDGE)
        except NotWritten:
            continue


WRITTEN = list(_written(CASES))

# (rule, row) -> why no record leads there; the row is held by a case that decrees its fact.
UNREACHABLE = {
    ("everolimus-needs-progression", "stable-european"): (
        "a functioning tumour is symptomatic, and a non-functioning one of this group is of STARTER-NET's, which leads"
    ),
}


def _said(case: ClinicalCase, body: Json) -> dict[tuple[str, str], str]:
    """(rule, row) -> indicator of the card, for everything the service said of the order that the case asks about."""
    here, knowledge = case.given.get("jurisdiction", "other"), knowledge_of(case, KNOWLEDGE)
    client = _client(here, case.on) if knowledge is KNOWLEDGE else _app(here, case.on, knowledge)
    answer = client.post(f"/cds-services/nen-{case.hook}", json=body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found = {}
    for card in answer.get_json()["cards"]:
        basis = card["extension"]["org.nen-cds.basis"]
        for named in (basis, *basis.get("also", ())):
            if named.get("order") in (None, f"MedicationRequest/{DRAFT}"):
                found[named["rule"], named["row"]] = card["indicator"]
    return found


def _stands_on_an_empty_search(case: ClinicalCase, name: str) -> bool:
    """Whether the row asks a fact that the case leaves open, and that a record without a result answers."""
    rule = KNOWLEDGE.rule(case.rule)
    row = next(row for row in rule.rows if row.name == name) if rule else None
    cells = row.cells if row else {}
    return any(fact not in case.given and {"no", "none"} & cell.words for fact, cell in cells.items())


@pytest.mark.parametrize(
    ("case", "body"), WRITTEN, ids=[f"{case.rule}: {case.title} ({case.line})" for case, _ in WRITTEN]
)
def test_the_service_answers_as_the_case_does(case: ClinicalCase, body: Json) -> None:
    said = _said(case, body)
    expected = {verdict.row_name for verdict in verdicts_of(case, KNOWLEDGE) if verdict.speaks}
    found = {row for rule, row in said if rule == case.rule}
    assert expected <= found
    assert [row for row in found - expected if not _stands_on_an_empty_search(case, row)] == []
    if case.expect_indicator:
        assert case.expect_indicator in {found for (rule, _), found in said.items() if rule == case.rule}


@pytest.mark.parametrize("rule", KNOWLEDGE.rules, ids=lambda rule: rule.id)
def test_every_row_answers_over_http(rule: Rule) -> None:
    written = [case for case, _ in WRITTEN if case.rule == rule.id]
    reached = {verdict.row_name for case in written for verdict in verdicts_of(case, KNOWLEDGE)}
    unreachable = {row for named, row in UNREACHABLE if named == rule.id}
    assert {row.name for row in rule.rows if not row.draft} - reached == unreachable
