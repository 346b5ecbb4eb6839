"""No template without a reader, no reader without a template: what is asked of an EHR is what the mappers read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from cds_service.domain.call import Draft, Json, Record
from cds_service.domain.facts import READINGS, RECORD
from cds_service.domain.knowledge import Knowledge
from cds_service.hooks.services import SERVICES, TEMPLATES, discovery
from cds_service.mappers.case import map_case
from cds_service.mappers.validate import READABLE
from tests.mappers.parts import concept, condition, ki67, request

PUBLISHED = {template.type for template in TEMPLATES}


class Watched(Mapping[str, tuple[Json, ...]]):
    """The resources of a record, which notes the types that are asked for by name."""

    def __init__(self, resources: Mapping[str, tuple[Json, ...]]) -> None:
        self._resources = resources
        self.asked: set[str] = set()

    def __getitem__(self, kind: str) -> tuple[Json, ...]:
        self.asked.add(kind)
        return self._resources[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._resources)

    def __len__(self) -> int:
        return len(self._resources)


@pytest.fixture
def asked(knowledge: Knowledge) -> set[str]:
    """The types whose resources the mappers ask for when every fact of a record with a tumour is asked."""
    tumour = (condition("c1", concept(text="neuroendocrine tumor of the pancreas")),)
    resources = Watched({"Condition": tumour, "Observation": (ki67(8),)})
    draft = Draft("MedicationRequest/m1", request("sunitinib"))
    case = map_case(
        Record("p1", date(2026, 11, 23), resources, had=frozenset(PUBLISHED), drafts=(draft,)), knowledge.value_sets
    )
    for name in (*RECORD, *READINGS):
        case.fact(name)
    return resources.asked


REFERRED_TO = {"Specimen"}  # read where a result names one


def test_every_type_that_a_template_brings_is_read(asked: set[str]) -> None:
    assert PUBLISHED - asked == REFERRED_TO
    assert PUBLISHED <= READABLE


def test_every_type_that_is_read_has_a_template(asked: set[str]) -> None:
    assert asked <= PUBLISHED
    assert READABLE <= PUBLISHED


def test_discovery_publishes_these_templates_and_no_others() -> None:
    published = {template.key: template.query for template in TEMPLATES}
    assert [service["prefetch"] for service in discovery()["services"]] == [published] * len(SERVICES)
    assert len(PUBLISHED) == len(TEMPLATES)
