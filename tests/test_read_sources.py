"""`nen-cds read` on the files and servers that an integrator has on day one: read where possible, else told why not."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from cds_service.domain.call import Json
from tests.hooks.calls import ON, RECTAL, bundle, call, chart, drug_order
from tests.hooks.ehr import TOKEN, ehr
from tests.reference import needs_reference, reference
from tests.test_cli import run
from tests.test_read_report import line, read

PATIENT: Json = {"resourceType": "Patient", "id": "p1"}
CONDITION: Json = {
    "resourceType": "Condition",
    "id": "c1",
    "subject": {"reference": "Patient/p1"},
    "code": {"text": "Neuroendocrine tumour of the rectum, G2"},
    "recordedDate": "2026-10-05",
}


def of_bytes(tmp_path: Path, body: bytes) -> Result:
    file = tmp_path / "record"
    file.write_bytes(body)
    return run("read", str(file), "--on", str(ON))


def as_transaction(*resources: Json) -> Json:
    """Resources as a generator posts them: named by urn:uuid only, and referring to each other so."""
    names = {f"{one['resourceType']}/{one['id']}": f"urn:uuid:{number}" for number, one in enumerate(resources)}
    told = json.dumps([{k: v for k, v in one.items() if k != "id"} for one in resources])
    for name, url in names.items():
        told = told.replace(f'"{name}"', f'"{url}"')
    entries = [{"fullUrl": url, "resource": one} for url, one in zip(names.values(), json.loads(told), strict=True)]
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def test_references_by_full_url_are_followed(tmp_path: Path) -> None:
    draft = drug_order("sunitinib", "p1")
    result = read(tmp_path, as_transaction(PATIENT, CONDITION, draft))
    assert result.exit_code == 0, result.output
    assert line(result, "primary_site").endswith("rectum · Condition/entry-1 · 2026-10-05")
    assert "Draft order MedicationRequest/entry-2: sunitinib" in result.output
    assert "Trouble" not in result.output


@needs_reference
def test_the_example_transaction_is_read_whole() -> None:
    path = reference("fhir", "examples", "own", "net-transaction-bundle.json")
    result = run("read", str(path), "--on", str(ON))
    assert result.exit_code == 0, result.output
    assert "[primary_site]: pancreas" in result.output
    assert "Trouble" not in result.output


def test_a_mark_at_the_beginning_of_the_file_does_no_harm(tmp_path: Path) -> None:
    assert of_bytes(tmp_path, b"\xef\xbb\xbf" + json.dumps(bundle(chart(RECTAL))).encode()).exit_code == 0


LINES = "\n".join(json.dumps(one) for one in chart(RECTAL)).encode()
WRONG: dict[str, tuple[bytes, str]] = {
    "NDJSON": (LINES, "one resource a line (NDJSON)"),
    "gzip": (gzip.compress(b"{}"), "gzip"),
    "zip": (b"PK\x03\x04", "zip"),
    "XML": (b'<?xml version="1.0"?><Bundle/>', "XML"),
    "UTF-16": ("{}".encode("utf-16"), "UTF-16"),
    "nothing": (b" \n", "empty"),
    "a list": (json.dumps(chart(RECTAL)).encode(), "no FHIR Bundle, but a list"),
    "a resource": (json.dumps(PATIENT).encode(), "no FHIR Bundle, but a single resource"),
    "a hook call": (json.dumps(call("patient-view")).encode(), "no FHIR Bundle, but a hook call"),
    "something else": (b'"x"', "no FHIR Bundle"),
    "no JSON": (b"{", "not JSON"),
    "two patients": (json.dumps(bundle([PATIENT, {**PATIENT, "id": "p2"}])).encode(), "one record is read at a time"),
    "no patient": (json.dumps(bundle([CONDITION])).encode(), "--patient"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_is_no_record_is_told_for_what_it_is(tmp_path: Path, what: str) -> None:
    body, says = WRONG[what]
    result = of_bytes(tmp_path, body)
    assert result.exit_code == 1
    assert says in result.output
    assert "Facts" not in result.output


def of_server(*words: str, **more: Any) -> Result:
    return run("read", "--on", str(ON), "--fhir", *words, **more)


@pytest.mark.parametrize(
    "words",
    [
        ("127.0.0.1:8091/fhir", "--patient", "p1"),
        ("ftp://host/fhir", "--patient", "p1"),
        ("http://u:p@host/fhir", "--patient", "p1"),
        ("http://host/fhir?x=1", "--patient", "p1"),
        ("http://host/fhir", "--patient", "a b/c"),
    ],
)
def test_what_is_no_server_and_no_patient_is_wrong_use(words: tuple[str, ...]) -> None:
    result = of_server(*words)
    assert result.exit_code == 2
    assert "Usage" in result.output


@pytest.mark.parametrize("token", ["", "  \n", "two\nlines", "two words"])
def test_a_token_file_that_holds_no_token_is_wrong_use(tmp_path: Path, token: str) -> None:
    file = tmp_path / "token"
    file.write_text(token, "utf-8")
    result = of_server("http://127.0.0.1:1/fhir", "--patient", "p1", "--token-file", str(file))
    assert result.exit_code == 2
    assert "--token-file" in result.output


def test_a_patient_may_be_named_with_the_type() -> None:
    with ehr(RECTAL) as there:
        result = of_server(there.base, "--patient", f"Patient/{RECTAL}")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("status", [400, 404, 410])
def test_a_patient_whom_the_server_does_not_know_is_no_empty_record(status: int) -> None:
    with ehr(RECTAL) as there:
        there.answer = lambda path: (status, {"resourceType": "OperationOutcome"}) if "/Patient/" in path else None
        result = of_server(there.base, "--patient", "nobody")
    assert result.exit_code == 1
    assert f"the server holds no Patient/nobody (status {status})" in result.output
    assert "Facts" not in result.output


def test_a_failed_server_is_told_once_for_each_reason() -> None:
    with ehr(RECTAL) as there:
        there.answer = lambda path: (401, {"resourceType": "OperationOutcome"})
        result = of_server(there.base, "--patient", RECTAL)
    assert result.exit_code == 1
    (told,) = [one for one in result.output.splitlines() if "status 401" in one]
    assert told.startswith("not read: status 401 (is a token needed? --token-file): ")
    assert {"Patient", "Condition", "ResearchSubject"} <= set(told.rpartition(": ")[2].split(", "))


def test_a_good_token_is_sent_and_never_printed(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f" {TOKEN}\n", "utf-8")
    with ehr(RECTAL) as there:
        result = of_server(there.base, "--patient", RECTAL, "--token-file", str(file))
        assert {authorization for _, authorization in there.asked} == {f"Bearer {TOKEN}"}
    assert result.exit_code == 0, result.output
    assert TOKEN not in result.output


@pytest.mark.parametrize("words", [(), ("--ja",)])
def test_no_line_is_without_a_label_in_its_language(tmp_path: Path, words: tuple[str, ...]) -> None:
    result = read(tmp_path, bundle(chart(RECTAL)), *words)
    told = [line(result, name) for name in ("recorded_grade", "sstr2_ihc", "unfit_for_platinum")]
    assert all("_" not in one.partition(" [")[0] for one in told)
    if words:
        assert all(not one.strip().isascii() for one in told)
