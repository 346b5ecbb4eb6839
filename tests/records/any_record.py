"""Records by chance: those of the clinical cases and of the synthetic patients, alone or two in one."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from cds_service.domain.call import Draft, Json, Record
from cds_service.domain.case import Case
from cds_service.domain.facts import READINGS, RECORD
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Fact
from cds_service.harness.patients import demo_patients
from cds_service.hooks.services import TEMPLATES
from cds_service.knowledge_base import knowledge_folder, load, load_cases
from cds_service.mappers.case import map_case
from tests.records.call import call_of
from tests.records.resources import PATIENT
from tests.records.tumour import NotWritten

EXAMPLES = int(os.environ.get("NENCDS_TEST_EXAMPLES", "25"))
PROPERTY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TYPES = frozenset(template.type for template in TEMPLATES)
ON = date(2026, 11, 20)


@dataclass(frozen=True, repr=False)
class Whole:
    """The resources of one patient, the draft orders of the call, its day, and which searches were answered."""

    patient: str
    resources: tuple[Json, ...]
    drafts: tuple[Json, ...]
    on: date
    had: frozenset[str] = TYPES

    def __repr__(self) -> str:
        return ", ".join(f"{one['resourceType']}/{one['id']}" for one in self.resources)

    def record(self) -> Record:
        """As gather() hands it to the mappers."""
        kinds: dict[str, list[Json]] = {}
        for one in self.resources:
            kinds.setdefault(one["resourceType"], []).append(one)
        drafts = tuple(Draft(f"MedicationRequest/{draft['id']}", draft) for draft in self.drafts)
        found = {kind: tuple(listed) for kind, listed in kinds.items()}
        return Record(self.patient, self.on, found, had=self.had, drafts=drafts)

    def but(self, resources: Iterable[Json]) -> Whole:
        """The same patient with other resources."""
        return replace(self, resources=tuple(resources))


@lru_cache(maxsize=1)
def shipped() -> Knowledge:
    """The knowledge of this checkout."""
    return load(knowledge_folder())


@lru_cache(maxsize=1)
def wholes() -> tuple[Whole, ...]:
    """Every synthetic patient, and every clinical case that a record can say."""
    found = [Whole(one.id, _resources(one.bundle(ON)), (), ON) for one in demo_patients()]
    for case in load_cases(knowledge_folder(), shipped()):
        try:
            call = call_of(case, shipped())
        except NotWritten:
            continue
        prefetch = call["prefetch"]
        resources = tuple(one for value in prefetch.values() for one in _resources(value))
        had = frozenset(template.type for template in TEMPLATES if template.key in prefetch)
        found.append(Whole(PATIENT, resources, _resources(call["context"].get("draftOrders", {})), case.on, had))
    return tuple(found)


def _resources(value: Json) -> tuple[Json, ...]:
    if value.get("resourceType") == "Bundle":
        return tuple(entry["resource"] for entry in value.get("entry", ()))
    return (value,) if value else ()


@st.composite
def some_record(draw: st.DrawFn) -> Whole:
    """One record; in half of them with what another one holds besides, under ids of its own."""
    whole = draw(st.sampled_from(wholes()))
    if draw(st.booleans()):
        other = draw(st.sampled_from(wholes()))
        mine = {one["resourceType"] + one["id"] for one in whole.resources}
        added = [_owned(one, whole.patient, mine) for one in other.resources if one["resourceType"] != "Patient"]
        whole = whole.but([*whole.resources, *added])
    return whole


def _owned(resource: Json, patient: str, taken: set[str]) -> Json:
    found = copy.deepcopy(resource)
    if found["resourceType"] + found["id"] in taken:
        found["id"] += "-again"
    for key in ("subject", "patient", "individual"):
        if key in found:
            found[key] = {"reference": f"Patient/{patient}"}
    return found


def case_of(whole: Whole) -> Case:
    """The record as the mappers understand it, with the knowledge of this checkout."""
    return map_case(whole.record(), shipped().value_sets)


def facts_of(whole: Whole) -> dict[str, Fact]:
    """Every fact that is read from a record."""
    case = case_of(whole)
    return {name: case.fact(name) for name in (*RECORD, *READINGS)}
