"""What falls due: the reviews of rules, and the "not approved" entries that expire (knowledge-format rule 11)."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.approvals import EXPIRES_AFTER, span_of
from ..domain.knowledge import Knowledge


def calendar(knowledge: Knowledge) -> list[str]:
    """One line for each date, the earliest first: `2027-01  review due: classify`."""
    return [f"{due}  {what}" for due, what in sorted((*_reviews(knowledge), *_expiries(knowledge)))]


def _reviews(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    return ((rule.review_due, f"review due: {rule.id}") for rule in knowledge.rules if rule.review_due)


def _expiries(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """The last day on which a sourced "not approved" still counts; after it the entry reads unclear."""
    for drug in knowledge.drugs.values():
        for place, entries in drug.approvals.items():
            for entry in entries:
                if not entry.approved and entry.last_check:
                    last = span_of(entry.last_check)[1] + EXPIRES_AFTER
                    yield last.isoformat(), f'"not approved" expires unless checked again: {drug.id}, {place}'
