from __future__ import annotations

from datetime import date

import pytest

from cds_service.domain.approvals import Force, force
from cds_service.domain.knowledge import Approval

APPROVED_IN_AUGUST = Approval(approved=True, since="2012-08")
NOT_APPROVED = Approval(approved=False, since="2021-05", last_check="2026-11-22")
NOT_APPROVED_UNTIL = Approval(approved=False, since="", until="2021-06-23")


@pytest.mark.parametrize(
    ("entry", "on", "expected"),
    [
        (APPROVED_IN_AUGUST, date(2012, 7, 31), Force.NO),
        (APPROVED_IN_AUGUST, date(2012, 8, 1), Force.MAYBE),
        (APPROVED_IN_AUGUST, date(2012, 8, 31), Force.MAYBE),
        (APPROVED_IN_AUGUST, date(2012, 9, 1), Force.YES),
        (Approval(approved=True, since="2011-05-20"), date(2011, 5, 19), Force.NO),
        (Approval(approved=True, since="2011-05-20"), date(2011, 5, 20), Force.YES),
        (Approval(approved=True, since="2021"), date(2021, 12, 31), Force.MAYBE),
        (Approval(approved=True, since="2021-12"), date(2022, 1, 1), Force.YES),
        (NOT_APPROVED, date(2021, 4, 30), Force.NO),
        (NOT_APPROVED, date(2026, 11, 23), Force.YES),
        (NOT_APPROVED, date(2027, 11, 22), Force.YES),
        (NOT_APPROVED, date(2027, 11, 23), Force.NO),
        (NOT_APPROVED_UNTIL, date(2000, 1, 1), Force.YES),
        (NOT_APPROVED_UNTIL, date(2021, 6, 22), Force.YES),
        (NOT_APPROVED_UNTIL, date(2021, 6, 23), Force.NO),
    ],
)
def test_an_entry_is_in_force_only_as_exactly_as_its_source_says(entry: Approval, on: date, expected: Force) -> None:
    assert force(entry, on) is expected
