"""A server that says it ignored the patient of a search is filtered here; without its word the call is refused."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Json, Read, Record, Template, Trouble
from cds_service.domain.values import Why
from cds_service.errors import WrongPatient
from cds_service.fhir.gather import gather
from cds_service.fhir.pages import Bounds
from tests.fhir.records import CONDITIONS, bundle, call, person, resource

GOALS = Template("goals", "Goal", "Goal?patient={{context.patientId}}")
BASE = "https://ehr.example/fhir"
USED = f"{BASE}/Goal?_count=20&_offset=0"


def says(code: str = "not-supported", about: str = "Unknown search parameter 'patient' for Goal; ignored") -> Json:
    issue = [{"severity": "warning", "code": code, "diagnostics": about}]
    return {"resource": {"resourceType": "OperationOutcome", "issue": issue}, "search": {"mode": "outcome"}}


def everybodys(*resources: Json, used: str | None = USED, said: Json | None = None, **more: Any) -> Json:
    """What a server answers that did not narrow the search."""
    found = bundle(*resources, **more)
    found["entry"].append(said or says())
    found["link"] = [*found.get("link", ()), *([{"relation": "self", "url": used}] if used else [])]
    return {**found, "total": len(resources)}


OURS, THEIRS = resource("Goal", "g1"), resource("Goal", "g2", patient="p2")


def reading(answers: dict[str, Json]) -> Read:
    return lambda query: answers.get(query, bundle())


def gathered(answer: Json, further: Json | None = None, **more: Any) -> Record:
    answers = {"Goal?patient=p1": answer, "Patient/p1": person()} | ({"page-2": further} if further else {})
    return gather(call(), (CONDITIONS, GOALS), reading(answers), **more)


def test_only_the_resources_of_this_patient_are_kept_and_it_is_told() -> None:
    record = gathered(everybodys(OURS, THEIRS))
    assert [one["id"] for one in record.resources["Goal"]] == ["g1"]
    assert record.had == {"Condition", "Goal"}
    assert record.troubles == (Trouble("ignored-parameter", "goals", "patient"),)


def test_where_none_is_of_this_patient_it_is_known_empty() -> None:
    record = gathered(everybodys(THEIRS))
    assert "Goal" not in record.resources
    assert "Goal" in record.had


def test_every_page_is_filtered() -> None:
    further = everybodys(resource("Goal", "g3"), THEIRS, used=f"{BASE}/Goal?_count=20&_offset=20")
    record = gathered(everybodys(OURS, THEIRS, next_page="page-2"), further)
    assert [one["id"] for one in record.resources["Goal"]] == ["g1", "g3"]


def test_so_many_of_others_that_not_all_could_be_read_is_incomplete() -> None:
    record = gathered(everybodys(OURS, THEIRS, next_page="page-2"), everybodys(THEIRS), bounds=Bounds(pages=1))
    assert record.lacking == {"Goal": Why.INCOMPLETE}


WITHOUT_ITS_WORD: dict[str, Json] = {
    "no self link": everybodys(OURS, THEIRS, used=None),
    "a self link with the patient": everybodys(OURS, THEIRS, used=f"{BASE}/Goal?patient=p1"),
    "a self link of paging": everybodys(OURS, THEIRS, used=f"{BASE}?_getpages=1"),
    "a self link of another type": everybodys(OURS, THEIRS, used=f"{BASE}/Observation?_count=20"),
    "another warning": everybodys(OURS, THEIRS, said=says("informational")),
    "a warning of another parameter": everybodys(OURS, THEIRS, said=says(about="Unknown parameter 'status'")),
    "no warning": everybodys(OURS, THEIRS, said={"resource": OURS}),
}


@pytest.mark.parametrize("how", WITHOUT_ITS_WORD)
def test_without_the_servers_word_another_patient_refuses_the_call(how: str) -> None:
    with pytest.raises(WrongPatient):
        gathered(WITHOUT_ITS_WORD[how])


def test_a_further_page_without_its_word_refuses_the_call() -> None:
    with pytest.raises(WrongPatient):
        gathered(everybodys(OURS, THEIRS, next_page="page-2"), bundle(THEIRS))


def test_in_prefetch_another_patient_refuses_the_call_whatever_is_said() -> None:
    with pytest.raises(WrongPatient):
        gather(call({"conditions": bundle(), "goals": everybodys(OURS, THEIRS)}), (CONDITIONS, GOALS), None)


def test_somebody_elses_patient_resource_is_left_out_too() -> None:
    record = gathered(everybodys(OURS, {**person("p2")}))
    assert "Patient" not in record.resources
