"""Every fact of a record in the three dialects: mCODE and US Core, Japan, and one large EHR."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.case import Case
from cds_service.domain.facts import RECORD
from cds_service.domain.knowledge import Knowledge
from cds_service.mappers.case import map_case
from tests.mappers.parts import record, value
from tests.records.any_record import TYPES

from . import american, japanese, one_large_ehr

DIALECTS: dict[str, Any] = {"american": american, "japanese": japanese, "one-large-ehr": one_large_ehr}
FACTS = [(name, fact) for name, dialect in DIALECTS.items() for fact in dialect.ROWS]
ORDERS = [(name, said) for name, dialect in DIALECTS.items() for said in dialect.DRUGS]


def read(knowledge: Knowledge, *resources: Any) -> Case:
    return map_case(record(*resources, had=TYPES), knowledge.value_sets)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_fact_of_a_record_has_a_row_or_a_reason(dialect: str) -> None:
    told = DIALECTS[dialect]
    assert set(told.ROWS) | set(told.NO_WAY) == set(RECORD)
    assert not set(told.ROWS) & set(told.NO_WAY)


@pytest.mark.parametrize(("dialect", "name"), FACTS)
def test_a_fact_is_read_as_it_is_sent(knowledge: Knowledge, dialect: str, name: str) -> None:
    expected, resources = DIALECTS[dialect].ROWS[name]
    assert value(read(knowledge, DIALECTS[dialect].TUMOUR, *resources).fact(name)) == expected


@pytest.mark.parametrize(("dialect", "said"), ORDERS)
def test_a_drug_on_record_is_recognised(knowledge: Knowledge, dialect: str, said: str) -> None:
    medication, drug = DIALECTS[dialect].DRUGS[said]
    ordered = american.drug("MedicationRequest", medication, "m1")
    (found,) = read(knowledge, DIALECTS[dialect].TUMOUR, ordered).medications
    assert found.drug == drug
