"""Every clinical case as a FHIR record, sent to the service: it must answer as the case does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import pytest
from flask.testing import FlaskClient

from cds_service.app import create_app
from cds_service.domain.call import Json
from cds_service.domain.knowledge import ClinicalCase, Knowledge, Rule
from cds_service.rules.cases import verdicts_of
from cds_service.settings import Settings
from tests.clinical.shipped import CASES, KNOWLEDGE
from tests.records.approvals import knowledge_of
from tests.records.call import call_of
from tests.records.treatment import DRAFT
from tests.records.tumour import NotWritten


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


def _written() -> tuple[list[tuple[ClinicalCase, Json]], dict[str, list[str]]]:
    """The cases with their calls, and those that no call can say, by the kind of reason."""
    written, not_written = [], dict[str, list[str]]()
    for case in CASES:
        try:
            written.append((case, call_of(case, KNOWLEDGE)))
        except NotWritten as why:
            not_written.setdefault(why.kind, []).append(f"{case.rule} ({case.line}): {why}")
    return written, not_written


WRITTEN, NOT_WRITTEN = _written()

# Kind of reason -> how many cases at the most are not sent for it. A case more is a choice to be made here.
AT_MOST = {
    "doubt": 10,  # a doubt that tests/mappers hold: a search that failed, a reading too old or ambiguous
    "conflict": 6,  # two results that cannot both stand, of a fact for which tests/records writes no pair
    "no-whole-grade": 5,  # a CTCAE grade between two grades
    "decreed": 4,  # a computed fact that no record states
    "perioperative": 4,  # drugs around a resection, which tests/mappers read from the record
    "open-count": 3,  # doses that nobody counted to the end
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


@pytest.mark.parametrize(
    ("case", "body"), WRITTEN, ids=[f"{case.rule}: {case.title} ({case.line})" for case, _ in WRITTEN]
)
def test_the_service_answers_as_the_case_does(case: ClinicalCase, body: Json) -> None:
    said = _said(case, body)
    expected = {verdict.row_name for verdict in verdicts_of(case, KNOWLEDGE) if verdict.speaks}
    found = {row for rule, row in said if rule == case.rule}
    assert found == expected
    if case.expect_indicator:
        assert case.expect_indicator in {found for (rule, _), found in said.items() if rule == case.rule}


def test_few_cases_are_not_sent(measured: Callable[[str], None]) -> None:
    measured(f"clinical cases over HTTP: {len(WRITTEN)} of {len(CASES)}")
    assert {kind: cases for kind, cases in NOT_WRITTEN.items() if len(cases) > AT_MOST.get(kind, 0)} == {}


@pytest.mark.parametrize("rule", KNOWLEDGE.rules, ids=lambda rule: rule.id)
def test_every_row_answers_over_http(rule: Rule) -> None:
    written = [case for case, _ in WRITTEN if case.rule == rule.id]
    reached = {verdict.row_name for case in written for verdict in verdicts_of(case, KNOWLEDGE)}
    assert {row.name for row in rule.rows if not row.draft} - reached == set()
