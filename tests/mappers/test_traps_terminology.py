"""The codes that lists and tools take for something else: each read for what it is. One test for each, by its name.

The codes and what they are often taken for are those of the table of traps; `test_every_trap_of_the_table_is_here`
holds this list to it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from cds_service.domain.call import Json
from cds_service.domain.case import Case
from cds_service.domain.knowledge import DrugCode, Knowledge
from cds_service.mappers.case import map_case
from tests.mappers.parts import (
    ATC,
    HCPCS,
    ICD,
    ICD_CM,
    ICD_O,
    LOINC,
    RXNORM,
    SCT,
    concept,
    condition,
    given,
    ki67,
    observation,
    record,
    request,
    value,
    with_morphology,
)
from tests.mappers.whole_record import facts_of
from tests.reference import needs_reference, reference

NCIT = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"
UNII = "http://fdasis.nlm.nih.gov"
ONCOTREE = "http://oncotree.mskcc.org (no FHIR URI in UTG)"
YJ_CALLED_HOT7 = "urn:oid:1.2.392.100495.20.2.73"
NOT_RECORDED, AMBIGUOUS = "unclear: not-recorded", "unclear: ambiguous"
NO_DRUG = ""


@dataclass(frozen=True)
class Trap:
    """A code, what it is not, a record that holds it, and the facts that record tells."""

    system: str
    code: str
    not_: str
    record: tuple[Json, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DrugTrap:
    """A code of a drug, what it is not, its true name as a record may say it, and the drug it is of."""

    system: str
    code: str
    not_: str
    true_name: str = ""
    drug: str = NO_DRUG


def coded(system: str, code: str, **more: Any) -> Json:
    """A Condition with this code and no words."""
    return condition(code=concept((system, code)), **more)


def result(code: str, text: str, number: float = 30, unit: str = "%") -> Json:
    """A number under a LOINC code that calls itself something else."""
    quantity = {"value": number, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    return observation("trap", concept((LOINC, code, text), text=text), valueQuantity=quantity)


def graded(code: str) -> Json:
    return observation("trap", (LOINC, "33732-9"), valueCodeableConcept=concept((SCT, code)))


def scan(code: str) -> Json:
    return observation("trap", concept((LOINC, code), text="SSTR imaging"), valueInteger=3)


def written(system: str, code: str, display: str) -> Json:
    return condition(code=concept((system, code, display)), recordedDate="2024-01-01")


NET = condition("net", code=concept((ICD_CM, "C7A.012")), recordedDate="2024-01-01")
OLD, NEW = {"recordedDate": "2018-01-01"}, {"recordedDate": "2024-01-01"}

TRAPS = [
    Trap(LOINC, "85319-2", "Ki-67", (NET, result("85319-2", "Ki-67")), {"ki67_percent": NOT_RECORDED}),
    Trap(LOINC, "85329-1", "Ki-67", (NET, result("85329-1", "Ki-67")), {"ki67_percent": NOT_RECORDED}),
    Trap(LOINC, "85330-9", "Ki-67 of any tumour", (NET, result("85330-9", "Ki-67")), {"ki67_percent": NOT_RECORDED}),
    Trap(
        LOINC,
        "94077-5",
        "HRD status",
        (NET, observation("trap", (LOINC, "94077-5"), valueCodeableConcept=concept(text="high"))),
        {"tmb_msi": "high", "platinum_marker": NOT_RECORDED},
    ),
    Trap(LOINC, "39827-1", "SSTR imaging", (NET, scan("39827-1")), {"sstr_imaging": NOT_RECORDED}),
    Trap(LOINC, "43648-5", "SSTR imaging", (NET, scan("43648-5")), {"sstr_imaging": NOT_RECORDED}),
    Trap(LOINC, "40618-1", "CA-125 in serum", (NET, result("40618-1", "CA-125", 300, "U/mL"))),
    Trap(LOINC, "10334-1", "CA 15-3", (NET, result("10334-1", "CA 15-3", 300, "U/mL"))),
    Trap(
        SCT,
        "55937004",
        "NET or NEC",
        (coded(SCT, "55937004", **NEW),),
        {"diagnosis": "nen", "differentiation": AMBIGUOUS},
    ),
    *(
        Trap(SCT, code, f"tumour grade {grade}", (NET, graded(code)), {"recorded_grade": "unclear: not-understood"})
        for grade, code in enumerate(("422512005", "422894000", "423053003"), start=1)
    ),
    Trap(SCT, "718604008", "small-bowel NET", (coded(SCT, "718604008"),), {"diagnosis": "other"}),
    Trap(NCIT, "C9461", "small-bowel NET", (coded(NCIT, "C9461"),), {"diagnosis": "other"}),
    Trap(NCIT, "C35727", "NEC", (coded(NCIT, "C35727", **NEW),), {"differentiation": "well", "diagnosis": "nen"}),
    Trap(NCIT, "C35725", "NEC", (coded(NCIT, "C35725", **NEW),), {"differentiation": "well", "diagnosis": "nen"}),
    Trap(ICD_CM, "C7B.1", "GEP-NEN metastasis", (NET, coded(ICD_CM, "C7B.1")), {"extent": NOT_RECORDED}),
    Trap(
        ICD_CM,
        "E34.0",
        "billable carcinoid syndrome",
        (NET, condition("trap", code=concept((ICD_CM, "E34.0")))),
        {"hormone_syndrome": "carcinoid", "differentiation": "well"},
    ),
    Trap(
        ICD_CM,
        "D37.7",
        "other digestive organs",
        (with_morphology("8240/3", code=concept((ICD_CM, "D37.7"))),),
        {"diagnosis": "nen", "primary_site": NOT_RECORDED},
    ),
    Trap(ICD_O, "8243/3", "NET", (with_morphology("8243/3", code=concept((ICD, "C18.1"))),), {"diagnosis": "other"}),
    Trap(
        ICD_O,
        "8154/3",
        "MiNEN before ICD-O-3.2",
        (with_morphology("8154/3", code=concept((ICD, "C25.9")), **OLD),),
        {"diagnosis": "nen", "differentiation": AMBIGUOUS},
    ),
    Trap(
        ICD_O,
        "8246/3",
        "NET",
        (with_morphology("8246/3", code=concept((ICD, "C18.7")), **NEW),),
        {"diagnosis": "nen", "differentiation": "poor"},
    ),
    Trap(
        ICD_O,
        "8150/3",
        "NEC of pancreas",
        (with_morphology("8150/3", code=concept((ICD, "C25.9")), **NEW),),
        {"diagnosis": "nen", "differentiation": AMBIGUOUS, "primary_site": "pancreas"},
    ),
    Trap(
        ONCOTREE,
        "HGNEC",
        "NET of the gut",
        (written(ONCOTREE, "HGNEC", "High-Grade Neuroendocrine Carcinoma of the Colon and Rectum"),),
        {"diagnosis": "nen", "differentiation": "poor"},
    ),
    Trap(
        ONCOTREE,
        "HGNES",
        "NET of the stomach",
        (written(ONCOTREE, "HGNES", "High-Grade Neuroendocrine Carcinoma of the Stomach"),),
        {"diagnosis": "nen", "differentiation": "poor", "primary_site": "stomach"},
    ),
    Trap(
        ONCOTREE,
        "LUNE",
        "NET of the lung",
        (written(ONCOTREE, "LUNE", "Large Cell Neuroendocrine Carcinoma of the lung"),),
        {"diagnosis": "other"},
    ),
    Trap(
        ICD_O,
        "8249/3",
        "NET G2 only",
        (with_morphology("8249/3", code=concept((ICD, "C20")), **NEW), ki67(35)),
        {"differentiation": "well", "recorded_grade": NOT_RECORDED, "ki67_percent": "35"},
    ),
]

TRANSPLANT = "everolimus for a NET"
DRUG_TRAPS = [
    DrugTrap(SCT, "1263794005", "Lu-177 dotatate", "lutetium (177Lu) vipivotide tetraxetan"),
    DrugTrap(NCIT, "C1666", "interferon alfa-2b", "Tyrphostin A30"),
    DrugTrap(RXNORM, "5879", "interferon alfa-2b", "interferon alfa-2a"),
    DrugTrap(RXNORM, "1534772", "Lu-177 dotatate", "lutetium"),
    DrugTrap(RXNORM, "2380617", "octreotide LAR", "octreotide 20 MG Delayed Release Oral Capsule [Mycapssa]"),
    DrugTrap(RXNORM, "48291", "lanreotide"),
    DrugTrap(RXNORM, "203770", "lanreotide"),
    DrugTrap(RXNORM, "977427", TRANSPLANT, "everolimus"),
    DrugTrap(RXNORM, "977434", TRANSPLANT, "everolimus"),
    DrugTrap(RXNORM, "977438", TRANSPLANT, "everolimus"),
    DrugTrap(RXNORM, "2056895", TRANSPLANT, "everolimus 1 MG Oral Tablet"),
    DrugTrap(ATC, "L04AH02", TRANSPLANT, "everolimus"),
    DrugTrap(ATC, "V10XX05", "Lu-177 dotatate", "lutetium (177Lu) vipivotide tetraxetan"),
    DrugTrap(ATC, "V09IX09", "a drug of PRRT", "gallium (68Ga) edotreotide"),
    DrugTrap(ATC, "V09IX15", "a drug of PRRT", "copper (64Cu) oxodotreotide"),
    DrugTrap(ATC, "L01EX01", "hydroxyurea", "sunitinib", drug="sunitinib"),
    DrugTrap(ATC, "L01FF05", "dostarlimab", "atezolizumab", drug="atezolizumab"),
    DrugTrap(UNII, "G6UF363ECX", "Lu-177 dotatate", "lutetium Lu-177 vipivotide tetraxetan"),
    DrugTrap(HCPCS, "J2350", "octreotide"),
    DrugTrap(HCPCS, "J2359", "octreotide depot"),
]


def name_of(trap: Trap | DrugTrap) -> str:
    return f"{trap.code} is not {trap.not_}"


def case_of(knowledge: Knowledge, *resources: Json, **more: Any) -> Case:
    return map_case(record(*resources, **more), knowledge.value_sets)


@pytest.mark.parametrize("trap", TRAPS, ids=name_of)
def test_the_trap(knowledge: Knowledge, trap: Trap) -> None:
    case = case_of(knowledge, *trap.record)
    assert {name: value(case.fact(name)) for name in trap.facts} == trap.facts
    assert trap.facts or facts_of(case) == facts_of(case_of(knowledge, NET))  # it tells nothing at all


@pytest.mark.parametrize("trap", DRUG_TRAPS, ids=name_of)
def test_the_trap_of_a_drug(knowledge: Knowledge, trap: DrugTrap) -> None:
    """By its code alone and with its true name: as an order, and as a drug that was given."""
    bare, named = concept((trap.system, trap.code)), concept((trap.system, trap.code, trap.true_name))
    for said in (bare, named) if trap.true_name else (bare,):
        drug = {"medicationCodeableConcept": said}
        had = given("", "2026-10-01") | drug
        case = case_of(knowledge, NET, had, drafts=(request() | drug,))
        assert [order.drug or NO_DRUG for order in case.orders] == [trap.drug]
        assert {medication.drug for medication in case.medications} == {trap.drug} - {NO_DRUG}


def test_mixed_tumours_of_the_pancreas_are_minen_since_icd_o_3_2(knowledge: Knowledge) -> None:
    """8154/3 in 2018 and in 2024; of no date it may be either."""
    told = [with_morphology("8154/3", code=concept((ICD, "C25.9")), **dates) for dates in (OLD, NEW, {})]
    found = [value(case_of(knowledge, one).fact("differentiation")) for one in told]
    assert found == [AMBIGUOUS, "mixed", AMBIGUOUS]


def test_the_system_often_called_hot7_is_yj(knowledge: Knowledge) -> None:
    """A hospital that lists a YJ code finds it under this system, and its HOT7 codes are not looked for there."""
    systems = knowledge.value_sets.systems
    yj, hot7 = systems[YJ_CALLED_HOT7], systems["urn:oid:1.2.392.200119.4.403.2"]
    assert yj != hot7
    sunitinib = knowledge.value_sets.drugs["sunitinib"]
    own = (DrugCode(yj, "1234567A1234", "product", ""), DrugCode(hot7, "1234567", "product", ""))
    listed = replace(sunitinib, codes=(*sunitinib.codes, *own))
    value_sets = replace(knowledge.value_sets, drugs={**knowledge.value_sets.drugs, "sunitinib": listed})
    for code, drug in (("1234567A1234", "sunitinib"), ("1234567", None)):
        draft = request() | {"medicationCodeableConcept": concept((YJ_CALLED_HOT7, code))}
        [order] = map_case(record(NET, drafts=(draft,)), value_sets).orders
        assert order.drug == drug


@needs_reference
def test_every_trap_of_the_table_is_here() -> None:
    with reference("terminology", "traps.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["system"], row["code"]) for row in csv.DictReader(file)]
    here = [(trap.system, trap.code) for trap in TRAPS] + [(trap.system, trap.code) for trap in DRUG_TRAPS]
    assert sorted([*here, (YJ_CALLED_HOT7, "(system)")]) == sorted(rows)
