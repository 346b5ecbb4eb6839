"""Options put before a reader: in guideline order, with reservations, or already on record (rules.md section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from ..domain.advice import Advice, Option, Verdict
from ..domain.call import Setting
from ..domain.knowledge import Knowledge
from .fill import Filling, fill
from .words import SEPARATOR, approval_words, bracketed, phrase

COLON = {"en": ": ", "ja": "："}
STOP = {"en": ". ", "ja": "。"}


def options_detail(advice: Advice, setting: Setting, knowledge: Knowledge) -> list[str]:
    """The paragraphs of a card on which several rules are shown together, each under its title after the first."""
    found: list[str] = []
    for rule, verdicts in groupby(sorted(advice.all, key=_place(knowledge)), key=lambda verdict: verdict.rule):
        said = list(verdicts)
        if found:
            found.append(rule.title[setting.language] + COLON[setting.language].strip())
        found += _of_one_rule(said, setting, knowledge)
    if setting.jurisdiction == "JP" and any(verdict.option for verdict in advice.all):
        found.append(phrase(knowledge, "options-jp-guideline", setting.language))
    return found


def _place(knowledge: Knowledge) -> Callable[[Verdict], tuple[int, int]]:
    order = {rule.id: at for at, rule in enumerate(knowledge.rules)}

    def place(verdict: Verdict) -> tuple[int, int]:
        rows = [row.name for row in verdict.rule.rows]
        return order[verdict.rule.id], rows.index(verdict.row_name)

    return place


def _of_one_rule(verdicts: Sequence[Verdict], setting: Setting, knowledge: Knowledge) -> Iterator[str]:
    options = [verdict for verdict in verdicts if verdict.option]
    yield from paragraphs([_words(verdict, setting, knowledge) for verdict in verdicts if not verdict.option])
    had, reserved, free = _sorted_out(options)
    yield from _bullets(
        "", [_free(verdict, option, setting, knowledge) for verdict, option in free], setting, knowledge
    )
    bullets = [_reserved(option, setting, knowledge) for _, option in reserved]
    yield from _bullets("options-reserved", bullets, setting, knowledge)
    yield from _bullets("options-had", [_had(option, setting, knowledge) for _, option in had], setting, knowledge)


def paragraphs(details: Sequence[str]) -> list[str]:
    """Details one after another, no line twice; a list goes on where the next one is a list too."""
    found: list[str] = []
    for repeating in details:
        detail = _unsaid_lines(repeating, found)
        if found and detail.startswith("- ") and found[-1].splitlines()[-1].startswith("- "):
            found[-1] += "\n" + detail
        elif detail:
            found.append(detail)
    return found


def _unsaid_lines(detail: str, found: Sequence[str]) -> str:
    """A detail without the lines that stand above it already."""
    said = {line for text in found for line in text.splitlines()} - {""}
    return "\n".join(line for line in detail.splitlines() if line not in said).strip()


Chosen = list[tuple[Verdict, Option]]


def _sorted_out(options: Sequence[Verdict]) -> tuple[Chosen, Chosen, Chosen]:
    """(already had, with reservations, the others), each regimen once."""
    once = {verdict.option.regimen.id: (verdict, verdict.option) for verdict in reversed(options) if verdict.option}
    chosen = list(reversed(once.values()))
    had = [(verdict, option) for verdict, option in chosen if option.had is not None]
    reserved = [(verdict, option) for verdict, option in chosen if option.had is None and option.reserved]
    return had, reserved, [(v, option) for v, option in chosen if option.had is None and not option.reserved]


def _bullets(heading: str, lines: Sequence[str], setting: Setting, knowledge: Knowledge) -> Iterator[str]:
    if lines:
        first = [phrase(knowledge, heading, setting.language)] if heading else []
        yield "\n".join([*first, *(f"- {line}" for line in dict.fromkeys(lines))])


def _words(verdict: Verdict, setting: Setting, knowledge: Knowledge) -> str:
    card = verdict.card
    given = Filling(verdict, setting, knowledge, listed=verdict.option is not None)
    return fill(card.detail[setting.language], given).strip() if card else ""


def _free(verdict: Verdict, option: Option, setting: Setting, knowledge: Knowledge) -> str:
    """`Name: what speaks for and against; approval here; the test that comes first`."""
    language = setting.language
    tests = [knowledge.tests[test].label[language] for test in option.untested]
    first = [phrase(knowledge, "option-test", language, test=SEPARATOR[language].join(tests))] if tests else []
    said = _words(verdict, setting, knowledge).rstrip("。.")
    rest = SEPARATOR[language].join([*_approvals(option, setting, knowledge), *first])
    return f"{_name(option, language)}{COLON[language]}{said}{STOP[language]}{_sentence(rest, language)}"


def _reserved(option: Option, setting: Setting, knowledge: Knowledge) -> str:
    """`Name: the sentence of each rule that would warn; approval here`."""
    language = setting.language
    sentences = [
        fill(verdict.card.summary[language], Filling(verdict, setting, knowledge, brief=True))
        for verdict in option.reserved
        if verdict.card
    ]
    name = option.regimen.names[language]
    said = (" " if language == "en" else "").join(dict.fromkeys(_unnamed(each, name, language) for each in sentences))
    rest = _sentence(SEPARATOR[language].join(_approvals(option, setting, knowledge)), language)
    return f"{_name(option, language)}{COLON[language]}{said}{' ' if language == 'en' else ''}{rest}"


def _unnamed(sentence: str, name: str, language: str) -> str:
    """The sentence without the name it begins with, where it does: the name stands before it."""
    opening = name + COLON[language]
    if not sentence.lower().startswith(opening.lower()):
        return sentence
    rest = sentence[len(opening) :]
    return rest[:1].upper() + rest[1:]


def _had(option: Option, setting: Setting, knowledge: Knowledge) -> str:
    """The name struck out, with the last day where one is told."""
    language = setting.language
    last = bracketed(phrase(knowledge, "option-last", language, date=option.had), language) if option.had else ""
    return f"~~{_name(option, language)}~~{last}"


def _name(option: Option, language: str) -> str:
    """The regimen's name at the head of a line."""
    name = option.regimen.names[language]
    return name[:1].upper() + name[1:]


def _approvals(option: Option, setting: Setting, knowledge: Knowledge) -> list[str]:
    """The approval of each drug here, each different clause once; with its name where there are several."""
    drugs = [knowledge.drugs[drug] for drug in option.regimen.drugs]
    clauses = [approval_words(drug, option.label_fits.get(drug.id, ""), setting, knowledge) for drug in drugs]
    if len(set(clauses)) == 1:
        return clauses[:1]
    language = setting.language
    return [
        phrase(knowledge, "option-of-drug", language, drug=drug.names[language], clause=clause)
        for drug, clause in zip(drugs, clauses, strict=True)
    ]


def _sentence(clause: str, language: str) -> str:
    if language == "en":
        return clause[:1].upper() + clause[1:] + "." if clause else ""
    return clause + "。" if clause else ""
