"""Whom the trials enrolled, as rules.md section 1b defines it: each condition in turn."""

from __future__ import annotations

import pytest

from cds_service.domain.case import Medication
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known, Unclear, Why

from .build import order, question

Facts = dict[str, str | Unclear]
UNCLEAR = Unclear(Why.CONFLICTING)
LANREOTIDE = (Medication("lanreotide", "past", "MedicationRequest/9", "2025-06-01", "2024-06-01"),)
EVERY_SITE = {
    *("pancreas", "stomach", "duodenum", "small-bowel", "appendix", "caecum", "colon", "rectum", "oesophagus"),
    *("hepatobiliary", "lung", "thymus", "other-site", "unknown-primary"),
}


def answer(knowledge: Knowledge, name: str, facts: Facts, drug: str, had: tuple[Medication, ...] = ()) -> str:
    """The fact as a word, or `unclear`."""
    found = question(knowledge, facts, order(drug), medications=had).fact(name)
    return str(found.value) if isinstance(found, Known) else "unclear"


STARTER: Facts = {
    "primary_site": "pancreas",
    "functional_status": "non-functioning",
    "differentiation": "well",
    "ki67_percent": "8",
}


def test_the_sites_of_starter_net(knowledge: Knowledge) -> None:
    fits = {
        s
        for s in EVERY_SITE
        if answer(knowledge, "starter_population", {**STARTER, "primary_site": s}, "everolimus") == "yes"
    }
    assert fits == {"pancreas", "stomach", "duodenum", "small-bowel", "caecum", "colon", "rectum"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "yes"),
        ({"primary_site": UNCLEAR}, "unclear"),
        ({"functional_status": "functioning"}, "no"),
        ({"functional_status": UNCLEAR}, "unclear"),
        ({"differentiation": "poor"}, "no"),
        ({"differentiation": "mixed"}, "no"),
        ({"differentiation": UNCLEAR}, "unclear"),
        ({"differentiation": UNCLEAR, "functional_status": "functioning"}, "no"),
        ({"ki67_percent": UNCLEAR}, "unclear"),
        ({"ki67_percent": "4.9"}, "no"),
        ({"ki67_percent": "5"}, "yes"),
        ({"ki67_percent": "20"}, "yes"),
        ({"ki67_percent": "20.1"}, "no"),
        ({"ki67_percent": "4..6"}, "unclear"),
        ({"ki67_percent": "5..20"}, "yes"),
        ({"ki67_percent": "<5"}, "no"),
        ({"ki67_percent": "2", "diffuse_liver_metastases": "yes"}, "yes"),
        ({"ki67_percent": "4..6", "diffuse_liver_metastases": "yes"}, "yes"),
        ({"ki67_percent": "2", "diffuse_liver_metastases": "no"}, "no"),
        ({"ki67_percent": "2", "diffuse_liver_metastases": UNCLEAR}, "no"),
        ({"ki67_percent": "25", "diffuse_liver_metastases": "yes"}, "no"),
        ({"ki67_percent": UNCLEAR, "diffuse_liver_metastases": "yes"}, "unclear"),
    ],
)
def test_the_population_of_starter_net(knowledge: Knowledge, change: Facts, expected: str) -> None:
    assert answer(knowledge, "starter_population", {**STARTER, **change}, "everolimus") == expected


def test_starter_net_is_first_line(knowledge: Knowledge) -> None:
    assert answer(knowledge, "starter_population", STARTER, "everolimus", LANREOTIDE) == "no"
    unread = question(knowledge, STARTER, order("everolimus"), history=Unclear(Why.INCOMPLETE))
    assert isinstance(unread.fact("starter_population"), Unclear)


