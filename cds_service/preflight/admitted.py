"""What a fact can be where a row speaks: the row's cell and the rule's scope together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date

from ..domain.call import Setting
from ..domain.case import Case, Order
from ..domain.knowledge import Cell, Knowledge, Row, Rule
from ..domain.values import Fact, Known, Unclear, word
from ..rules.findings import Findings

ANY = Cell(any=True)

# Settled by the ordered drug alone, so what they can be is asked of every drug in the rule's scope.
OF_THE_DRUG = ("ordered_drug", "drug_class", "platinum_agent", "tki", "dll3_drug")

# Never unclear by rules.md section 1, once the service reads them; until then they are.
NEVER_UNCLEAR = (
    *("jurisdiction", "on", "treatment_setting", "order_class", "ici_regimen", "fluoropyrimidine_block"),
    *("platinum_unfit", "decision_due"),
)

# A reading that is known wherever this fact is.
KNOWN_WITH = {"recorded_grade": "grade_agreement"}

# What the gates of rules/consult.py leave of a fact.
BY_THE_GATES = {"diagnosis": Cell(words=frozenset({"nen"}))}


@dataclass(frozen=True)
class Place:
    """A rule, or one row of it; without a row only the scope speaks."""

    knowledge: Knowledge
    rule: Rule
    row: Row | None = None

    def cells(self, name: str) -> Iterator[Cell]:
        """All that limits this fact here."""
        for cells in (BY_THE_GATES, self.rule.applies_when, self.row.cells if self.row else {}):
            if name in cells:
                yield cells[name]

    def may_be_unclear(self, name: str) -> bool:
        name = KNOWN_WITH.get(name, name)
        if not all(cell.any or cell.unclear for cell in self.cells(name)):
            return False
        if name in OF_THE_DRUG:
            return any(isinstance(fact, Unclear) for fact in self._by_drug(name))
        return not (name in NEVER_UNCLEAR and isinstance(self._of_nobody(name), Known))

    def may_be_known(self, name: str) -> bool:
        return all(cell.any or cell.words or cell.spans for cell in self.cells(name))

    def words(self, name: str) -> frozenset[str]:
        """The words a choice can take here."""
        if name in OF_THE_DRUG:
            found = frozenset(said for fact in self._by_drug(name) if (said := word(fact)))
        else:
            fact = self.knowledge.facts.get(name)
            found = frozenset(fact.words if fact else ())
        for cell in self.cells(name):
            found = found if cell.any else found & cell.words
        return found

    def drugs(self) -> frozenset[str]:
        """The drugs in scope."""
        cell = self.rule.applies_when.get("ordered_drug", ANY)
        return frozenset(self.knowledge.drugs) if cell.any else cell.words & set(self.knowledge.drugs)

    def _by_drug(self, name: str) -> Iterator[Fact]:
        cell = self.rule.applies_when.get("ordered_drug", ANY)
        for drug in (*sorted(self.drugs()), *((None,) if cell.any or cell.unclear else ())):
            yield self._findings(drug).fact(name)

    def _of_nobody(self, name: str) -> Fact:
        """The fact of an empty record: known only where nothing need be recorded for it."""
        return self._findings(next(iter(sorted(self.drugs())), None)).fact(name)

    def _findings(self, drug: str | None) -> Findings:
        order = Order("", drug, kind=Known("new"), reason=Known("this-tumour"))
        return Findings(Case(), Setting("other", Date.min), self.knowledge, order)


def places(knowledge: Knowledge, rule: Rule, card: str) -> list[Place]:
    """Every row that says this card."""
    return [Place(knowledge, rule, row) for row in rule.rows if row.say == card]
