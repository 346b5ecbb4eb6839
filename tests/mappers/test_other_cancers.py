"""Another cancer on record: a suspected one takes no result, complaints and relatives' are none."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.mappers.case import map_case
from tests.mappers.parts import ICD, ICD_CM, concept, condition, ki67, record, status, value

LINKED, OPEN = "8", "unclear: not-linked"


def index(knowledge: Knowledge, *codings: Any, text: str = "", **more: Any) -> str:
    """The Ki-67 index of a patient who also has this on record: it is the NEN's only where there is no other cancer."""
    other = condition("c2", concept(*codings, text=text), **more)
    return value(map_case(record(condition(), other, ki67(8)), knowledge.value_sets).fact("ki67_percent"))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Cancer associated pain", (ICD_CM, "G89.3")),
        ("Pain due to malignant neoplasm", (ICD_CM, "G89.3")),
        ("Anemia associated with cancer", (ICD_CM, "D63.0")),
        ("Cancer associated thrombosis", (ICD_CM, "I82.409")),
        ("Encounter for chemotherapy for cancer", (ICD_CM, "Z51.11")),
        ("At high risk for breast cancer", (ICD_CM, "Z91.89")),
        ("Adjustment disorder due to cancer diagnosis", (ICD_CM, "F43.20")),
        ("Family history of breast cancer", (ICD_CM, "Z80.3")),
        ("FHx: breast cancer", (ICD_CM, "Z80.3")),
        ("FH: colon cancer", (ICD_CM, "Z80.0")),
    ],
)
def test_a_complaint_a_risk_and_a_relative_are_no_other_cancer(knowledge: Knowledge, said: str, code: Any) -> None:
    assert index(knowledge, text=said) == LINKED
    assert index(knowledge, code, text=said) == LINKED


def test_a_code_outside_the_neoplasms_takes_a_word_that_names_no_organ_for_none(knowledge: Knowledge) -> None:
    assert index(knowledge, (ICD_CM, "R53.0"), text="Tiredness from cancer") == LINKED
    assert index(knowledge, text="Tiredness from cancer") == OPEN
    assert index(knowledge, (ICD_CM, "R53.0"), text="Tiredness from breast cancer") == OPEN


@pytest.mark.parametrize("said", ["胃癌の疑い", "胃癌疑い", "Suspected gastric cancer", "Gastric cancer, r/o"])
@pytest.mark.parametrize(
    "more", [{}, {"verificationStatus": status("unconfirmed"), "clinicalStatus": status("inactive")}]
)
def test_a_suspected_cancer_takes_no_result_with_and_without_its_code(
    knowledge: Knowledge, said: str, more: Any
) -> None:
    assert index(knowledge, text=said, **more) == LINKED
    assert index(knowledge, (ICD, "C16.9"), text=said, **more) == LINKED


@pytest.mark.parametrize("said", ["胃癌は否定", "No gastric cancer", "Gastric cancer ruled out", "胃癌の家族歴"])
def test_a_cancer_that_is_denied_is_none(knowledge: Knowledge, said: str) -> None:
    assert index(knowledge, text=said) == LINKED


@pytest.mark.parametrize(
    "said", ["Breast cancer survivor", "肺癌化学療法後", "Chemotherapy for breast cancer", "肺癌患者"]
)
def test_a_cancer_of_a_named_organ_stays_one_in_such_words(knowledge: Knowledge, said: str) -> None:
    assert index(knowledge, text=said) == OPEN


def test_a_refuted_cancer_is_none_and_a_past_one_is_one(knowledge: Knowledge) -> None:
    refuted = {"verificationStatus": status("refuted")}
    assert index(knowledge, (ICD, "C16.9"), text="胃癌", **refuted) == LINKED
    assert index(knowledge, (ICD_CM, "Z85.3"), text="Personal history of malignant neoplasm of breast") == OPEN
