"""Suggestions: delete the draft, draft another drug, order the missing test. One action each, drafts only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..domain.advice import Advice, Verdict
from ..domain.call import Setting
from ..domain.case import Order
from ..domain.knowledge import DELETE, Drug, DrugCode, Knowledge, Test
from ..domain.values import Known, Unclear, Why
from .words import phrase

# What was not received may well be on record: it is asked about, and no test is offered for it.
NOT_RECEIVED = {Why.UNAVAILABLE, Why.INCOMPLETE}
NONE = "none"  # nothing on record: the test has not answered
NewId = Callable[[], str]
Resource = dict[str, Any]


def suggestions(advice: Advice, setting: Setting, knowledge: Knowledge, new_id: NewId) -> list[Resource]:
    """All suggestions of a card, each once, in the order of its rows."""
    found: dict[str, Resource] = {}
    for verdict in advice.all:
        for key, label, action in _actions(verdict, setting, knowledge):
            action["description"] = label
            found.setdefault(key, {"label": label, "uuid": new_id(), "actions": [action]})
    return list(found.values())


def _actions(verdict: Verdict, setting: Setting, knowledge: Knowledge) -> Iterator[tuple[str, str, Resource]]:
    """(key, label, action) of each suggestion that this verdict may make."""
    patient = verdict.asked.case.patient_id
    doubtful = _doubtful(verdict)
    for wanted in verdict.card.suggest if verdict.card else ():
        if doubtful and not wanted.startswith("?"):
            continue
        if wanted.startswith("?") and (_not_received(verdict) or _is_answered(knowledge.tests[wanted[1:]], verdict)):
            continue
        if wanted.split()[0] == DELETE:
            yield from _delete(_meant(wanted, verdict), setting, knowledge)
        elif wanted.startswith("+") and wanted[1:] in verdict.offered:
            drug = knowledge.drugs[wanted[1:]]
            label = phrase(knowledge, "suggest-drug", setting.language, drug=drug.names[setting.language])
            yield wanted, label, {"type": "create", "resource": draft_order(drug, patient, setting.language)}
        elif wanted.startswith("?"):
            test = knowledge.tests[wanted[1:]]
            label = phrase(knowledge, "suggest-test", setting.language, test=test.label[setting.language])
            yield wanted, label, {"type": "create", "resource": draft_test(test, patient, setting.language)}


def _doubtful(verdict: Verdict) -> bool:
    """Where the order may be for something else, or of another drug, nothing is offered that would replace it."""
    order = verdict.asked.order
    return order is not None and (isinstance(verdict.asked.fact("order_reason"), Unclear) or not order.name_is_exact)


def _not_received(verdict: Verdict) -> bool:
    asked = verdict.asked.fact(verdict.card.asks) if verdict.card and verdict.card.asks else None
    return isinstance(asked, Unclear) and asked.why in NOT_RECEIVED


def _is_answered(test: Test, verdict: Verdict) -> bool:
    """True where the record already holds what the test would tell."""
    fact = verdict.asked.fact(test.answers) if test.answers else Unclear()
    return isinstance(fact, Known) and fact.value != NONE


def _meant(wanted: str, verdict: Verdict) -> Order | None:
    """The draft to take back: the order asked about, or the draft of the drug that is named."""
    _, _, drug = wanted.partition(" ")
    if not drug:
        return verdict.asked.order
    return next((order for order in verdict.asked.case.orders if order.drug == drug), None)


def _delete(order: Order | None, setting: Setting, knowledge: Knowledge) -> Iterator[tuple[str, str, Resource]]:
    if order is None or order.drug is None or ":" in order.ref:
        return  # a draft known only by its fullUrl cannot be named in a relative reference
    name = knowledge.drugs[order.drug].names[setting.language]
    label = phrase(knowledge, "suggest-delete", setting.language, drug=name)
    yield f"delete {order.ref}", label, {"type": "delete", "resourceId": order.ref}


def draft_order(drug: Drug, patient_id: str, language: str) -> Resource:
    """A draft MedicationRequest that names the drug and nothing else: no dose, no schedule."""
    name = drug.names[language]
    concept: Resource = {"text": name}
    if code := _best_code(drug):
        concept["coding"] = [{"system": code.system, "code": code.code, "display": name}]
    return {
        "resourceType": "MedicationRequest",
        "status": "draft",
        "intent": "proposal",
        "medicationCodeableConcept": concept,
        "subject": {"reference": f"Patient/{patient_id}"},
    }


def draft_test(test: Test, patient_id: str, language: str) -> Resource:
    """A draft ServiceRequest for an investigation."""
    label = test.label[language]
    return {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "proposal",
        "code": {"coding": [{"system": test.system, "code": test.code, "display": label}], "text": label},
        "subject": {"reference": f"Patient/{patient_id}"},
    }


def _best_code(drug: Drug) -> DrugCode | None:
    """The code of the drug as it is meant: of its needed form where it needs one, an ingredient otherwise."""
    fitting = [code for code in drug.codes if code.form == drug.needs_form]
    return next((code for code in fitting if code.means == "ingredient"), fitting[0] if fitting else None)
