"""What falls due, the earliest first."""

from __future__ import annotations

from cds_service.authoring.calendar import calendar
from cds_service.domain.knowledge import Knowledge


def test_every_rule_has_its_day_and_every_refusal_its_end(knowledge: Knowledge) -> None:
    lines = calendar(knowledge)
    assert lines == sorted(lines)
    assert sum("review due" in line for line in lines) == len(knowledge.rules)
    # Looked up on 2026-11-22, a sourced "not approved" counts for 365 days after it (rules.md section 7).
    assert '2027-11-22  "not approved" expires unless checked again: temozolomide, JP' in lines
