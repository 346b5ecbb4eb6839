"""Records of drugs that do not say of which, and of a state that does not say whether it was given."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Why
from tests.mappers.parts import HCPCS, NDC, RXNORM, concept, dispensed, done, given, ordered, request, stated, why
from tests.mappers.safety_parts import disease, read, told
from tests.mappers.test_real_histories import states

EPIC = "urn:oid:1.2.840.114350.1.13.1.2.7.2.698288"
NOCODED = "http://jpfhir.jp/fhir/eCS/CodeSystem/MedicationCodeNocoded_CS"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
UNTOLD = Why.NOT_UNDERSTOOD


def coded(*codings: Any, text: str = "", **more: Any) -> Any:
    return ordered("", "2026-05-01", status="completed", medicationCodeableConcept=concept(*codings, text=text)) | more


@pytest.mark.parametrize(
    ("codings", "text", "expected"),
    [
        ([(RXNORM, "597195")], "", UNTOLD),
        ([(HCPCS, "J9045")], "", UNTOLD),
        ([(NDC, "61703-360-18")], "", UNTOLD),
        ([(EPIC, "12345")], "", UNTOLD),
        ([(NOCODED, "NOCODED", "標準コードなし")], "", UNTOLD),
        ([(ABSENT, "unknown", "Unknown")], "", UNTOLD),
        ([(RXNORM, "597195")], "aspirin 100 mg", None),
        ([(EPIC, "12345", "aspirin")], "", None),
        ([(NOCODED, "NOCODED", "標準コードなし")], "生理食塩液500mL", None),
        ([(RXNORM, "2555")], "", None),
    ],
)
def test_a_code_no_list_knows_tells_no_drug(knowledge: Knowledge, codings: Any, text: str, expected: Any) -> None:
    assert why(read(knowledge, coded(*codings, text=text)).history) is expected


def medication(code: Any) -> Any:
    return {"resourceType": "Medication", "id": "m", "code": code}


@pytest.mark.parametrize(
    ("code", "display", "expected"),
    [
        (concept((EPIC, "7")), "cisplatin 1 mg/mL", {"cisplatin": "past"}),
        (concept((RXNORM, "7617")), "octreotide LAR 30 mg", {"octreotide-lar": "past"}),
        (concept((EPIC, "7")), "aspirin", {}),
        (concept((EPIC, "7", "aspirin")), "cisplatin", {}),
    ],
)
def test_the_display_of_a_reference_names_what_its_medication_does_not(
    knowledge: Knowledge, code: Any, display: str, expected: Any
) -> None:
    record = ordered("", "2026-05-01", status="completed", contained=[medication(code)])
    record |= {"medicationReference": {"reference": "#m", "display": display}}
    assert states(knowledge, record) == expected
    assert why(read(knowledge, record).history) is None


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (given("cisplatin", "2026-05-01", status="unknown"), UNTOLD),
        (given("cisplatin", "2026-05-01", status="on-hold"), UNTOLD),
        (done("cisplatin infusion", "2026-05-01", status="unknown"), UNTOLD),
        (dispensed("cisplatin", "2026-05-01") | {"status": "in-progress"}, UNTOLD),
        (ordered("cisplatin", "2026-05-01", status="Active"), UNTOLD),
        (ordered("cisplatin", "2026-05-01", status=""), UNTOLD),
        (given("aspirin", "2026-05-01", status="unknown"), None),
        (given("cisplatin", "2026-05-01", status="not-done"), None),
        (done("cisplatin infusion", "2026-05-01", status="preparation"), None),
        (ordered("cisplatin", "2026-05-01", status="draft"), None),
        (ordered("cisplatin", "2026-05-01", status="cancelled"), None),
        (ordered("cisplatin", "2026-05-01", status="entered-in-error"), None),
        (ordered("cisplatin", "2026-05-01", status="Active", intent="plan"), None),
        (stated("cisplatin", "intended"), None),
    ],
)
def test_a_state_that_does_not_say_whether_it_was_given(knowledge: Knowledge, record: Any, expected: Any) -> None:
    case = read(knowledge, record)
    assert (case.medications, why(case.history)) == ((), expected)


def test_an_interacting_drug_of_such_a_state_is_not_denied(knowledge: Knowledge) -> None:
    assert told(knowledge, "coumarin", given("warfarin", "2026-11-01", status="unknown")) == "unclear: not-understood"
    assert told(knowledge, "ace_inhibitor", given("warfarin", "2026-11-01", status="unknown")) == "no"


@pytest.mark.parametrize(
    ("day", "days", "expected"), [("2026-11-01", 30, "unclear: not-understood"), ("2026-09-01", 30, "no")]
)
def test_a_prescription_that_was_issued_lasts_as_long_as_its_days(
    knowledge: Knowledge, day: str, days: int, expected: str
) -> None:
    supply = {"expectedSupplyDuration": {"value": days, "code": "d"}}
    assert told(
        knowledge, "coumarin", request("ワーファリン錠1mg", "x", day, status="completed", dispenseRequest=supply)
    ) == (expected)


PRRT = ("PRRT", "PRRT cycle 2", "177Lu-PRRT", "Radioligand therapy", "Lu-177 therapy")
CHEMO = ("Chemotherapy", "Chemotherapy per protocol ABC", "化学療法", "EP", "CE")


@pytest.mark.parametrize("said", [*PRRT, *CHEMO])
def test_a_drug_record_of_no_told_drug_leaves_the_history_open(knowledge: Knowledge, said: str) -> None:
    for record in (given(said, "2026-05-01"), ordered(said, "2026-05-01", status="completed"), stated(said)):
        assert why(read(knowledge, record).history) is UNTOLD


@pytest.mark.parametrize(
    "said", ["ondansetron for chemotherapy nausea", "chemotherapy-induced nausea kit", "PRRT amino acid infusion", "IP"]
)
def test_what_is_given_beside_such_treatment_is_another_drug(knowledge: Knowledge, said: str) -> None:
    assert why(read(knowledge, given(said, "2026-05-01")).history) is (UNTOLD if said == "IP" else None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        *((said, UNTOLD) for said in PRRT),
        ("Radiopharmaceutical therapy, by intravenous administration", UNTOLD),
        ("Radionuclide therapy", UNTOLD),
        ("Lutetium therapy", UNTOLD),
        ("放射性核種内用療法", UNTOLD),
        ("放射性同位元素内用療法（神経内分泌腫瘍）", UNTOLD),
        ("ペプチド受容体放射線核種療法", UNTOLD),
        ("ルテチウム治療", UNTOLD),
        ("核医学治療", UNTOLD),
        ("RI内用療法", UNTOLD),
        ("Radioiodine therapy", None),
        ("Radionuclide therapy with I-131", None),
        ("放射性ヨウ素内用療法", None),
        ("RI内用療法（甲状腺癌）", None),
        ("Radium-223 radionuclide therapy", None),
        ("PRRT consult", None),
        ("Electrophysiology (EP) study", None),
    ],
)
def test_a_procedure_of_no_told_radioligand(knowledge: Knowledge, said: str, expected: Any) -> None:
    assert why(read(knowledge, done(said, "2026-05-01")).history) is expected


@pytest.mark.parametrize(("day", "expected"), [("2026-05-01", None), ("2026-05-08", None), ("2026-05-09", UNTOLD)])
def test_a_named_dose_near_it_tells_which_radioligand_it_was(knowledge: Knowledge, day: str, expected: Any) -> None:
    dose, cycle = given("Lutathera", "2026-05-01"), done("PRRT cycle 1", day)
    assert why(read(knowledge, dose, cycle).history) is expected
    other = given("cisplatin", "2026-05-01")
    assert why(read(knowledge, other, cycle).history) is UNTOLD


def test_such_treatment_of_another_cancer_hides_nothing(knowledge: Knowledge) -> None:
    breast = disease("breast cancer", "c2")
    other = given("chemotherapy", "2010-05-01", reasonReference=[{"reference": "Condition/c2"}])
    assert why(read(knowledge, breast, other).history) is None