EUROPEAN: Facts = {
    "primary_site": "small-bowel",
    "functional_status": "functioning",
    "differentiation": "well",
    "ki67_percent": "15",
}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (STARTER, "starter"),
        (EUROPEAN, "european-g2"),
        ({**EUROPEAN, "functional_status": "non-functioning"}, "starter"),
        ({**EUROPEAN, "functional_status": UNCLEAR}, "european-g2"),
        ({**EUROPEAN, "primary_site": "caecum"}, "neither"),
        ({**EUROPEAN, "primary_site": "pancreas"}, "neither"),
        ({**EUROPEAN, "primary_site": UNCLEAR}, "unclear"),
        ({**EUROPEAN, "ki67_percent": "10"}, "neither"),
        ({**EUROPEAN, "ki67_percent": "10.1"}, "european-g2"),
        ({**EUROPEAN, "ki67_percent": "20"}, "european-g2"),
        ({**EUROPEAN, "ki67_percent": "20.1"}, "neither"),
        ({**EUROPEAN, "ki67_percent": "8..12"}, "unclear"),
        ({**EUROPEAN, "ki67_percent": UNCLEAR}, "unclear"),
        ({**EUROPEAN, "ki67_percent": Unclear(), "recorded_grade": "G2"}, "unclear"),
        ({**EUROPEAN, "ki67_percent": Unclear(), "recorded_grade": "G1"}, "neither"),
        ({**STARTER, "ki67_percent": "2"}, "neither"),
        ({**STARTER, "ki67_percent": "2", "diffuse_liver_metastases": "yes"}, "starter"),
        ({**STARTER, "functional_status": "functioning"}, "neither"),
        ({**STARTER, "functional_status": UNCLEAR}, "unclear"),
        ({**STARTER, "primary_site": "lung"}, "neither"),
        ({**STARTER, "primary_site": "appendix"}, "neither"),
    ],
)
def test_the_case_for_everolimus_at_once(knowledge: Knowledge, facts: Facts, expected: str) -> None:
    assert answer(knowledge, "everolimus_case", facts, "everolimus") == expected


@pytest.mark.parametrize("facts", [STARTER, EUROPEAN])
def test_everolimus_at_once_is_first_line(knowledge: Knowledge, facts: Facts) -> None:
    everolimus = (Medication("sunitinib", "past", "MedicationRequest/9", "2025-06-01", "2024-06-01"),)
    assert answer(knowledge, "everolimus_case", facts, "everolimus", everolimus) == "neither"
    unread = question(knowledge, facts, order("everolimus"), history=Unclear(Why.INCOMPLETE))
    assert isinstance(unread.fact("everolimus_case"), Unclear)


NETTER_1: Facts = {
    "primary_site": "small-bowel",
    "differentiation": "well",
    "ki67_percent": "5",
    "sstr_imaging": "positive",
    "progression": "progressing",
    "functional_status": "non-functioning",
}
NETTER_2: Facts = {
    "primary_site": "pancreas",
    "differentiation": "well",
    "ki67_percent": "30",
    "sstr_imaging": "positive",
    "progression": "stable",
}


def test_the_sites_of_netter_1_and_of_netter_2(knowledge: Knowledge) -> None:
    def sites(facts: Facts, had: tuple[Medication, ...]) -> set[str]:
        changed = {site: {**facts, "primary_site": site} for site in EVERY_SITE}
        return {
            s for s, f in changed.items() if answer(knowledge, "prrt_trial_fit", f, "lutetium-dotatate", had) == "yes"
        }

    assert sites(NETTER_1, LANREOTIDE) == {"small-bowel", "appendix", "caecum"}
    assert sites(NETTER_2, ()) == EVERY_SITE - {"oesophagus", "hepatobiliary", "lung", "thymus", "other-site"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "yes"),
        ({"progression": "rapid"}, "yes"),
        ({"progression": "slow"}, "yes"),
        ({"progression": "stable"}, "no"),
        ({"progression": UNCLEAR}, "unclear"),
        ({"sstr_imaging": "negative"}, "no"),
        ({"sstr_imaging": UNCLEAR}, "unclear"),
        ({"sstr_imaging": UNCLEAR, "sstr2_ihc": "positive"}, "unclear"),
        ({"differentiation": "poor"}, "no"),
        ({"differentiation": UNCLEAR}, "unclear"),
        ({"primary_site": UNCLEAR}, "unclear"),
    ],
)
def test_the_population_of_netter_1(knowledge: Knowledge, change: Facts, expected: str) -> None:
    facts = {**NETTER_1, **change}
    assert answer(knowledge, "prrt_trial_fit", facts, "lutetium-dotatate", LANREOTIDE) == expected


