"""Histories as hospitals write them: regimens in one entry, brands, arteries, stopped and unnamed treatment."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Why
from tests.mappers.parts import LOINC, SCT, concept, dispensed, done, finding, given, ordered, request, stated, why
from tests.mappers.safety_parts import answer, disease, read, told

BREAST = disease("breast cancer", "c2")


def states(knowledge: Knowledge, *resources: Any) -> dict[str, str]:
    return {f"{one.drug} {one.route}".strip(): one.state for one in read(knowledge, *resources).medications}


@pytest.mark.parametrize(
    ("said", "drugs"),
    [
        ("Cisplatin and etoposide x4 cycles at outside hospital", {"cisplatin", "etoposide"}),
        ("carboplatin/etoposide", {"carboplatin", "etoposide"}),
        ("mFOLFOX6 + bevacizumab", {"oxaliplatin", "fluorouracil", "bevacizumab"}),
        ("EP療法", {"cisplatin", "etoposide"}),
        ("CAPTEM", {"capecitabine", "temozolomide"}),
        ("oxaliplatin (mFOLFOX6)", {"oxaliplatin"}),
        ("ランダ注50mg/100mL", {"cisplatin"}),
        ("パラプラチン注射液150mg", {"carboplatin"}),
        ("ランダム化試験薬", set()),
    ],
)
def test_a_record_is_of_every_drug_it_names(knowledge: Knowledge, said: str, drugs: set[str]) -> None:
    assert set(states(knowledge, ordered(said, "2025-05-01", status="completed"))) == drugs


def test_a_medication_of_two_ingredients_is_of_both(knowledge: Knowledge) -> None:
    ingredients = [{"itemCodeableConcept": {"text": name}} for name in ("cisplatin", "etoposide")]
    both = {"resourceType": "Medication", "id": "m", "ingredient": ingredients}
    found = ordered("", "2025-05-01", contained=[both], medicationReference={"reference": "#m"})
    assert set(states(knowledge, found)) == {"cisplatin", "etoposide"}


def test_of_two_drugs_in_one_draft_no_rule_speaks_and_another_draft_has_both_beside_it(knowledge: Knowledge) -> None:
    drafts = (request("irinotecan", "m1"), request("cisplatin + irinotecan", "m2"))
    alone, both = read(knowledge, drafts=drafts).orders
    assert (alone.drug, alone.several) == ("irinotecan", frozenset())
    assert both.drug is None
    assert both.several == {"cisplatin", "irinotecan"}


@pytest.mark.parametrize("how", [{"route": {"text": "hepatic artery"}}, {"text": "TACE"}])
def test_what_was_given_into_an_artery_is_no_systemic_treatment(knowledge: Knowledge, how: Any) -> None:
    assert states(knowledge, given("cisplatin", "2026-11-01", dosage=how)) == {"cisplatin intra-arterial": "in-plan"}


def test_drug_eluting_beads_on_record_are_no_systemic_treatment(knowledge: Knowledge) -> None:
    beads = given("doxorubicin drug-eluting beads", "2026-11-01")
    assert states(knowledge, beads) == {"doxorubicin intra-arterial": "in-plan"}


def test_a_stopped_order_ends_what_was_given_on_it(knowledge: Knowledge) -> None:
    lar, dose = "octreotide LAR 30 mg", given("octreotide LAR 30 mg", "2026-11-01")
    stopped = ordered(lar, "2026-08-01", status="stopped")
    assert states(knowledge, stopped, dose) == {"octreotide-lar": "past"}
    assert states(knowledge, stopped, ordered(lar, "2026-10-30", "r2"), dose) == {"octreotide-lar": "in-plan"}
    assert states(knowledge, ordered(lar, "2026-08-01", status="completed"), dose) == {"octreotide-lar": "in-plan"}


@pytest.mark.parametrize(
    ("dosage", "expected"),
    [
        ({"text": "100 mcg SC three times daily as needed"}, {}),
        ({"doseAndRate": [{"doseQuantity": {"value": 100, "code": "ug"}}]}, {}),
        ({"text": "30 mg IM every 4 weeks"}, {"octreotide-lar": "in-plan"}),
        ({"text": "as directed"}, {"octreotide-lar": "stale"}),
    ],
)
def test_the_instructions_tell_a_product_the_name_leaves_open(knowledge: Knowledge, dosage: Any, expected: Any) -> None:
    assert states(knowledge, ordered("octreotide", "2026-11-20", dosageInstruction=[dosage])) == expected


@pytest.mark.parametrize("said", ["chemotherapy", "化学療法", concept((SCT, "367336001"))])
def test_chemotherapy_of_no_told_drug_leaves_the_history_open(knowledge: Knowledge, said: Any) -> None:
    chemotherapy = done("", "2026-05-01") | {"code": concept(text=said) if isinstance(said, str) else said}
    assert why(read(knowledge, chemotherapy).history) is Why.NOT_UNDERSTOOD
    assert why(read(knowledge, chemotherapy, given("cisplatin", "2025-05-01")).history) is Why.NOT_UNDERSTOOD
    assert why(read(knowledge, chemotherapy, given("cisplatin", "2026-05-03")).history) is None


def test_chemotherapy_for_another_cancer_or_only_talked_of_hides_nothing(knowledge: Knowledge) -> None:
    other = done("chemotherapy", "2010-05-01", reasonReference=[{"reference": "Condition/c2"}])
    assert why(read(knowledge, BREAST, other).history) is None
    assert why(read(knowledge, done("Chemotherapy education", "2026-05-01")).history) is None


def test_a_symptom_that_came_after_their_absence_was_written_leaves_it_open(knowledge: Knowledge) -> None:
    absent = finding("tumour-symptoms", "absent", day="2026-10-01")
    later = disease("abdominal pain", onsetDateTime="2026-11-01")
    assert told(knowledge, "tumour_symptoms", absent, later) == f"unclear: {Why.NOT_LINKED}"
    earlier = disease("abdominal pain", onsetDateTime="2026-09-01", recordedDate="2026-09-01")
    assert told(knowledge, "tumour_symptoms", absent, earlier) == "absent"


@pytest.mark.parametrize(("code", "expected"), [("LA9625-0", "yes"), ("LA9626-8", "yes"), ("LA9624-3", "no")])
def test_ecog_by_the_answers_of_loinc(knowledge: Knowledge, code: str, expected: str) -> None:
    ecog = answer("89247-1", "") | {"valueCodeableConcept": concept((LOINC, code))}
    assert told(knowledge, "unfit_for_platinum", ecog) == expected


@pytest.mark.parametrize(
    ("code", "expected"), [("LA9657-3", "complete"), ("LA10317-8", "partial"), ("LA25391-6", "normal")]
)
def test_dpyd_by_the_answers_of_loinc(knowledge: Knowledge, code: str, expected: str) -> None:
    for named in ("45284-7", "79719-1"):
        result = answer(named, "") | {"valueCodeableConcept": concept((LOINC, code))}
        assert told(knowledge, "dpyd", result) == expected


@pytest.mark.parametrize("said", ["B型肝炎既往感染", "Exposure to hepatitis B virus", "History of hepatitis B"])
def test_past_hepatitis_b_is_no_carrier(knowledge: Knowledge, said: str) -> None:
    assert told(knowledge, "hbv", disease(said)) == "none"


@pytest.mark.parametrize(("days", "expected"), [(90, "yes"), (70, "unclear: too-old")])
def test_a_supply_that_lasts_till_now_is_in_plan(knowledge: Knowledge, days: int, expected: str) -> None:
    supply = {"expectedSupplyDuration": {"value": days, "code": "d"}}
    warfarin = ordered("warfarin 3 mg", "2026-09-04", dispenseRequest=supply)
    assert told(knowledge, "coumarin", warfarin) == expected


def test_a_statement_of_two_drugs_and_a_dispense_of_one(knowledge: Knowledge) -> None:
    both = stated("capecitabine and temozolomide", "completed", effectivePeriod={"start": "2025-01", "end": "2025-06"})
    found = states(knowledge, both, dispensed("capecitabine", "2026-11-01"))
    assert found == {"capecitabine": "in-plan", "temozolomide": "past"}
