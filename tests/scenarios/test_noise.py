"""The eight demo patients hidden in charts full of other things: the same cards as without them."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import requests

from cds_service.domain.call import Json
from cds_service.harness.fhir_server import fhir_server
from cds_service.harness.loader import load
from cds_service.harness.patients import demo_patients
from tests.scenarios.ehr import Card, hook_call, send, without_uuids
from tests.scenarios.noise import generated, hidden_in, needs_generators, transactions, written
from tests.scenarios.world import ON, World
from tests.sekmet import SEKMET, free_port, needs_sekmet

LONG = bool(os.environ.get("NENCDS_TEST_LONG"))
EACH = 1_050 if LONG else 50  # of each of the two kinds, for every patient
pytestmark = [needs_sekmet, *([needs_generators] if LONG else [])]

PATIENTS = [patient.id for patient in demo_patients()]
ORDERS: tuple[list[str], ...] = ([], ["sunitinib"], ["carboplatin"], ["lanreotide"], ["ramipril"])


@pytest.fixture(scope="module")
def noisy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A FHIR server with the demo patients, each among so many other resources of their own."""
    folder = tmp_path_factory.mktemp("noisy")
    american, japanese = generated(folder) if LONG else written(EACH)
    with fhir_server(SEKMET, folder / "fhir", free_port()) as base:
        load(base, on=ON)
        for number, patient in enumerate(PATIENTS):
            found = hidden_in(american, patient, EACH, 2 * number) + hidden_in(japanese, patient, EACH, 2 * number + 1)
            for transaction in transactions(found):
                answer = requests.post(base, json=transaction, timeout=120)
                assert answer.status_code == 200, answer.text[:500]
                assert all(entry["response"]["status"].startswith("20") for entry in answer.json()["entry"])
    _analyze(folder / "fhir")
    with fhir_server(SEKMET, folder / "fhir", free_port()) as base:
        yield base


def _analyze(folder: Path) -> None:
    """Let the server's database count what it holds: without, searches of so much do not come back in time."""
    for path in folder.rglob("*.db"):
        with sqlite3.connect(path) as database:
            database.execute("ANALYZE")


@cache
def _prefetched(service: str, fhir: str, patient: str) -> Mapping[str, Json]:
    """What an EHR sends that honours every template and follows its own pages to the last."""
    templates = requests.get(f"{service}/cds-services", timeout=10).json()["services"][0]["prefetch"]
    return {key: _read_whole(fhir, query.replace("{{context.patientId}}", patient)) for key, query in templates.items()}


def _read_whole(fhir: str, query: str) -> Json:
    whole: Json = requests.get(f"{fhir}/{query}", timeout=60).json()
    page = whole
    while further := [link["url"] for link in page.get("link", ()) if link["relation"] == "next"]:
        page = requests.get(further[0], timeout=60).json()
        whole["entry"] += page["entry"]
    if whole["resourceType"] == "Bundle":
        whole["link"] = [link for link in whole.get("link", ()) if link["relation"] != "next"]
        assert whole["total"] == _matches(whole)
    return whole


def _matches(bundle: Json) -> int:
    """How many resources a Bundle holds, without what its server says of the search itself."""
    return sum(entry.get("search", {}).get("mode") != "outcome" for entry in bundle.get("entry", ()))


def _cards(world: World, fhir: str, patient: str, hook: str, drugs: list[str]) -> list[Card]:
    answer = send(world, {**hook_call(hook, patient, drugs), "prefetch": _prefetched(world.service, fhir, patient)})
    assert answer.status_code == 200, answer.text
    found: list[Card] = without_uuids(answer.json()["cards"])
    return found


def test_every_patient_is_hidden(world: World, noisy: str, measured: Callable[[str], None]) -> None:
    sizes = []
    for patient in PATIENTS:
        plain, hidden = (_prefetched(world.service, fhir, patient).values() for fhir in (world.fhir, noisy))
        sizes.append(sum(map(_matches, hidden)) - sum(map(_matches, plain)))
    assert min(sizes) == 2 * EACH
    measured(f"noise resources around each demo patient: {min(sizes)}")


@pytest.mark.parametrize("patient", PATIENTS)
@pytest.mark.parametrize("hook", ["patient-view", "order-select", "order-sign"])
def test_the_cards_are_those_without_noise(world: World, noisy: str, hook: str, patient: str) -> None:
    for drugs in ORDERS:
        if bool(drugs) != (hook == "patient-view"):
            began = time.monotonic()
            hidden = _cards(world, noisy, patient, hook, drugs)
            assert time.monotonic() - began < 30
            assert hidden == _cards(world, world.fhir, patient, hook, drugs), drugs
