"""All rules together over patients made by chance: no crash, few cards, no card offers what another warns of."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from copy import copy
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cds_service.domain.advice import INDICATORS, Advice, Option, Verdict
from cds_service.domain.call import Levers
from cds_service.domain.case import Order
from cds_service.domain.values import Known
from cds_service.rules.arrange import arrange
from cds_service.rules.consult import consult_all
from cds_service.rules.findings import Findings
from cds_service.rules.offer import loud, option_of, supposed
from tests.clinical.patients import Question, by_chance, corners
from tests.clinical.shipped import KNOWLEDGE

LONG = bool(os.environ.get("NENCDS_TEST_LONG"))
PATIENTS = 200_000 if LONG else 2_000
EXAMPLES = 2_000 if LONG else 100
EVERY_CORNER = 1 if LONG else 40
SEED = 20261123
MOST = {"patient-view": 3, "order-select": 4, "order-sign": 4}


def contradictions(question: Question) -> list[str]:
    """What is wrong with the answer to this call."""
    verdicts = consult_all(question.hook, question.findings(KNOWLEDGE), KNOWLEDGE, Levers())
    said, _ = arrange(question.hook, verdicts)
    found = [f"{len(said)} cards"] if len(said) > MOST[question.hook] else []
    found += _said_twice(said)
    warned = {_drug(verdict) for verdict in verdicts if verdict.speaks and verdict.indicator != "info"}
    for verdict in (one for advice in said for one in advice.all):
        found += [f"{_name(verdict)} offers {drug}, of which another card warns" for drug in verdict.offered & warned]
        for drugs, instead in _offers(verdict):
            found += [
                f"{_name(verdict)} offers {drugs}: {why}" for why in _objections(question, verdict, drugs, instead)
            ]
    return found


def _said_twice(said: Sequence[Advice]) -> Iterator[str]:
    """Rows that stand on more than one card: drafts in the same row share one."""
    rows = Counter(row for advice in said for row in {_name(verdict) for verdict in advice.all})
    return (f"{row} twice" for row, cards in rows.items() if cards > 1)


def _offers(verdict: Verdict) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The drugs a card puts forward: each suggestion, and each option without reservations."""
    instead = verdict.card is not None and "delete" in verdict.card.suggest
    yield from (((drug,), instead) for drug in sorted(verdict.offered))
    if isinstance(verdict.option, Option) and verdict.option.had is None and not verdict.option.reserved:
        yield verdict.option.regimen.drugs, False


def _objections(question: Question, verdict: Verdict, drugs: tuple[str, ...], instead: bool) -> Iterator[str]:
    """The warnings that a call ordering these drugs, sent after the card, would really bring."""
    mine = verdict.asked.order
    kept = [order for order in question.case.orders if not (instead and mine and order.ref == mine.ref)]
    new = tuple(Order(f"MedicationRequest/new-{drug}", drug, Known("this-tumour"), Known("new")) for drug in drugs)
    if mine:
        new = tuple(replace(order, palliative=mine.palliative) for order in new)
    case = question.case.with_orders((*kept, *new))
    after = replace(question, hook="order-sign", case=case, asked=tuple(order.ref for order in new))
    for other in consult_all("order-sign", after.findings(KNOWLEDGE), KNOWLEDGE, Levers()):
        if other.card and INDICATORS.index(other.card.indicator) and not other.card.is_missing_test:
            yield f"{_name(other)} would be {other.card.indicator}"


def _drug(verdict: Verdict) -> str | None:
    return verdict.asked.order.drug if verdict.asked.order else None


def _name(verdict: Verdict) -> str:
    return f"{verdict.rule.id}/{verdict.row_name}"


def test_no_contradiction_among_patients_by_chance(measured: Callable[[str], None]) -> None:
    random = Random(SEED)
    began = time.perf_counter()
    wrong = {}
    for number in range(PATIENTS):
        if found := contradictions(by_chance(random, KNOWLEDGE)):
            wrong[number] = found
    spent = time.perf_counter() - began
    each = 1000 * spent / PATIENTS
    measured(f"all rules together: {PATIENTS} patients, {len(wrong)} contradictions, {spent:.0f} s, {each:.2f} ms each")
    assert wrong == {}


def test_no_contradiction_in_the_corners() -> None:
    wrong = [found for question in list(corners(KNOWLEDGE))[::EVERY_CORNER] if (found := contradictions(question))]
    assert wrong == []


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_no_contradiction_that_can_be_shrunk(random: Random) -> None:
    assert contradictions(by_chance(random, KNOWLEDGE)) == []


def _without_reservations(name: str, asked: Findings, unserved: Collection[str] = ()) -> Option | None:
    found = option_of(name, asked, unserved)
    return replace(found, reserved=()) if found else None


def _without_label_rules(asked: Findings) -> list[Verdict]:
    return [verdict for verdict in loud(asked) if not verdict.rule.label_rule]


def _of_this_drug_alone(asked: Findings, drugs: Sequence[str], instead: bool) -> list[Findings]:
    """As if nothing else were ordered or on record."""
    alone = copy(asked)
    alone.case = asked.case.with_orders(())
    alone.case.medications = ()
    return supposed(alone, drugs, instead)


@pytest.mark.parametrize(
    ("place", "broken", "says"),
    [
        ("consult.may_offer", lambda *_: True, "offers"),
        ("consult.option_of", _without_reservations, "offers"),
        ("offer.loud", _without_label_rules, "offers"),
        ("offer.supposed", _of_this_drug_alone, "offers"),
        ("arrange.MOST_AT_ORDER", 99, "cards"),
        ("arrange._together", lambda verdict, _: (verdict.rule.id, verdict.row_name, id(verdict)), "twice"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_broken_would_be_found(place: str, broken: object, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"cds_service.rules.{place}", broken)
    random = Random(SEED)
    found = (wrong for _ in range(3_000) for wrong in contradictions(by_chance(random, KNOWLEDGE)))
    assert any(says in wrong for wrong in found)
