"""Whether an antitumour treatment was begun since a finding: a drug, an operation, or a local treatment."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.case import ANOTHER_DISEASE
from ..domain.values import Known
from .dates import Span
from .history import History
from .order_reason import order_reason
from .settle import Reading
from .supplies import Supply

_NOT_ANTITUMOUR = "ssa-short"


def treatment_begun(since: Iterable[Reading], history: History) -> bool | None:
    """True where something was begun on that day or later; None where it cannot be told."""
    spans = [one.span for one in since if one.span]
    day = max(spans, key=lambda span: span.last)
    sure, doubtful = _starts(history)
    if any(start.first >= day.last for start in sure):
        return True
    if None in doubtful or any(start and start.last >= day.first for start in (*sure, *doubtful)):
        return None
    return False if isinstance(history.was_read, Known) else None


def _starts(history: History) -> tuple[list[Span], list[Span | None]]:
    """The first day of each drug and treatment; and days that may be a start, or that are not told."""
    sure: list[Span] = []
    doubtful: list[Span | None] = []
    of_the_tumour = [one for one in history.supplies if not _is_for_another_disease(one, history)]
    for drug in {one.drug for one in of_the_tumour}:
        supplies = [one for one in of_the_tumour if one.drug == drug]
        if supplies[0].recognised.drug.group == _NOT_ANTITUMOUR:
            continue
        begun = sorted((one.begun for one in supplies if one.begun), key=lambda span: span.first)
        sure += begun[:1]
        doubtful += [*_restarts(supplies, history), *([None] if len(begun) < len(supplies) else [])]
    for operation in history.operations:
        if operation.may_be_of_nen:
            if operation.span and isinstance(operation.reason, Known):
                sure.append(operation.span)
            else:
                doubtful.append(operation.span)
    return sure, doubtful


def _is_for_another_disease(supply: Supply, history: History) -> bool:
    """True where the record itself says so: everolimus after a transplant is no treatment of the tumour."""
    reason = order_reason(supply.recognised.drug, supply.resource, history.tumour) if supply.says_why else None
    return isinstance(reason, Known) and reason.value == ANOTHER_DISEASE


def _restarts(supplies: list[Supply], history: History) -> list[Span]:
    """Where records of a drug begin again after a gap: it may have gone on all the time."""
    window = "continuation-prrt" if supplies[0].recognised.drug.group == "prrt" else "continuation"
    gap = history.chart.window(window) or 0
    dated = sorted(((one.begun, one.span or one.begun) for one in supplies if one.begun), key=lambda two: two[0].first)
    found: list[Span] = []
    until: Span | None = None
    for begun, last in dated:
        if until and (begun.first - until.last).days > gap:
            found.append(begun)
        until = last if until is None or last.last > until.last else until
    return found
