"""Every record of a listed drug having been ordered, dispensed, given or reported: what, how, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.call import Json
from .chart import Chart
from .dates import Span, period_of, used, when
from .drugs import Recognised, drug_of, names_nothing
from .shape import child, forbids, ref_of, text

# What counts as history, by type (rules.md section 8, reading 6 for orders): never a draft, a plan, or a mistake.
_COUNTED = {
    "MedicationRequest": frozenset({"active", "on-hold", "stopped", "completed", "unknown"}),
    "MedicationStatement": frozenset({"active", "on-hold", "stopped", "completed", "unknown"}),
    "MedicationAdministration": frozenset({"in-progress", "stopped", "completed"}),
    "MedicationDispense": frozenset({"completed"}),
    "Procedure": frozenset({"in-progress", "stopped", "completed"}),
}
_NO_ORDER = frozenset({"proposal", "plan", "option"})
_GIVEN = frozenset({"MedicationAdministration", "MedicationDispense", "Procedure"})


@dataclass(frozen=True)
class Supply:
    """One record of a listed drug. `span` is when it was supplied, or the order written; None where not told."""

    recognised: Recognised
    type: str
    status: str
    span: Span | None
    ref: str
    valid: bool

    @property
    def drug(self) -> str:
        return self.recognised.drug.id

    @property
    def given(self) -> bool:
        """True for what reached the patient, or is reported to."""
        return self.type in _GIVEN or self.type == "MedicationStatement"

    @property
    def active(self) -> bool:
        """True for an order or a statement that is in force."""
        return self.type not in _GIVEN and self.status == "active"


def supplies_of(chart: Chart) -> tuple[list[Supply], bool]:
    """All supplies of listed drugs, and whether some counted record does not say what drug it is of."""
    found: list[Supply] = []
    nameless = False
    for kind, resource in _counted(chart):
        recognised = drug_of(resource, chart.terms, chart.find)
        if recognised is None:
            nameless = nameless or (kind != "Procedure" and names_nothing(resource, chart.terms, chart.find))
            continue
        valid = chart.passes(resource) and forbids(resource) is False
        status, span = text(resource, "status"), _when(kind, resource, chart)
        found.append(Supply(recognised, kind, status, span, ref_of(resource), valid))
    return found, nameless


def _counted(chart: Chart) -> Iterable[tuple[str, Json]]:
    drafts = {draft.ref for draft in chart.record.drafts}
    for kind, statuses in _COUNTED.items():
        for resource in chart.of(kind):
            if text(resource, "status") in statuses and ref_of(resource) not in drafts and not _is_no_order(resource):
                yield kind, resource


def _is_no_order(resource: Json) -> bool:
    return text(resource, "intent") in _NO_ORDER or forbids(resource) is True


def _when(kind: str, resource: Json, chart: Chart) -> Span | None:
    if kind == "MedicationStatement":
        return used(_reported(resource, chart), chart.on)
    keys = {
        "MedicationRequest": ("authoredOn",),
        "MedicationDispense": ("whenHandedOver", "whenPrepared"),
        "MedicationAdministration": ("effectiveDateTime", "effectivePeriod"),
        "Procedure": ("performedDateTime", "performedPeriod"),
    }[kind]
    return used(when(resource, *keys), chart.on)


def _reported(statement: Json, chart: Chart) -> Span | None:
    """The last day a statement speaks for: today where its period holds today, else its end, its date or its start."""
    period = child(statement, "effectivePeriod")
    span, asserted = period_of(period), when(statement, "dateAsserted")
    if span and "end" in period and span.first <= chart.on <= span.last:
        return Span(chart.on, chart.on, text(period, "end"), chart.on)
    ended = when(period, "end") or when(statement, "effectiveDateTime") or when(period, "start")
    dates = [one for one in (ended, None if "end" in period else asserted) if one]
    return max(dates, key=lambda one: one.last) if dates else None


def counted(chart: Chart) -> Iterable[tuple[str, Json, Span | None]]:
    """Every record that counts as history, of any drug: its type, the record, and when it was supplied."""
    for kind, resource in _counted(chart):
        yield kind, resource, _when(kind, resource, chart)
