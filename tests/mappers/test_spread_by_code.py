"""Where a tumour has spread, by the codes a hospital sends; and a NEN that is on record by its metastasis only."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Why
from cds_service.mappers.case import map_case
from tests.mappers.parts import (
    ICD,
    ICD_CM,
    ICD_O,
    MORPHOLOGY,
    OWN,
    SCT,
    concept,
    condition,
    observation,
    record,
    value,
    why,
    with_morphology,
)

SECONDARY = {"profile": ["http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-secondary-cancer-condition"]}


def fact(knowledge: Knowledge, name: str, *resources: Any) -> Any:
    return map_case(record(*resources), knowledge.value_sets).fact(name)


def spread(code: Any, **more: Any) -> Any:
    return condition("m1", code, **more)


OUTSIDE = ["C79.51", "C78.00", "C78.2", "C79.31", "C78.89", "C78.1", "C78.4", "C79.70", "C79.60", "C78.6"]


@pytest.mark.parametrize("code", [concept((ICD_CM, code)) for code in OUTSIDE] + [concept((ICD, "C793"))])
def test_every_billable_secondary_outside_the_liver_is_known_to_be_there(knowledge: Knowledge, code: Any) -> None:
    assert value(fact(knowledge, "extrahepatic_metastases", condition(), spread(code))) == "yes"
    assert value(fact(knowledge, "extent", condition(), spread(code))) == "advanced"


@pytest.mark.parametrize("code", ["C78.7", "C79.9", "C79.89", "C78", "C79", "C77.2"])
def test_the_liver_an_open_place_and_nodes_do_not_say_so(knowledge: Knowledge, code: str) -> None:
    found = fact(knowledge, "extrahepatic_metastases", condition(), spread(concept((ICD_CM, code))))
    assert why(found) is Why.NOT_RECORDED


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (concept((ICD_CM, "C79.9"), text="Bone metastases"), "yes"),
        (concept((ICD, "C79.8"), text="胸膜播種"), "yes"),
        (concept(text="転移性脳腫瘍"), "yes"),
        (concept((ICD_CM, "C79.9"), text="Liver metastases"), None),
        (concept(text="肝転移、肝外転移認めず"), "no"),
        (concept(text="肝転移、肝外転移(-)"), "no"),
    ],
)
def test_words_tell_the_place_a_code_leaves_open(knowledge: Knowledge, code: Any, expected: str | None) -> None:
    found = fact(knowledge, "extrahepatic_metastases", condition(), spread(code))
    assert value(found) == expected if expected else why(found) is Why.NOT_RECORDED


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        (concept((SCT, "272673000")), "yes"),
        (concept(text="Brain"), "yes"),
        (concept((SCT, "10200004")), None),
        (concept((SCT, "59441001")), None),
        (concept((SCT, "999")), None),
    ],
)
def test_the_body_site_of_a_secondary_is_where_it_lies(knowledge: Knowledge, site: Any, expected: str | None) -> None:
    entered = spread(concept((SCT, "128462008")), meta=SECONDARY, bodySite=[site])
    found = fact(knowledge, "extrahepatic_metastases", condition(), entered)
    assert value(found) == expected if expected else why(found) is Why.NOT_RECORDED
    assert value(fact(knowledge, "primary_site", condition(), entered)) == "pancreas"


@pytest.mark.parametrize("said", ["びまん性転移性肝癌", "びまん性の肝転移", "両葉性肝転移", "肝転移（びまん性）"])
def test_diffuse_metastases_in_these_words(knowledge: Knowledge, said: str) -> None:
    for code in (concept(text=said), concept((ICD, "C78.7"), text=said)):
        assert value(fact(knowledge, "diffuse_liver_metastases", condition(), spread(code))) == "yes"
        assert value(fact(knowledge, "extent", condition(), spread(code))) == "advanced"


@pytest.mark.parametrize(
    "said",
    [
        "Pancreatic NET, history of resected liver metastases",
        "Pancreatic NET, s/p resection of liver metastases",
        "膵NET、肝転移切除後",
        "膵NET、肝転移の既往",
    ],
)
def test_metastases_that_are_history_are_not_active(knowledge: Knowledge, said: str) -> None:
    assert why(fact(knowledge, "extent", condition(code=concept(text=said)))) is Why.NOT_RECORDED
    assert value(fact(knowledge, "primary_site", condition(code=concept(text=said)))) == "pancreas"


@pytest.mark.parametrize("said", ["膵NET、肝転移術後再発", "Pancreatic NET with unresected liver metastases"])
def test_metastases_that_came_back_or_stayed_are_active(knowledge: Knowledge, said: str) -> None:
    assert value(fact(knowledge, "extent", condition(code=concept(text=said)))) == "advanced"


@pytest.mark.parametrize("said", ["No hepatic metastases", "No liver metastases", "肝転移を認めず"])
def test_no_metastases_in_the_liver_is_no_tumour_volume(knowledge: Knowledge, said: str) -> None:
    load = observation("l1", (OWN, "hepatic-tumour-load"), "2026-11-01", valueString=said)
    assert value(fact(knowledge, "liver_tumour_volume_percent", condition(), load)) == "0"


def by_morphology(code: str) -> Any:
    extension = {"url": MORPHOLOGY, "valueCodeableConcept": concept((ICD_O, code))}
    return spread(concept((SCT, "128462008")), meta=SECONDARY, extension=[extension])


@pytest.mark.parametrize(
    "entered",
    [
        *(spread(concept((ICD_CM, f"C7B.0{digit}"))) for digit in "012349"),
        spread(concept((ICD_CM, "C7B.8"))),
        spread(concept((SCT, "135091000119106"))),
        spread(concept(text="Neuroendocrine liver metastases")),
        by_morphology("8240/6"),
        by_morphology("8246/6"),
        condition(code=concept((ICD_CM, "C7A"))),
        condition(code=concept((ICD_CM, "C7A.0"))),
        condition(code=concept((ICD_CM, "C7A01"))),
    ],
)
def test_a_nen_is_known_by_its_metastasis_or_by_the_parent_of_its_code(knowledge: Knowledge, entered: Any) -> None:
    assert value(fact(knowledge, "diagnosis", entered)) == "nen"
    assert why(fact(knowledge, "primary_site", entered)) is Why.NOT_RECORDED


@pytest.mark.parametrize(
    "entered", [spread(concept((ICD_CM, "C7B.1"))), spread(concept((ICD, "C78.7"))), by_morphology("8140/6")]
)
def test_another_metastasis_is_no_nen(knowledge: Knowledge, entered: Any) -> None:
    assert value(fact(knowledge, "diagnosis", entered)) == "other"


def test_a_metastasis_beside_a_neuroendocrine_tumour_of_elsewhere_may_be_of_that(knowledge: Knowledge) -> None:
    lung = with_morphology("8041/3", code=concept((ICD, "C34.1")))
    assert why(fact(knowledge, "diagnosis", lung, spread(concept((ICD_CM, "C7B.02"))))) is Why.NOT_LINKED
    breast = condition("c2", concept((ICD, "C50.9")))
    assert value(fact(knowledge, "diagnosis", breast, spread(concept((ICD_CM, "C7B.02"))))) == "nen"


@pytest.mark.parametrize(
    "code", [concept((ICD_CM, "E34.00")), concept((ICD, "E34.0")), concept(text="Carcinoid syndrome")]
)
def test_a_syndrome_without_a_tumour_leaves_the_diagnosis_open(knowledge: Knowledge, code: Any) -> None:
    assert why(fact(knowledge, "diagnosis", condition(code=code))) is Why.AMBIGUOUS
    assert value(fact(knowledge, "diagnosis", condition(), condition("c2", code))) == "nen"
