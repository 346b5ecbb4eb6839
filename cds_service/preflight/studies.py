"""Every figure has a source, every study a use, every unit and small sentence its words."""

from __future__ import annotations

from collections.abc import Iterator

from ..cards.words import study_words
from ..domain.knowledge import Knowledge, Study
from .finding import Finding, sentences
from .texts import readable

EVERYTHING = ("all", "everything")


def study_findings(knowledge: Knowledge) -> Iterator[Finding]:
    """Figures nobody checked, and studies nothing rests on."""
    used = set(_used(knowledge))
    for study in knowledge.studies.values():
        file = f"evidence/{study.id}.yaml"
        yield from _named(study, file, study.id in used)
        if study.id in knowledge.drugs:
            yield Finding(file, ("id",), f"{study.id} is a drug too; a sentence could not tell them apart")
        checked = set(_checked(study))
        for name, figure in study.figures.items():
            if not figure.cite and name not in checked:
                yield Finding(file, ("figures", name), f"{name}: neither cite nor checked says where it is from")
            if missing := _missing_phrase(study, name, knowledge):
                yield Finding(file, ("figures", name), f"{name}: the phrase {missing} is missing")


def _named(study: Study, file: str, is_used: bool) -> Iterator[Finding]:
    if not is_used and not study.background:
        yield Finding(file, (), f"{study.id}: no rule or card names this study, and no background says why")
    if is_used and study.background:
        yield Finding(file, ("background",), f"{study.id}: background says that no rule names it, and one does")


def _missing_phrase(study: Study, figure: str, knowledge: Knowledge) -> str | None:
    """The small sentence without which the figure cannot be printed."""
    try:
        for language in study.design:
            study_words(study, figure, knowledge, language)
    except KeyError as error:
        return str(error.args[0])
    return None


def _used(knowledge: Knowledge) -> Iterator[str]:
    for rule in knowledge.rules:
        yield from (*rule.evidence_for, *rule.evidence_against)
        yield from (card.source for card in rule.cards.values())
        for _, _, _, text in sentences(rule):
            yield from (placeholder.subject for placeholder in readable(text))


def _checked(study: Study) -> Iterator[str]:
    for check in study.checked:
        figures = check.get("figures", ())
        yield from figures if isinstance(figures, list | tuple) else ()
        if check.get("what") in EVERYTHING:
            yield from study.figures
