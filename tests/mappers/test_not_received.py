"""What does not say whose it is, what came in several copies, and what there is too much of: counted, never used."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Json, Record
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.set_aside import Aside
from cds_service.domain.values import Why
from cds_service.mappers.case import map_case
from cds_service.mappers.chart import MOST_CHECKED
from tests.mappers.parts import condition, ki67, ordered, request, value
from tests.mappers.safety_parts import disease, procedure, read, result
from tests.mappers.whole_record import gathered

MINE = condition() | {"subject": {"reference": "Patient/p1"}}
SAID_WITHOUT_A_REFERENCE: dict[str, Any] = {
    "an identifier only": {"identifier": {"system": "urn:oid:1.2.392.100495.20.3.51", "value": "1"}},
    "a name only": {"display": "the patient"},
    "an address that leads nowhere": {"reference": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"},
    "a contained patient": {"reference": "#p"},
    "nobody": None,
}


def untold(resource: Json, whose: Any) -> Json:
    left = {key: found for key, found in resource.items() if key != "subject"}
    return left | ({} if whose is None else {"subject": whose})


def case_of(record: Record, knowledge: Knowledge) -> Any:
    return map_case(record, knowledge.value_sets)


@pytest.mark.parametrize("whose", SAID_WITHOUT_A_REFERENCE)
@pytest.mark.parametrize(
    ("name", "resource"),
    [
        ("ki67_percent", ki67(30, "x")),
        ("creatinine", result("2160-0", 9, name="x", flag="H")),
        ("heart_failure", disease("heart failure", "x")),
        ("recent_surgery", procedure("laparotomy", name="x")),
        ("coumarin", ordered("warfarin", "2026-11-01", "x")),
    ],
)
def test_what_does_not_say_whose_it_is_is_counted_and_named_where_asked_for(
    knowledge: Knowledge, whose: str, name: str, resource: Json
) -> None:
    found = untold(resource, SAID_WITHOUT_A_REFERENCE[whose])
    record = gathered([MINE, found], "p1")
    assert record.lacking[resource["resourceType"]] is Why.INCOMPLETE
    case = case_of(record, knowledge)
    case.fact("mgmt")
    assert case.set_aside().counts == {Aside.OWNER_UNTOLD: 1}
    assert not case.set_aside().named or name == "ki67_percent"  # every call looks for it
    assert value(case.fact(name)).startswith("unclear")
    places = [(one.where, one.why) for one in case.set_aside().named]
    assert places == [(f"{resource['resourceType']}/x", Aside.OWNER_UNTOLD)]


def test_a_draft_that_does_not_say_whose_it_is_is_counted(knowledge: Knowledge) -> None:
    draft = untold(request("sunitinib", "d1"), {"display": "the patient"})
    case = case_of(gathered([MINE], "p1", [draft]), knowledge)
    assert [(one.where, one.why) for one in case.set_aside().named] == [("MedicationRequest/d1", Aside.OWNER_UNTOLD)]


def test_what_came_under_two_keys_is_counted_once(knowledge: Knowledge) -> None:
    found = untold(result("2160-0", 9, name="x"), None)
    case = case_of(gathered([MINE, found, dict(found)], "p1"), knowledge)
    assert case.set_aside().counts == {Aside.OWNER_UNTOLD: 1}


@pytest.mark.parametrize("subject", [{"reference": "Patient/p1"}, {"display": "the patient"}])
def test_a_tag_that_the_patient_was_not_told_counts_wherever_it_stands(knowledge: Knowledge, subject: Json) -> None:
    tagged = disease("heart failure", "x", subject=subject, meta={"tag": [{"code": "UNINFORMED"}]})
    assert case_of(gathered([MINE, tagged], "p1"), knowledge).uninformed
    assert not case_of(gathered([MINE, disease("heart failure", "x", subject=subject)], "p1"), knowledge).uninformed


@pytest.mark.parametrize("meta", [{}, {"meta": {"versionId": "2"}}])
def test_a_copy_of_which_another_was_taken_is_counted(knowledge: Knowledge, meta: Json) -> None:
    old = ki67(3, "x") | ({"meta": {"versionId": "1"}} if meta else {})
    case = case_of(gathered([MINE, old, ki67(30, "x") | meta], "p1"), knowledge)
    case.fact("ki67_percent")
    aside = case.set_aside()
    assert aside.counts == {Aside.ANOTHER_COPY: 1}
    assert [(one.where, one.why) for one in aside.named] == [("Observation/x", Aside.ANOTHER_COPY)]


def test_copies_that_are_alike_are_not_counted(knowledge: Knowledge) -> None:
    assert case_of(gathered([MINE, ki67(3, "x"), ki67(3, "x")], "p1"), knowledge).set_aside().counts == {}


def test_what_was_left_unread_is_counted(knowledge: Knowledge) -> None:
    case = read(knowledge, *(ki67(8, f"k{number}") for number in range(MOST_CHECKED + 5)))
    assert value(case.fact("ki67_percent")) == "unclear: incomplete"
    assert case.set_aside().counts == {Aside.TOO_MANY: 5}
