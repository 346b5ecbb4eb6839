"""Fuzzing: whatever happens to the resources of a record, every fact of it can be asked. No exception, ever."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cds_service.domain.call import Call, Draft, Json, Record
from cds_service.domain.facts import READINGS, RECORD
from cds_service.domain.values import Known, Unclear
from cds_service.harness.patients import demo_patients
from cds_service.hooks.services import TEMPLATES
from cds_service.mappers.case import map_case
from cds_service.mappers.orders import any_names_a_drug
from tests.clinical.shipped import CASES, KNOWLEDGE
from tests.mappers.mutations import mutated, pool_of, taken
from tests.records.call import call_of
from tests.records.tumour import NotWritten
from tests.reference import REFERENCE, reference

ON = date(2026, 11, 23)
ALL = frozenset(template.type for template in TEMPLATES)
RESOURCES = 100_000 if os.environ.get("NENCDS_TEST_LONG") else 5_000
PARTS = 10
CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.json"))
"""Records that once raised, each named after what was wrong; one found anew is added here before it is mended."""


@cache
def _charts() -> tuple[tuple[Json, ...], ...]:
    """Whole charts to begin with: the demo patients, the clinical cases, and public examples where they are."""
    charts = [tuple(entry["resource"] for entry in patient.bundle(ON)["entry"]) for patient in demo_patients()]
    for case in CASES[::3]:  # of the 3,000 many are one apart
        try:
            charts.append(tuple(_resources_of(call_of(case, KNOWLEDGE))))
        except NotWritten:
            continue
    return tuple(charts) + tuple(_examples())


@cache
def _pool() -> dict[str, list[Any]]:
    return pool_of([resource for chart in _charts() for resource in chart])


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


def _ask_everything(resources: Sequence[Json]) -> None:
    kinds: dict[str, list[Json]] = {}
    for one in resources:
        kinds.setdefault(one["resourceType"], []).append(one)
    drafts = tuple(Draft(f"{one['resourceType']}/{n}", one) for n, one in enumerate(resources) if _is_order(one))
    read = {kind: tuple(found) for kind, found in kinds.items()}
    case = map_case(Record("p1", ON, read, had=ALL, drafts=drafts), KNOWLEDGE.value_sets)
    for name in (*RECORD, *READINGS):
        assert isinstance(case.fact(name), Known | Unclear), name
    any_names_a_drug(drafts, Call("order-sign", "p1", ON, prefetch={"any": list(resources)}), KNOWLEDGE.value_sets)


def _is_order(resource: Json) -> bool:
    return resource["resourceType"] in ("MedicationRequest", "ServiceRequest")


@pytest.mark.parametrize("part", range(PARTS))
def test_a_record_of_mutated_resources_is_read(part: int, measured: Callable[[str], None]) -> None:
    random, asked = Random(part), 0
    while asked < RESOURCES // PARTS:
        found = [one for one in mutated(random.choice(_charts()), random, _pool()) if taken(one)]
        asked += len(found)
        try:
            _ask_everything(found)
        except Exception as broken:
            broken.add_note(f"keep this in tests/mappers/corpus: {json.dumps(found)}")
            raise
    measured(f"mutated resources read, part {part}: {asked}")


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_what_once_raised_is_read(path: Path) -> None:
    _ask_everything(json.loads(path.read_text("utf-8")))
