"""The facts of one question: the patient, the setting and, at the order hooks, one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..domain.call import Setting
from ..domain.case import Case, Order
from ..domain.knowledge import Knowledge
from ..domain.values import Fact
from .facts import COMPUTED_FACTS


class Findings:
    """Answers every fact of the closed list, each computed once. `given` settles facts by decree, for cases."""

    def __init__(
        self,
        case: Case,
        setting: Setting,
        knowledge: Knowledge,
        order: Order | None = None,
        given: Mapping[str, Fact] | None = None,
    ) -> None:
        self.case = case
        self.setting = setting
        self.knowledge = knowledge
        self.order = order
        self.given = dict(given or {})
        self._facts: dict[str, Fact] = dict(self.given)

    def fact(self, name: str) -> Fact:
        """The fact of this name; KeyError for a name outside domain.facts."""
        if name not in self._facts:
            compute = COMPUTED_FACTS.get(name)
            self._facts[name] = compute(self) if compute else self.case.fact(name)
        return self._facts[name]


def findings(case: Case, orders_asked: Sequence[str], setting: Setting, knowledge: Knowledge) -> tuple[Findings, ...]:
    """One set of facts per order asked about; exactly one, without an order, where none is (patient-view)."""
    orders = [order for ref in orders_asked if (order := case.order(ref))]
    if not orders_asked:
        return (Findings(case, setting, knowledge),)
    return tuple(Findings(case, setting, knowledge, order) for order in orders)
