"""Patients made by chance: facts of the closed list, orders and drugs on record, at any place and day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from random import Random

from cds_service.domain.call import Setting
from cds_service.domain.case import Case, Medication, Order
from cds_service.domain.facts import RECORD
from cds_service.domain.interval import Interval
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Fact, Known, Unclear, Why
from cds_service.rules.findings import Findings, findings

# Cut points of the rules and what lies beside them.
NUMBERS = {
    "ki67_percent": ["1", "2.9", "3", "4.9", "5", "9", "10", "11", "20", "20.1", "35", "55", "56", "80", "8..12"],
    "mitoses_per_2mm2": ["0", "1.9", "2", "20", "21"],
    "liver_tumour_volume_percent": ["0", "5", "10", "24.9", "25", "50", "60"],
    "age": ["11", "12", "17", "18", "60", "85"],
    "prrt_doses_given": ["1", "3", "4", "5"],
    "neutrophils_10e9_per_l": ["1.4", "1.5", "3"],
    "platelets_10e9_per_l": ["70", "99", "100", "200"],
    "creatinine_clearance_ml_per_min": ["25", "39", "40", "80"],
}
DAYS = (date(2011, 6, 1), date(2021, 6, 22), date(2021, 6, 23), date(2024, 4, 23), date(2026, 2, 4), date(2026, 11, 23))
STATES = ("in-plan", "stale", "past")


@dataclass(frozen=True)
class Question:
    """One hook call in domain words."""

    hook: str
    case: Case
    setting: Setting
    asked: tuple[str, ...]

    def findings(self, knowledge: Knowledge) -> tuple[Findings, ...]:
        return findings(self.case, self.asked, self.setting, knowledge)


def by_chance(random: Random, knowledge: Knowledge) -> Question:
    """A patient, a place, a day and a call, all by chance."""
    on = random.choice(DAYS) + timedelta(days=random.choice((0, 0, 0, 1, 200)))
    hook = random.choice(("patient-view", "order-select", "order-sign", "order-sign"))
    orders = () if hook == "patient-view" else _orders(random, knowledge, on)
    case = Case(
        {name: _fact(name, random, knowledge) for name in RECORD} | {"diagnosis": Known("nen")},
        patient_id="p1",
        orders=orders,
        medications=tuple(_medication(random, knowledge, on) for _ in range(random.choice((0, 0, 1, 2, 3)))),
        history=Known("read") if random.random() < 0.7 else Unclear(Why.UNAVAILABLE),
        allergies=frozenset(random.sample(sorted(knowledge.drugs), random.choice((0, 0, 0, 1)))),
        allergies_read=Known("read") if random.random() < 0.7 else Unclear(Why.UNAVAILABLE),
    )
    refs = tuple(order.ref for order in orders)
    place = random.choice(sorted(knowledge.jurisdictions))
    return Question(hook, case, Setting(place, on), refs[:1] if hook == "order-select" else refs)


def corners(knowledge: Knowledge) -> Iterator[Question]:
    """Every drug in every kind of tumour, at every place: nothing else known, and everything treated as first line."""
    kinds = product(sorted(knowledge.drugs), sorted(knowledge.jurisdictions), ("well", "poor", "mixed"), _SITES, _KI67)
    for drug, place, differentiation, site, ki67 in kinds:
        facts = {
            "diagnosis": Known("nen"),
            "differentiation": Known(differentiation),
            "primary_site": Known(site),
            "ki67_percent": Known(Interval.parse(ki67)),
            "extent": Known("advanced"),
        }
        order = Order("MedicationRequest/1", drug, Known("this-tumour"), Known("new"))
        case = Case(facts, orders=(order,), history=Known("read"), otherwise=Why.NOT_RECORDED)
        yield Question("order-sign", case, Setting(place, DAYS[-1]), (order.ref,))


_SITES = ("pancreas", "small-bowel", "rectum")
_KI67 = ("4", "15", "35")


def _fact(name: str, random: Random, knowledge: Knowledge) -> Fact:
    if random.random() < _CHANCE_OF_UNCLEAR.get(name, 0.3):
        return Unclear(random.choice((Why.NOT_RECORDED, Why.CONFLICTING, Why.UNAVAILABLE, Why.NOT_RECORDED)))
    words = sorted(knowledge.facts[name].words)
    if words:
        return Known(random.choice(words), f"Observation/{name}", "2026-01-01")
    return Known(Interval.parse(random.choice(NUMBERS.get(name, ["1", "50", "500"]))), f"Observation/{name}")


_CHANCE_OF_UNCLEAR = {"primary_site": 0.1, "differentiation": 0.15, "extent": 0.2, "ki67_percent": 0.2, "trial": 0.8}
_CHANCE_OF_UNCLEAR |= {"age": 0.1}


def _orders(random: Random, knowledge: Knowledge, on: date) -> tuple[Order, ...]:
    drugs = random.sample(sorted(knowledge.drugs), random.choice((1, 1, 2, 3)))
    return tuple(
        Order(
            ref=f"MedicationRequest/{place}",
            drug=drug,
            reason=_one_of(random, "this-tumour", "this-tumour", "another-disease"),
            kind=_one_of(random, "new", "new", "continuation"),
            name_is_exact=random.random() < 0.9,
            formulation_is_known=random.random() < 0.9,
            planned=str(on + timedelta(days=14)) if random.random() < 0.2 else None,
        )
        for place, drug in enumerate(drugs)
    )


def _one_of(random: Random, *words: str) -> Fact:
    return Unclear() if random.random() < 0.15 else Known(random.choice(words))


def _medication(random: Random, knowledge: Knowledge, on: date) -> Medication:
    state, drug = random.choice(STATES), random.choice(sorted(knowledge.drugs))
    last = on - timedelta(days=random.choice((3, 20, 40) if state == "in-plan" else (130, 400, 900)))
    begun = last - timedelta(days=random.choice((0, 20, 200)))
    dated: Callable[[date], str | None] = lambda day: str(day) if random.random() < 0.9 else None  # noqa: E731
    return Medication(drug, state, f"MedicationRequest/{drug}", dated(last), dated(begun))
