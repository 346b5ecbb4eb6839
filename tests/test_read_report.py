"""`nen-cds read`: every fact with its source, every drug, everything set aside, and with what it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from cds_service.authoring.reading.words import ASIDE, WORDS, reason_words
from cds_service.domain.call import Json
from cds_service.domain.facts import READINGS, RECORD
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.set_aside import Aside
from cds_service.domain.values import Why
from cds_service.harness.patients import demo_patients
from tests.hooks.calls import ON, RECTAL, bundle, chart, drug_order
from tests.hooks.ehr import TOKEN, ehr
from tests.test_cli import run

PATIENTS = [patient.id for patient in demo_patients()]
KI67 = f"{RECTAL}-ki67"


def read(tmp_path: Path, value: Any, *words: str) -> Result:
    """The command on this Bundle."""
    file = tmp_path / "record.json"
    file.write_text(json.dumps(value), "utf-8")
    return run("read", str(file), "--on", str(ON), *words)


def line(result: Result, name: str) -> str:
    """The line of a fact."""
    return next(one for one in result.output.splitlines() if f"[{name}]" in one)


def ki67(**more: Any) -> Json:
    return {**next(one for one in chart(RECTAL) if one["id"] == KI67), **more}


@pytest.mark.parametrize("patient", PATIENTS)
@pytest.mark.parametrize("words", [(), ("--ja",)])
def test_every_fact_of_every_demo_patient_is_printed(tmp_path: Path, patient: str, words: tuple[str, ...]) -> None:
    result = read(tmp_path, bundle(chart(patient)), *words)
    assert result.exit_code == 0, result.output
    assert [name for name in (*RECORD, *READINGS) if f"[{name}]: " not in result.output] == []
    assert "not read yet" not in result.output


def test_a_known_fact_has_its_source_and_its_day(tmp_path: Path) -> None:
    told = line(read(tmp_path, bundle(chart(RECTAL))), "ki67_percent")
    assert f"8% · biopsy · liver · Observation/{KI67} · 2026-" in told


def test_an_unclear_fact_has_its_reason_and_what_was_seen(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        bundle(
            [
                *chart(RECTAL),
                ki67(
                    id="older",
                    effectiveDateTime="2024-01-01",
                    valueQuantity={"value": 60, "unit": "%", "code": "%", "system": "http://unitsofmeasure.org"},
                ),
            ]
        ),
    )
    assert "unclear: the record contradicts itself (" in line(result, "ki67_percent")
    assert "60% · biopsy · liver · Observation/older · 2024-01-01" in line(result, "ki67_percent")


def test_what_is_set_aside_is_printed_with_its_reason(tmp_path: Path) -> None:
    noise = [ki67(id="x1", status="entered-in-error"), ki67(id="x2", effectiveDateTime=None, specimen=None)]
    noise = [{key: found for key, found in one.items() if found is not None} for one in noise]
    shoe = ki67(id="x3", status="preliminary", code={"text": "shoe size"}, note=[{"text": "CANARY"}])
    result = read(tmp_path, bundle([*chart(RECTAL), *noise, shoe]))
    assert "Resources set aside: 3" in result.output
    assert "Observation/x1: entered in error" in result.output
    assert "Observation/x2: without a date" in result.output
    assert "preliminary or not yet reported: 1" in result.output
    assert "Of these a fact would have used: 2" in result.output
    assert "Of these no fact would have used: 1\n  Observation/x3: preliminary or not yet reported" in result.output
    assert "CANARY" not in result.output


def test_drugs_are_listed_as_recognised_or_not(tmp_path: Path) -> None:
    given = [
        drug_order(words, id=f"m{at}", status="active") for at, words in enumerate(("Sutent", "warfarin", "moonshine"))
    ]
    result = read(tmp_path, bundle([*chart(RECTAL), *given]))
    assert "sunitinib: sutent · MedicationRequest/m0" in result.output
    assert "Records of other drugs that rules ask about: 1" in result.output
    assert "Records of drugs not recognised: 1\n  moonshine: MedicationRequest/m2" in result.output


def test_draft_orders_are_read(tmp_path: Path) -> None:
    result = read(tmp_path, bundle([*chart(RECTAL), drug_order("sunitinib"), drug_order("moonshine", id="draft-2")]))
    assert "Draft order MedicationRequest/draft-1: sunitinib" in result.output
    assert "[order_kind]: " in result.output
    assert "Draft order MedicationRequest/draft-2: no listed drug recognised" in result.output


@pytest.mark.parametrize(
    ("value", "words", "said"),
    [
        ("nonsense", (), "no FHIR Bundle"),
        ({"resourceType": "Patient", "id": "p1"}, (), "no FHIR Bundle"),
        (bundle([]), (), "0 patients"),
        (bundle([{"resourceType": "Patient", "id": name} for name in ("p1", "p2")]), (), "2 patients"),
        (bundle(chart(RECTAL)), ("--patient", "somebody-else"), "another patient"),
    ],
)
def test_a_record_that_must_not_be_read_ends_with_1(
    tmp_path: Path, value: Any, words: tuple[str, ...], said: str
) -> None:
    result = read(tmp_path, value, *words)
    assert result.exit_code == 1
    assert said in result.output
    assert "Facts" not in result.output


def test_a_bundle_that_says_it_is_not_all_is_reported_and_ends_with_1(tmp_path: Path) -> None:
    cut = {**bundle(chart(RECTAL)), "total": 5_000}
    result = read(tmp_path, cut)
    assert result.exit_code == 1
    assert "only part of the record was received" in result.output
    assert "[ki67_percent]" in result.output


@pytest.mark.parametrize("words", [(), ("--fhir", "http://127.0.0.1:1"), ("--patient", "p1")])
def test_wrong_use_ends_with_2(words: tuple[str, ...]) -> None:
    assert run("read", *words).exit_code == 2


def test_a_fhir_server_is_read_with_a_token_that_is_not_printed(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text(f"{TOKEN}\n", "utf-8")
    with ehr(RECTAL) as there:
        result = run("read", "--fhir", there.base, "--patient", RECTAL, "--token-file", str(token), "--on", str(ON))
        assert {authorization for _, authorization in there.asked} == {f"Bearer {TOKEN}"}
    assert result.exit_code == 0, result.output
    assert f"Observation/{KI67}" in line(result, "ki67_percent")
    assert TOKEN not in result.output


def test_a_search_that_fails_is_named_and_ends_with_1() -> None:
    with ehr(RECTAL) as there:
        there.answer = lambda path: (403, {"resourceType": "OperationOutcome"}) if "/Procedure" in path else None
        result = run("read", "--fhir", there.base, "--patient", RECTAL, "--on", str(ON))
    assert result.exit_code == 1
    assert "! not-read procedures" in result.output
    assert "Facts of the record" in result.output


def test_a_server_that_cannot_be_read_ends_with_1() -> None:
    result = run("read", "--fhir", "http://127.0.0.1:1/fhir", "--patient", RECTAL)
    assert result.exit_code == 1
    assert "conditions" in result.output


def test_every_reason_has_words_in_both_languages(knowledge: Knowledge) -> None:
    assert set(ASIDE) == set(Aside)
    assert WORDS["en"].keys() == WORDS["ja"].keys()
    for why in (*Aside, *Why):
        assert reason_words(why, knowledge, "en") != reason_words(why, knowledge, "ja")
    assert reason_words("something-new", knowledge, "en") == "something-new"
