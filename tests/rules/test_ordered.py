"""Facts about the ordered drug and the drugs beside it; named after the sentences of rules.md section 1b."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.case import Medication, Order
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Fact, Known, Unclear
from cds_service.rules.beside import rests_on_stale
from cds_service.rules.findings import Findings

from .build import order, question


def answer(fact: Fact) -> str:
    return "unclear" if isinstance(fact, Unclear) else str(fact.value)


def taken(drugs: str, state: str = "in-plan", **more: Any) -> tuple[Medication, ...]:
    return tuple(Medication(drug, state, f"MedicationRequest/{drug}", "2026-01-10", **more) for drug in drugs.split())


def beside(drugs: str, **more: Any) -> tuple[Order, ...]:
    return tuple(order(drug, ref=f"MedicationRequest/{place + 2}", **more) for place, drug in enumerate(drugs.split()))


def asked(knowledge: Knowledge, drug: str | None, *medications: Medication, **more: Any) -> Findings:
    ordered = order(drug, route=more.pop("route", ""))
    return question(knowledge, more.pop("facts", {}), ordered, medications=medications, **more)


GROUPS = {
    "platinum_agent": {
        "cis-carbo": "cisplatin carboplatin nedaplatin lobaplatin",
        "oxaliplatin": "oxaliplatin",
        "unclear": "lanreotide everolimus capecitabine",
    },
    "drug_class": {
        "ssa-long": "octreotide-lar lanreotide pasireotide-lar",
        "other": "everolimus cisplatin lutetium-dotatate nivolumab capecitabine belzutifan",
    },
    "order_class": {
        "hormonal-targeted": "everolimus sunitinib surufatinib pazopanib lenvatinib cabozantinib axitinib",
        "partner": "etoposide irinotecan fluorouracil capecitabine s-1 atezolizumab durvalumab",
        "other": "streptozocin temozolomide dacarbazine doxorubicin paclitaxel nivolumab lutetium-dotatate cisplatin",
        "unclear": "lanreotide",
    },
    "tki": {
        "cabozantinib": "cabozantinib",
        "phase-II": "pazopanib lenvatinib axitinib",
        "unclear": "sunitinib surufatinib everolimus lanreotide",
    },
    "dll3_drug": {"tarlatamab": "tarlatamab", "obrixtamig": "obrixtamig", "unclear": "nivolumab lanreotide"},
    "ici_regimen": {
        "other": "nivolumab ipilimumab pembrolizumab avelumab atezolizumab durvalumab spartalizumab tremelimumab",
        "unclear": "lanreotide cisplatin",
    },
}
ROWS = [
    (name, drug, expected)
    for name, table in GROUPS.items()
    for expected, drugs in table.items()
    for drug in drugs.split()
]


@pytest.mark.parametrize(("name", "drug", "expected"), ROWS)
def test_the_group_of_the_ordered_drug(name: str, drug: str, expected: str, knowledge: Knowledge) -> None:
    assert answer(asked(knowledge, drug).fact(name)) == expected


@pytest.mark.parametrize("name", [*GROUPS, "ordered_drug", "other_ssa", "partner", "doxorubicin_route"])
@pytest.mark.parametrize(("drug", "route"), [(None, ""), ("cisplatin", "intra-arterial")])
def test_no_listed_drug_and_no_systemic_drug_is_none_of_these(
    name: str, drug: str | None, route: str, knowledge: Knowledge
) -> None:
    assert answer(asked(knowledge, drug, route=route).fact(name)) == "unclear"


@pytest.mark.parametrize(
    ("status", "expected"), [("non-functioning", "hormonal-targeted"), ("functioning", "symptom-control")]
)
def test_an_analogue_in_a_functioning_tumour_is_not_an_antitumour_order(
    status: str, expected: str, knowledge: Knowledge
) -> None:
    found = asked(knowledge, "octreotide-lar", facts={"functional_status": status})
    assert answer(found.fact("order_class")) == expected


DUAL = {
    "both drugs in plan": ("nivolumab", taken("ipilimumab"), (), "ipilimumab+nivolumab"),
    "both drugs ordered": ("ipilimumab", (), beside("nivolumab"), "ipilimumab+nivolumab"),
    "an old entry nobody closed": ("nivolumab", taken("ipilimumab", "stale"), (), "ipilimumab+nivolumab"),
    "one had before": ("nivolumab", taken("ipilimumab", "past"), (), "other"),
    "another pair": ("durvalumab", taken("tremelimumab"), (), "other"),
    "a third beside the pair": ("pembrolizumab", taken("ipilimumab nivolumab"), (), "other"),
    "the same one twice": ("nivolumab", taken("nivolumab"), (), "other"),
}


@pytest.mark.parametrize("name", DUAL)
def test_ici_regimen(name: str, knowledge: Knowledge) -> None:
    drug, medications, drafts, expected = DUAL[name]
    assert answer(asked(knowledge, drug, *medications, co_ordered=drafts).fact("ici_regimen")) == expected


OTHER_SSA = {
    "among the drafts of this call": ("lanreotide", taken("octreotide-lar"), beside("octreotide-lar"), "co-ordered"),
    "else active with a sign of supply": ("lanreotide", taken("octreotide-lar"), (), "in-plan"),
    "else stale": ("lanreotide", taken("octreotide-lar", "stale"), (), "stale"),
    "in plan before stale": ("lanreotide", taken("octreotide-lar", "stale") + taken("pasireotide-lar"), (), "in-plan"),
    "one had before is none": ("lanreotide", taken("octreotide-lar", "past"), (), "unclear"),
    "the same ingredient is none": ("lanreotide", taken("lanreotide"), beside("lanreotide"), "unclear"),
    "of no other drug": ("everolimus", taken("lanreotide"), (), "unclear"),
}


@pytest.mark.parametrize("name", OTHER_SSA)
def test_other_ssa(name: str, knowledge: Knowledge) -> None:
    drug, medications, drafts, expected = OTHER_SSA[name]
    assert answer(asked(knowledge, drug, *medications, co_ordered=drafts).fact("other_ssa")) == expected


PRRT = "lutetium-dotatate"
PARTNERS = {
    "nothing beside PRRT": (PRRT, "", "unclear"),
    "nothing but an analogue": (PRRT, "lanreotide", "ssa-only"),
    "temozolomide": (PRRT, "temozolomide", "captem"),
    "capecitabine": (PRRT, "capecitabine", "captem"),
    "both, with an analogue": (PRRT, "temozolomide capecitabine lanreotide", "captem"),
    "a checkpoint inhibitor": (PRRT, "nivolumab", "trial-only"),
    "a targeted drug": (PRRT, "everolimus", "trial-only"),
    "another cytotoxic drug": (PRRT, "fluorouracil", "trial-only"),
    "any other among them": (PRRT, "temozolomide lanreotide everolimus", "trial-only"),
    "another radioligand is no partner": (PRRT, "lutetium-dotatoc", "unclear"),
    "an analogue ordered beside PRRT": ("lanreotide", PRRT, "ssa-only"),
    "capecitabine ordered beside PRRT": ("capecitabine", f"{PRRT} lanreotide", "captem"),
    "everolimus ordered beside PRRT": ("everolimus", f"{PRRT} lanreotide", "trial-only"),
    "everolimus ordered without PRRT": ("everolimus", "lanreotide", "unclear"),
}


@pytest.mark.parametrize("name", PARTNERS)
def test_partner_of_prrt(name: str, knowledge: Knowledge) -> None:
    drug, others, expected = PARTNERS[name]
    assert answer(asked(knowledge, drug, *taken(others)).fact("partner")) == expected
    assert answer(asked(knowledge, drug, co_ordered=beside(others)).fact("partner")) == expected
    old = asked(knowledge, drug, *taken(others, "stale"))
    assert answer(old.fact("partner")) == expected
    assert rests_on_stale(old, {"partner"}) is (expected != "unclear")
    assert answer(asked(knowledge, drug, *taken(others, "past")).fact("partner")) == "unclear"
    assert answer(asked(knowledge, drug, *taken(others, route="intra-arterial")).fact("partner")) == "unclear"


STREPTOZOCIN, DOXORUBICIN = "streptozocin", "doxorubicin"
ARTERY: dict[str, Any] = {"route": "intra-arterial"}
ROUTES = {
    "not stated is systemic": (STREPTOZOCIN, taken(DOXORUBICIN), (), "systemic"),
    "a draft beside it": (STREPTOZOCIN, (), beside(DOXORUBICIN), "systemic"),
    "a bead is intra-arterial": (STREPTOZOCIN, taken(DOXORUBICIN, **ARTERY), (), "intra-arterial"),
    "a draft into an artery": (STREPTOZOCIN, (), beside(DOXORUBICIN, **ARTERY), "intra-arterial"),
    "by both routes": (STREPTOZOCIN, taken(DOXORUBICIN), beside(DOXORUBICIN, **ARTERY), "intra-arterial"),
    "by both routes on record": (STREPTOZOCIN, taken(DOXORUBICIN) + taken(DOXORUBICIN, **ARTERY), (), "systemic"),
    "in plan before an old entry": (
        STREPTOZOCIN,
        taken(DOXORUBICIN, "stale") + taken(DOXORUBICIN, **ARTERY),
        (),
        "intra-arterial",
    ),
    "an old entry": (STREPTOZOCIN, taken(DOXORUBICIN, "stale"), (), "systemic"),
    "had before": (STREPTOZOCIN, taken(DOXORUBICIN, "past"), (), "unclear"),
    "doxorubicin ordered": (DOXORUBICIN, taken(STREPTOZOCIN), (), "systemic"),
    "doxorubicin without streptozocin": (DOXORUBICIN, (), (), "unclear"),
    "streptozocin without doxorubicin": (STREPTOZOCIN, (), (), "unclear"),
    "another order beside both": ("lanreotide", taken("streptozocin doxorubicin"), (), "unclear"),
}


@pytest.mark.parametrize("name", ROUTES)
def test_route_of_doxorubicin(name: str, knowledge: Knowledge) -> None:
    drug, medications, drafts, expected = ROUTES[name]
    assert answer(asked(knowledge, drug, *medications, co_ordered=drafts).fact("doxorubicin_route")) == expected


def test_doxorubicin_ordered_into_an_artery_counts_for_this_fact(knowledge: Knowledge) -> None:
    found = asked(knowledge, DOXORUBICIN, *taken(STREPTOZOCIN), route="intra-arterial")
    assert answer(found.fact("doxorubicin_route")) == "intra-arterial"


STALE = [
    ("partner", PRRT, taken("capecitabine") + taken("everolimus", "stale"), True),
    ("partner", PRRT, taken("everolimus") + taken("nivolumab", "stale"), False),
    ("partner", PRRT, taken("everolimus"), False),
    ("doxorubicin_route", STREPTOZOCIN, taken(DOXORUBICIN, "stale"), True),
    ("doxorubicin_route", STREPTOZOCIN, taken(DOXORUBICIN), False),
    ("doxorubicin_route", DOXORUBICIN, taken(STREPTOZOCIN, "stale"), True),
    ("ici_regimen", "nivolumab", taken("ipilimumab", "stale"), True),
    ("ici_regimen", "nivolumab", taken("ipilimumab"), False),
    ("other_ssa", "lanreotide", taken("octreotide-lar", "stale"), False),
]


@pytest.mark.parametrize(("name", "drug", "medications", "expected"), STALE)
def test_a_partner_that_is_only_stale_lowers_the_voice(
    name: str, drug: str, medications: tuple[Medication, ...], expected: bool, knowledge: Knowledge
) -> None:
    assert rests_on_stale(asked(knowledge, drug, *medications), {name, "primary_site"}) is expected


def test_reason_and_kind_are_those_read_with_the_order(knowledge: Knowledge) -> None:
    found = question(knowledge, {}, order("lanreotide", kind=Known("continuation"), reason=Unclear()))
    assert (found.fact("order_kind"), found.fact("order_reason")) == (Known("continuation"), Unclear())
    none = question(knowledge, {}, None)
    assert (none.fact("order_kind"), none.fact("order_reason")) == (Unclear(), Unclear())
