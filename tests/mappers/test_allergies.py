"""Which of our drugs an allergy or intolerance is recorded to."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known, Unclear
from tests.mappers.parts import ATC, concept, status
from tests.mappers.safety_parts import read, without

PLATINUM = {"cisplatin", "carboplatin", "oxaliplatin", "nedaplatin", "lobaplatin"}


def allergy(code: Any, **more: Any) -> Any:
    found = {"resourceType": "AllergyIntolerance", "id": "a1", "patient": {"reference": "Patient/p1"}}
    found |= {"code": {"text": code} if isinstance(code, str) else code}
    return found | {"clinicalStatus": status("active"), "verificationStatus": status("confirmed")} | more


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (concept((ATC, "L01XA01")), {"cisplatin"}),
        ("Cisplatin (anaphylaxis)", {"cisplatin"}),
        ("Xeloda", {"capecitabine"}),
        ("スーテント", {"sunitinib"}),
        ("サンドスタチン", {"octreotide-lar"}),
        ("Certican", {"everolimus"}),
        ("Platinum compounds", PLATINUM),
        ("プラチナ製剤", PLATINUM),
        ("No allergy to cisplatin", set()),
        ("Penicillin", set()),
        ("No known drug allergy", set()),
    ],
)
def test_codes_names_and_classes(knowledge: Knowledge, code: Any, expected: set[str]) -> None:
    case = read(knowledge, allergy(code))
    assert case.allergies == expected
    assert case.allergies_read == Known("read")


def test_a_class_holds_every_drug_of_its_group(knowledge: Knowledge) -> None:
    fluoropyrimidines = read(knowledge, allergy("fluoropyrimidine")).allergies
    assert fluoropyrimidines == knowledge.drug_groups["fluoropyrimidine"]
    assert read(knowledge, allergy("白金製剤")).allergies == knowledge.drug_groups["platinum"]


@pytest.mark.parametrize(
    "more",
    [
        {"clinicalStatus": status("resolved")},
        {"clinicalStatus": status("inactive")},
        {"verificationStatus": status("refuted")},
        {"verificationStatus": status("entered-in-error")},
    ],
)
def test_what_does_not_hold_is_no_allergy(knowledge: Knowledge, more: Any) -> None:
    case = read(knowledge, allergy("cisplatin", **more))
    assert case.allergies == frozenset()
    assert case.allergies_read == Known("read")


def test_an_unconfirmed_allergy_counts_and_so_does_the_substance_of_a_reaction(knowledge: Knowledge) -> None:
    assert read(knowledge, allergy("cisplatin", verificationStatus=status("unconfirmed"))).allergies == {"cisplatin"}
    reaction = [{"substance": {"text": "oxaliplatin"}, "manifestation": [{"text": "rash"}]}]
    assert read(knowledge, allergy("chemotherapy", reaction=reaction)).allergies == {"oxaliplatin"}


@pytest.mark.parametrize(
    "said",
    [
        *("mother allergic to cisplatin", "Parent: cisplatin allergy", "family has cisplatin allergy"),
        *("grandmother allergic to cisplatin", "aunt: cisplatin", "cisplatin (fhx)"),
        *(
            "母がシスプラチンアレルギー",
            "家族にシスプラチンアレルギー",
            "祖母がシスプラチンアレルギー",
            "父方の叔母にシスプラチンアレルギー",
        ),
    ],
)
def test_the_allergy_of_a_relative_is_none_of_the_patient(knowledge: Knowledge, said: str) -> None:
    case = read(knowledge, allergy(said))
    assert (case.allergies, isinstance(case.allergies_read, Unclear)) == (frozenset(), True)


@pytest.mark.parametrize("found", [allergy({}), allergy("cisplatin", recordedDate="yesterday")])
def test_what_cannot_be_read_leaves_it_open(knowledge: Knowledge, found: Any) -> None:
    case = read(knowledge, found)
    assert isinstance(case.allergies_read, Unclear)
    assert case.allergies == frozenset()


def test_a_search_that_failed_is_no_absence(knowledge: Knowledge) -> None:
    case = read(knowledge, allergy("cisplatin"), had=without("AllergyIntolerance"))
    assert case.allergies == {"cisplatin"}
    assert isinstance(case.allergies_read, Unclear)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("シスプラチンアレルギーなし", set()),
        ("シスプラチンに対するアレルギー歴なし", set()),
        ("シスプラチンアレルギー既往は無し", set()),
        ("No cisplatin allergy", set()),
        ("シスプラチンアレルギー", {"cisplatin"}),
        ("シスプラチンに対するアレルギー", {"cisplatin"}),
    ],
)
def test_an_allergy_that_is_denied_is_none(knowledge: Knowledge, said: str, expected: set[str]) -> None:
    assert read(knowledge, allergy(said)).allergies == expected
