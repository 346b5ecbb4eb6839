"""Every fact of the record has its reading: none answers that the service does not read it yet."""

from __future__ import annotations

import pytest

from cds_service.domain.call import Record
from cds_service.domain.facts import READINGS, RECORD
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Unclear, Why
from cds_service.hooks.services import TEMPLATES
from cds_service.mappers.case import map_case
from tests.mappers.parts import ON


@pytest.mark.parametrize("name", [*RECORD, *READINGS])
def test_it_is_read_from_a_record_without_anything(knowledge: Knowledge, name: str) -> None:
    types = frozenset(template.type for template in TEMPLATES)
    case = map_case(Record("p1", ON, {}, had=types), knowledge.value_sets)
    fact = case.fact(name)
    assert not (isinstance(fact, Unclear) and fact.why is Why.NOT_READ_YET)
