"""Ordinary words around a drug, a dose or a diagnosis take nothing away that the record tells."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Json
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known
from cds_service.mappers.case import map_case
from tests.mappers.parts import (
    ICD,
    SCT,
    concept,
    condition,
    done,
    given,
    ki67,
    ordered,
    record,
    request,
    status,
    value,
)
from tests.mappers.safety_parts import disease, fact, read

RECENT = "2026-11-01"


def history(knowledge: Knowledge, *resources: Json) -> str:
    return value(read(knowledge, condition("nen"), *resources).history)


@pytest.mark.parametrize(
    "said",
    [
        "Lutathera infusion cycle 2, labs reviewed",
        "Lutathera infusion, consent obtained",
        "Administration of Lutathera with radiation safety instructions",
        "Infusion appointment: carboplatin C1",
        "シスプラチン投与 採血後",
    ],
)
def test_a_dose_beside_words_of_the_office_is_never_taken_for_none(knowledge: Knowledge, said: str) -> None:
    assert history(knowledge, done(said, RECENT)) == "unclear: not-understood"


@pytest.mark.parametrize(
    "said",
    ["Cisplatin infusion with hydration", "Carboplatin infusion; premedication given", "Cisplatin infusion, follow-up"],
)
def test_what_goes_with_a_dose_leaves_it_one(knowledge: Knowledge, said: str) -> None:
    case = read(knowledge, condition("nen"), done(said, RECENT))
    assert value(case.history) == "read"
    assert len(case.medications) == 1


@pytest.mark.parametrize(
    "said",
    [
        "Lutathera consult",
        "Sandostatin LAR injection teaching",
        "Lutathera treatment planning",
        "Octreotide scan",
        "Cisplatin chemotherapy education",
    ],
)
def test_talk_of_a_drug_is_no_dose_and_leaves_nothing_open(knowledge: Knowledge, said: str) -> None:
    case = read(knowledge, condition("nen"), done(said, RECENT))
    assert (value(case.history), case.medications) == ("read", ())


@pytest.mark.parametrize(
    ("said", "drug"),
    [
        ("Everolimus 10 mg tablet refills: none", "everolimus"),
        ("Capecitabine 500 mg tablet - dispense as written: no", "capecitabine"),
        ("Temozolomide 100 mg - refill: no", "temozolomide"),
        ("Capecitabine 500 mg (substitution: no)", "capecitabine"),
        ("Cisplatin (ruled out) carboplatin", "carboplatin"),
    ],
)
def test_a_no_to_something_else_denies_no_drug(knowledge: Knowledge, said: str, drug: str) -> None:
    [order] = read(knowledge, condition("nen"), drafts=(request(said),)).orders
    assert drug in {order.drug, *order.several}


@pytest.mark.parametrize("said", ["no cisplatin", "cisplatin: none", "シスプラチン投与なし", "cisplatin (not given)"])
def test_a_drug_that_is_denied_itself_is_none(knowledge: Knowledge, said: str) -> None:
    assert read(knowledge, condition("nen"), ordered(said, RECENT)).medications == ()


def service(said: str) -> Json:
    told: Json = {"resourceType": "ServiceRequest", "id": "s1", "status": "draft", "intent": "order"}
    return told | {"subject": {"reference": "Patient/p1"}, "code": {"text": said}}


@pytest.mark.parametrize(
    ("said", "drug"),
    [
        ("lutetium Lu-177 dotatate 7.4 GBq IV q8 weeks x4", "lutetium-dotatate"),
        ("Lutathera infusion", "lutetium-dotatate"),
        ("Referral to Nuclear Medicine - Lutathera", None),
        ("LUTATHERA PRE-TREATMENT LABS", None),
    ],
)
def test_a_service_that_only_names_the_radioligand_is_an_order_of_it(
    knowledge: Knowledge, said: str, drug: str | None
) -> None:
    [order] = read(knowledge, condition("nen"), drafts=(service(said),)).orders
    assert order.drug == drug


NEN = (condition("nen"), ki67(8), disease(concept((ICD, "C787"), text="肝転移"), "m"))
SUSPECTED: dict[str, Json] = {
    "in words": disease("胃癌の疑い", "x"),
    "in words and by a code": disease(concept((ICD, "C169"), text="胃癌の疑い"), "x"),
    "provisional": disease("gastric cancer", "x", verificationStatus=status("provisional")),
    "to be ruled out": disease("Lung nodule, r/o cancer", "x"),
}


@pytest.mark.parametrize("how", SUSPECTED)
def test_a_cancer_that_is_only_suspected_takes_no_result_from_the_nen(knowledge: Knowledge, how: str) -> None:
    case = read(knowledge, *NEN, SUSPECTED[how])
    assert value(case.fact("ki67_percent")) == "8"
    assert value(case.fact("extent")) == "advanced"
    assert value(read(knowledge, *NEN, disease("gastric cancer", "x")).fact("ki67_percent")) == "unclear: not-linked"


def reason(knowledge: Knowledge, *resources: Json) -> Any:
    [order] = read(knowledge, *NEN, *resources, drafts=(request("sunitinib"),)).orders
    return order.reason


def test_an_order_may_be_for_a_suspected_cancer_but_not_for_a_suspicion_that_is_over(knowledge: Knowledge) -> None:
    assert not isinstance(reason(knowledge, SUSPECTED["in words"]), Known)
    over = disease("胃癌の疑い", "x", clinicalStatus=status("resolved"))
    assert isinstance(reason(knowledge, over), Known)
    assert isinstance(reason(knowledge, disease("膵癌の疑い", "x")), Known)  # what was suspected is this tumour


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (concept((ICD, "C25.9"), text="Malignant neoplasm of pancreas"), "8"),
        (concept((ICD, "C25.9"), text="Ductal adenocarcinoma of pancreas"), "unclear: not-linked"),
    ],
)
def test_a_second_line_for_the_same_organ_leaves_the_organ_a_link(
    knowledge: Knowledge, other: Json, expected: str
) -> None:
    of_the_pancreas = ki67(8, bodySite=concept((SCT, "15776009")))
    case = read(knowledge, condition("nen"), of_the_pancreas, disease(other, "x"))
    assert value(case.fact("ki67_percent")) == expected


@pytest.mark.parametrize("code", [concept((ICD, "C78.7"), text=""), concept()])
def test_metastases_of_likely_origin_are_metastases(knowledge: Knowledge, code: Json) -> None:
    told = disease(code | {"text": "Liver metastases, likely from pancreatic NET"}, "m")
    assert value(fact(knowledge, "extent", condition("nen"), told)) == "advanced"


@pytest.mark.parametrize("said", ["NET of pancreas (probable G2)", "NET of pancreas (possible MEN1)"])
def test_a_doubt_in_brackets_about_something_else_leaves_the_tumour(knowledge: Knowledge, said: str) -> None:
    case = map_case(record(condition("c1", {"text": said})), knowledge.value_sets)
    assert (value(case.fact("diagnosis")), value(case.fact("primary_site"))) == ("nen", "pancreas")


@pytest.mark.parametrize("said", ["NET of pancreas (possible)", "NET of pancreas (probable diagnosis)"])
def test_a_doubt_in_brackets_about_the_tumour_counts(knowledge: Knowledge, said: str) -> None:
    case = map_case(record(condition("c1", {"text": said})), knowledge.value_sets)
    assert value(case.fact("diagnosis")) == "unclear: not-confirmed"


@pytest.mark.parametrize("said", ["化学療法", "PRRT", "Chemotherapy per protocol"])
def test_no_anticoagulant_hides_in_an_unnamed_treatment(knowledge: Knowledge, said: str) -> None:
    case = read(knowledge, condition("nen"), given(said, RECENT))
    assert value(case.history) == "unclear: not-understood"
    for name in ("coumarin", "ace_inhibitor", "beta_blocker", "glucose_lowering_drug"):
        assert value(case.fact(name)) == "no"
