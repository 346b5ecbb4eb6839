"""Exact words in free text: listed phrases only, the longest first, none that the text denies or doubts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_LATIN = re.compile(r"[a-z0-9]")
_KATAKANA = re.compile(r"[ァ-ヶー]")
_DASHES = re.compile(r"[‐-―−]")
_GAP = re.compile(r"\s+")
_UNIT_GAP = re.compile(r"(?<=\d) (?=(?:mg|mcg|µg|μg|g|ml|mci|gbq|%)\b)")
_CLAUSE = r"[^,.;:、。]*"
_DENIED_BEFORE = re.compile(
    r"\b(?:no|not|without|negative for|rule out|r/o|excluded?|suspected|suspicion of|possible|probable|query|"
    rf"screening for|risk of)\b{_CLAUSE}$|(?:family history|家族歴)[^,.;、。]*$"
)
_DENIED_AFTER = re.compile(
    r"(?:\([^)]*\))? ?(?:の|は|を)? ?(?:疑|否定|除外|なし|ではない)"
    rf"|{_CLAUSE}\b(?:ruled out|excluded|not confirmed|unlikely|suspected)\b"
)


@dataclass(frozen=True)
class Match:
    """One listed phrase found in a normalised text: what it means, and where it stands."""

    means: str
    start: int
    end: int
    denied: bool


def normal(text: str) -> str:
    """Text for comparing: full-width made half-width, one case, one kind of dash, single spaces, `5mg` for `5 mg`."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text).casefold())
    return _UNIT_GAP.sub("", _GAP.sub(" ", plain)).strip()


def matches(text: str, phrases: Iterable[tuple[str, str]]) -> list[Match]:
    """Phrases of a (phrase, meaning) list in a normalised text, longest first; what a longer one took is taken."""
    found: list[Match] = []
    taken = [False] * len(text)
    for phrase, means in phrases:
        for hit in _pattern(phrase).finditer(text) if phrase and phrase in text else ():
            if not any(taken[hit.start() : hit.end()]):
                taken[hit.start() : hit.end()] = [True] * (hit.end() - hit.start())
                found.append(Match(means, hit.start(), hit.end(), _denied(text, hit.start(), hit.end())))
    return sorted(found, key=lambda match: match.start)


def meanings(text: str, phrases: Iterable[tuple[str, str]]) -> list[str]:
    """What a normalised text says, in its order, each meaning once; what it denies or doubts is left out."""
    return list(dict.fromkeys(match.means for match in matches(text, phrases) if not match.denied))


def without(text: str, found: Iterable[Match]) -> str:
    """A normalised text with the found phrases blanked out."""
    for match in found:
        text = text[: match.start] + " " * (match.end - match.start) + text[match.end :]
    return text


def names(text: str, phrase: str) -> bool:
    """True when a phrase stands in a normalised text and is not denied there."""
    return bool(meanings(text, [(normal(phrase), "named")]))


def _denied(text: str, start: int, end: int) -> bool:
    return bool(_DENIED_BEFORE.search(text[:start]) or _DENIED_AFTER.match(text[end:]))


@lru_cache(maxsize=8192)
def _pattern(phrase: str) -> re.Pattern[str]:
    """A phrase as a pattern: it must stand alone in its script, and a number is no part of a longer one."""
    before = r"(?<![a-z0-9])(?<!\d[.,])" if _LATIN.match(phrase[0]) else _alone_in_katakana(phrase)
    after = r"(?![a-z0-9])" if _LATIN.match(phrase[-1]) else ""
    return re.compile(before + re.escape(phrase) + after)


def _alone_in_katakana(phrase: str) -> str:
    return r"(?<![ァ-ヶー])" if _KATAKANA.match(phrase[0]) else ""
