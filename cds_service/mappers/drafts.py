"""Draft orders that are none: withdrawn, done with, of no known status, forbidding, or modified."""

from __future__ import annotations

from ..domain.call import Json
from ..domain.set_aside import Aside
from .shape import forbids, modified, text

# A draft may have another status than draft, or none (CDS Hooks: "mixtures possible"); one that is none is not known.
_STANDS = frozenset({"", "draft", "active", "on-hold", "unknown"})
_NO_LONGER = {
    "entered-in-error": Aside.ENTERED_IN_ERROR,
    "cancelled": Aside.CANCELLED,
    "revoked": Aside.CANCELLED,
    "stopped": Aside.OVER,
    "completed": Aside.OVER,
}


def why_no_order(draft: Json) -> Aside | None:
    """Why a draft orders nothing; None where it does."""
    status = text(draft, "status")
    if status not in _STANDS or not isinstance(draft.get("status", ""), str):
        return _NO_LONGER.get(status, Aside.UNKNOWN_STATUS)
    if (forbidden := forbids(draft)) is not False:
        return Aside.FORBIDS if forbidden else Aside.INVALID
    return Aside.UNKNOWN_MODIFIER if modified(draft) else None