def test_netter_1_asks_for_an_analogue_before(knowledge: Knowledge) -> None:
    assert answer(knowledge, "prrt_trial_fit", NETTER_1, "lutetium-dotatate") == "no"
    unread = question(knowledge, NETTER_1, order("lutetium-dotatate"), history=Unclear(Why.INCOMPLETE))
    assert isinstance(unread.fact("prrt_trial_fit"), Unclear)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "yes"),
        ({"progression": UNCLEAR}, "yes"),
        ({"ki67_percent": "9.9"}, "no"),
        ({"ki67_percent": "10"}, "yes"),
        ({"ki67_percent": "55"}, "yes"),
        ({"ki67_percent": "55.1"}, "no"),
        ({"ki67_percent": "50..60"}, "unclear"),
        ({"ki67_percent": UNCLEAR}, "unclear"),
        ({"sstr_imaging": "negative"}, "no"),
        ({"sstr_imaging": UNCLEAR}, "unclear"),
        ({"differentiation": "poor"}, "no"),
        ({"differentiation": "mixed"}, "no"),
        ({"differentiation": UNCLEAR}, "unclear"),
        ({"primary_site": "lung"}, "no"),
    ],
)
def test_the_population_of_netter_2(knowledge: Knowledge, change: Facts, expected: str) -> None:
    assert answer(knowledge, "prrt_trial_fit", {**NETTER_2, **change}, "lutetium-dotatate") == expected


def test_netter_2_is_first_line(knowledge: Knowledge) -> None:
    assert answer(knowledge, "prrt_trial_fit", NETTER_2, "lutetium-dotatate", LANREOTIDE) == "no"
    unread = question(knowledge, NETTER_2, order("lutetium-dotatate"), history=Unclear(Why.INCOMPLETE))
    assert isinstance(unread.fact("prrt_trial_fit"), Unclear)


COMPETE: Facts = {**NETTER_1, "primary_site": "rectum"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "yes"),
        ({"ki67_percent": "20"}, "yes"),
        ({"ki67_percent": "20.1"}, "no"),
        ({"ki67_percent": UNCLEAR}, "unclear"),
        ({"ki67_percent": Unclear(), "recorded_grade": "G1"}, "yes"),
        ({"progression": "stable"}, "no"),
        ({"progression": UNCLEAR}, "unclear"),
        ({"sstr_imaging": "negative"}, "no"),
        ({"sstr_imaging": UNCLEAR}, "unclear"),
        ({"primary_site": "unknown-primary"}, "yes"),
        ({"primary_site": "thymus"}, "no"),
        ({"primary_site": UNCLEAR}, "unclear"),
    ],
)
@pytest.mark.parametrize("had", [(), LANREOTIDE])
def test_the_population_of_compete_in_either_line(
    knowledge: Knowledge, change: Facts, expected: str, had: tuple[Medication, ...]
) -> None:
    assert answer(knowledge, "prrt_trial_fit", {**COMPETE, **change}, "lutetium-dotatoc", had) == expected


@pytest.mark.parametrize(
    ("drug", "expected"), [("yttrium-dotatate", "no"), ("yttrium-dotatoc", "no"), ("everolimus", "unclear")]
)
def test_no_trial_stands_behind_the_other_radioligands(knowledge: Knowledge, drug: str, expected: str) -> None:
    assert answer(knowledge, "prrt_trial_fit", NETTER_2, drug) == expected
