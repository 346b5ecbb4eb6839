"""Every record of a listed drug having been ordered, dispensed, given or reported: what, how, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.call import Json
from .acts import OPEN
from .administration import drugs_with_route
from .chart import Chart
from .dates import Span, used, when
from .drugs import Recognised
from .on_record import records_counted, records_in_doubt
from .reported import goes_on, last_told, tells_only_an_end
from .shape import child, children, forbids, local_ref, ref_of, text
from .told_of_drug import names_nothing
from .unnamed import CHEMOTHERAPY, PRRT, Unnamed, treatment_unnamed

_DAYS = {
    "MedicationRequest": ("authoredOn",),
    "MedicationStatement": ("effectiveDateTime", "effectivePeriod"),
    "MedicationAdministration": ("effectiveDateTime", "effectivePeriod"),
    "MedicationDispense": ("whenHandedOver", "whenPrepared"),
    "Procedure": ("performedDateTime", "performedPeriod"),
}
_GIVEN = frozenset({"MedicationAdministration", "MedicationDispense", "Procedure"})


@dataclass(frozen=True)
class Supply:
    """One record of a listed drug, and the resource itself. `span` is when it was supplied, or the order written;
    `begun` the first day it speaks of, `until` the last; None where not told. A drug reported to be taken without an
    end is taken until now, which is no sign of supply."""

    recognised: Recognised
    type: str
    status: str
    span: Span | None
    begun: Span | None
    until: Span | None
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
    def is_prrt(self) -> bool:
        return self.recognised.drug.group == "prrt"

    @property
    def active(self) -> bool:
        """True for an order or a statement that is in force."""
        return self.type not in _GIVEN and self.status == "active"


@dataclass(frozen=True)
class Supplied:
    """What a chart tells of listed drugs. `untold`: some record may be of one and does not say so.

    `unnamed`: antitumour treatment on record that does not say of which drug.
    """

    supplies: tuple[Supply, ...]
    unnamed: tuple[Unnamed, ...]
    untold: bool


def supplies_of(chart: Chart) -> Supplied:
    """All supplies of listed drugs, and what may be one more."""
    chart.look_for("drug", "listed")
    chart.look_for("procedure", PRRT, CHEMOTHERAPY)
    found: list[Supply] = []
    unnamed: list[Unnamed] = []
    untold = any(drugs_with_route(one, chart.terms, chart.find) for _, one in records_in_doubt(chart))
    for kind, resource in records_counted(chart):
        named = drugs_with_route(resource, chart.terms, chart.find)
        if named:
            found += _supplies(kind, resource, named, chart)
        elif means := treatment_unnamed(kind, resource, chart):
            unnamed.append(Unnamed(means, supplied_on(kind, resource, chart), resource))
        else:
            untold = untold or _is_untold(kind, resource, chart)
    return Supplied(tuple(found), tuple(unnamed), untold)


def _supplies(kind: str, resource: Json, named: Iterable[Recognised], chart: Chart) -> Iterable[Supply]:
    valid = chart.passes(resource) and forbids(resource) is False
    status, span, begun = text(resource, "status"), supplied_on(kind, resource, chart), _begun(kind, resource, chart)
    until = _now(chart) if begun and kind == "MedicationStatement" and goes_on(resource) else span
    return [Supply(recognised, kind, status, span, begun, until, resource, valid) for recognised in named]


def _is_untold(kind: str, resource: Json, chart: Chart) -> bool:
    """True for a drug record that does not say which drug, and for a procedure that may have been a dose of one."""
    if kind == "Procedure":
        return bool(drugs_with_route(resource, chart.terms, chart.find, OPEN))
    return names_nothing(resource, chart.terms, chart.find)


def supplied_on(kind: str, resource: Json, chart: Chart) -> Span | None:
    """The day a record says the drug was supplied or ordered; None where untold or still to come."""
    if kind == "MedicationStatement":
        return used(last_told(resource, chart.on), chart.on)
    return used(when(resource, *_DAYS[kind]), chart.on)


def _begun(kind: str, resource: Json, chart: Chart) -> Span | None:
    """The first day a record speaks of: of a period its start; none for what only renews an order we do not have."""
    keys = _DAYS[kind]
    start = when(child(resource, keys[-1]), "start") if keys[-1].endswith("Period") else None
    if _renews_what_is_not_here(resource, chart) or (kind == "MedicationStatement" and tells_only_an_end(resource)):
        return None
    return used(start or when(resource, *keys), chart.on)


def _renews_what_is_not_here(resource: Json, chart: Chart) -> bool:
    prior = child(resource, "priorPrescription")
    return bool(prior) and len(chart.find(local_ref(prior), resource)) != 1


def _now(chart: Chart) -> Span:
    return Span(chart.on, chart.on, "", chart.on)


def counted(chart: Chart) -> Iterable[tuple[str, Json, Span | None]]:
    """Every record that counts as history, of any drug: its type, the record, and when it was supplied."""
    for kind, resource in records_counted(chart):
        yield kind, resource, supplied_on(kind, resource, chart)
