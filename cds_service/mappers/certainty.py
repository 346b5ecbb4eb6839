"""How sure a Condition is, and whether it still holds: required codes, checked against lists of our own."""

from __future__ import annotations

from enum import StrEnum

from ..domain.call import Json
from .shape import child, children, text

CURRENT = frozenset({"active", "recurrence", "relapse", "remission"})
ACTIVE = frozenset({"active", "recurrence", "relapse"})
RETURNED = frozenset({"recurrence", "relapse"})


class Sure(StrEnum):
    """How far a diagnosis may be relied on."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    UNREADABLE = "unreadable"
    WITHDRAWN = "withdrawn"


def sure_of(condition: Json) -> Sure:
    said = _status_words(condition, "verificationStatus")
    if said & {"refuted", "entered-in-error"}:
        return Sure.WITHDRAWN
    if said & {"provisional", "differential", "unconfirmed"}:
        return Sure.UNCONFIRMED
    return Sure.CONFIRMED if "confirmed" in said or "verificationStatus" not in condition else Sure.UNREADABLE


def is_refuted(condition: Json) -> bool:
    return "refuted" in _status_words(condition, "verificationStatus")


def status_of(condition: Json) -> str:
    """The clinical status; one that is absent counts as active (rules.md 1a)."""
    said = _status_words(condition, "clinicalStatus") & (CURRENT | {"inactive", "resolved"})
    if "clinicalStatus" not in condition:
        return "active"
    return said.pop() if len(said) == 1 else "unreadable"


def _status_words(condition: Json, key: str) -> set[str]:
    concept = child(condition, key)
    said = [text(coding, "code") for coding in children(concept, "coding")] or [text(concept, "text")]
    return {word.strip().casefold() for word in said}
