"""A corrected result replaces its original, however it is coded and dated; of another result it says nothing."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.set_aside import Aside
from cds_service.mappers.case import map_case
from tests.mappers.parts import LOINC, OWN, SCT, VALUE_SETS, concept, condition, fact, ki67, observation, record, value

SAME: Any = {"identifier": [{"system": "urn:lab", "value": "7"}]}
ORIGINAL = ki67(25, "a", **SAME)


def corrected(number: Any = 8, name: str = "b", day: str | None = "2026-05-01", **more: Any) -> Any:
    return ki67(number, name, day, **({"status": "corrected"} | SAME | more))


def read(*results: Any) -> str:
    told = {value(fact("ki67_percent", condition(), *order)) for order in (results, results[::-1])}
    return " or ".join(sorted(told))


TISSUE: Any = {"specimen": {"reference": "Specimen/s1"}}
OTHER_TISSUE: Any = {"specimen": {"reference": "Specimen/s2"}}
LOCAL = concept((LOINC, "29593-1"), ("urn:oid:1.2.3", "KI67"))
REPLACING: dict[str, Any] = {
    "with the time of day": corrected(day="2026-05-01T10:00:00+09:00"),
    "with one more coding": corrected(code=LOCAL),
    "with a specimen": corrected(**TISSUE),
    "of another day": corrected(day="2026-05-02"),
    "amended": corrected(status="amended"),
    "undated": corrected(day=None),
}


@pytest.mark.parametrize("how", REPLACING)
def test_a_correction_replaces_its_original(how: str) -> None:
    expected = "unclear: undated" if how == "undated" else "8"
    assert read(ORIGINAL, REPLACING[how]) == expected


def test_of_several_corrections_the_newest_stands() -> None:
    amended = corrected(15, "c", status="amended")
    assert read(ORIGINAL, amended, corrected()) == "8"
    assert read(corrected(15, "c", issued="2026-05-02T10:00:00Z"), corrected(8, issued="2026-05-03T10:00:00Z")) == "8"
    assert (
        read(
            corrected(15, "c", issued="2026-05-03T10:00:00Z", status="amended"),
            corrected(8, issued="2026-05-02T10:00:00Z"),
        )
        == "15"
    )
    assert (
        read(
            corrected(15, "c", meta={"lastUpdated": "2026-05-02T10:00:00Z"}),
            corrected(8, meta={"lastUpdated": "2026-05-03T10:00:00Z"}),
        )
        == "8"
    )
    assert read(corrected(15, "c"), corrected()) == "15"  # nothing tells the newer: both are of one day


@pytest.mark.parametrize(
    "other",
    [
        corrected(identifier=[{"system": "urn:other", "value": "7"}]),
        corrected(identifier=[{"system": "urn:lab"}]),
        corrected(**OTHER_TISSUE),
        corrected(bodySite=concept((SCT, "15776009"))),
        corrected(focus=[{"reference": "Condition/c1"}]),
        corrected(status="preliminary"),
        corrected(status="entered-in-error"),
    ],
)
def test_what_may_be_another_result_replaces_nothing(other: Any) -> None:
    original = ORIGINAL | TISSUE | {"bodySite": concept((SCT, "34402009")), "focus": [{"reference": "Condition/x"}]}
    told = map_case(record(condition(), original, other), VALUE_SETS)
    told.fact("ki67_percent")
    assert Aside.SUPERSEDED not in told.set_aside().counts


def test_tests_of_one_report_share_its_number_and_not_their_corrections() -> None:
    mitoses = observation("m", (OWN, "mitoses-per-2mm2"), valueInteger=3, status="corrected", **SAME)
    assert read(ORIGINAL, mitoses) == "25"


def test_of_a_series_under_one_number_only_the_day_of_the_correction_is_replaced() -> None:
    later = ki67(30, "c", "2026-06-01", **SAME)
    assert read(ORIGINAL, later, corrected()) == "30"


def test_what_was_replaced_is_counted() -> None:
    case = map_case(record(condition(), ORIGINAL, corrected(15, "c", status="amended"), corrected()), VALUE_SETS)
    case.fact("ki67_percent")
    assert case.set_aside().counts == {str(Aside.SUPERSEDED): 2}
