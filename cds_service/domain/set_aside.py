"""What was on the record and was not used, and why: named by `Type/id`, never by chart text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .call import Trouble


class Aside(StrEnum):
    """Why a resource was not used."""

    ENTERED_IN_ERROR = "entered-in-error"
    REFUTED = "refuted"
    CANCELLED = "cancelled"
    PRELIMINARY = "preliminary"
    NOT_DONE = "not-done"
    NOT_AN_ORDER = "not-an-order"
    UNKNOWN_STATUS = "unknown-status"
    UNKNOWN_MODIFIER = "unknown-modifier"
    FORBIDS = "do-not-perform"
    SOMEBODY_ELSE = "somebody-else"
    FAMILY_HISTORY = "family-history"
    OWNER_UNTOLD = "owner-untold"
    ANOTHER_COPY = "another-copy"
    INVALID = "invalid"
    CONTAINED = "contained"
    SUPERSEDED = "superseded"
    UNDATED = "undated"
    TO_COME = "to-come"
    TOO_OLD = "too-old"
    ANOTHER_TUMOUR = "another-tumour"
    NOT_LINKED = "not-linked"
    NOT_CONFIRMED = "not-confirmed"
    OVER = "over"
    BENIGN = "benign"
    LOOK_ALIKE = "look-alike"
    TOO_MANY = "too-many"


@dataclass(frozen=True)
class SetAside:
    """`named`: what a fact that was asked for would have used; `others`: what none would have; `counts`: all that was
    set aside, by reason."""

    named: tuple[Trouble, ...] = ()
    others: tuple[Trouble, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
