"""Every fact of a record asked, and records to begin with: what the fuzzing of the mappers is made of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from cds_service.domain.call import Call, Draft, Json, Record
from cds_service.domain.facts import READINGS, RECORD
from cds_service.domain.values import Known, Unclear
from cds_service.harness.patients import demo_patients
from cds_service.hooks.services import TEMPLATES
from cds_service.mappers.case import map_case
from cds_service.mappers.orders import any_names_a_drug
from cds_service.mappers.recognition import recognitions
from tests.clinical.shipped import CASES, KNOWLEDGE
from tests.mappers.mutations import pool_of
from tests.records.call import call_of
from tests.records.tumour import NotWritten
from tests.reference import REFERENCE, reference

ON = date(2026, 11, 23)
ALL = frozenset(template.type for template in TEMPLATES)


@cache
def own_charts() -> tuple[tuple[Json, ...], ...]:
    """Whole charts to begin with, all of them ours: the demo patients and the clinical cases."""
    found = [tuple(entry["resource"] for entry in patient.bundle(ON)["entry"]) for patient in demo_patients()]
    for case in CASES[::3]:  # of the 3,000 many are one apart
        try:
            found.append(tuple(_resources_of(call_of(case, KNOWLEDGE))))
        except NotWritten:
            continue
    return tuple(found)


@cache
def charts() -> tuple[tuple[Json, ...], ...]:
    """Our own, and public examples where they are."""
    return own_charts() + tuple(_examples())


@cache
def pool(*, own: bool = False) -> dict[str, list[Any]]:
    """What stands under each key somewhere in the charts, or in our own only."""
    return pool_of([resource for chart in (own_charts() if own else charts()) for resource in chart])


def _resources_of(value: Any) -> Iterator[Json]:
    """The resources of a call, drafts included, out of their Bundles."""
    if isinstance(value, dict) and value.get("resourceType") not in (None, "Bundle"):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _resources_of(inner)


def _examples() -> Iterator[tuple[Json, ...]]:
    if REFERENCE is not None:
        for folder in sorted(path for path in reference("fhir", "examples").iterdir() if path.is_dir()):
            yield tuple(json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json")))


def ask_everything(resources: Sequence[Json]) -> None:
    """Every fact of these resources as one record, what was set aside, and every drug; draft orders among them too."""
    kinds: dict[str, list[Json]] = {}
    for one in resources:
        kinds.setdefault(one["resourceType"], []).append(one)
    drafts = tuple(Draft(f"{one['resourceType']}/{n}", one) for n, one in enumerate(resources) if _is_order(one))
    read = {kind: tuple(found) for kind, found in kinds.items()}
    record = Record("p1", ON, read, had=ALL, drafts=drafts)
    case = map_case(record, KNOWLEDGE.value_sets)
    for name in (*RECORD, *READINGS):
        assert isinstance(case.fact(name), Known | Unclear), name
    aside, again = case.set_aside(), case.set_aside()
    assert (aside.counts, {*aside.named}, {*aside.others}) == (again.counts, {*again.named}, {*again.others})
    assert aside.counts.keys() >= {str(one.why) for one in aside.named}
    assert all(one.where for one in recognitions(record, KNOWLEDGE.value_sets))
    any_names_a_drug(drafts, Call("order-sign", "p1", ON, prefetch={"any": list(resources)}), KNOWLEDGE.value_sets)


def _is_order(resource: Json) -> bool:
    return resource["resourceType"] in ("MedicationRequest", "ServiceRequest")
