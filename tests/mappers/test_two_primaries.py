"""Two NENs of one patient: a result is of one of them, and one is never taken for the other."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.case import Case
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.set_aside import Aside
from cds_service.domain.values import Unclear, Why
from cds_service.mappers.case import map_case
from tests.mappers.parts import (
    ICD_O,
    LOINC,
    OWN,
    SCT,
    concept,
    condition,
    finding,
    ki67,
    observation,
    record,
    request,
    value,
)

PANCREAS, DUODENUM = concept(text="pancreas"), concept(text="duodenum")
OF_PANCREAS = condition("c1", concept(text="Well differentiated neuroendocrine tumor of pancreas"))
OF_DUODENUM = condition("c2", concept(text="Poorly differentiated neuroendocrine carcinoma of duodenum"))
FOCUS = {"pancreas": [{"reference": "Condition/c1"}], "duodenum": [{"reference": "Condition/c2"}]}


def case(knowledge: Knowledge, *results: Any, order_for: str | None = None, others: Any = (OF_DUODENUM,)) -> Case:
    reason: Any = {"reasonReference": [{"reference": f"Condition/{order_for}"}]} if order_for else {}
    return map_case(
        record(OF_PANCREAS, *others, *results, drafts=(request("sunitinib", **reason),)), knowledge.value_sets
    )


def told(knowledge: Knowledge, name: str, *results: Any, **more: Any) -> str:
    return value(case(knowledge, *results, **more).fact(name))


def at(number: Any, site: str, name: str, **more: Any) -> Any:
    return ki67(number, name, bodySite=concept(text=site), **more)


BY_SITE = (at(2, "pancreas", "a"), at(25, "duodenum", "b"))
BY_FOCUS = (ki67(2, "a", focus=FOCUS["pancreas"]), ki67(25, "b", focus=FOCUS["duodenum"]))


@pytest.mark.parametrize("results", [BY_SITE, BY_FOCUS])
def test_an_order_takes_the_results_of_the_tumour_it_is_for(knowledge: Knowledge, results: Any) -> None:
    assert told(knowledge, "ki67_percent", *results, order_for="c1") == "2"
    assert told(knowledge, "ki67_percent", *results, order_for="c2") == "25"


@pytest.mark.parametrize("results", [BY_SITE, BY_FOCUS, BY_SITE[:1], BY_FOCUS[1:]])
def test_without_such_an_order_no_result_is_taken_for_that_of_the_other(knowledge: Knowledge, results: Any) -> None:
    found = case(knowledge, *results).fact("ki67_percent")
    assert isinstance(found, Unclear)
    assert found.why is Why.NOT_LINKED
    assert [known.source for known in found.seen] == [f"Observation/{one['id']}" for one in results]


def test_what_is_alike_in_both_is_known(knowledge: Knowledge) -> None:
    assert told(knowledge, "ki67_percent", at(2, "pancreas", "a"), at(2, "duodenum", "b")) == "2"


def test_a_result_that_names_neither_is_not_used(knowledge: Knowledge) -> None:
    own_code = observation("m", (OWN, "mitoses-per-2mm2"), valueInteger=25)
    for order_for in (None, "c1"):
        read = case(knowledge, ki67(25), own_code, order_for=order_for)
        assert value(read.fact("ki67_percent")) == "unclear: not-linked"
        assert value(read.fact("mitoses_per_2mm2")) == "unclear: not-linked"
        assert read.set_aside().counts == {str(Aside.NOT_LINKED): 2}


def test_a_specimen_of_both_organs_names_neither(knowledge: Knowledge) -> None:
    both = ki67(25, specimen={"display": "Pancreas and duodenum, Whipple resection"})
    assert told(knowledge, "ki67_percent", both, order_for="c1") == "unclear: not-linked"


def test_differentiation_is_that_of_the_tumour_the_order_is_for(knowledge: Knowledge) -> None:
    assert told(knowledge, "differentiation", order_for="c1") == "well"
    assert told(knowledge, "differentiation", order_for="c2") == "poor"
    assert told(knowledge, "differentiation") == "unclear: not-linked"


def test_function_is_that_of_the_tumour_the_order_is_for(knowledge: Knowledge) -> None:
    gastrinoma = condition(
        "c2", concept(text="Gastrinoma of duodenum"), clinicalStatus={"coding": [{"code": "active"}]}
    )
    silent = finding("functional-status", "non-functioning", focus=FOCUS["pancreas"])
    beside: Any = {"others": (gastrinoma,)}
    assert told(knowledge, "functional_status", silent, order_for="c1", **beside) == "non-functioning"
    assert told(knowledge, "functional_status", silent, order_for="c2", **beside) == "functioning"
    assert told(knowledge, "functional_status", silent, **beside) == "unclear: conflicting"


@pytest.mark.parametrize(
    "other",
    [
        condition("c2", concept(text="Pancreatic neuroendocrine tumor")),
        condition("c2", concept(text="Neuroendocrine tumor")),
        condition("c2", concept(text="Neuroendocrine tumor of unknown primary")),
    ],
)
def test_a_second_condition_of_the_same_or_of_no_site_is_no_second_tumour(knowledge: Knowledge, other: Any) -> None:
    for order_for in (None, "c1", "c2"):
        assert told(knowledge, "ki67_percent", ki67(25), order_for=order_for, others=(other,)) == "25"
    of_the_second = ki67(25, focus=FOCUS["duodenum"])
    assert told(knowledge, "ki67_percent", of_the_second, order_for="c1", others=(other,)) == "25"


def test_a_tumour_that_has_two_conditions_is_found_by_either_beside_another(knowledge: Knowledge) -> None:
    twin = condition("c3", concept(text="Pancreatic neuroendocrine tumor"))
    results = (ki67(2, "a", focus=[{"reference": "Condition/c3"}]), at(25, "duodenum", "b"))
    assert told(knowledge, "ki67_percent", *results, order_for="c1", others=(OF_DUODENUM, twin)) == "2"


def test_a_receptor_study_is_of_the_patient(knowledge: Knowledge) -> None:
    assert told(knowledge, "sstr_imaging", finding("sstr-imaging", "positive")) == "positive"


def test_a_report_that_names_the_organ_says_which_of_two(knowledge: Knowledge) -> None:
    report: Any = {"resourceType": "DiagnosticReport", "id": "r1", "status": "final", "code": {"text": "Pathology"}}
    report |= {"subject": {"reference": "Patient/p1"}, "result": [{"reference": "Observation/k1"}]}
    tumour = report | {"conclusionCode": [concept((ICD_O, "8240/3"))]}
    assert told(knowledge, "ki67_percent", ki67(2), tumour, order_for="c1") == "unclear: not-linked"
    named = report | {"conclusionCode": [concept(text="Neuroendocrine tumor of pancreas")]}
    assert told(knowledge, "ki67_percent", ki67(2), named, order_for="c1") == "2"
    assert told(knowledge, "ki67_percent", ki67(2), named, order_for="c2") == "unclear: not-recorded"


def test_a_recorded_grade_of_the_other_tumour_is_not_read(knowledge: Knowledge) -> None:
    graded = observation("g", (LOINC, "33732-9"), valueCodeableConcept=concept((SCT, "61026006")), bodySite=DUODENUM)
    assert told(knowledge, "recorded_grade", graded, order_for="c1") == "unclear: not-recorded"
    assert told(knowledge, "recorded_grade", graded, order_for="c2") == "G3"
