"""Whatever shape a record has, a Case comes of it: never an exception, and never a fact nobody recorded."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cds_service.domain.call import Call, Draft, Record
from cds_service.domain.case import Case
from cds_service.domain.facts import READINGS, RECORD
from cds_service.domain.values import Known, Unclear
from cds_service.mappers.case import map_case
from cds_service.mappers.orders import any_names_a_drug
from tests.mappers.parts import (
    ALL,
    ICD,
    LOINC,
    ON,
    RXNORM,
    VALUE_SETS,
    concept,
    condition,
    finding,
    ki67,
    observation,
    record,
    request,
    with_morphology,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.just("2026-05-01"),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["coding", "code", "system", "text", "reference", "value"]), inner, max_size=2
        )
    ),
    max_leaves=6,
)

WHOLE: tuple[Any, ...] = (
    with_morphology(
        "8246/3",
        bodySite=[concept(text="pancreas")],
        recordedDate="2024-01-01",
        meta={"tag": [{"code": "x"}], "profile": ["y"]},
    ),
    condition("c2", concept((ICD, "C78.7")), onsetDateTime="2025-01-01", verificationStatus=concept(("", "confirmed"))),
    condition("c3", concept((ICD, "C50.9")), clinicalStatus=concept(("", "active"))),
    ki67(8, specimen={"reference": "Specimen/s1"}, focus=[{"reference": "Condition/c1"}]),
    finding("disease-extent", "unresectable"),
    observation("v1", (LOINC, "69548-6"), component=[{"code": concept((LOINC, "1")), "valueCodeableConcept": {}}]),
    request("sunitinib", "r1", "2026-10-01", status="active"),
    {
        "resourceType": "MedicationStatement",
        "id": "s1",
        "status": "active",
        "subject": {"reference": "Patient/p1"},
        "medicationReference": {"reference": "#m"},
        "contained": [{"resourceType": "Medication", "id": "m", "code": concept((RXNORM, "357977"))}],
        "effectivePeriod": {"start": "2026-01-01"},
    },
    {"resourceType": "Patient", "id": "p1", "birthDate": "1961-04-02", "link": [{"type": "seealso"}]},
    {"resourceType": "ResearchSubject", "id": "t1", "status": "candidate", "period": {"end": "2026"}},
    {"resourceType": "Procedure", "id": "q1", "status": "completed", "performedDateTime": "2026-01-01", "code": {}},
)


def every_fact(case: Case) -> None:
    for name in (*RECORD, *READINGS):
        assert isinstance(case.fact(name), Known | Unclear), name


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in items for place in places(item, (*path, key)))]


def changed(resource: Any, path: tuple[Any, ...], value: Any) -> Any:
    told = copy.deepcopy(resource)
    here = told
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = value
    return told


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A whole record in which a few places hold something else."""
    resources = list(WHOLE)
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.integers(0, len(resources) - 1))
        inside = [path for path in places(resources[number]) if path and path != ("resourceType",)]
        resources[number] = changed(resources[number], draw(st.sampled_from(inside)), draw(JSON))
    order = request("sunitinib", reasonReference=[{"reference": "Condition/c1"}], category={"coding": []})
    told = changed(order, draw(st.sampled_from([path for path in places(order) if path])), draw(JSON))
    kinds: dict[str, list[Any]] = {}
    for resource in resources:
        kinds.setdefault(resource["resourceType"], []).append(resource)
    read = {kind: tuple(found) for kind, found in kinds.items()}
    return Record("p1", ON, read, had=ALL, drafts=(Draft("MedicationRequest/m1", told),))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(records())
def test_a_record_with_odd_places_is_read(told: Record) -> None:
    every_fact(map_case(told, VALUE_SETS))
    call = Call("order-sign", "p1", ON, prefetch={"odd": told.drafts[0].resource}, drafts=told.drafts)
    assert any_names_a_drug(told.drafts[:1], call, VALUE_SETS) in (True, False)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(["Condition", "Observation", "Patient", "MedicationRequest"]), JSON), JSON)
def test_resources_of_any_content_are_read(contents: dict[str, Any], draft: Any) -> None:
    keys = {"code", "status", "medicationCodeableConcept", "medicationReference", "extension", "birthDate", "component"}
    resources = {kind: ({"resourceType": kind} | dict.fromkeys(keys, content),) for kind, content in contents.items()}
    drafted = Draft("MedicationRequest/m1", {"resourceType": "MedicationRequest"} | dict.fromkeys(keys, draft))
    case = map_case(Record("p1", ON, resources, had=ALL, drafts=(drafted,)), VALUE_SETS)
    every_fact(case)
    assert not isinstance(case.fact("ki67_percent"), Known)
    assert case.orders[0].drug is None


# Never unclear, and told by the drafts of the call alone (rules.md 1a and section 4).
KNOWN_WITHOUT_A_RECORD = {"unfit_for_platinum", "live_vaccine"}


@pytest.mark.parametrize("name", sorted({*RECORD, *READINGS} - KNOWN_WITHOUT_A_RECORD))
def test_an_empty_record_of_which_nothing_was_read_tells_nothing(name: str) -> None:
    case = map_case(record(had=frozenset()), VALUE_SETS)
    assert isinstance(case.fact(name), Unclear)
    assert isinstance(case.history, Unclear)


@pytest.mark.parametrize("name", [*RECORD, *READINGS])
def test_the_order_in_which_resources_come_does_not_matter(name: str) -> None:
    there, back = (map_case(record(*told), VALUE_SETS).fact(name) for told in (WHOLE, WHOLE[::-1]))
    assert type(there) is type(back)
    assert getattr(there, "value", None) == getattr(back, "value", None)


def test_a_record_of_thousands_of_resources_is_read_in_bounded_time() -> None:
    noise = [observation(f"n{number}", (LOINC, "2345-7")) for number in range(3000)]
    many = [ki67(8, f"k{number}") for number in range(3000)]
    assert isinstance(map_case(record(*WHOLE, *noise, *many), VALUE_SETS).fact("ki67_percent"), Known | Unclear)
