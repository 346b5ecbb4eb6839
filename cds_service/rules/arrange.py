"""From verdicts to cards to be: merge what says the same, most severe first, no more than a reader takes in."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from ..domain.advice import INDICATORS, Advice, Verdict
from ..domain.knowledge import Card

MOST = {"patient-view": 3}  # design.md section 5
MOST_AT_ORDER = 4


def arrange(hook: str, verdicts: Sequence[Verdict]) -> tuple[tuple[Advice, ...], tuple[Advice, ...]]:
    """The advice to show, most severe first, and the advice held back by the cap."""
    groups: dict[Hashable, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.card is not None:
            groups.setdefault(_together(verdict, verdict.card), []).append(verdict)
    advice = sorted((_advice(group) for group in groups.values()), key=_severity)
    most = MOST.get(hook, MOST_AT_ORDER)
    return tuple(advice[:most]), tuple(advice[most:])


def _together(verdict: Verdict, card: Card) -> Hashable:
    """What shares a card: rules shown together, questions about one fact, the rows of a list, the drafts in one row."""
    if verdict.rule.together:
        return ("together", verdict.rule.together)
    if card.verdict == "ask" and verdict.rule.type != "list":
        return ("ask", card.asks)
    return (verdict.rule.id,) if verdict.rule.type == "list" else (verdict.rule.id, verdict.row_name)


def _advice(group: list[Verdict]) -> Advice:
    lead, *also = sorted(group, key=lambda verdict: -INDICATORS.index(verdict.indicator))
    return Advice(lead, tuple(also))


def _severity(advice: Advice) -> int:
    return -INDICATORS.index(advice.lead.indicator)
