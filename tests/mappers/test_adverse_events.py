"""chest_ct, grades of adverse events, thromboembolism and recent surgery."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import LOINC, SCT, concept, status
from tests.mappers.safety_parts import answer, disease, procedure, report, result, told, without


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (report("CT chest with contrast"), "done"),
        (report("x") | {"code": concept((LOINC, "24627-2"))}, "done"),
        (report("FDG PET/CT whole body"), "done"),
        (report("胸腹部CT"), "done"),
        (procedure("CT of the chest"), "done"),
        (report("CT abdomen"), "none"),
        (report("CT chest", "2026-08-25"), "done"),
        (report("CT chest", "2026-08-24"), "none"),
        (report("CT chest", None), "unclear: undated"),
        (report("CT chest", status="registered"), "none"),
        (report("CT chest", status="preliminary"), "none"),
        (report("Chest X-ray"), "none"),
    ],
)
def test_chest_ct(knowledge: Knowledge, found: Any, expected: str) -> None:
    assert told(knowledge, "chest_ct", found) == expected


@pytest.mark.parametrize("kind", ["DiagnosticReport", "Procedure", "Observation"])
def test_a_ct_may_be_among_what_was_not_received(knowledge: Knowledge, kind: str) -> None:
    assert told(knowledge, "chest_ct", had=without(kind)) == "unclear: unavailable"
    assert told(knowledge, "chest_ct", report("CT chest"), had=without("Procedure")) == "done"


PLATELETS, LUNG = "platelet_decrease_ctcae_grade", "pneumonitis_ctcae_grade"


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        (PLATELETS, disease("Platelet count decreased, CTCAE grade 2"), "2"),
        (PLATELETS, disease("血小板減少 グレード3"), "3"),
        (PLATELETS, disease("Thrombocytopenia", severity={"text": "Grade 2"}), "2"),
        (PLATELETS, disease("Thrombocytopenia grade 2", clinicalStatus=status("resolved")), "unclear: not-recorded"),
        (PLATELETS, disease("Thrombocytopenia"), "unclear: not-recorded"),
        (PLATELETS, answer("Platelet count decreased", "Grade 2"), "2"),
        (PLATELETS, answer("Platelet count decreased", "Grade 2", day="2026-08-01"), "unclear: not-recorded"),
        (PLATELETS, result("777-3", 60, "10*3/uL"), "unclear: not-recorded"),
        (LUNG, disease("Pneumonitis grade 2"), "2"),
        (LUNG, disease("間質性肺疾患", severity={"text": "Grade 3"}), "3"),
        (LUNG, disease("Grade 2 diarrhoea"), "unclear: not-recorded"),
    ],
)
def test_a_grade_is_read_and_never_worked_out(knowledge: Knowledge, name: str, found: Any, expected: str) -> None:
    assert told(knowledge, name, found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (disease(concept((SCT, "59282003"))), "yes"),
        (disease("深部静脈血栓症", recordedDate="2026-06-01"), "yes"),
        (disease("Pulmonary embolism", clinicalStatus=status("resolved"), onsetDateTime="2026-07-01"), "yes"),
        (disease("Pulmonary embolism", clinicalStatus=status("resolved"), onsetDateTime="2025-07-01"), "no"),
        (disease("Pulmonary embolism", onsetDateTime="2025-07-01"), "unclear: too-old"),
        (disease("Pulmonary embolism", recordedDate=None), "unclear: undated"),
        (disease("Suspected pulmonary embolism"), "unclear: not-confirmed"),
        (disease("Asthma"), "no"),
    ],
)
def test_a_thromboembolic_event_counts_for_some_months(knowledge: Knowledge, found: Any, expected: str) -> None:
    assert told(knowledge, "thromboembolism", {k: v for k, v in found.items() if v is not None}) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (procedure("Laparoscopic cholecystectomy"), "yes"),
        (procedure("肝部分切除術"), "yes"),
        (procedure("Liver resection", "2026-10-23"), "no"),
        (procedure("Liver resection", None), "unclear: undated"),
        (procedure("Liver resection", status="not-done"), "no"),
        (procedure("Upper endoscopy"), "no"),
        *((procedure(said), "yes") for said in ("Appendectomy", "Right hemicolectomy", "Esophagectomy")),
        *((procedure(said), "yes") for said in ("虫垂切除", "膵頭十二指腸切除", "Radical hysterectomy")),
        *((procedure(said), "no") for said in ("No resection", "TACE", "放射線治療", "Chemotherapy")),
    ],
)
def test_recent_surgery(knowledge: Knowledge, found: Any, expected: str) -> None:
    assert told(knowledge, "recent_surgery", found) == expected
    assert told(knowledge, "recent_surgery", had=without("Procedure")) == "unclear: unavailable"
