"""The grammar of what a card sentence may leave open: `{fact}`, `{study.figure}`, `{fact|or-unclear}`."""

from __future__ import annotations

import re
from dataclasses import dataclass

OR_UNCLEAR = "|or-unclear"

_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]*"
_BRACES = re.compile(r"\{([^{}]*)\}")
_INSIDE = re.compile(rf"(?P<subject>{_NAME})(?:\.(?P<part>{_NAME}))?(?P<or_unclear>\|or-unclear)?")


@dataclass(frozen=True)
class Placeholder:
    """One thing to fill in. `or_unclear`: where the fact is unclear, the word "unclear" stands in its place."""

    subject: str
    part: str = ""
    or_unclear: bool = False

    def __str__(self) -> str:
        part = f".{self.part}" if self.part else ""
        return f"{{{self.subject}{part}{OR_UNCLEAR if self.or_unclear else ''}}}"


def parse(text: str) -> tuple[str | Placeholder, ...]:
    """The sentence as plain pieces and placeholders, in order; ValueError for a brace that is neither."""
    pieces: list[str | Placeholder] = []
    end = 0
    for braces in _BRACES.finditer(text):
        pieces += [_plain(text[end : braces.start()]), _placeholder(braces[1])]
        end = braces.end()
    pieces.append(_plain(text[end:]))
    return tuple(piece for piece in pieces if piece != "")


def placeholders(text: str) -> tuple[Placeholder, ...]:
    """Only the placeholders of a sentence, in order."""
    return tuple(piece for piece in parse(text) if isinstance(piece, Placeholder))


def _placeholder(inside: str) -> Placeholder:
    found = _INSIDE.fullmatch(inside)
    if found is None or (found["part"] and found["or_unclear"]):
        raise ValueError(f"not a placeholder: {{{inside}}}")
    return Placeholder(found["subject"], found["part"] or "", bool(found["or_unclear"]))


def _plain(piece: str) -> str:
    if "{" in piece or "}" in piece:
        raise ValueError(f"a brace that closes or opens nothing: {piece.strip()!r}")
    return piece
