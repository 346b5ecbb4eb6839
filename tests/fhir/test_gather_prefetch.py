"""What prefetch says and leaves open: missing is unknown, null or an empty search is "none", an error a failure."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Json, Record, Trouble
from cds_service.domain.values import Why
from cds_service.errors import ReadFailed, RecordUnavailable, WrongPatient
from cds_service.fhir.gather import gather
from tests.fhir.records import ERROR, OBSERVATIONS, TEMPLATES, WARNING, bundle, call, complete, person, resource

TYPES = frozenset(template.type for template in TEMPLATES)


def gathered(prefetch: Json, **more: Any) -> Record:
    return gather(call(prefetch, **more), TEMPLATES, None)


def ids(record: Record, kind: str) -> list[Any]:
    return [each.get("id") for each in record.resources.get(kind, ())]


def outcome_only(outcome: Json) -> Json:
    entry = [{"resource": outcome, "search": {"mode": "outcome"}}]
    return {"resourceType": "Bundle", "type": "searchset", "total": 0, "entry": entry}


def test_a_complete_prefetch_is_the_whole_record() -> None:
    record = gathered(complete())
    assert record.had == TYPES
    assert (record.lacking, record.troubles) == ({}, ())
    assert {kind: ids(record, kind) for kind in record.resources} == {
        "Patient": ["p1"],
        "Condition": ["c1"],
        "Observation": ["o1"],
        "MedicationRequest": ["m1"],
    }


@pytest.mark.parametrize(
    "value",
    [
        None,
        bundle(),
        {"resourceType": "Bundle", "type": "searchset", "total": 0},
        {"resourceType": "Bundle"},
        {"resourceType": "Bundle", "total": 0, "entry": None},
        outcome_only(WARNING),
        {"resourceType": "Bundle", "total": 0, "entry": [{"resource": WARNING}]},
    ],
    ids=["null", "empty entry", "no entry", "bare", "null entry", "warning", "warning without mode"],
)
@pytest.mark.parametrize("key", ["conditions", "observations"])
def test_null_an_empty_search_and_a_mere_warning_are_known_empty(key: str, value: Any) -> None:
    record = gathered(complete(**{key: value}))
    assert record.had == TYPES
    assert (record.lacking, record.troubles) == ({}, ())


def test_a_missing_key_is_unknown_and_an_error_is_a_failure() -> None:
    missing = complete()
    del missing["observations"]
    record = gathered(missing)
    assert record.had == TYPES - {"Observation"}
    assert (record.lacking, record.troubles) == ({"Observation": Why.UNAVAILABLE}, ())
    bare = outcome_only({"resourceType": "OperationOutcome"})
    for failure in (ERROR, WARNING, outcome_only(ERROR), bare, bundle(person(), ERROR)):
        record = gathered(complete(observations=failure))
        assert record.had == TYPES - {"Observation"}
        assert record.lacking == {"Observation": Why.UNAVAILABLE}
        assert record.troubles == (Trouble("not-read", "observations", Why.UNAVAILABLE),)
        assert "OperationOutcome" not in record.resources


def withheld(code: str) -> Json:
    return {"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": code}]}


@pytest.mark.parametrize("code", ["suppressed", "incomplete", "security", "forbidden", "timeout", "throttled", "login"])
@pytest.mark.parametrize("severity", ["warning", "information"])
def test_a_warning_that_something_was_held_back_is_not_known_empty(code: str, severity: str) -> None:
    told = withheld(code)
    told["issue"][0]["severity"] = severity
    record = gathered(complete(observations=outcome_only(told)))
    assert record.lacking == {"Observation": Why.UNAVAILABLE}
    record = gathered(complete(observations=bundle(resource("Observation", "o1"), told)))
    assert record.lacking == {"Observation": Why.INCOMPLETE}
    assert ids(record, "Observation") == ["o1"]


@pytest.mark.parametrize("code", ["processing", "informational", "not-found", "business-rule", None])
def test_a_warning_about_the_search_itself_holds_nothing_back(code: str | None) -> None:
    told = withheld(code) if code else {"resourceType": "OperationOutcome", "issue": [{"severity": "warning"}]}
    assert gathered(complete(observations=outcome_only(told))).had == TYPES


def test_what_is_only_included_beside_no_result_does_no_harm() -> None:
    beside = {"resource": person(), "search": {"mode": "include"}}
    empty = {"resourceType": "Bundle", "type": "searchset", "total": 0, "entry": [beside]}
    record = gathered(complete(observations=empty))
    assert (record.had, record.troubles) == (TYPES, ())


@pytest.mark.parametrize(
    "value",
    [
        ERROR,
        outcome_only(ERROR),
        5,
        "text",
        [],
        {},
        {"resourceType": 7},
        person(),
        bundle(person()),
        bundle(resource("Observation"), total=0),
        bundle(resource("Observation"), ERROR),
    ],
)
def test_without_conditions_the_call_cannot_be_answered(value: Any) -> None:
    with pytest.raises(RecordUnavailable, match="conditions"):
        gathered(complete(conditions=value))
    missing = complete()
    del missing["conditions"]
    with pytest.raises(RecordUnavailable, match="conditions"):
        gathered(missing)


@pytest.mark.parametrize(
    "value",
    [
        5,
        True,
        "text",
        [],
        {},
        {"resourceType": 7},
        {"resourceType": "Bundle", "entry": {"resource": 1}},
        person(),
        bundle(person()),
        bundle(resource("Procedure"), WARNING, total=1),
        bundle(bundle(resource("Procedure"))),
    ],
)
def test_a_value_that_is_no_answer_leaves_its_type_unknown(value: Any) -> None:
    record = gathered(complete(observations=value))
    assert record.lacking == {"Observation": Why.UNAVAILABLE}
    assert record.troubles == (Trouble("not-understood", "observations", Why.NOT_UNDERSTOOD),)


@pytest.mark.parametrize(
    "value",
    [
        bundle(resource("Observation", "o1"), next_page="https://ehr.example.org/fhir?_getpages=1"),
        bundle(resource("Observation", "o1"), link=[{"relation": "self", "url": "x"}, {"relation": "next"}]),
        bundle(resource("Observation", "o1"), total=2),
        bundle(resource("Observation", "o1"), total=True),
        bundle(resource("Observation", "o1"), total="1"),
        bundle(resource("Observation", "o1"), total=1.0),
        bundle(resource("Observation", "o1"), total=-1),
        bundle(resource("Observation", "o1"), link={"relation": "self", "url": "x"}),
        bundle(resource("Observation", "o1"), link=["next"]),
        bundle(resource("Observation", "o1"), link="next"),
        bundle(resource("Observation", "o1"), resource("Observation", "o1"), total=2),
        bundle(resource("Observation", "o1"), person(), total=2),
        bundle(resource("Observation", "o1"), ERROR),
        resource("Observation", "o1"),
        {"resourceType": "Bundle", "entry": [{"resource": resource("Observation", "o1")}, "text"]},
        {"resourceType": "Bundle", "entry": [{"resource": resource("Observation", "o1")}, {"fullUrl": "x"}]},
        {"resourceType": "Bundle", "entry": [{"resource": resource("Observation", "o1")}, {"resource": {"id": "o2"}}]},
        {
            "resourceType": "Bundle",
            "entry": [
                {"resource": resource("Observation", "o1")},
                {"resource": resource("Observation", "o2"), "search": {"mode": "unheard-of"}},
            ],
        },
        {
            "resourceType": "Bundle",
            "entry": [
                {"resource": resource("Observation", "o1")},
                {"resource": resource("Observation", "o2"), "search": {"mode": "outcome"}},
            ],
        },
        bundle(bundle(resource("Observation", "o1"), next_page="x")),
        bundle(bundle(resource("Observation", "o1"), total=2)),
        bundle(bundle(resource("Observation", "o1"), total="1")),
        bundle(resource("Observation", "o1"), {"resourceType": "Bundle", "entry": "text"}),
    ],
    ids=[
        "a further page",
        "a further page and no way to it",
        "a total above its entries",
        "a total that is true",
        "a total that is text",
        "a total that is no whole number",
        "a total below nothing",
        "a link that is no list",
        "a link that is no object",
        "a link that is text",
        "one entry twice",
        "a total that counts another type",
        "an error beside it",
        "no Bundle",
        "an entry that is text",
        "an entry without a resource",
        "a resource without a type",
        "a search mode that is none",
        "a resource said to be an outcome",
        "a further page within",
        "a total within",
        "an odd total within",
        "a broken Bundle within",
    ],
)
def test_nothing_is_concluded_from_what_a_part_lacks_but_the_part_is_used(value: Json) -> None:
    record = gathered(complete(observations=value))
    assert ids(record, "Observation") == ["o1"]
    assert record.had == TYPES - {"Observation"}
    assert record.lacking == {"Observation": Why.INCOMPLETE}
    assert record.troubles == (Trouble("incomplete", "observations", Why.INCOMPLETE),)


def test_conditions_of_which_a_part_is_here_are_no_reason_to_refuse() -> None:
    assert gathered(complete(conditions=bundle(total=5))).lacking == {"Condition": Why.INCOMPLETE}


def test_a_resource_counts_by_its_type_whatever_key_it_came_under_and_once() -> None:
    prefetch = complete(
        conditions=bundle(resource("Condition", "c1"), resource("Observation", "o2")),
        hospital=bundle(resource("Condition", "c1"), resource("Observation", "o3"), resource("Observation", "o1")),
        single=resource("Procedure", "x1"),
    )
    record = gathered(prefetch)
    assert ids(record, "Condition") == ["c1"]
    assert sorted(ids(record, "Observation")) == ["o1", "o2", "o3"]
    assert ids(record, "Procedure") == ["x1"]
    assert record.had == TYPES


@pytest.mark.parametrize("name", [None, "", 5, False, ["o1"]])
def test_resources_without_an_id_are_each_counted(name: Any) -> None:
    nameless = resource("Observation", None) if name is None else resource("Observation", name)
    record = gathered(complete(observations=bundle(nameless, dict(nameless), total=2)))
    assert ids(record, "Observation") == [name, name]
    assert (record.had, record.troubles) == (TYPES, ())


def test_a_key_that_is_not_ours_never_says_that_there_is_nothing() -> None:
    prefetch = complete(obs=bundle(), Observation=None)
    del prefetch["observations"]
    assert gathered(prefetch).lacking == {"Observation": Why.UNAVAILABLE}
    prefetch["obs"] = bundle(resource("Observation", "o1"))
    assert gathered(prefetch).lacking == {"Observation": Why.INCOMPLETE}


def test_conditions_under_a_hospitals_own_key_are_no_reason_to_refuse() -> None:
    prefetch = complete(problems=bundle(resource("Condition", "c9")))
    del prefetch["conditions"]
    record = gathered(prefetch)
    assert ids(record, "Condition") == ["c9"]
    assert record.lacking == {"Condition": Why.INCOMPLETE}
    for nobody_knows_whose in (bundle(), bundle({"resourceType": "Condition", "subject": {"display": "x"}})):
        prefetch["problems"] = nobody_knows_whose
        with pytest.raises(RecordUnavailable):
            gathered(prefetch)


def test_only_matches_and_includes_count() -> None:
    entries = [
        {"resource": resource("Observation", "o1"), "search": {"mode": "match"}},
        {"resource": resource("Specimen", "s1"), "search": {"mode": "include"}},
        {"resource": WARNING, "search": {"mode": "outcome"}},
        {"resource": resource("Observation", "o3")},
    ]
    record = gathered(complete(observations={"resourceType": "Bundle", "total": 2, "entry": entries}))
    assert ids(record, "Observation") == ["o1", "o3"]
    assert ids(record, "Specimen") == ["s1"]
    assert record.had == TYPES


ANOTHER = resource("Basic", "b1", patient="p2")
HOLDS_ANOTHER = resource("MedicationRequest", "d1", contained=[ANOTHER])


@pytest.mark.parametrize(
    "more",
    [
        {"prefetch": complete(patient=person("p2"))},
        {"prefetch": complete(observations=bundle(resource("Observation", "o1"), ANOTHER))},
        {"prefetch": complete(theirs=ANOTHER)},
        {"prefetch": complete(theirs=bundle(bundle(ANOTHER)))},
        {"prefetch": {"theirs": ANOTHER}},
        {"prefetch": {"conditions": ERROR, "theirs": [ANOTHER]}},
        {"prefetch": complete(), "drafts": (resource("MedicationRequest", "d1", patient="p2"),)},
        {"prefetch": {}, "others": (ANOTHER,)},
        {"prefetch": complete(theirs=bundle(HOLDS_ANOTHER))},
        {"prefetch": complete(), "drafts": (HOLDS_ANOTHER,)},
        {"prefetch": complete(), "others": (HOLDS_ANOTHER,)},
        {
            "prefetch": complete(theirs=resource("Basic", subject={"reference": "https://b.example/fhir/Patient/p1"})),
            "other_servers": ("https://b.example/fhir/",),
        },
    ],
)
@pytest.mark.parametrize("templates", [TEMPLATES, ()])
def test_another_patients_resource_anywhere_refuses_the_call_before_anything_is_decided(
    more: dict[str, Any], templates: tuple[Any, ...]
) -> None:
    def read(query: str) -> Json:
        raise AssertionError(f"read {query} for a call that is refused")

    with pytest.raises(WrongPatient):
        gather(call(**more), templates, read)


def test_what_does_not_say_whose_it_is_is_set_aside_and_its_type_not_had_in_full() -> None:
    untold = {"resourceType": "Observation", "id": "o2", "subject": {"identifier": {"value": "4711"}}}
    record = gathered(complete(observations=bundle(resource("Observation", "o1"), untold)))
    assert ids(record, "Observation") == ["o1"]
    assert record.lacking == {"Observation": Why.INCOMPLETE}
    assert record.troubles == (Trouble("set-aside", "Observation", Why.NOT_LINKED),)


def test_a_draft_that_does_not_say_whose_it_is_is_set_aside_and_one_that_says_nothing_is_not() -> None:
    drafts = (
        resource("MedicationRequest", "d1"),
        {"resourceType": "MedicationRequest", "id": "d2", "subject": {"reference": "urn:uuid:0f8f"}},
        {"resourceType": "MedicationRequest", "id": "d3"},
    )
    record = gathered(complete(), drafts=drafts, others=({"resourceType": "Medication", "id": "x"},))
    assert [draft.ref for draft in record.drafts] == ["MedicationRequest/d1", "MedicationRequest/d3"]
    assert [each.resource["id"] for each in record.others] == ["x"]
    assert record.troubles == (Trouble("set-aside", "draftOrders", Why.NOT_LINKED),)
    assert record.had == TYPES


def test_what_the_door_could_not_use_is_told_first() -> None:
    door = Trouble("set-aside", "draftOrders", Why.NOT_UNDERSTOOD)
    record = gathered(complete(observations=ERROR), troubles=(door,))
    assert record.troubles == (door, Trouble("not-read", "observations", Why.UNAVAILABLE))


def test_a_contained_resource_stays_in_what_contains_it() -> None:
    held = resource("Observation", "o1", contained=[resource("Observation", "o2")])
    assert ids(gathered(complete(observations=bundle(held))), "Observation") == ["o1"]


@pytest.mark.parametrize("selected", ["https://a.example/fhir", "https://a.example/fhir/", None])
def test_a_reference_below_the_base_of_this_calls_server_is_this_patients(selected: str | None) -> None:
    ours = resource("Observation", "o1", subject={"reference": "https://a.example/fhir/Patient/p1"})
    others = ("https://a.example/fhir", "https://b.example/fhir") if selected else ()
    record = gathered(complete(observations=bundle(ours)), fhir_server=selected, other_servers=others)
    assert record.had == TYPES


def test_nothing_is_wanted_and_nothing_is_read_when_no_rule_could_speak() -> None:
    def read(query: str) -> Json:
        raise ReadFailed(Why.UNAVAILABLE)

    record = gather(call({"conditions": ERROR}), (), read)
    assert (record.had, record.lacking, record.troubles, record.resources) == (frozenset(), {}, (), {})


def test_two_templates_of_one_type_must_both_be_answered() -> None:
    second = type(OBSERVATIONS)("more", "Observation", "Observation?code=29593-1&patient={{context.patientId}}")
    record = gather(call(complete()), (*TEMPLATES, second), None)
    assert record.lacking == {"Observation": Why.INCOMPLETE}
