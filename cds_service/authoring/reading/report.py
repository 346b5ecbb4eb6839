"""The reading report: every fact with value, source, day and reason, every drug, and everything set aside and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...cards.basis import knowledge_stamp, overlay_stamp
from ...cards.words import value_words, why_words
from ...domain import call as calls
from ...domain.call import Call, Record, Setting, Template
from ...domain.case import Case, Medication, Order
from ...domain.facts import READINGS, RECORD
from ...domain.knowledge import Knowledge
from ...domain.set_aside import SetAside
from ...domain.values import Fact, Known, Unclear
from ...fhir.gather import gather
from ...fhir.pages import Bounds
from ...mappers.case import map_case
from ...mappers.recognition import Recognition, recognitions
from ...rules.findings import Findings
from .words import WORDS, reason_words

COMPUTED = (
    *("grade", "grade_agreement", "differentiation_agreement", "ki67_agreement", "site_group", "sstr_status"),
    *("treatment_setting", "line_of_therapy", "had_ssa", "had_prrt", "had_non_ssa", "had_platinum"),
    *("platinum_state", "ssa_in_plan", "prrt_in_plan", "on_antitumour"),
)
OF_ORDER = ("order_reason", "order_kind", "order_class", "label_fit")
READ_ALL = Bounds(seconds=120, pages=5_000, resources=200_000)


@dataclass(frozen=True)
class Read:
    """A record, and everything that was read of it."""

    record: Record
    case: Case
    aside: SetAside
    drugs: tuple[Recognition, ...]

    @property
    def in_full(self) -> bool:
        """True where each search was answered in full."""
        return not self.record.lacking


def read_record(call: Call, templates: Sequence[Template], read: calls.Read | None, knowledge: Knowledge) -> Read:
    """Gather the record and ask every fact. Raises errors.CallError."""
    record = gather(call, templates, read, bounds=READ_ALL)
    case = map_case(record, knowledge.value_sets)
    for name in (*RECORD, *READINGS):
        case.fact(name)
    return Read(record, case, case.set_aside(), tuple(recognitions(record, knowledge.value_sets)))


def report(found: Read, setting: Setting, knowledge: Knowledge) -> Iterator[str]:
    """The report in lines for a terminal."""
    says = WORDS[setting.language]
    yield from _head(found, setting, knowledge)
    printed = _Printed(knowledge, setting)
    yield from ("", f"{says['facts']}:")
    yield from (printed.fact(name, found.case.fact(name)) for name in (*RECORD, *READINGS))
    asked = Findings(found.case, setting, knowledge)
    yield from ("", f"{says['computed']}:")
    yield from (printed.fact(name, asked.fact(name)) for name in COMPUTED)
    yield from ("", f"{says['history']}: {printed.told('history', found.case.history)}")
    yield from (printed.medication(one) for one in found.case.medications)
    allergies = ", ".join(sorted(found.case.allergies)) or says["none"]
    yield f"{says['allergies']}: {allergies} ({printed.told('allergies', found.case.allergies_read)})"
    for order in found.case.orders:
        yield from _order(order, Findings(found.case, setting, knowledge, order), printed)
    yield from _drugs(found.drugs, printed)
    yield from _aside(found, printed)


def _head(found: Read, setting: Setting, knowledge: Knowledge) -> Iterator[str]:
    says, record = WORDS[setting.language], found.record
    site = f", overlay {overlay_stamp(knowledge)}" if knowledge.site else ""
    yield f"Patient/{record.patient_id}, {record.on}, {setting.jurisdiction}, {knowledge_stamp(knowledge)}{site}"
    if found.case.deceased:
        yield says["deceased"]
    if found.case.uninformed:
        yield says["uninformed"]
    for kind in sorted({*record.had, *record.lacking, *record.resources}):
        number = len(record.resources.get(kind, ()))
        why = why_words(Unclear(record.lacking[kind]), knowledge, setting.language) if kind in record.lacking else ""
        yield f"  {kind}: {number}{f' ({why})' if why else ''}"
    for trouble in record.troubles:
        yield f"  ! {trouble.what} {trouble.where}: {reason_words(trouble.why, knowledge, setting.language)}"


@dataclass(frozen=True)
class _Printed:
    """Facts in words of a language."""

    knowledge: Knowledge
    setting: Setting

    @property
    def says(self) -> dict[str, str]:
        return WORDS[self.setting.language]

    def fact(self, name: str, fact: Fact) -> str:
        known = self.knowledge.facts.get(name)
        label = f"{known.label[self.setting.language]} [{name}]" if known else f"[{name}]"
        return f"  {label}: {self.told(name, fact)}"

    def told(self, name: str, fact: Fact) -> str:
        if isinstance(fact, Known):
            return self._known(name, fact)
        why = why_words(fact, self.knowledge, self.setting.language)
        seen = "; ".join(self._known(name, one) for one in fact.seen)
        return f"{self.says['unclear']}: {why}" + (f" ({seen})" if seen else "")

    def medication(self, one: Medication) -> str:
        drug = self.knowledge.drugs[one.drug].names[self.setting.language]
        details = (one.route, one.source, one.date, self.told("order_reason", one.reason))
        return f"  {drug} [{one.drug}]: {self.says[one.state]} · {' · '.join(filter(None, details))}"

    def _known(self, name: str, known: Known) -> str:
        value = value_words(name, known, self.knowledge, self.setting.language)
        if name in ("history", "allergies"):
            value = self.says["read"]
        return " · ".join(filter(None, (value, known.source, known.date)))


def _order(order: Order, asked: Findings, printed: _Printed) -> Iterator[str]:
    knowledge, language = printed.knowledge, printed.setting.language
    drug = knowledge.drugs[order.drug].names[language] if order.drug else printed.says["not-recognised"]
    yield from ("", f"{printed.says['order']} {order.ref}: {drug}")
    if order.several:
        yield f"  {printed.says['several']}: {', '.join(sorted(order.several))}"
    if order.drug:
        yield from (printed.fact(name, asked.fact(name)) for name in OF_ORDER)


def _drugs(drugs: Iterable[Recognition], printed: _Printed) -> Iterator[str]:
    """Each drug of the record once: those listed, those that matter beside them, and those not recognised."""
    groups: dict[str, Counter[str]] = {"listed": Counter(), "other": Counter(), "not-recognised": Counter()}
    where: dict[str, str] = {}
    for one in drugs:
        group = "listed" if one.drugs else "other" if one.means else "not-recognised"
        told = " + ".join(one.drugs or one.means)
        line = f"{told}: {' / '.join(one.said)}" if told else " / ".join(one.said) or printed.says["says-nothing"]
        groups[group][line] += 1
        where.setdefault(line, one.where)
    for group, lines in groups.items():
        yield from ("", f"{printed.says[f'drugs-{group}']}: {lines.total()}")
        yield from (
            f"  {line} · {where[line]}{f' (×{number})' if number > 1 else ''}" for line, number in lines.items()
        )


def _aside(found: Read, printed: _Printed) -> Iterator[str]:
    total = sum(found.aside.counts.values())
    yield from ("", f"{printed.says['set-aside']}: {total}")
    knowledge, language = printed.knowledge, printed.setting.language
    for why, number in found.aside.counts.items():
        yield f"  {number} {reason_words(why, knowledge, language)}"
    yield f"{printed.says['would-have-been-used']}: {len(found.aside.named)}"
    yield from (f"  {one.where}: {reason_words(one.why, knowledge, language)}" for one in found.aside.named)
