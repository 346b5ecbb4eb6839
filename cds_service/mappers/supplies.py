"""Every record of a listed drug having been ordered, dispensed, given or reported: what, how, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.call import Json
from .administration import drugs_with_route
from .chart import Chart
from .dates import Span, period_of, used, when
from .drugs import Recognised, names_nothing
from .shape import child, children, forbids, ref_of, text

# What counts as history, by type (rules.md section 8, reading 6 for orders): never a draft, a plan, or a mistake.
COUNTED = {
    "MedicationRequest": frozenset({"active", "on-hold", "stopped", "completed", "unknown"}),
    "MedicationStatement": frozenset({"active", "on-hold", "stopped", "completed", "unknown"}),
    "MedicationAdministration": frozenset({"in-progress", "stopped", "completed"}),
    "MedicationDispense": frozenset({"completed"}),
    "Procedure": frozenset({"in-progress", "stopped", "completed"}),
}
_DAYS = {
    "MedicationRequest": ("authoredOn",),
    "MedicationStatement": ("effectiveDateTime", "effectivePeriod"),
    "MedicationAdministration": ("effectiveDateTime", "effectivePeriod"),
    "MedicationDispense": ("whenHandedOver", "whenPrepared"),
    "Procedure": ("performedDateTime", "performedPeriod"),
}
_NO_ORDER = frozenset({"proposal", "plan", "option"})
PRRT_UNNAMED = "prrt-unnamed"
_GIVEN = frozenset({"MedicationAdministration", "MedicationDispense", "Procedure"})


@dataclass(frozen=True)
class Supply:
    """One record of a listed drug, and the resource itself. `span` is when it was supplied, or the order written;
    `begun` the first day it speaks of; None where not told."""

    recognised: Recognised
    type: str
    status: str
    span: Span | None
    begun: Span | None
    resource: Json
    valid: bool

    @property
    def ref(self) -> str:
        return ref_of(self.resource)

    @property
    def drug(self) -> str:
        return self.recognised.drug.id

    @property
    def given(self) -> bool:
        """True for what reached the patient, or is reported to."""
        return self.type in _GIVEN or self.type == "MedicationStatement"

    @property
    def says_why(self) -> bool:
        """True where the record gives a reason of its own."""
        return bool(children(self.resource, "reasonCode") or children(self.resource, "reasonReference"))

    @property
    def is_dose(self) -> bool:
        """True for a dose given or handed out; an order or a statement is none."""
        return self.type in _GIVEN

    @property
    def active(self) -> bool:
        """True for an order or a statement that is in force."""
        return self.type not in _GIVEN and self.status == "active"


def supplies_of(chart: Chart) -> tuple[list[Supply], bool]:
    """All supplies of listed drugs, and whether some counted record does not say what drug it is of."""
    chart.look_for("drug", "listed")
    found: list[Supply] = []
    nameless = False
    for kind, resource in _counted(chart):
        named = drugs_with_route(resource, chart.terms, chart.find)
        if not named:
            nameless = nameless or _is_nameless(kind, resource, chart)
            continue
        valid = chart.passes(resource) and forbids(resource) is False
        status, span, begun = (
            text(resource, "status"),
            supplied_on(kind, resource, chart),
            _begun(kind, resource, chart),
        )
        found += [Supply(recognised, kind, status, span, begun, resource, valid) for recognised in named]
    return found, nameless


def _is_nameless(kind: str, resource: Json, chart: Chart) -> bool:
    """True for a drug record that does not say which drug, and for a radioligand therapy that does not say which."""
    if kind == "Procedure":
        code = chart.terms.under(resource, "code")
        return PRRT_UNNAMED in (chart.terms.by_code("procedure", code) or chart.terms.by_words("procedure", code))
    return names_nothing(resource, chart.terms, chart.find)


def _counted(chart: Chart) -> Iterable[tuple[str, Json]]:
    drafts = {draft.ref for draft in chart.record.drafts}
    for kind, statuses in COUNTED.items():
        for resource in chart.of(kind):
            if text(resource, "status") in statuses and ref_of(resource) not in drafts and not is_no_order(resource):
                yield kind, resource


def is_no_order(resource: Json) -> bool:
    return text(resource, "intent") in _NO_ORDER or forbids(resource) is True


def supplied_on(kind: str, resource: Json, chart: Chart) -> Span | None:
    """The day a record says the drug was supplied or ordered; None where untold or still to come."""
    if kind == "MedicationStatement":
        return used(_reported(resource, chart), chart.on)
    return used(when(resource, *_DAYS[kind]), chart.on)


def _begun(kind: str, resource: Json, chart: Chart) -> Span | None:
    """The first day a record speaks of: of a period its start."""
    keys = _DAYS[kind]
    start = when(child(resource, keys[-1]), "start") if keys[-1].endswith("Period") else None
    return used(start or when(resource, *keys), chart.on)


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
        yield kind, resource, supplied_on(kind, resource, chart)
