"""Exact words in free text: listed phrases only, the longest first, none that the text denies or doubts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from .denial import Said, is_in_a_row, said_after, said_before

_LATIN = re.compile(r"[a-z0-9]")
_KATAKANA = re.compile(r"[ァ-ヶー]")
_DASHES = re.compile(r"[‐-―−]")
_WAVE = "\u301c"  # one of two signs for "from, to", of which only the other is made half-width
_UNIT_GAP = re.compile(r"(?<=\d) (?=(?:mg|mcg|µg|μg|g|ml|mci|gbq|%)\b)")
_START = 3  # characters a phrase is looked up by
_LONGEST = 2000  # a longer text is not read: its words would be taken out of what it says
NO_DIAGNOSIS = "no-diagnosis"  # a phrase that holds the name of a disease and diagnoses none: it only takes its place


@dataclass(frozen=True)
class Match:
    """One listed phrase found in a normalised text: what it means, and where it stands."""

    means: str
    start: int
    end: int
    said: Said = Said.STATED

    @property
    def denied(self) -> bool:
        """True where the text denies or only suspects it."""
        return self.said is not Said.STATED


def normal(text: str) -> str:
    """Text for comparing: full-width made half-width, one case, one kind of dash, single spaces, `5mg` for `5 mg`."""
    plain = text.lower() if text.isascii() else _DASHES.sub("-", unicodedata.normalize("NFKC", text).casefold())
    return _UNIT_GAP.sub("", " ".join(plain.replace(_WAVE, "~").split()))


class Phrases:
    """Listed phrases with their meanings, ready to be looked for in many texts."""

    def __init__(self, listed: Iterable[tuple[str, str]] = ()) -> None:
        plain = {(normal(phrase), means) for phrase, means in listed}
        self.longest_first = sorted((one for one in plain if one[0]), key=lambda one: (-len(one[0]), one))
        self._by_start: dict[str, list[int]] = {}
        for rank, (phrase, _) in enumerate(self.longest_first):
            self._by_start.setdefault(phrase[:_START], []).append(rank)
        self._lengths = sorted({len(start) for start in self._by_start})

    def possible_in(self, text: str) -> list[tuple[str, str]]:
        """The phrases whose beginning stands somewhere in the text, longest first."""
        starts = {text[at : at + length] for length in self._lengths for at in range(len(text))}
        ranks = [rank for start in starts & self._by_start.keys() for rank in self._by_start[start]]
        return [self.longest_first[rank] for rank in sorted(ranks)]


def is_too_long(text: str) -> bool:
    """True for a text that is not read for words at all; what it says is then not understood."""
    return len(text) > _LONGEST


def matches(text: str, phrases: Phrases) -> list[Match]:
    """Phrases in a normalised text, longest first; what a longer one took is taken."""
    possible = [] if is_too_long(text) else phrases.possible_in(text)
    found: list[Match] = []
    taken = [False] * len(text) if possible else []
    for phrase, means in possible:
        for hit in _pattern(phrase).finditer(text):
            if not any(taken[hit.start() : hit.end()]):
                taken[hit.start() : hit.end()] = [True] * (hit.end() - hit.start())
                found.append(Match(means, hit.start(), hit.end(), said_before(text, hit.start())))
    in_order = sorted(found, key=lambda match: match.start)
    return [match for match in _with_what_follows(text, in_order) if match.means != NO_DIAGNOSIS]


def _with_what_follows(text: str, found: list[Match]) -> list[Match]:
    """The matches with what is said after them, which of several in a row is said of all."""
    told: list[Match] = []
    for match in reversed(found):
        after = said_after(text, match.end)
        if told and after is Said.STATED and is_in_a_row(text[match.end : told[-1].start]):
            after = said_after(text, told[-1].end) if told[-1].denied else after
        told.append(match if match.denied or after is Said.STATED else replace(match, said=after))
    return told[::-1]


def meanings(text: str, phrases: Phrases) -> list[str]:
    """What a normalised text says, in its order, each meaning once; what it denies or doubts is left out."""
    return list(dict.fromkeys(match.means for match in matches(text, phrases) if not match.denied))


def without(text: str, found: Iterable[Match]) -> str:
    """A normalised text with the found phrases blanked out."""
    for match in found:
        text = text[: match.start] + " " * (match.end - match.start) + text[match.end :]
    return text


@lru_cache(maxsize=8192)
def _pattern(phrase: str) -> re.Pattern[str]:
    """A phrase as a pattern: it stands alone in its script, is not negated by a prefix, and cuts no number in two."""
    if _LATIN.match(phrase[0]):
        before = r"(?<![a-z0-9])(?<!\d[.,])(?<!\bnon[- ])"
    else:
        before = r"(?<!非)(?<![ァ-ヶー])" if _KATAKANA.match(phrase[0]) else "(?<!非)"
    after = r"(?![a-z0-9])" if _LATIN.match(phrase[-1]) else ""
    return re.compile(before + re.escape(phrase) + after)
