"""What a signature of a rule is held to: the files of the rule, and the studies its cards speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..domain.knowledge import Rule
from ..domain.placeholders import placeholders
from .folder import hash_of

LENGTH = 12  # hex digits: to notice a change, not to withstand a forger


def fingerprint(rule: Rule, contents: Mapping[str, bytes], squares: bytes = b"") -> str:
    """The start of a hash over guidance/<rule>/, the studies it names, and the squares a site added to its grid."""
    named = {f"evidence/{study}.yaml" for study in _studies(rule)}
    mine = {name: raw for name, raw in contents.items() if name.startswith(f"guidance/{rule.id}/") or name in named}
    return hash_of({**mine, "squares": squares} if squares else mine)[:LENGTH]


def _studies(rule: Rule) -> Iterator[str]:
    yield from (*rule.evidence_for, *rule.evidence_against)
    for card in rule.cards.values():
        yield card.source
        for text in (*card.summary.values(), *card.detail.values()):
            yield from _subjects(text)


def _subjects(text: str) -> Iterable[str]:
    try:
        return [wanted.subject for wanted in placeholders(text)]
    except ValueError:  # preflight says which brace is wrong
        return ()
