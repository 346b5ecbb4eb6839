"""Two copies under one Type/id: the newer one where that can be told, and never a silent choice."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Json, Record, Trouble
from cds_service.domain.values import Why
from cds_service.fhir.gather import gather
from tests.fhir.records import TEMPLATES, bundle, call, complete, person, resource

TYPES = frozenset(template.type for template in TEMPLATES)
CONFLICT = Trouble("conflicting-copies", "Observation", Why.CONFLICTING)
LATE, EARLY = "2026-11-20T09:00:00+09:00", "2026-11-19T23:59:59.123Z"


def copy(value: str, **meta: Any) -> Json:
    return resource("Observation", "o1", valueString=value, meta=meta)


def gathered(*copies: Json) -> Record:
    """The record where a hospital's own key brings the further copies."""
    return gather(call(complete(observations=bundle(copies[0]), more=bundle(*copies[1:]))), TEMPLATES, None)


def kept(record: Record, kind: str = "Observation") -> Json:
    (only,) = record.resources[kind]
    return only


def test_copies_that_are_alike_count_once() -> None:
    record = gathered(copy("a", versionId="x"), copy("a", versionId="x"), copy("a", versionId="x"))
    assert kept(record) == copy("a", versionId="x")
    assert (record.had, record.troubles) == (TYPES, ())


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ({"lastUpdated": LATE}, {"lastUpdated": EARLY}),
        ({"lastUpdated": "2026-11-20T08:30:00Z"}, {"lastUpdated": "2026-11-20T09:00:00+09:00"}),
        ({"versionId": "10"}, {"versionId": "9"}),
        ({"versionId": "10", "lastUpdated": LATE}, {"versionId": "9", "lastUpdated": LATE}),
        ({"versionId": "a", "lastUpdated": LATE}, {"versionId": "b", "lastUpdated": EARLY}),
        ({"versionId": "2"}, {"versionId": "1", "lastUpdated": LATE}),
    ],
)
def test_of_copies_that_differ_the_newer_one_is_kept(new: Json, old: Json) -> None:
    for order in ((copy("new", **new), copy("old", **old)), (copy("old", **old), copy("new", **new))):
        record = gathered(*order)
        assert kept(record)["valueString"] == "new"
        assert (record.had, record.troubles) == (TYPES, ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({"versionId": "2"}, {}),
        ({"versionId": "b"}, {"versionId": "a"}),
        ({"versionId": "²"}, {"versionId": "1"}),
        ({"versionId": "9" * 5_000}, {"versionId": "1"}),
        ({"versionId": 2}, {"versionId": 1}),
        ({"versionId": "2"}, {"versionId": "2"}),
        ({"lastUpdated": LATE}, {"lastUpdated": LATE}),
        ({"lastUpdated": "2026-11-20"}, {"lastUpdated": "2026-11-19"}),
        ({"lastUpdated": "2026-11-20T09:00:00"}, {"lastUpdated": EARLY}),
        ({"lastUpdated": "yesterday"}, {"lastUpdated": EARLY}),
        ({"lastUpdated": 5}, {"lastUpdated": EARLY}),
        ({"lastUpdated": LATE, "versionId": "1"}, {"lastUpdated": EARLY, "versionId": "2"}),
    ],
)
def test_when_it_cannot_be_told_which_is_newer_nothing_is_concluded_from_what_the_type_lacks(
    one: Json, other: Json
) -> None:
    record = gathered(copy("first", **one), copy("second", **other), copy("second", **other))
    assert kept(record)["valueString"] == "first"
    assert record.had == TYPES - {"Observation"}
    assert record.lacking == {"Observation": Why.INCOMPLETE}
    assert record.troubles == (CONFLICT,)


@pytest.mark.parametrize("meta", [None, "x", [], 5])
def test_an_odd_meta_tells_nothing(meta: Any) -> None:
    assert gathered(copy("a", versionId="1"), {**copy("b"), "meta": meta}).troubles == (CONFLICT,)


def test_the_earliest_and_the_latest_times_there_are_compare() -> None:
    first, last = "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"
    assert kept(gathered(copy("old", lastUpdated=first), copy("new", lastUpdated=last)))["valueString"] == "new"


def test_a_type_of_the_clients_own_invention_is_not_repeated() -> None:
    invented = [resource("Somebody by name", "x", note=note) for note in "ab"]
    record = gather(call(complete(more=bundle(*invented))), TEMPLATES, None)
    assert (record.had, record.lacking, record.troubles) == (TYPES, {}, ())


@pytest.mark.parametrize(
    "said",
    [
        {"deceasedBoolean": True},
        {"deceasedDateTime": "2026-11-01"},
        {"_deceasedDateTime": {"extension": [{"url": "x", "valueCode": "unknown"}]}},
        {"link": [{"other": {"reference": "Patient/p2"}, "type": "replaced-by"}]},
        {"link": {"other": {"reference": "Patient/p2"}, "type": "replaced-by"}},
    ],
)
@pytest.mark.parametrize("versions", ["12", "21", "11"])
def test_a_copy_that_says_the_patient_has_died_or_was_replaced_is_kept_whatever_its_version(
    said: Json, versions: str
) -> None:
    ended = {**person(), **said, "meta": {"versionId": versions[0]}}
    living = {**person(), "deceasedBoolean": False, "meta": {"versionId": versions[1]}}
    for one, other in ((ended, living), (living, ended)):
        record = gather(call(complete(patient=one, more=bundle(other, other))), TEMPLATES, None)
        assert kept(record, "Patient") == ended


def test_two_templates_of_one_type_tell_a_conflict_once() -> None:
    second = type(TEMPLATES[2])("second", "Observation", "Observation?code=1&patient={{context.patientId}}")
    prefetch = complete(observations=bundle(copy("a")), second=bundle(copy("b")))
    assert gather(call(prefetch), (*TEMPLATES, second), None).troubles == (CONFLICT,)


@pytest.mark.parametrize("status", ["corrected", "amended"])
def test_without_any_other_sign_a_correction_is_newer_than_what_it_corrects(status: str) -> None:
    first, second = copy("first") | {"status": "final"}, copy("second", versionId="2") | {"status": status}
    for order in ((first, second), (second, first)):
        assert kept(gathered(*order))["valueString"] == "second"
    told_otherwise = copy("first", versionId="3") | {"status": "final"}
    assert kept(gathered(second, told_otherwise))["valueString"] == "first"
