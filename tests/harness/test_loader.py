"""Loading the demo patients into a real FHIR server that validates strictly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import requests

from cds_service.harness.errors import HarnessError
from cds_service.harness.fhir_server import fhir_server
from cds_service.harness.loader import load
from cds_service.harness.patients import demo_patients
from tests.sekmet import SEKMET, free_port, needs_sekmet

ON = date(2026, 11, 23)
TOKEN = "a-token-for-tests"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A FHIR server that asks for a token."""
    with fhir_server(SEKMET, tmp_path_factory.mktemp("fhir"), free_port(), TOKEN) as base:
        yield base


@needs_sekmet
def test_a_strictly_validating_server_takes_every_resource(guarded: str) -> None:
    expected = 1 + sum(len(patient.bundle(ON)["entry"]) for patient in demo_patients())
    assert load(guarded, on=ON, token=TOKEN) == expected
    found = requests.get(f"{guarded}/Patient", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=10).json()
    assert found["total"] == 9


@needs_sekmet
def test_loading_again_replaces_and_does_not_add(guarded: str) -> None:
    load(guarded, on=ON, token=TOKEN)
    load(guarded, on=date(2026, 12, 24), token=TOKEN)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    found = requests.get(f"{guarded}/Observation?patient=nen-demo-pancreas-nec", headers=headers, timeout=10).json()
    assert found["total"] == 6


@needs_sekmet
def test_a_server_that_refuses_is_an_error_that_says_so(guarded: str) -> None:
    with pytest.raises(HarnessError, match="refused nen-demo-pancreas-g1 with 401"):
        load(guarded, on=ON)


def test_a_server_that_is_not_there_is_an_error_that_says_so() -> None:
    with pytest.raises(HarnessError, match="did not take nen-demo-pancreas-g1"):
        load(f"http://127.0.0.1:{free_port()}/fhir", on=ON)


def test_a_missing_executable_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with (
        pytest.raises(HarnessError, match="make run"),
        fhir_server(tmp_path / "no-sekmet", tmp_path / "fhir", free_port()),
    ):
        pass
