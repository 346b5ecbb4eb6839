"""What every public example and every recorded client request yields: the table of examples.yaml, fact for fact.

A row says what a record tells otherwise than the row it is written `as`: facts known, and facts unclear by why.
`alone`: the example is all there is of its patient, every search answered. `beside`: the patient has a NEN as well.
`ordered`: the listed drug, where it is sent as a draft order.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from cds_service.domain.call import Json, Record
from cds_service.domain.facts import READINGS, RECORD
from cds_service.domain.knowledge import Knowledge
from cds_service.mappers.case import map_case
from tests.mappers.parts import concept, condition, ki67, ordered
from tests.mappers.whole_record import NOBODY, as_sent, gathered, patient_of, read, stored
from tests.reference import REFERENCE, needs_reference, reference

Row = dict[str, Any]
TABLE: dict[str, dict[str, Row]] = yaml.safe_load(Path(__file__).with_name("examples.yaml").read_text(encoding="utf-8"))
EXAMPLES = TABLE["examples"]
CLIENTS = TABLE["clients"]
BESIDE_THE_FACTS = ("history", "allergies_read")  # whether these searches were answered in full


def a_nen(patient: str) -> list[Json]:
    """A pancreatic NET with its Ki-67, liver metastases and a treatment."""
    metastases = condition("own-c2", concept(text="Liver metastases"), recordedDate="2026-05-02")
    own = [condition("own-c1", recordedDate="2026-05-01"), metastases, ki67(8, "own-k1")]
    own.append(ordered("everolimus 10 mg tablet", "2026-11-01", "own-r1"))
    return [one | {"subject": {"reference": f"Patient/{patient}"}} for one in own]


def facts_in(name: str, rows: dict[str, Row]) -> dict[str, str]:
    """The facts of a row: those of the row it is written `as`, with its own differences."""
    row = rows[name]
    found = facts_in(row["as"], rows) if "as" in row else {}
    found |= row.get("known", {})
    return found | {fact: f"unclear: {why}" for why, facts in row.get("unclear", {}).items() for fact in facts}


def expected(example: str, reading: str) -> dict[str, str]:
    """What an example yields in one of its two readings."""
    row = {"as": reading} | EXAMPLES[example].get(reading, {})
    return facts_in("this", {**TABLE["usual"], "this": row})


@cache
def resources(example: str) -> list[Json]:
    return stored(json.loads(reference("fhir", "examples", example).read_text(encoding="utf-8")))


def sent(client: str) -> Json:
    name, _, number = client.rpartition(" ")
    lines = reference("clients", f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    body: Json = json.loads(lines[int(number)])["body"]
    return body


def records(example: str) -> dict[str, Record]:
    found = resources(example)
    patient = patient_of(found)
    return {"alone": gathered(found, patient), "beside": gathered([*a_nen(patient), *found], patient)}


@needs_reference
def test_the_table_names_every_example_and_every_recorded_call() -> None:
    folder = reference("fhir", "examples")
    assert sorted(EXAMPLES) == sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.json"))
    assert len(EXAMPLES) == 70
    calls = {
        f"{path.stem} {number}"
        for path in reference("clients").glob("*.jsonl")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines())
        if "hook" in json.loads(line)["body"]
    }
    assert set(CLIENTS) == calls


@pytest.mark.parametrize("reading", ["alone", "beside"])
def test_what_is_usual_is_said_of_every_fact(knowledge: Knowledge, reading: str) -> None:
    rows = {"alone": gathered([], NOBODY), "beside": gathered(a_nen(NOBODY), NOBODY)}
    told, _ = read(rows[reading], knowledge)
    assert told == facts_in(reading, TABLE["usual"])
    assert set(told) == {*RECORD, *READINGS, *BESIDE_THE_FACTS}


@needs_reference
@pytest.mark.parametrize("reading", ["alone", "beside"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_yields_what_the_table_says(knowledge: Knowledge, example: str, reading: str) -> None:
    told, case = read(records(example)[reading], knowledge)
    assert told == expected(example, reading)
    assert case.uninformed == EXAMPLES[example].get("uninformed", False)
    assert sorted(case.allergies) == EXAMPLES[example].get("allergies", [])
    if reading == "alone":
        states = {medication.drug: medication.state for medication in case.medications}
        assert states == EXAMPLES[example].get("on_record", {})


@needs_reference
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_sent_as_a_draft_orders_what_the_table_says(knowledge: Knowledge, example: str) -> None:
    found = resources(example)
    orders = [one | {"status": "draft"} for one in found if one["resourceType"] == "MedicationRequest"]
    rest = [one for one in found if one["resourceType"] != "MedicationRequest"]
    case = map_case(gathered(rest, patient_of(found), orders), knowledge.value_sets)
    assert [order.drug for order in case.orders if order.drug] == EXAMPLES[example].get("ordered", [])


@needs_reference
@pytest.mark.parametrize("patient", sorted({patient_of(resources(e)) for e in EXAMPLES}) if REFERENCE else [])
def test_the_examples_of_one_patient_are_read_together(knowledge: Knowledge, patient: str) -> None:
    mine = [e for e in EXAMPLES if patient_of(resources(e)) == patient and not e.startswith("own/")]
    told, _ = read(gathered([one for example in mine for one in resources(example)], patient), knowledge)
    assert told["diagnosis"] != "nen"


@needs_reference
@pytest.mark.parametrize("client", CLIENTS)
def test_a_recorded_call_yields_what_the_table_says(knowledge: Knowledge, client: str) -> None:
    told, case = read(as_sent(sent(client)), knowledge)
    assert told == facts_in(client, {**CLIENTS, **TABLE["usual"]})
    assert [order.drug or "none" for order in case.orders] == CLIENTS[client].get("ordered", [])
