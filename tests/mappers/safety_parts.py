"""Small resources for the tests of the safety facts, read with the knowledge this project ships."""

from __future__ import annotations

from typing import Any

from cds_service.domain.call import Json
from cds_service.domain.case import Case
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Fact
from cds_service.mappers.case import map_case
from tests.mappers.parts import ALL, LOINC, concept, condition, observation, record, status, value

HAD = ALL | {"AllergyIntolerance", "Goal"}
FLAGS = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
TODAY, WEEK_AGO, MONTHS_AGO = "2026-11-23", "2026-11-16", "2026-08-20"
ACTIVE = {"clinicalStatus": status("active"), "verificationStatus": status("confirmed")}


def read(knowledge: Knowledge, *resources: Any, **more: Any) -> Case:
    """The case of these resources beside a pancreatic NET; every search was answered unless told otherwise."""
    return map_case(record(condition(), *resources, **({"had": HAD} | more)), knowledge.value_sets)


def told(knowledge: Knowledge, name: str, *resources: Any, **more: Any) -> str:
    """The value of a fact, or `unclear: why`."""
    return value(fact(knowledge, name, *resources, **more))


def fact(knowledge: Knowledge, name: str, *resources: Any, **more: Any) -> Fact:
    return read(knowledge, *resources, **more).fact(name)


def without(*kinds: str) -> frozenset[str]:
    """The searches answered, but for these."""
    return HAD - set(kinds)


def result(code: str | Json, number: Any = 1, unit: str = "mg/dL", name: str = "o1", **more: Any) -> Json:
    """A laboratory result by its LOINC code, or by its name; `flag` is what the laboratory says of it."""
    flag, day = more.pop("flag", None), more.pop("day", WEEK_AGO)
    told_code = (LOINC, code) if isinstance(code, str) and "-" in code and code[0].isdigit() else None
    named = told_code or (concept(text=code) if isinstance(code, str) else code)
    found = observation(name, named, day, valueQuantity={"value": number, "unit": unit})
    if flag:
        found["interpretation"] = [
            concept(("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", flag))
        ]
    return found | more


def answer(code: str, said: str, name: str = "o1", day: str | None = WEEK_AGO, **more: Any) -> Json:
    """A result that is a word."""
    named: Any = (LOINC, code) if code[0].isdigit() else concept(text=code)
    return observation(name, named, day, valueCodeableConcept={"text": said}) | more


def disease(said: str | Json, name: str = "d1", **more: Any) -> Json:
    """A diagnosis that is active, confirmed and recorded a week ago."""
    code = concept(text=said) if isinstance(said, str) else said
    return condition(name, code, **({**ACTIVE, "recordedDate": WEEK_AGO} | more))


def report(said: str, day: str | None = WEEK_AGO, name: str = "r1", **more: Any) -> Json:
    found: Json = {"resourceType": "DiagnosticReport", "id": name, "status": "final", "code": concept(text=said)}
    found["subject"] = {"reference": "Patient/p1"}
    return found | ({"effectiveDateTime": day} if day else {}) | more


def procedure(said: str, day: str | None = WEEK_AGO, name: str = "q1", **more: Any) -> Json:
    found: Json = {"resourceType": "Procedure", "id": name, "status": "completed", "code": concept(text=said)}
    found["subject"] = {"reference": "Patient/p1"}
    return found | ({"performedDateTime": day} if day else {}) | more
