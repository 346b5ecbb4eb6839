"""Which operations and local treatments were done to the NEN: by its organ, by the words, by a reason."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import LOINC, SCT, concept, condition, done, given, observation, value
from tests.mappers.safety_parts import disease, read, told

STABLE, OPEN, GROWING = "stable", "unclear: conflicting", "progressing"
GREW = observation("s1", (LOINC, "88040-1"), "2026-03-01", valueCodeableConcept=concept((LOINC, "LA28370-7")))
CALM = observation("s2", (LOINC, "88040-1"), "2026-09-01", valueCodeableConcept=concept((LOINC, "LA28371-5")))
OF_THE_NEN = {"reasonReference": [{"reference": "Condition/c1"}]}
ON_THE_LIVER = {"bodySite": [concept((SCT, "10200004"))]}

DONE: list[tuple[str, dict[str, Any], str]] = [
    ("Distal pancreatectomy", {}, STABLE),
    ("Resection of pancreas", {}, STABLE),
    ("膵頭十二指腸切除術、胆嚢摘出術", {}, STABLE),
    ("Hepatectomy", {}, STABLE),
    ("Resection of primary tumour", {}, STABLE),
    ("Resection of liver metastases", {}, STABLE),
    ("TACE", {}, STABLE),
    ("肝動脈塞栓術", {}, STABLE),
    ("Hepatic artery embolization", {}, STABLE),
    ("Radiotherapy to bone metastases", {}, STABLE),
    ("Radiofrequency ablation", ON_THE_LIVER, STABLE),
    ("Resection", OF_THE_NEN, STABLE),
    ("Embolization", {}, OPEN),
    ("Radiotherapy", {}, OPEN),
    ("Resection", {}, OPEN),
    ("Appendectomy", {}, OPEN),
    ("Right hemicolectomy", {}, OPEN),
    ("Excision of skin lesion", {}, GROWING),
    ("Transurethral resection of prostate", {}, GROWING),
    ("Endoscopic mucosal resection of colon polyp", {}, GROWING),
    ("白内障摘出術", {}, GROWING),
    ("腹腔鏡下胆嚢摘出術", {}, GROWING),
    ("Radiation therapy to breast", {}, GROWING),
    ("Excision of skin lesion", OF_THE_NEN, STABLE),
    ("Resection", {"reasonCode": [concept(text="Breast cancer")]}, GROWING),
]


@pytest.mark.parametrize(("said", "more", "expected"), DONE)
def test_a_stable_scan_is_explained_only_by_what_was_done_to_the_tumour(
    knowledge: Knowledge, said: str, more: dict[str, Any], expected: str
) -> None:
    assert told(knowledge, "progression", GREW, CALM, done(said, "2026-05-01", **more)) == expected


def test_a_polyp_at_the_site_of_the_tumour_may_have_been_the_tumour(knowledge: Knowledge) -> None:
    colon = condition("c1", concept(text="Neuroendocrine tumor of colon"))
    polyp = done("Endoscopic mucosal resection of colon polyp", "2026-05-01")
    assert told(knowledge, "progression", colon, GREW, CALM, polyp) == OPEN


def test_beside_another_cancer_an_operation_on_the_liver_tells_nothing(knowledge: Knowledge) -> None:
    mine = [one | {"focus": [{"reference": "Condition/c1"}]} for one in (GREW, CALM)]
    assert told(knowledge, "progression", disease("breast cancer", "c2"), *mine, done("Hepatectomy")) == OPEN


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Distal pancreatectomy", True),
        ("Appendectomy", True),
        ("Excision of skin lesion", False),
        ("Transurethral resection of prostate", False),
        ("白内障摘出術", False),
    ],
)
def test_no_drug_is_perioperative_about_an_operation_on_another_organ(
    knowledge: Knowledge, said: str, expected: bool
) -> None:
    [found] = read(knowledge, done(said, "2024-07-01"), given("capecitabine", "2024-08-01")).medications
    assert found.perioperative is expected


def test_an_operation_on_another_organ_leaves_the_primary_untold(knowledge: Knowledge) -> None:
    assert value(read(knowledge, done("白内障摘出術")).fact("primary_resected")) == "unclear: not-recorded"
    assert value(read(knowledge, done("Resection")).fact("primary_resected")) == "unclear: not-linked"


CISPLATIN = [given("cisplatin", "2026-02-20", "a1"), given("cisplatin", "2026-04-20", "a2")]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (done("chemotherapy", "2026-05-01"), OPEN),
        (done("化学療法", "2026-05-01"), OPEN),
        (done("EP", "2026-05-01"), OPEN),
        (given("chemotherapy", "2026-05-01", "u1"), OPEN),
        (done("chemotherapy", "2026-04-20"), GROWING),
        (done("chemotherapy", "2026-02-20"), GROWING),
        (done("chemotherapy", "2026-05-01", reasonCode=[concept(text="Breast cancer")]), GROWING),
        *((done(said, "2026-05-01"), GROWING) for said in ("chemotherapy consult", "chemotherapy teaching visit")),
        (done("化学療法の予約", "2026-05-01"), GROWING),
    ],
)
def test_chemotherapy_of_no_told_drug_may_have_been_begun_and_talk_of_it_was_not(
    knowledge: Knowledge, record: Any, expected: str
) -> None:
    assert told(knowledge, "progression", GREW, CALM, *CISPLATIN, record) == expected


def test_a_cycle_of_prrt_beside_its_named_dose_is_no_other_beginning(knowledge: Knowledge) -> None:
    doses = [given("Lutathera", day, f"l{day}") for day in ("2026-02-20", "2026-04-20")]
    assert told(knowledge, "progression", GREW, CALM, *doses, done("PRRT cycle 2", "2026-04-21")) == GROWING
