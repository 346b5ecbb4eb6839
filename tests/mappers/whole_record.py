"""A patient's resources as a client prefetches them, read all the way: every fact of the record asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cds_service.domain.call import Call, Draft, Json, Record
from cds_service.domain.case import Case
from cds_service.domain.facts import READINGS, RECORD
from cds_service.domain.knowledge import Knowledge
from cds_service.fhir.gather import gather
from cds_service.hooks.schemas import call_of
from cds_service.hooks.services import SERVICES, TEMPLATES
from cds_service.mappers.case import map_case
from tests.mappers.parts import ON, value

NOBODY = "nobody"  # the patient of a resource that names none
_BESIDE_THE_TEMPLATES = "further"


def prefetched(resources: Iterable[Json]) -> Json:
    """What a client sends that satisfied every template; resources of other types under a key of its own."""
    kinds: dict[str, list[Json]] = {}
    for resource in resources:
        kinds.setdefault(resource["resourceType"], []).append(resource)
    sent: Json = {}
    for template in TEMPLATES:
        found = kinds.pop(template.type, [])
        sent[template.key] = next(iter(found), None) if template.type == "Patient" else _searchset(found)
    return sent | {_BESIDE_THE_TEMPLATES: _searchset(one for found in kinds.values() for one in found)}


def _searchset(resources: Iterable[Json]) -> Json:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in resources]}


def gathered(resources: Sequence[Json], patient: str, drafts: Iterable[Json] = ()) -> Record:
    """The record of this patient, with these drafts."""
    sent = tuple(Draft(f"{each['resourceType']}/{each.get('id', 'draft')}", each) for each in drafts)
    return gather(Call("order-sign", patient, ON, prefetched(resources), sent), TEMPLATES, None)


def as_sent(body: Json) -> Record:
    """The record a client's call brings, even where it lacks what the service requires."""
    service = next(service for service in SERVICES if service.hook == body["hook"])
    templates = [replace(template, required=False) for template in TEMPLATES]
    return gather(call_of(body, service, ON), templates, None)


def facts_of(case: Case) -> dict[str, str]:
    """Every fact of the record and every reading in a word: its value, or `unclear: why`."""
    return {name: value(case.fact(name)) for name in (*RECORD, *READINGS)}


def read(record: Record, knowledge: Knowledge) -> tuple[dict[str, str], Case]:
    """Every fact of a record, and the case it is of."""
    case = map_case(record, knowledge.value_sets)
    return facts_of(case) | {"history": value(case.history), "allergies_read": value(case.allergies_read)}, case


def differing(told: Mapping[str, str], usual: Mapping[str, str]) -> dict[str, str]:
    """What is told otherwise."""
    return {name: said for name, said in told.items() if usual[name] != said}


def stored(resource: Any) -> list[Json]:
    """The resources of a file as a server holds them: with ids, and with `urn:uuid:` references resolved."""
    if "entry" not in resource:
        return [resource]
    names: dict[str, str] = {}
    found: list[Json] = []
    for number, entry in enumerate(resource["entry"]):
        one = {"id": f"entry-{number}"} | entry["resource"]
        names[entry.get("fullUrl", "")] = f"{one['resourceType']}/{one['id']}"
        found.append(one)
    return [_resolved(one, names) for one in found]


def _resolved(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, names) for item in value]
    if isinstance(value, dict):
        return {key: _resolved(item, names) for key, item in value.items()}
    return names.get(value, value) if isinstance(value, str) else value


def patient_of(resources: Iterable[Json]) -> str:
    """The id of the patient these resources are of."""
    return next(_owners(resources), NOBODY)


def _owners(resources: Iterable[Json]) -> Iterator[str]:
    for one in resources:
        if one["resourceType"] == "Patient":
            yield one["id"]
        for name in ("subject", "patient"):
            reference = one.get(name, {}).get("reference", "")
            if reference.startswith("Patient/"):
                yield reference.removeprefix("Patient/")
