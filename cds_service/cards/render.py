"""One card as CDS Hooks JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..domain.advice import Advice, Verdict
from ..domain.call import Setting
from ..domain.knowledge import Card, Knowledge
from .basis import basis
from .fill import Filling, fill
from .footer import footer
from .options import options_detail, paragraphs
from .suggest import suggestions
from .words import COMMA, citation

RULE_SYSTEM = "http://nen-cds.org/fhir/CodeSystem/nen-rule"
REASON_SYSTEM = "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes"
ALWAYS_OFFERED = "this-looks-wrong"


def render(advice: Advice, setting: Setting, knowledge: Knowledge, new_id: Callable[[], str]) -> dict[str, Any]:
    """The card (design.md section 5); `new_id` gives the uuids of the card and of its suggestions."""
    card: dict[str, Any] = {
        "uuid": new_id(),
        "summary": _sentence(_summary(advice, setting, knowledge), setting.language),
        "detail": _detail(advice, setting, knowledge),
        "indicator": advice.lead.indicator,
        "source": _source(advice, setting, knowledge),
        "overrideReasons": _override_reasons(advice, setting, knowledge),
        "extension": {"org.nen-cds.basis": basis(advice, knowledge)},
    }
    if found := suggestions(advice, setting, knowledge, new_id):
        card |= {"suggestions": found, "selectionBehavior": "any"}
    return card


def _sentence(words: str, language: str) -> str:
    """English words beginning as a sentence does, also where a drug's name leads."""
    return words[:1].upper() + words[1:] if language == "en" else words


def _summary(advice: Advice, setting: Setting, knowledge: Knowledge) -> str:
    merged, language = advice.lead.rule.merged, setting.language
    if merged and advice.lead.rule.together:
        return merged[language]
    if not merged:
        return fill(_card(advice.lead).summary[language], Filling(advice.lead, setting, knowledge, brief=True))
    items = dict.fromkeys(_card(verdict).item[language] for verdict in sorted(advice.all, key=_place))
    return fill(merged[language], Filling(advice.lead, setting, knowledge, COMMA[language].join(items), brief=True))


def _place(verdict: Verdict) -> int:
    return [row.name for row in verdict.rule.rows].index(verdict.row_name)


def _card(verdict: Verdict) -> Card:
    if verdict.card is None:
        raise LookupError(f"{verdict.rule.id}/{verdict.row_name} is silent")
    return verdict.card


def _detail(advice: Advice, setting: Setting, knowledge: Knowledge) -> str:
    """The rows' own words, each once, then why the voice is lowered, what was read, and which rule speaks."""
    if advice.lead.rule.together:
        return "\n\n".join([*options_detail(advice, setting, knowledge), *footer(advice, setting, knowledge)])
    said = [
        fill(_card(verdict).detail[setting.language], Filling(verdict, setting, knowledge)).strip()
        for verdict in advice.all
    ]
    return "\n\n".join([*paragraphs(said), *footer(advice, setting, knowledge)])


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
