"""A process that writes feedback and says so on standard output after each commit. Started by the tests beside it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from cds_service.errors import ServiceUnavailable
from cds_service.ledger.store import FeedbackEntry, Ledger

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def write(url: str, name: str, count: int) -> None:
    """Store `count` pieces of feedback on cards called name-0, name-1 and so on, each in its own commit."""
    ledger = Ledger(url)
    for number in range(count):
        card = f"{name}-{number}"
        while not _stored(ledger, card):
            pass
        sys.stdout.write(card + "\n")
        sys.stdout.flush()


def _stored(ledger: Ledger, card: str) -> bool:
    try:
        ledger.record_feedback("nen-order-sign", [FeedbackEntry(card, "overridden", NOON)], NOON)
    except ServiceUnavailable:  # another process holds the lock: a client would try again too
        return False
    return True


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2], int(sys.argv[3]))
