"""What a fact can be: known, with its source, or unclear, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date
from enum import StrEnum

from .interval import Interval


class Why(StrEnum):
    """Why a fact is unclear. The words a reader sees stand in knowledge/manifest.yaml under these names."""

    NOT_RECORDED = "not-recorded"
    CONFLICTING = "conflicting"
    NOT_UNDERSTOOD = "not-understood"
    AMBIGUOUS = "ambiguous"
    STRADDLES = "straddles"
    POSSIBLE_FRACTION = "possible-fraction"
    NOT_READ_YET = "not-read-yet"
    UNAVAILABLE = "unavailable"
    INCOMPLETE = "incomplete"
    TOO_OLD = "too-old"
    UNDATED = "undated"
    NOT_LINKED = "not-linked"
    NOT_CONFIRMED = "not-confirmed"
    NOT_GRADED = "not-graded"
    NO_ENTRY = "no-entry"
    WORDING_OPEN = "wording-open"
    IHC_ONLY = "ihc-only"


@dataclass(frozen=True)
class Specimen:
    """What a finding was made in, in our words: biopsy, resection or cytology, and the organ; empty where not told."""

    kind: str = ""
    organ: str = ""


@dataclass(frozen=True)
class Known:
    """A usable value: a word of ours or an interval, where it stands in the record, and its date there.

    `specimen` says what it was found in, where that is told; `beside` holds other readings that it stands above: an
    older or lower one that did not contradict it.
    """

    value: str | Interval | Date
    source: str | None = None
    date: str | None = None
    specimen: Specimen | None = field(default=None, compare=False)
    beside: tuple[Known, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Unclear:
    """No usable value. Never to be read as "no" or as zero. `seen` holds what was found and could not settle it;
    `unread` where something stands that could not be read, as `Type/id`."""

    why: Why = Why.NOT_RECORDED
    seen: tuple[Known, ...] = ()
    unread: tuple[str, ...] = field(default=(), compare=False)


Fact = Known | Unclear


def word(fact: Fact) -> str | None:
    """The word of a known fact, else None; for reading, never for deciding that something is absent."""
    return fact.value if isinstance(fact, Known) and isinstance(fact.value, str) else None


def interval(fact: Fact) -> Interval | None:
    """The interval of a known number, else None."""
    return fact.value if isinstance(fact, Known) and isinstance(fact.value, Interval) else None
