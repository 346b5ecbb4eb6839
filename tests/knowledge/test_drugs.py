"""The drug files: who belongs to which group, what tells a product, and which approvals are entered."""

from __future__ import annotations

import re

import pytest

from tests.knowledge.shipped import DRUGS

PRRT = {"lutetium-dotatate", "lutetium-dotatoc", "yttrium-dotatate", "yttrium-dotatoc"}
GROUPS = {
    "platinum": {"cisplatin", "carboplatin", "nedaplatin", "lobaplatin", "oxaliplatin"},
    "cis-carbo": {"cisplatin", "carboplatin", "nedaplatin", "lobaplatin"},
    "ssa-long": {"octreotide-lar", "lanreotide", "pasireotide-lar"},
    "targeted": {"everolimus", "sunitinib", "surufatinib", "pazopanib", "lenvatinib", "cabozantinib", "axitinib"},
    "cytotoxic": {
        *("streptozocin", "temozolomide", "dacarbazine", "doxorubicin", "fluorouracil", "capecitabine", "s-1"),
        *("irinotecan", "etoposide", "paclitaxel", "docetaxel"),
    },
    "prrt": PRRT,
    "ici": {
        *("pembrolizumab", "nivolumab", "ipilimumab", "avelumab", "atezolizumab", "durvalumab", "tremelimumab"),
        "spartalizumab",
    },
    "platinum-partner": {
        *("etoposide", "irinotecan", "fluorouracil", "capecitabine", "s-1"),
        *("atezolizumab", "durvalumab"),
    },
}
APPROVALS = {
    "sunitinib": "JP US",
    "octreotide-lar": "JP",
    "lanreotide": "JP US",
    "streptozocin": "JP",
    "temozolomide": "JP US EU",
    "lutetium-dotatate": "JP US EU",
    "cabozantinib": "US EU UK JP",
    "surufatinib": "CN US",
    "belzutifan": "US CN EU",
    "tarlatamab": "US",
}


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_a_group_of_drugs_has_the_agreed_members(group: str) -> None:
    members = {name for name, drug in DRUGS.items() if group in (drug["group"], *drug.get("also_in", ()))}
    assert members == GROUPS[group]


def test_a_window_follows_the_way_a_drug_is_given() -> None:
    by_group = {"platinum": "42", "ssa-long": "56", "targeted": "60", "prrt": "112", "ici": "42"}
    assert {
        n for n, drug in DRUGS.items() if drug["window_days"] != by_group.get(drug["group"], drug["window_days"])
    } == set()
    oral = {"temozolomide", "capecitabine", "s-1"}
    assert {n for n in GROUPS["cytotoxic"] if DRUGS[n]["window_days"] == "60"} == oral


def test_only_what_was_read_of_an_approval_is_entered() -> None:
    entered = {name: set(drug["approvals"]) for name, drug in DRUGS.items() if drug.get("approvals")}
    assert entered == {name: set(places.split()) for name, places in APPROVALS.items()}


def test_a_reader_never_sees_a_statement_number_or_a_mirror_as_the_source() -> None:
    inner = re.compile(r"\b[AUI]\d{2,3}\b|https?://|evidence\.md")
    for name, drug in DRUGS.items():
        worded = [entry.get("wording", {}) for place in drug.get("approvals", {}).values() for entry in place]
        seen = [cite["text"] for cite in drug.get("cites", {}).values()]
        seen += [text for wording in worded for text in wording.values()]
        assert [text for text in seen if inner.search(text)] == [], name


@pytest.mark.parametrize("name", ["everolimus", "octreotide-lar"])
def test_a_product_of_another_use_is_told_by_its_form(name: str) -> None:
    drug = DRUGS[name]
    forms = {entry["form"] for entry in drug["codes"] if "form" in entry}
    assert forms == {drug["needs_form"], *drug["excluded_forms"]}
    assert set(drug["form_words"]) >= forms


def test_everolimus_alone_is_not_taken_for_the_cancer_drug() -> None:
    assert "assumed_form" not in DRUGS["everolimus"]
    assert DRUGS["octreotide-lar"]["assumed_form"] == "depot"


def test_treatment_with_one_radioligand_goes_on_with_another() -> None:
    assert all(set(DRUGS[name]["same_course_as"]) == PRRT - {name} for name in PRRT)
    assert set(DRUGS["cisplatin"]["same_course_as"]) == {"carboplatin"}
    assert set(DRUGS["fluorouracil"]["same_course_as"]) == {"capecitabine"}
    tumour_only = {name for name, drug in DRUGS.items() if drug.get("reason_is_this_tumour") == "true"}
    assert tumour_only == {*PRRT, "streptozocin", "surufatinib"}
