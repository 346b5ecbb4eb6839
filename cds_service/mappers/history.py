"""What was given and done before, whether it was read, and whether an order goes on with what was begun."""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta
from functools import cached_property

from ..domain.call import Json
from ..domain.case import ANOTHER_DISEASE
from ..domain.knowledge import Drug
from ..domain.values import Fact, Known, Unclear, Why, word
from .chart import Chart
from .dates import Span, days_before
from .drugs import drug_of
from .operations import Operation, operations_of
from .order_reason import order_reason
from .settle import day
from .shape import child, local_ref
from .supplies import Supplied, Supply, supplies_of
from .tumour import Tumour
from .unnamed import CHEMOTHERAPY, PRRT, Unnamed

_READ_FOR_HISTORY = ("MedicationRequest", "MedicationStatement", "MedicationAdministration", "Procedure")
_WINDOWS = {PRRT: "one-prrt-dose", CHEMOTHERAPY: "one-regimen"}  # how near a record tells of which drug it was
_CHEMOTHERAPY = frozenset({"cytotoxic", "platinum"})


class History:
    """The treatment of one patient as the chart tells it."""

    def __init__(self, tumour: Tumour) -> None:
        self.tumour = tumour
        self.chart = tumour.chart

    @cached_property
    def _read(self) -> Supplied:
        return supplies_of(self.chart)

    @property
    def supplies(self) -> list[Supply]:
        """Records of listed drugs that are valid."""
        return [supply for supply in self._read.supplies if supply.valid]

    @cached_property
    def operations(self) -> list[Operation]:
        """Operations and local treatments done, whatever they were for."""
        return operations_of(self.tumour)

    @cached_property
    def was_read(self) -> Fact:
        """read, when each search was answered in full and every answer tells which drug it is of."""
        if isinstance(self.was_told, Known) and any(not self._is_told(one) for one in self._read.unnamed):
            return Unclear(Why.NOT_UNDERSTOOD)
        return self.was_told

    @cached_property
    def was_told(self) -> Fact:
        """The same but for antitumour treatment that does not say of which drug: no anticoagulant hides in "PRRT"."""
        found = self._read  # before it is asked what was left unchecked
        for kind in _READ_FOR_HISTORY:
            if not self.chart.had(kind):
                return self.chart.missing(kind)
        if self.chart.missing("MedicationDispense").why is Why.INCOMPLETE:  # a server need not hold any
            return Unclear(Why.INCOMPLETE)
        if found.untold or not all(supply.valid for supply in found.supplies):
            return Unclear(Why.NOT_UNDERSTOOD)
        return Known("read")

    @cached_property
    def unnamed(self) -> list[Unnamed]:
        """Treatment of no told drug that may be another than records name, and is for no other disease."""
        return [one for one in self._read.unnamed if not self._is_named(one) and not self._is_of_another_disease(one)]

    def _is_told(self, one: Unnamed) -> bool:
        """True where a record near it names the drug, or it was for another disease."""
        near = [each for each in self.supplies if one.means != PRRT or (each.is_dose and each.is_prrt)]
        return self._is_near(one, near, _WINDOWS[one.means]) or self._is_of_another_disease(one)

    def _is_named(self, one: Unnamed) -> bool:
        """True for a dose of PRRT beside a named one, and for chemotherapy of a day whose drug is told.

        Some days later chemotherapy may be of another drug, begun since.
        """
        if one.means == PRRT:
            return self._is_told(one)
        return self._is_near(one, [each for each in self.supplies if each.recognised.drug.group in _CHEMOTHERAPY])

    def _is_near(self, one: Unnamed, supplies: list[Supply], window: str = "") -> bool:
        """True where one of these is of its day, or within a window of it."""
        reach = timedelta(days=(self.chart.window(window) or 0) if window else 0)
        spans = [span for each in supplies for span in (each.begun, each.span) if span]
        return one.span is not None and any(_are_near(one.span, span, reach) for span in spans)

    def _is_of_another_disease(self, one: Unnamed) -> bool:
        return word(order_reason(None, one.resource, self.tumour)) == ANOTHER_DISEASE


def _are_near(one: Span, other: Span, reach: timedelta) -> bool:
    return one.first - other.last <= reach and other.first - one.last <= reach


def order_kind(drug: Drug, order: Json, history: History) -> Fact:
    """continuation of what was begun, else new; unclear where the history was not read or cannot be dated."""
    chart = history.chart
    if prior := _prior(drug, order, chart):
        return Known("continuation", prior)
    name = "continuation-prrt" if drug.group == "prrt" else "continuation"
    window, lead = chart.window(name), chart.window("ordered-before")
    if window is None or lead is None:
        return Unclear(Why.UNAVAILABLE)
    systemic = [one for one in history.supplies if not one.recognised.route]
    same = [one for one in systemic if one.recognised.drug.is_same_course(drug)]
    first, yesterday, earlier = (days_before(chart.on, days) for days in (window, 1, lead))
    not_told = False
    for supply in same:
        meets = _meets(supply, first, yesterday if supply.given else earlier)
        if meets:
            return Known("continuation", supply.ref or None, day(supply.span))
        not_told = not_told or meets is None
    if not_told:
        return Unclear(Why.UNDATED)
    return Known("new") if isinstance(history.was_read, Known) else history.was_read


def _meets(supply: Supply, first: Date, last: Date) -> bool | None:
    """Whether the days from begin to end of a supply reach into these; None where that cannot be told."""
    begun, until = supply.begun or supply.span, supply.until
    if begun is None or until is None:
        return None
    if begun.last <= last and until.first >= first:
        return True
    return None if begun.first <= last and until.last >= first else False


def _prior(drug: Drug, order: Json, chart: Chart) -> str:
    """The prescription this order renews; one that names another drug is what it replaces."""
    prior = child(order, "priorPrescription")
    ref = local_ref(prior)
    named = chart.find(ref, order)
    earlier = drug_of(named[0], chart.terms, chart.find) if len(named) == 1 else None
    if len(named) == 1 and not (earlier and earlier.drug.is_same_course(drug)):
        return ""
    return ref or ("priorPrescription" if prior else "")
