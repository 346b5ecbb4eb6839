"""What a card rests on: the machine-readable part (design.md section 5)."""

from __future__ import annotations

from datetime import date as Date
from typing import Any

from ..domain.advice import Advice, Verdict
from ..domain.facts import FACTS, READINGS
from ..domain.knowledge import Knowledge
from ..domain.placeholders import placeholders
from ..domain.values import Fact, Known

GATES = ("diagnosis",)
ORDER_GATES = ("order_reason", "order_kind")
CIRCUMSTANCES = ("jurisdiction", "on")  # of the deployment, not of the patient
GRADED_BY = ("ki67_percent", "mitoses_per_2mm2")


def basis(advice: Advice, knowledge: Knowledge) -> dict[str, Any]:
    """The `org.nen-cds.basis` extension of a card; nothing in it is null or empty."""
    lead = advice.lead
    found: dict[str, Any] = {
        **_named(lead),
        "knowledge": knowledge_stamp(knowledge),
        "overlay": overlay_stamp(knowledge),
        "status": status(advice),
        "also": [_named(verdict) for verdict in advice.also],
        "facts": [_fact(name, lead.asked.fact(name)) for name in used(advice) if name not in CIRCUMSTANCES],
        "for": list(dict.fromkeys(study for verdict in advice.all for study in verdict.rule.evidence_for)),
        "against": list(dict.fromkeys(study for verdict in advice.all for study in verdict.rule.evidence_against)),
        "caps": list(lead.caps),
    }
    return {key: value for key, value in found.items() if value}


def knowledge_stamp(knowledge: Knowledge) -> str:
    """Version and hash of the knowledge that spoke."""
    return f"{knowledge.version}+{knowledge.hash[:12]}"


def overlay_stamp(knowledge: Knowledge) -> str:
    """The site whose overlay is in it, with version and hash of that; nothing where there is none."""
    site = knowledge.site
    return f"{site.id}/{site.version}+{site.hash[:12]}" if site else ""


def status(advice: Advice) -> str:
    """Whether this site has signed every rule that speaks on the card."""
    return "reviewed" if all(verdict.rule.reviewed for verdict in advice.all) else "not-reviewed"


def used(advice: Advice) -> list[str]:
    """The facts that decided or are printed: gates, scope, what the rows ask and say, what gave a grade."""
    names = [*GATES, *(ORDER_GATES if advice.lead.asked.order else ())]
    for verdict in advice.all:
        names += [*verdict.rule.applies_when, *verdict.rule.inputs]
        names += [name for name, cell in verdict.row.cells.items() if not cell.any] if verdict.row else []
        names += [*verdict.unclear_scope, *printed(verdict)]
    if "grade" in names:
        names += [name for name in GRADED_BY if isinstance(advice.lead.asked.fact(name), Known)]
    return list(dict.fromkeys(names))


def printed(verdict: Verdict) -> list[str]:
    """The facts of the record that the row's own words print."""
    texts = [*verdict.card.summary.values(), *verdict.card.detail.values()] if verdict.card else []
    subjects = [wanted.subject for text in texts for wanted in placeholders(text)]
    return [subject for subject in subjects if subject in FACTS or subject in READINGS]


def _named(verdict: Verdict) -> dict[str, str]:
    named = {"rule": verdict.rule.id, "row": verdict.row_name}
    return {**named, "order": verdict.asked.order.ref} if verdict.asked.order else named


def _fact(name: str, fact: Fact) -> dict[str, Any]:
    if isinstance(fact, Known):
        return {"fact": name, **_known(fact)}
    unclear: dict[str, Any] = {"fact": name, "unclear": str(fact.why)}
    if len(fact.unread) == 1:  # where the one result stands that could not be read
        unclear["source"] = fact.unread[0]
    return {**unclear, "seen": [_known(known) for known in fact.seen]} if fact.seen else unclear


def _known(known: Known) -> dict[str, str]:
    value = known.value.isoformat() if isinstance(known.value, Date) else str(known.value)
    found = {"value": value, "source": known.source, "date": known.date}
    return {key: part for key, part in found.items() if part}
