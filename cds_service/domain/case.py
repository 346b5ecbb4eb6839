"""A patient as this service understands one: facts, orders, and what is being taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass

from .facts import READINGS, RECORD
from .set_aside import SetAside
from .values import Fact, Known, Unclear, Why

IN_PLAN, STALE, PAST = "in-plan", "stale", "past"  # the states of a Medication
THIS_TUMOUR, ANOTHER_DISEASE = "this-tumour", "another-disease"  # what an order or a drug on record is for
Reading = Fact | Callable[[], Fact]


@dataclass(frozen=True)
class Order:
    """A draft order. `drug` is an id of knowledge/drugs, or None where no listed drug was recognised.

    `ref` is `Type/id` of the draft, or its fullUrl where it has no id. `reason` and `kind` are the facts
    order_reason and order_kind. `route`: intra-arterial where the route or form says so, else empty; `planned`: the
    day the order is for (ISO), where it names one; `several`: the drugs of a draft that names more than one.
    """

    ref: str
    drug: str | None
    reason: Fact = Unclear()
    kind: Fact = Unclear()
    name_is_exact: bool = True
    formulation_is_known: bool = True
    palliative: bool = False
    in_trial: bool = False
    route: str = ""
    planned: str | None = None
    several: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Medication:
    """A drug on the record that is not a draft: in-plan (active, supplied within its window), stale (active, no sign of
    supply within it) or past (had earlier).

    `begun` and `date` are the first and last day it was supplied or ordered, as told (ISO, partial allowed);
    `last_dose` is the last day a dose was given or handed out. `perioperative`: given only before or around a
    resection. `reason` and `route` as of an Order. A drug is listed once for each route. `earlier_course`: whether some
    of it belongs to a course that was over when the last one began; None where that cannot be told.
    """

    drug: str
    state: str
    source: str
    date: str | None = None
    begun: str | None = None
    route: str = ""
    perioperative: bool = False
    reason: Fact = Known(THIS_TUMOUR)
    last_dose: str | None = None
    earlier_course: bool | None = False


class Case:
    """Facts of one patient, each known or unclear, computed when first asked.

    A fact nobody reads yet answers `not-read-yet`, which is never "no". `history` is Known("read") when every
    medication and procedure search was answered in full, else Unclear with the reason. `allergies` are the drugs an
    allergy or intolerance is recorded to; `allergies_read` is Known("read") when that search was answered in full.
    `set_aside` tells what the facts asked for so far did not use, and why. `partly_read` are the types of resource of
    which only a part was received.
    """

    def __init__(
        self,
        facts: Mapping[str, Reading] | None = None,
        *,
        patient_id: str = "",
        deceased: bool = False,
        uninformed: bool = False,
        orders: tuple[Order, ...] = (),
        medications: tuple[Medication, ...] = (),
        history: Fact = Unclear(),
        allergies: frozenset[str] = frozenset(),
        allergies_read: Fact = Unclear(),
        otherwise: Why = Why.NOT_READ_YET,
        set_aside: Callable[[], SetAside] = SetAside,
        partly_read: frozenset[str] = frozenset(),
    ) -> None:
        given = dict(facts or {})
        if unknown := set(given) - set(RECORD) - set(READINGS):
            raise ValueError(f"not a fact of the record: {', '.join(sorted(unknown))}")
        self._facts: dict[str, Reading] = given
        self._otherwise = otherwise
        self.patient_id = patient_id
        self.deceased = deceased
        self.uninformed = uninformed
        self.orders = orders
        self.medications = medications
        self.history = history
        self.allergies = allergies
        self.allergies_read = allergies_read
        self.set_aside = set_aside
        self.partly_read = partly_read

    def with_orders(self, orders: tuple[Order, ...]) -> Case:
        """The same patient with other draft orders; what was worked out already is shared."""
        other = copy(self)
        other.orders = orders
        return other

    def fact(self, name: str) -> Fact:
        """The fact of this name; KeyError for a name that is neither a fact of the record nor a reading."""
        if name not in self._facts:
            if name not in RECORD and name not in READINGS:
                raise KeyError(name)
            return Unclear(self._otherwise)
        found = self._facts[name]
        if callable(found):
            found = self._facts[name] = found()
        return found

    def order(self, ref: str) -> Order | None:
        """The draft order of this reference, if it is one of this call."""
        return next((order for order in self.orders if order.ref == ref), None)
