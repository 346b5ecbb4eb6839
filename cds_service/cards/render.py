"""One card as CDS Hooks JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..domain.advice import Advice, Verdict
from ..domain.call import Setting
from ..domain.knowledge import Card, Knowledge
from ..domain.values import Known
from .basis import CIRCUMSTANCES, basis, knowledge_stamp, status, used
from .fill import fill
from .suggest import suggestions
from .words import COMMA, SEPARATOR, citation, phrase, seen_words, why_words

RULE_SYSTEM = "http://nen-cds.org/fhir/CodeSystem/nen-rule"
REASON_SYSTEM = "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes"
ALWAYS_OFFERED = "this-looks-wrong"


def render(advice: Advice, setting: Setting, knowledge: Knowledge, new_id: Callable[[], str]) -> dict[str, Any]:
    """The card (design.md section 5); `new_id` gives the uuids of the card and of its suggestions."""
    card: dict[str, Any] = {
        "uuid": new_id(),
        "summary": _summary(advice, setting, knowledge),
        "detail": "\n\n".join(_paragraphs(advice, setting, knowledge)),
        "indicator": advice.lead.indicator,
        "source": _source(advice, setting, knowledge),
        "overrideReasons": _override_reasons(advice, setting, knowledge),
        "extension": {"org.nen-cds.basis": basis(advice, knowledge)},
    }
    if found := suggestions(advice, setting, knowledge, new_id):
        card |= {"suggestions": found, "selectionBehavior": "any"}
    return card


def _summary(advice: Advice, setting: Setting, knowledge: Knowledge) -> str:
    merged = advice.lead.rule.merged
    if not merged:
        return fill(_card(advice.lead).summary[setting.language], advice.lead, setting, knowledge)
    rows = sorted(advice.all, key=lambda verdict: _place(verdict))
    items = COMMA[setting.language].join(_card(verdict).item[setting.language] for verdict in rows)
    return fill(merged[setting.language], advice.lead, setting, knowledge, items)


def _place(verdict: Verdict) -> int:
    return [row.name for row in verdict.rule.rows].index(verdict.row_name)


def _card(verdict: Verdict) -> Card:
    if verdict.card is None:
        raise LookupError(f"{verdict.rule.id}/{verdict.row_name} is silent")
    return verdict.card


def _paragraphs(advice: Advice, setting: Setting, knowledge: Knowledge) -> list[str]:
    """The rows' own words, why the voice is lowered, what was read, what was not, and which rule speaks."""
    language = setting.language
    details = [fill(_card(verdict).detail[language], verdict, setting, knowledge).strip() for verdict in advice.all]
    said = list(dict.fromkeys(details))
    said += [phrase(knowledge, f"cap-{cap}", language) for cap in advice.lead.caps]
    if advice.lead.asked.case.uninformed:
        said.append(phrase(knowledge, "uninformed", language))
    read, unclear = _read(advice, setting, knowledge)
    if read:
        said.append(phrase(knowledge, "read", language, facts=SEPARATOR[language].join(read)))
    if unclear:
        said.append(phrase(knowledge, "unclear", language, facts=SEPARATOR[language].join(unclear)))
    reviewed = phrase(knowledge, status(advice.lead.rule), language)
    stamp = knowledge_stamp(knowledge)
    said.append(phrase(knowledge, "footer", language, rule=advice.lead.rule.id, knowledge=stamp, status=reviewed))
    return said


def _read(advice: Advice, setting: Setting, knowledge: Knowledge) -> tuple[list[str], list[str]]:
    """Each fact used, as `label value (date)`, and each unclear one, as `label (why)`."""
    language = setting.language
    read, unclear = [], []
    for name in used(advice):
        fact = advice.lead.asked.fact(name)
        if name in CIRCUMSTANCES or name not in knowledge.facts:
            continue
        label = knowledge.facts[name].label[language]
        if isinstance(fact, Known):
            read.append(f"{label} {seen_words(name, fact, knowledge, language)}")
        else:
            seen = seen_words(name, fact, knowledge, language)
            unclear.append(f"{label} ({why_words(fact, knowledge, language)}{': ' + seen if seen else ''})")
    return read, unclear


def _source(advice: Advice, setting: Setting, knowledge: Knowledge) -> dict[str, Any]:
    rule = advice.lead.rule
    cited = citation(knowledge.studies[_card(advice.lead).source])
    topic = {"system": RULE_SYSTEM, "code": rule.id.replace("-", ""), "display": rule.title[setting.language]}
    source: dict[str, Any] = {"label": cited["text"], "topic": topic}
    if "doi" in cited:
        source["url"] = f"https://doi.org/{cited['doi']}"
    return source


def _override_reasons(advice: Advice, setting: Setting, knowledge: Knowledge) -> list[dict[str, str]]:
    """The reasons of every row on the card, each code once, and always the one that reaches the review queue."""
    wanted = [reason for verdict in advice.all for reason in _card(verdict).override_reasons]
    found: dict[str, dict[str, str]] = {}
    for name in (*wanted, ALWAYS_OFFERED):
        reason = knowledge.override_reasons[name]
        display = reason.ja if setting.language == "ja" else reason.display
        found.setdefault(reason.code, {"code": reason.code, "system": REASON_SYSTEM, "display": display})
    return list(found.values())
