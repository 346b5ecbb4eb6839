"""Questions for rule tests, written as the facts that matter and nothing else."""

from __future__ import annotations

from datetime import date

from cds_service.domain.call import Setting
from cds_service.domain.case import Case, Medication, Order
from cds_service.domain.interval import Interval
from cds_service.domain.knowledge import Knowledge, Rule
from cds_service.domain.values import Fact, Known, Unclear
from cds_service.rules.findings import Findings

ON = date(2026, 1, 15)


def known(value: str) -> Known:
    """A known fact: an interval where the text is one, else a word."""
    try:
        return Known(Interval.parse(value), "Observation/1", "2026-01-01")
    except ValueError:
        return Known(value, "Condition/1", "2026-01-01")


def order(drug: str | None, **more: object) -> Order:
    """A draft of this drug for this tumour, new unless told otherwise."""
    given: dict[str, object] = {"ref": "MedicationRequest/1", "reason": Known("this-tumour"), "kind": Known("new")}
    return Order(drug=drug, **{**given, **more})  # type: ignore[arg-type]


def question(
    knowledge: Knowledge,
    facts: dict[str, str | Unclear],
    ordered: Order | None = None,
    *,
    jurisdiction: str = "JP",
    on: date = ON,
    deceased: bool = False,
    history: Fact = Known("read"),
    medications: tuple[Medication, ...] = (),
    co_ordered: tuple[Order, ...] = (),
) -> Findings:
    """The facts of one question in a patient with a NEN, unless `facts` says otherwise."""
    values = {name: known(value) if isinstance(value, str) else value for name, value in facts.items()}
    orders = (ordered, *co_ordered) if ordered else co_ordered
    case = Case(
        {"diagnosis": Known("nen"), **values},
        patient_id="p1",
        deceased=deceased,
        orders=orders,
        medications=medications,
        history=history,
    )
    return Findings(case, Setting(jurisdiction, on), knowledge, ordered)


def rule(knowledge: Knowledge, rule_id: str) -> Rule:
    """The rule of this id."""
    found = knowledge.rule(rule_id)
    assert found is not None
    return found
