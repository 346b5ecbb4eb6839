"""Below the rows' own words: why the voice is lowered, what was read, what was not clear, and which rule speaks."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.advice import Advice
from ..domain.call import Setting
from ..domain.facts import READINGS, RECORD
from ..domain.knowledge import Knowledge
from ..domain.placeholders import placeholders
from ..domain.values import Fact, Known
from .basis import knowledge_stamp, status, used
from .words import COMMA, SEPARATOR, bracketed, phrase, seen_words, why_words

# What a card calls the resources that a fact was read from.
_KINDS = {
    "Observation": "kind-observation",
    "Condition": "kind-condition",
    "DiagnosticReport": "kind-report",
    **dict.fromkeys(("MedicationRequest", "MedicationStatement", "MedicationAdministration"), "kind-treatment"),
    **dict.fromkeys(("MedicationDispense", "Procedure"), "kind-treatment"),
}
# What a reader wants to see of the record. The order itself and what follows from it stand in the basis only.
OF_THE_CHART = {*RECORD, *READINGS, "grade", "sstr_status"} - {"diagnosis"}


def footer(advice: Advice, setting: Setting, knowledge: Knowledge) -> list[str]:
    """The closing paragraphs of a card."""
    language = setting.language
    found = [
        phrase(knowledge, f"cap-{cap}", language, facts=_scope(advice, knowledge, language)) for cap in advice.lead.caps
    ]
    if advice.lead.asked.case.uninformed:
        found.append(phrase(knowledge, "uninformed", language))
    for name, facts in (
        ("read", _read(advice, knowledge, language)),
        ("unclear", _unclear(advice, knowledge, language)),
    ):
        if facts:
            found.append(phrase(knowledge, name, language, facts=SEPARATOR[language].join(facts)))
    if kinds := _partly_read(advice, knowledge, language):
        found.append(phrase(knowledge, "partly-read", language, kinds=COMMA[language].join(kinds)))
    reviewed = phrase(knowledge, status(advice), language)
    stamp = knowledge_stamp(knowledge)
    names = {"rule": advice.lead.rule.id, "row": advice.lead.row_name, "knowledge": stamp, "status": reviewed}
    return [*found, phrase(knowledge, "footer", language, **names) + _of_site(knowledge, language)]


def _partly_read(advice: Advice, knowledge: Knowledge, language: str) -> list[str]:
    """What was received in part only, of the kinds that the card's facts were read from."""
    asked = advice.lead.asked
    facts = (asked.fact(name) for name in used(advice))
    sources = {fact.source.partition("/")[0] for fact in facts if isinstance(fact, Known) and fact.source}
    named = dict.fromkeys(_KINDS[kind] for kind in _KINDS if kind in sources & asked.case.partly_read)
    return [phrase(knowledge, name, language) for name in named]


def _of_site(knowledge: Knowledge, language: str) -> str:
    """Whose additions were in force, where there are any."""
    site = knowledge.site
    return phrase(knowledge, "overlay", language, site=site.name[language], version=site.version) if site else ""


def _scope(advice: Advice, knowledge: Knowledge, language: str) -> str:
    """The unclear facts of the scope, each with its reason."""
    return SEPARATOR[language].join(
        _why(name, advice.lead.asked.fact(name), knowledge, language) for name in advice.lead.unclear_scope
    )


def _read(advice: Advice, knowledge: Knowledge, language: str) -> list[str]:
    """Each fact of the chart that decided and that the rows do not print themselves, with its date."""
    return [
        f"{knowledge.facts[name].label[language]} {seen_words(name, fact, knowledge, language)}"
        for name, fact in _unsaid(advice)
        if isinstance(fact, Known)
    ]


def _unclear(advice: Advice, knowledge: Knowledge, language: str) -> list[str]:
    """Each unclear fact that mattered to the rows said, with the reason and what was found."""
    asked = {name for verdict in advice.all if verdict.row for name, cell in verdict.row.cells.items() if not cell.any}
    return [
        _why(name, fact, knowledge, language)
        for name, fact in _unsaid(advice)
        if not isinstance(fact, Known) and name in asked and name not in advice.lead.unclear_scope
    ]


def _unsaid(advice: Advice) -> Iterator[tuple[str, Fact]]:
    """The facts of the chart that decided, without those that the card already prints.

    What shares a card with other rules leaves out its scope too: the summary and the classification name it, and the
    basis holds it with source and date.
    """
    details = [verdict.card.detail["en"] for verdict in advice.all if verdict.card]
    said = {wanted.subject for detail in details for wanted in placeholders(detail)}
    if advice.lead.rule.together:
        said |= {name for verdict in advice.all for name in verdict.rule.applies_when}
    for name in used(advice):
        if name in OF_THE_CHART and name not in said:
            yield name, advice.lead.asked.fact(name)


def _why(name: str, fact: Fact, knowledge: Knowledge, language: str) -> str:
    """`label (why: what was found)`."""
    label = knowledge.facts[name].label[language]
    if isinstance(fact, Known):
        return label
    seen = seen_words(name, fact, knowledge, language)
    colon = {"en": ": ", "ja": "："}[language]
    return label + bracketed(why_words(fact, knowledge, language) + (colon + seen if seen else ""), language)
