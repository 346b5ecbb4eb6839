"""line_of_therapy and later_line_due; each row is named after a sentence of rules.md section 1b."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cds_service.domain.case import Medication, Order
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Fact, Known, Unclear, Why, word

from .build import order, question

# The question is asked on 2026-01-15; 28 days before it is 2025-12-18.
NEW, OLD, ANCIENT = "2025-12-18", "2025-12-17", "2025-01-15"
EVEROLIMUS = order("everolimus")


def had(
    drug: str, begun: str | None = ANCIENT, date: str | None = ANCIENT, state: str = "past", **more: object
) -> Medication:
    return replace(Medication(drug, state, f"MedicationRequest/{drug}", date, begun), **more)  # type: ignore[arg-type]


def running(drug: str, begun: str | None, **more: Any) -> Medication:
    return had(drug, begun, date="2026-01-10", state="in-plan", **more)


def going_on(drug: str) -> Order:
    return order(drug, kind=Known("continuation"))


def line(
    knowledge: Knowledge, ordered: Order | None, *taken: Medication, history: Fact = Known("read"), **facts: str
) -> str:
    found = question(knowledge, dict(facts), ordered, medications=taken, history=history).fact("line_of_therapy")
    return word(found) or f"unclear: {found.why}" if isinstance(found, Unclear) else str(word(found))


EARLIER: dict[str, Any] = {"earlier_course": True}
BREAST: dict[str, Any] = {"reason": Known("another-disease")}
OPEN: dict[str, Any] = {"reason": Unclear(Why.NOT_LINKED)}
LINES: dict[str, tuple[Order | None, tuple[Medication, ...], str]] = {
    "no regimen is first": (EVEROLIMUS, (), "first"),
    "one regimen is later": (EVEROLIMUS, (had("cisplatin"),), "later"),
    "an old entry is a regimen": (EVEROLIMUS, (had("cisplatin", state="stale"),), "later"),
    "an analogue is a regimen": (EVEROLIMUS, (running("lanreotide", ANCIENT),), "later"),
    "not counting the one this order continues": (going_on("everolimus"), (running("everolimus", ANCIENT),), "first"),
    "nor one of the same course": (going_on("carboplatin"), (running("cisplatin", ANCIENT),), "first"),
    "but an earlier course of it": (going_on("everolimus"), (running("everolimus", ANCIENT, **EARLIER),), "later"),
    "or what may have been one": (
        going_on("everolimus"),
        (running("everolimus", ANCIENT, earlier_course=None),),
        "unclear: ambiguous",
    ),
    "nor any agent of PRRT": (going_on("lutetium-dotatoc"), (running("yttrium-dotatate", ANCIENT),), "first"),
    "but one before it": (going_on("everolimus"), (running("everolimus", OLD), had("cisplatin")), "later"),
    "not counting the one this order joins": (EVEROLIMUS, (running("lanreotide", NEW),), "first"),
    "which was begun within 28 days and no earlier": (EVEROLIMUS, (running("lanreotide", OLD),), "later"),
    "begun at a day of which only the month is told": (
        EVEROLIMUS,
        (running("lanreotide", "2025-12"),),
        "unclear: ambiguous",
    ),
    "begun at no told day": (EVEROLIMUS, (running("lanreotide", None),), "unclear: ambiguous"),
    "over before the 28 days began": (EVEROLIMUS, (had("cisplatin", None),), "later"),
    "drugs begun within 28 days of each other are one regimen": (
        going_on("temozolomide"),
        (running("temozolomide", "2025-02-12"), running("capecitabine", ANCIENT)),
        "first",
    ),
    "and begun 29 days apart are two": (
        going_on("temozolomide"),
        (running("temozolomide", "2025-02-13"), running("capecitabine", ANCIENT)),
        "later",
    ),
    "begun in one month they may be two": (
        going_on("temozolomide"),
        (running("temozolomide", "2025-02"), running("capecitabine", ANCIENT)),
        "unclear: ambiguous",
    ),
    "an order of which it is unclear whether it is new may continue it": (
        order("everolimus", kind=Unclear(Why.UNDATED)),
        (had("everolimus"),),
        "unclear: ambiguous",
    ),
    "and does not continue another": (order("everolimus", kind=Unclear()), (had("cisplatin"),), "later"),
    "at patient-view the running regimen counts": (None, (running("lanreotide", NEW),), "later"),
    "at patient-view without a regimen": (None, (), "first"),
    "only peri-operative treatment is unclear": (
        EVEROLIMUS,
        (had("capecitabine", perioperative=True),),
        "unclear: ambiguous",
    ),
    "peri-operative treatment beside another regimen": (
        EVEROLIMUS,
        (had("capecitabine", perioperative=True), had("lanreotide")),
        "later",
    ),
    "for this tumour": (EVEROLIMUS, (had("cisplatin", **BREAST),), "first"),
    "for a tumour that is not told": (EVEROLIMUS, (had("cisplatin", **OPEN),), "unclear: ambiguous"),
    "an untold one beside a sure one": (EVEROLIMUS, (had("cisplatin", **OPEN), had("lanreotide")), "later"),
    "into an artery it is no regimen": (EVEROLIMUS, (had("doxorubicin", route="intra-arterial"),), "first"),
}


@pytest.mark.parametrize("name", LINES)
def test_line_of_therapy(name: str, knowledge: Knowledge) -> None:
    ordered, taken, expected = LINES[name]
    assert line(knowledge, ordered, *taken) == expected


@pytest.mark.parametrize(
    ("taken", "status", "expected"),
    [
        (("lanreotide",), "functioning", "unclear: ambiguous"),
        (("lanreotide", "octreotide-lar"), "functioning", "unclear: ambiguous"),
        (("lanreotide",), "non-functioning", "later"),
        (("lanreotide", "cisplatin"), "functioning", "later"),
        ((), "functioning", "first"),
    ],
)
def test_only_analogues_in_a_functioning_tumour_are_unclear(
    taken: tuple[str, ...], status: str, expected: str, knowledge: Knowledge
) -> None:
    found = line(knowledge, EVEROLIMUS, *(had(drug) for drug in taken), functional_status=status)
    assert found == expected


def test_analogues_and_perioperative_treatment_alone_are_unclear(knowledge: Knowledge) -> None:
    taken = had("lanreotide"), had("capecitabine", perioperative=True)
    assert line(knowledge, EVEROLIMUS, *taken, functional_status="functioning") == "unclear: ambiguous"


def test_history_not_read_is_unclear_unless_it_shows_a_regimen(knowledge: Knowledge) -> None:
    unread = Unclear(Why.UNAVAILABLE)
    assert line(knowledge, EVEROLIMUS, history=unread) == "unclear: unavailable"
    assert line(knowledge, EVEROLIMUS, running("lanreotide", NEW), history=unread) == "unclear: unavailable"
    assert line(knowledge, EVEROLIMUS, had("cisplatin"), history=unread) == "later"


DUE = [
    ("progressing", (had("cisplatin"),), "yes"),
    ("rapid", (had("lanreotide"),), "yes"),
    ("slow", (running("lanreotide", NEW),), "yes"),
    ("progressing", (), "no"),
    ("stable", (had("cisplatin"),), "no"),
    ("stable", (), "no"),
    (Unclear(), (had("cisplatin"),), "unclear"),
    (Unclear(), (), "no"),
    ("progressing", (had("capecitabine", perioperative=True),), "unclear"),
    ("progressing", (had("lanreotide", **OPEN),), "unclear"),
]


@pytest.mark.parametrize(("progression", "taken", "expected"), DUE)
def test_a_later_line_is_due_when_later_or_after_an_analogue_and_progressive(
    progression: str | Unclear, taken: tuple[Medication, ...], expected: str, knowledge: Knowledge
) -> None:
    asked = question(knowledge, {"progression": progression}, None, medications=taken)
    assert (word(asked.fact("later_line_due")) or "unclear") == expected


def test_a_running_analogue_makes_a_later_line_due_though_its_order_is_the_first(
    knowledge: Knowledge,
) -> None:
    taken = (running("lanreotide", ANCIENT),)
    asked = question(knowledge, {"progression": "slow"}, going_on("lanreotide"), medications=taken)
    assert [word(asked.fact(name)) for name in ("line_of_therapy", "later_line_due")] == ["first", "yes"]


def test_nothing_is_due_or_not_while_history_was_not_read(knowledge: Knowledge) -> None:
    asked = question(knowledge, {"progression": "slow"}, None, history=Unclear(Why.UNAVAILABLE))
    assert asked.fact("later_line_due") == Unclear(Why.UNAVAILABLE)
