"""What stands in the reading report: each fact with value, source, day and reason, each drug, all that is set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ...cards.basis import knowledge_stamp, overlay_stamp
from ...cards.words import specimen_words, value_words, why_words
from ...domain.call import Setting, Trouble
from ...domain.case import Case, Medication, Order
from ...domain.facts import READINGS, RECORD
from ...domain.knowledge import Knowledge
from ...domain.values import Fact, Known, Unclear
from ...mappers.recognition import Recognition
from ...rules.findings import Findings
from .record import Read
from .report import Line, Report, Section
from .words import WORDS, reason_words

COMPUTED = (
    *("grade", "grade_agreement", "differentiation_agreement", "ki67_agreement", "site_group", "sstr_status"),
    *("treatment_setting", "line_of_therapy", "had_ssa", "had_prrt", "had_non_ssa", "had_platinum"),
    *("platinum_state", "ssa_in_plan", "prrt_in_plan", "on_antitumour"),
)
# Readings that are no facts have no words in knowledge/: they are told in those of the facts they feed.
LIKE = {"recorded_grade": "grade", "sstr2_ihc": "sstr_status", "unfit_for_platinum": "platinum_unfit"}
OF_ORDER = ("order_reason", "order_kind", "order_class", "label_fit")


def report(found: Read, setting: Setting, knowledge: Knowledge) -> Report:
    """Everything that was read, in a reader's language."""
    says, case = WORDS[setting.language], found.case
    site = f", overlay {overlay_stamp(knowledge)}" if knowledge.site else ""
    stamp = f"Patient/{case.patient_id}, {setting.on}, {setting.jurisdiction}, {knowledge_stamp(knowledge)}{site}"
    notes = [says[name] for name in ("deceased", "uninformed") if getattr(case, name)]
    return Report(stamp, tuple(notes), tuple(_Reporter(found, setting, knowledge).sections()))


@dataclass(frozen=True)
class _Reporter:
    """Writes the sections of one report."""

    found: Read
    setting: Setting
    knowledge: Knowledge

    def sections(self) -> Iterator[Section]:
        case, says = self.found.case, self.says
        yield Section("record", says["record"], tuple(self._kinds()))
        if troubles := self.found.record.troubles:
            yield Section("troubles", says["troubles"], tuple(self._trouble(one) for one in troubles), len(troubles))
        facts = (self._fact(name, case.fact(name)) for name in (*RECORD, *READINGS))
        yield Section("facts", says["facts"], tuple(facts))
        asked = Findings(case, self.setting, self.knowledge)
        yield Section("computed", says["computed"], tuple(self._fact(name, asked.fact(name)) for name in COMPUTED))
        yield Section("treatment", says["treatment"], tuple(self._treatment(case)))
        for order in case.orders:
            yield self._order(order, Findings(case, self.setting, self.knowledge, order))
        yield from self._drugs()
        yield from self._aside()

    @property
    def says(self) -> dict[str, str]:
        return WORDS[self.setting.language]

    def _kinds(self) -> Iterator[Line]:
        record = self.found.record
        for kind in sorted({*record.had, *record.lacking, *record.resources}):
            lacking = record.lacking.get(kind)
            why = f" · {why_words(Unclear(lacking), self.knowledge, self.setting.language)}" if lacking else ""
            yield Line(kind, f"{len(record.resources.get(kind, ()))}{why}", unclear=bool(lacking))

    def _trouble(self, one: Trouble) -> Line:
        return Line(f"! {one.what} {one.where}", self._reason(one.why))

    def _reason(self, why: str) -> str:
        return reason_words(why, self.knowledge, self.setting.language)

    def _fact(self, name: str, fact: Fact) -> Line:
        known = self.knowledge.facts.get(name)
        return self._line(known.label[self.setting.language] if known else "", name, fact)

    def _line(self, label: str, name: str, fact: Fact) -> Line:
        label = label or self.says.get(name) or name
        if isinstance(fact, Known):
            beside = tuple(self._with_place(name, one) for one in fact.beside)
            return Line(label, self._told(name, fact), name, fact.source or "", fact.date or "", seen=beside)
        told = f"{self.says['unclear']}: {why_words(fact, self.knowledge, self.setting.language)}"
        seen = (*(self._with_place(name, one) for one in fact.seen), *fact.unread)
        return Line(label, told, name, unclear=True, seen=seen)

    def _value(self, name: str, known: Known) -> str:
        if name in ("history", "allergies"):
            return self.says["read"]
        return value_words(LIKE.get(name, name), known, self.knowledge, self.setting.language)

    def _with_place(self, name: str, known: Known) -> str:
        return " · ".join(filter(None, (self._told(name, known), known.source, known.date)))

    def _told(self, name: str, known: Known) -> str:
        """The value, and what it was found in."""
        specimen = specimen_words(known.specimen, self.knowledge, self.setting.language) if known.specimen else []
        return " · ".join((self._value(name, known), *specimen))

    def _treatment(self, case: Case) -> Iterator[Line]:
        yield self._line(self.says["history"], "history", case.history)
        yield from (self._medication(one) for one in case.medications)
        yield self._line(self.says["allergies"], "allergies", case.allergies_read)
        for drug in sorted(case.allergies):
            yield Line(self._drug(drug), self.says["allergy"], drug)

    def _medication(self, one: Medication) -> Line:
        reason = self._line("", "order_reason", one.reason)
        told = " · ".join(filter(None, (self.says[one.state], one.route, reason.told)))
        return Line(self._drug(one.drug), told, one.drug, one.source, one.date or "")

    def _drug(self, drug: str) -> str:
        return self.knowledge.drugs[drug].names[self.setting.language]

    def _order(self, order: Order, asked: Findings) -> Section:
        drug = self._drug(order.drug) if order.drug else self.says["not-recognised"]
        lines = [self._fact(name, asked.fact(name)) for name in OF_ORDER] if order.drug else []
        if order.several:
            lines.insert(0, Line(self.says["several"], ", ".join(sorted(order.several))))
        return Section("order", f"{self.says['order']} {order.ref}: {drug}", tuple(lines))

    def _drugs(self) -> Iterator[Section]:
        """Each drug of the record once: those listed, those that matter beside them, and those not recognised."""
        groups: dict[str, list[Recognition]] = {"listed": [], "other": [], "not-recognised": []}
        for one in self.found.drugs:
            groups["listed" if one.drugs else "other" if one.means else "not-recognised"].append(one)
        for group, members in groups.items():
            name = f"drugs-{group}"
            yield Section(name, self.says[name], tuple(_each_once(members, self.says["says-nothing"])), len(members))

    def _aside(self) -> Iterator[Section]:
        aside, says = self.found.aside, self.says
        counts = (Line(self._reason(why), str(number)) for why, number in aside.counts.items())
        yield Section("set-aside", says["set-aside"], tuple(counts), sum(aside.counts.values()))
        for name, members in (("would-have-been-used", aside.named), ("not-asked-for", aside.others)):
            if members:
                yield Section(name, says[name], tuple(_places(members, self._reason)), len(members))


def _each_once(members: Iterable[Recognition], says_nothing: str) -> Iterator[Line]:
    told: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], str] = {}
    for one in members:
        key = (" + ".join(one.drugs or one.means), " / ".join(one.said) or says_nothing)
        told[key] += 1
        where.setdefault(key, one.where)
    for (means, said), number in told.items():
        yield Line(means or said, said if means else "", source=where[means, said], times=number)


def _places(members: Iterable[Trouble], reason: Callable[[str], str]) -> Iterator[Line]:
    yield from (Line(one.where, reason(one.why)) for one in members)
