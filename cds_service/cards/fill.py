"""Card sentences with their placeholders filled."""

from __future__ import annotations

from ..domain.advice import Verdict
from ..domain.call import Setting
from ..domain.knowledge import Knowledge
from ..domain.placeholders import Placeholder, parse
from ..domain.values import Known, Unclear, word
from .words import approved_for, label_words, phrase, seen_words, study_words, value_words, why_words


def fill(text: str, verdict: Verdict, setting: Setting, knowledge: Knowledge, items: str = "") -> str:
    """The sentence for this verdict; preflight has made sure that every placeholder can be filled."""
    return "".join(
        piece if isinstance(piece, str) else _value(piece, verdict, setting, knowledge, items) for piece in parse(text)
    )


def _value(wanted: Placeholder, verdict: Verdict, setting: Setting, knowledge: Knowledge, items: str) -> str:
    if wanted.subject == "items":
        return items
    if wanted.subject in knowledge.studies:
        return study_words(knowledge.studies[wanted.subject], wanted.part, knowledge, setting.language)
    if wanted.subject in knowledge.drugs:
        return _drug_part(wanted.subject, wanted.part, setting, knowledge)
    if wanted.subject == "ordered_drug" and wanted.part:
        return _drug_part(word(verdict.asked.fact("ordered_drug")) or "", wanted.part, setting, knowledge)
    return _fact_part(wanted, verdict, setting, knowledge)


def _drug_part(drug_id: str, part: str, setting: Setting, knowledge: Knowledge) -> str:
    drug = knowledge.drugs[drug_id]
    if part == "label_words":
        return label_words(drug, setting, knowledge)
    if part == "approved_for":
        return approved_for(drug, setting)
    return drug.names[setting.language]


def _fact_part(wanted: Placeholder, verdict: Verdict, setting: Setting, knowledge: Knowledge) -> str:
    fact = verdict.asked.fact(wanted.subject)
    if wanted.part == "seen":
        return seen_words(wanted.subject, fact, knowledge, setting.language)
    if wanted.part == "why" and isinstance(fact, Unclear):
        return why_words(fact, knowledge, setting.language)
    if isinstance(fact, Known):
        return value_words(wanted.subject, fact, knowledge, setting.language)
    if wanted.or_unclear:
        return phrase(knowledge, "unclear-value", setting.language)
    raise LookupError(f"{verdict.rule.id}/{verdict.row_name} has no {wanted.subject} to print")
