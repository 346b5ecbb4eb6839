"""Card sentences with their placeholders filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ..domain.advice import Verdict
from ..domain.call import Setting
from ..domain.knowledge import Knowledge
from ..domain.placeholders import Placeholder, parse
from ..domain.values import Fact, Known, Unclear, Why, word
from .words import (
    SEPARATOR,
    approved_for,
    bracketed,
    dated_words,
    label_words,
    phrase,
    seen_words,
    study_words,
    value_words,
    why_words,
)


@dataclass(frozen=True)
class Filling:
    """What a sentence is filled from.

    `brief`: a summary, where `{fact|or-unclear}` has neither date nor reason. `listed`: a line of a list of options.
    """

    verdict: Verdict
    setting: Setting
    knowledge: Knowledge
    items: str = ""
    brief: bool = False
    listed: bool = False


def fill(text: str, given: Filling) -> str:
    """The sentence for this verdict; preflight has made sure that every placeholder can be filled."""
    return "".join(piece if isinstance(piece, str) else _value(piece, given) for piece in parse(text))


def _value(wanted: Placeholder, given: Filling) -> str:
    knowledge, language = given.knowledge, given.setting.language
    if wanted.subject == "items":
        return given.items
    if wanted.subject in knowledge.studies:
        return study_words(knowledge.studies[wanted.subject], wanted.part, knowledge, language, given.listed)
    if wanted.subject in knowledge.drugs:
        return _drug_part(wanted.subject, wanted.part, given)
    if wanted.subject == "ordered_drug" and wanted.part:
        return _drug_part(word(given.verdict.asked.fact("ordered_drug")) or "", wanted.part, given)
    return _fact_part(wanted, given.verdict.asked.fact(wanted.subject), given)


def _drug_part(drug_id: str, part: str, given: Filling) -> str:
    drug = given.knowledge.drugs[drug_id]
    if part == "label_words":
        return label_words(drug, given.setting, given.knowledge)
    if part == "approved_for":
        return approved_for(drug, given.setting)
    return drug.names[given.setting.language]


def _fact_part(wanted: Placeholder, fact: Fact, given: Filling) -> str:
    name, knowledge, language = wanted.subject, given.knowledge, given.setting.language
    if wanted.part:
        return _PARTS[wanted.part](name, fact, given)
    if wanted.or_unclear and given.brief and isinstance(fact, Unclear):
        return phrase(knowledge, "unclear-value", language)
    if wanted.or_unclear and not given.brief:
        return dated_words(name, fact, knowledge, language, short=given.listed) + _straddles(name, given)
    if isinstance(fact, Known):
        return value_words(name, fact, knowledge, language)
    raise LookupError(f"{given.verdict.rule.id}/{given.verdict.row_name} has no {name} to print")


def _straddles(name: str, given: Filling) -> str:
    """That a number spans a cut, where that leaves open whether more of this list is to be said."""
    if name not in given.verdict.straddling:
        return ""
    words = why_words(Unclear(Why.STRADDLES), given.knowledge, given.setting.language)
    return bracketed(words, given.setting.language)


def _seen(name: str, fact: Fact, given: Filling) -> str:
    return seen_words(name, fact, given.knowledge, given.setting.language)


def _why(name: str, fact: Fact, given: Filling) -> str:
    """Why a fact is unclear; a known one that spans a cut of this table with its value, where there is room."""
    knowledge, language = given.knowledge, given.setting.language
    if isinstance(fact, Unclear):
        return why_words(fact, knowledge, language)
    straddles = why_words(Unclear(Why.STRADDLES), knowledge, language)
    return straddles if given.brief else value_words(name, fact, knowledge, language) + SEPARATOR[language] + straddles


def _grouped(_name: str, site: Fact, given: Filling) -> str:
    """The primary site with its date, and its group where it belongs to one."""
    language = given.setting.language
    words = dated_words("primary_site", site, given.knowledge, language)
    group = given.verdict.asked.fact("site_group")
    if not isinstance(site, Known) or not isinstance(group, Known) or group.value == site.value:
        return words
    return words + bracketed(value_words("site_group", group, given.knowledge, language), language)


def _drug_read_from(_name: str, fact: Fact, given: Filling) -> str:
    """The name of the drug that the fact was read from: another draft of the call, or a drug on the record."""
    case, source = given.verdict.asked.case, fact.source if isinstance(fact, Known) else None
    drugs = [order.drug for order in case.orders if order.ref == source]
    drugs += [one.drug for one in case.medications if one.source == source]
    return given.knowledge.drugs[next(drug for drug in drugs if drug)].names[given.setting.language]


def _band(name: str, _fact: Fact, given: Filling) -> str:
    """The band of a grid in which this number lies; its lines are rows of their own, so its ends are not told apart."""
    row = given.verdict.row
    if row is None or not row.cells[name].spans:
        raise LookupError(f"{given.verdict.rule.id} has no band of {name}")
    [span] = row.cells[name].spans
    shown = span if span.low is None or span.high is None else replace(span, low_closed=True, high_closed=True)
    return value_words(name, Known(shown), given.knowledge, given.setting.language)


_PARTS: Mapping[str, Callable[[str, Fact, Filling], str]] = {
    "seen": _seen,
    "why": _why,
    "grouped": _grouped,
    "band": _band,
    "drug": _drug_read_from,
}
