"""Conditions that are a history of the family: about a relative, whatever disease they name."""

from __future__ import annotations

import re

from ..domain.call import Json
from .codes import Terms
from .shape import children
from .words import Match

_SET = "family-history"
_OPENS = re.compile(r"(?:(?:no|negative|positive|known|strong|significant|denies|there is an?|an?) )*")
_IN_BRACKETS = re.compile(r".*[(\[]", re.DOTALL)
_BRACKET = re.compile(r"[)\]]")
# 乳癌の家族歴, 乳癌家族歴あり, 乳癌の家族歴なし; but 膵NET 家族歴あり and 膵NET家族歴なし are of the patient.
_JAPANESE_CLOSE = re.compile(r"[^,;:、。]+(?:の家族(?:既往)?歴(?:[なあ有無][りし]?)?|\S家族歴(?:[あ有]り?)?| 家族歴)")


def is_family_history(condition: Json, terms: Terms) -> bool:
    """True where a code, the category or the name of a Condition says that a relative has or had it."""
    code = terms.under(condition, "code")
    told = (code, *(terms.concept(category) for category in children(condition, "category")))
    if any(terms.by_code(_SET, concept) for concept in told):
        return True
    return any(_says_so(said, terms) for concept in told for said in concept.read_texts)


def _says_so(said: str, terms: Terms) -> bool:
    return any(_opens(match, said) or _closes(match, said) for match in terms.matches(_SET, said))


def _opens(match: Match, said: str) -> bool:
    return _OPENS.fullmatch(said[: match.start]) is not None


def _closes(match: Match, said: str) -> bool:
    """True for `breast cancer (family history)` and 乳癌の家族歴あり; "NET, no family history" is the patient's."""
    bracketed = _IN_BRACKETS.fullmatch(said[: match.start]) and _BRACKET.fullmatch(said[match.end :])
    return bool(bracketed or _JAPANESE_CLOSE.fullmatch(said))
