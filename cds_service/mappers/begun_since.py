"""Whether an antitumour treatment was begun since a finding: a drug, an operation, or a local treatment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date

from ..domain.case import ANOTHER_DISEASE
from ..domain.values import Known
from .courses import first_day, gaps
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
        if first := first_day(supplies):
            sure.append(first)
        else:  # the days that are told may not be the first
            doubtful += [one.begun or _until(one.span) for one in supplies]
        doubtful += [gap.begun for gap in gaps(supplies, history) if gap.sure]
    for operation in history.operations:
        if operation.of_nen and operation.span:
            sure.append(operation.span)
        elif operation.of_nen is not False:
            doubtful.append(operation.span)
    doubtful += [one.span for one in history.unnamed]
    return sure, doubtful


def _until(last: Span | None) -> Span | None:
    """Any day up to this one, where only the last is told."""
    return Span(Date.min, last.last, "", Date.min) if last else None


def _is_for_another_disease(supply: Supply, history: History) -> bool:
    """True where the record itself says so: everolimus after a transplant is no treatment of the tumour."""
    reason = order_reason(supply.recognised.drug, supply.resource, history.tumour) if supply.says_why else None
    return isinstance(reason, Known) and reason.value == ANOTHER_DISEASE
