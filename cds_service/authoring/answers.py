"""What a case is answered, in a form that can be held against another answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..cards.render import render
from ..domain.call import Setting
from ..domain.knowledge import ClinicalCase, Knowledge
from ..rules.arrange import arrange
from ..rules.cases import verdicts_of

SILENT = "nothing"
LANGUAGES = ("en", "ja")


@dataclass(frozen=True)
class Answered:
    """The rows that held, the card that leads and how loud it is, and every word shown, in both languages."""

    rows: str
    say: str = SILENT
    indicator: str = SILENT
    words: tuple[str, ...] = ()


def answered(case: ClinicalCase, knowledge: Knowledge) -> Answered:
    """The answer of the rule of this case; the last line of a card, which names the version, is no part of it."""
    verdicts = verdicts_of(case, knowledge)
    said, _ = arrange(case.hook, verdicts)
    rows = " + ".join(verdict.row_name for verdict in verdicts)
    if not said or said[0].lead.card is None:
        return Answered(rows)
    words: list[str] = []
    for language in LANGUAGES:
        setting = Setting(case.given.get("jurisdiction", "other"), case.on, language)
        for advice in said:
            card = render(advice, setting, knowledge, lambda: "-")
            offered = [suggestion["label"] for suggestion in card.get("suggestions", ())]
            words += [card["summary"], card["detail"].rpartition("\n\n")[0], card["source"]["label"], *offered]
    return Answered(rows, said[0].lead.card.id, said[0].lead.indicator, tuple(words))


WORDS = "words"  # what is said of a case where nothing but the sentences is another


def differences(before: Answered, after: Answered) -> Iterator[str]:
    """What is another, in words; nothing where the answers are the same."""
    for name, old, new in (
        ("row", before.rows, after.rows),
        ("card", before.say, after.say),
        ("indicator", before.indicator, after.indicator),
    ):
        if old != new:
            yield f"{name} {old} -> {new}"
    if before.words != after.words:
        yield WORDS


def changed(cases: Iterable[ClinicalCase], old: Knowledge, new: Knowledge) -> Iterator[tuple[ClinicalCase, str]]:
    """Each case that is answered otherwise, with what is another."""
    for case in cases:
        here = [knowledge.rule(case.rule) is not None for knowledge in (old, new)]
        if here != [True, True]:
            yield case, "the rule is new" if here[1] else "the rule is gone"
            continue
        try:
            found = ", ".join(differences(answered(case, old), answered(case, new)))
        except LookupError as error:  # a drug, study or word that only one of the two has
            found = f"only one of the two knows {error}"
        if found:
            yield case, found
