"""Clinical cases: each a patient in facts and the answer a clinician agrees with, put through the real rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from ..domain.advice import NO_ROW, Verdict
from ..domain.call import Setting
from ..domain.case import IN_PLAN, PAST, STALE, THIS_TUMOUR, Case, Medication, Order
from ..domain.facts import COMPUTED, READINGS, RECORD
from ..domain.interval import Interval
from ..domain.knowledge import ClinicalCase, Knowledge
from ..domain.values import Fact, Known, Unclear, Why
from ..errors import Fault
from .arrange import arrange
from .consult import consult
from .findings import Findings

ORDER_FACTS = {"order_reason", "order_kind"}
SOURCE = "this case"
WITH = "+"  # one card named: it leads; several joined: these are all that is said, in this order


def run_cases(knowledge: Knowledge, cases: Iterable[ClinicalCase]) -> list[Fault]:
    """The cases whose answer is not the expected one, each as a fault at its place in cases.yaml."""
    return [
        Fault(case.file, case.line, f"{case.rule}: {case.title}: {wrong}")
        for case in cases
        for wrong in _differences(case, knowledge)
    ]


def verdicts_of(case: ClinicalCase, knowledge: Knowledge) -> list[Verdict]:
    """What the rule of this case concludes for its patient; KeyError where the rule does not exist."""
    rule = next(rule for rule in knowledge.rules if rule.id == case.rule)
    return consult(rule, question_of(case, knowledge), case.hook)


def question_of(case: ClinicalCase, knowledge: Knowledge) -> Findings:
    """The facts of this case. A fact it does not name is not recorded."""
    given = {name: _fact(text) for name, text in case.given.items() if name not in _LISTS}
    order = _order(case, given)
    record = {name: fact for name, fact in given.items() if name in RECORD or name in READINGS}
    decreed = {name: fact for name, fact in given.items() if name in COMPUTED and name not in _BY_ORDER}
    setting = Setting(case.given.get("jurisdiction", "other"), case.on)
    was_read: Fact = Known("read") if case.given.get("history") == "read" else Unclear()
    patient = Case(
        record,
        orders=(*((order,) if order else ()), *_also_ordered(case)),
        medications=tuple(_medications(case)),
        history=was_read,
        allergies=frozenset(drug for drug, _ in _listed(case, "allergies")),
        allergies_read=was_read,
        otherwise=Why.NOT_RECORDED,
    )
    return Findings(patient, setting, knowledge, order, decreed)


_STATES = {"in_plan": IN_PLAN, "stale": STALE, "given_before": PAST, "perioperative": PAST}
_LISTS = (*_STATES, "also_ordered", "allergies", "history")
_BY_ORDER = {"ordered_drug", "jurisdiction", *ORDER_FACTS}


def _order(case: ClinicalCase, given: dict[str, Fact]) -> Order | None:
    drug = case.given.get("ordered_drug")
    if drug is None:
        return None
    reason, kind = (given.get(name, Unclear()) for name in ("order_reason", "order_kind"))
    return Order(ref="MedicationRequest/draft", drug=drug, reason=reason, kind=kind)


def _also_ordered(case: ClinicalCase) -> Iterator[Order]:
    """The other drafts of the call: of this tumour, and new; a word in brackets is the route."""
    for place, (drug, route) in enumerate(_listed(case, "also_ordered")):
        yield Order(f"MedicationRequest/draft-{place + 2}", drug, Known(THIS_TUMOUR), Known("new"), route=route)


def _medications(case: ClinicalCase) -> Iterator[Medication]:
    """Drugs on record; a date in brackets is when one was begun and last supplied, else it is lately."""
    days = {"in_plan": 7, "stale": 300, "given_before": 300, "perioperative": 300}
    for name, state in _STATES.items():
        for drug, said in _listed(case, name):
            begun, _, last = said.partition(" to ")
            on = (case.on - timedelta(days=days[name])).isoformat()
            begun = begun or (case.on - timedelta(days=max(days[name], 60))).isoformat()
            taken = Medication(drug, state, f"MedicationRequest/{drug}", last or said or on, begun)
            yield replace(taken, perioperative=name == "perioperative", last_dose=taken.date)


def _listed(case: ClinicalCase, name: str) -> Iterator[tuple[str, str]]:
    """(drug, words in brackets) of each drug in `cisplatin (2025-11) + etoposide`."""
    for part in filter(None, case.given.get(name, "").split("+")):
        drug, _, words = part.strip().partition(" (")
        yield drug, words.rstrip(")")


def _fact(text: str) -> Fact:
    """A fact as cases.yaml writes it: a word, an interval, `unclear` or `unclear (why)`."""
    if text == "unclear":
        return Unclear()
    if text.startswith("unclear ("):
        return Unclear(Why(text[len("unclear (") : -1]))
    try:
        return Known(Interval.parse(text), SOURCE)
    except ValueError:
        return Known(text, SOURCE)


def _differences(case: ClinicalCase, knowledge: Knowledge) -> Iterator[str]:
    asked = question_of(case, knowledge)
    for name, expected in case.expect_facts.items():
        if (found := _written(asked.fact(name))) != expected:
            yield f"{name} came to {found}, not {expected}"
    verdicts = verdicts_of(case, knowledge)
    yield from answer_differences(case, verdicts)


def answer_differences(case: ClinicalCase, verdicts: list[Verdict]) -> Iterator[str]:
    """How these verdicts differ from the answer the case expects."""
    rows = sorted(verdict.row_name for verdict in verdicts)
    expected = sorted(name.strip() for name in case.expect_row.split("+"))
    if case.expect_row and rows != expected:
        yield f"row {' + '.join(rows)}, not {' + '.join(expected)}"
    shown, _ = arrange(case.hook, verdicts)
    said = list(dict.fromkeys(verdict.card.id for verdict in shown[0].all if verdict.card)) if shown else ["nothing"]
    wanted = [name.strip() for name in case.expect_say.split(WITH)]
    if said[: 1 if len(wanted) == 1 else None] != wanted:
        yield f"says {f' {WITH} '.join(said)}, not {case.expect_say}"
    if case.expect_indicator and (not shown or shown[0].lead.indicator != case.expect_indicator):
        yield f"indicator {shown[0].lead.indicator if shown else NO_ROW}, not {case.expect_indicator}"


def _written(fact: Fact) -> str:
    return str(fact.value) if isinstance(fact, Known) else "unclear"
