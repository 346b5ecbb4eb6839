"""What rules/ concludes, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from .call import Setting, Trouble
from .case import Case, Order
from .knowledge import Card, Knowledge, Regimen, Row, Rule
from .set_aside import SetAside
from .values import Fact

INDICATORS = ("info", "warning", "critical")
NO_ROW = "none"


class Asked(Protocol):
    """The facts of one question: this patient, this setting and, at the order hooks, one order."""

    case: Case
    setting: Setting
    knowledge: Knowledge
    order: Order | None

    def fact(self, name: str) -> Fact: ...


@dataclass(frozen=True)
class Option:
    """A regimen put before the reader, for this patient here.

    `had`: the last day it was had as told ("" where no day is), None where the record does not hold it. `reserved`: the
    verdicts that would warn of it, had it been ordered. `label_fits`: whether the label of each drug covers this
    patient: within, outside, or "" where that is not clear. `untested`: tests that its own rules would ask for first.
    """

    regimen: Regimen
    had: str | None = None
    reserved: tuple[Verdict, ...] = ()
    label_fits: Mapping[str, str] = field(default_factory=dict)
    untested: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """One row of one rule, for one question. A silent one has no card and says why in `because`.

    `caps` name why the indicator was lowered, `unclear_scope` the facts that did so by being unclear; `offered` are
    the drugs that may be suggested for this patient here; `option` is what a row of a list puts before the reader;
    `straddling` are the numbers that leave a row of a list open.
    """

    rule: Rule
    row: Row | None
    card: Card | None
    asked: Asked = field(repr=False)
    indicator: str = "info"
    caps: tuple[str, ...] = ()
    unclear_scope: tuple[str, ...] = ()
    offered: frozenset[str] = frozenset()
    because: str = ""
    option: Option | None = None
    straddling: frozenset[str] = frozenset()

    @property
    def speaks(self) -> bool:
        return self.card is not None

    @property
    def row_name(self) -> str:
        return self.row.name if self.row else NO_ROW


@dataclass(frozen=True)
class Advice:
    """One card to be: the verdict that leads, and those it also speaks for."""

    lead: Verdict
    also: tuple[Verdict, ...] = ()

    @property
    def all(self) -> tuple[Verdict, ...]:
        return (self.lead, *self.also)


@dataclass(frozen=True)
class Answer:
    """What goes out: cards in order, what was concluded (silence included), what was held back, what went wrong."""

    cards: list[dict[str, object]]
    verdicts: tuple[Verdict, ...] = ()
    withheld: tuple[Advice, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    set_aside: SetAside = field(default_factory=SetAside)
