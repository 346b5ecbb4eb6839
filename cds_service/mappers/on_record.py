"""Which records of drugs and procedures count as history, which never were any, and which leave it open."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.call import Json
from .chart import Chart
from .shape import forbids, ref_of, text

# What counts as history, by type (rules.md section 8, reading 6 for orders): never a draft, a plan, or a mistake.
COUNTED = {
    "MedicationRequest": frozenset({"active", "on-hold", "stopped", "completed", "unknown"}),
    "MedicationStatement": frozenset({"active", "on-hold", "stopped", "completed", "unknown"}),
    "MedicationAdministration": frozenset({"in-progress", "stopped", "completed"}),
    "MedicationDispense": frozenset({"completed"}),
    "Procedure": frozenset({"in-progress", "stopped", "completed"}),
}
# What surely never was a supply. Any other status that is not counted leaves open whether the drug was given.
_NEVER = frozenset(
    {"entered-in-error", "cancelled", "draft", "preparation", "not-done", "not-taken", "intended", "declined"}
)
_NO_ORDER = frozenset({"proposal", "plan", "option"})


def records_counted(chart: Chart) -> Iterable[tuple[str, Json]]:
    """Every record that counts as history, with its type."""
    for kind, resource in _records(chart):
        if text(resource, "status") in COUNTED[kind]:
            yield kind, resource


def records_in_doubt(chart: Chart) -> Iterable[tuple[str, Json]]:
    """Records of a status that tells neither that a drug was supplied nor that it was not."""
    for kind, resource in _records(chart):
        if text(resource, "status") not in COUNTED[kind] | _NEVER:
            yield kind, resource


def is_no_order(resource: Json) -> bool:
    """True for a proposal or a plan, and for an order not to do something."""
    return text(resource, "intent") in _NO_ORDER or forbids(resource) is True


def _records(chart: Chart) -> Iterable[tuple[str, Json]]:
    drafts = {draft.ref for draft in chart.record.drafts}
    for kind in COUNTED:
        for resource in chart.of(kind):
            if ref_of(resource) not in drafts and not is_no_order(resource):
                yield kind, resource
