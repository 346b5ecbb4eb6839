"""Procedures and services that name a drug and are no dose or order of it; and those that are."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Why
from tests.mappers.parts import HCPCS, SCT, concept, done, request, why
from tests.mappers.safety_parts import read
from tests.mappers.test_real_histories import states

LUTATHERA = {"lutetium-dotatate": "in-plan"}


def service(said: Any, **more: Any) -> Any:
    told = {"resourceType": "ServiceRequest", "id": "z", "status": "draft", "intent": "order"}
    code = concept(text=said) if isinstance(said, str) else said
    return told | {"subject": {"reference": "Patient/p1"}, "code": code} | more


def ordered(knowledge: Knowledge, draft: Any) -> str | None:
    [found] = read(knowledge, drafts=(draft,)).orders
    return found.drug


@pytest.mark.parametrize(
    "said",
    [
        *("Octreotide scan", "NM octreotide scan whole body", "Octreotide scintigraphy", "Octreotide suppression test"),
        *("Sandostatin LAR injection teaching", "Carboplatin allergy testing", "Lutathera eligibility assessment"),
        *("NM SPECT/CT Lutathera whole body scan", "NM Lutathera dosimetry imaging", "Post-Lutathera SPECT/CT"),
        *("NM post therapy scan Lutathera", "Lutathera treatment planning", "Port placement for FOLFOX"),
        *("オクトレオチドシンチグラフィ", "シスプラチン投与前補液", "エベロリムス内服指導", "スニチニブ服薬指導"),
        *("ルタテラ治療の説明と同意", "カルボプラチンアレルギー検査"),
    ],
)
def test_a_procedure_that_only_names_a_drug_is_no_dose_and_hides_nothing(knowledge: Knowledge, said: str) -> None:
    case = read(knowledge, done(said, "2026-10-01"))
    assert (case.medications, why(case.history)) == ((), None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Lutathera", LUTATHERA),
        ("Lutathera 7.4 GBq", LUTATHERA),
        ("Lutathera infusion", LUTATHERA),
        ("Lutathera cycle 2 of 4", LUTATHERA),
        ("Administration of 177Lu-DOTATATE", LUTATHERA),
        ("177Lu-DOTATATE therapy", LUTATHERA),
        ("ルタテラ静注", LUTATHERA),
        ("ルタテラによる核医学治療", LUTATHERA),
        ("Cisplatin/etoposide chemotherapy", {"cisplatin": "past", "etoposide": "past"}),
        ("シスプラチン投与", {"cisplatin": "past"}),
        ("TACE with doxorubicin", {"doxorubicin intra-arterial": "past"}),
    ],
)
def test_a_procedure_that_says_a_drug_was_given_is_a_dose(knowledge: Knowledge, said: str, expected: Any) -> None:
    assert states(knowledge, done(said, "2026-10-01")) == expected


@pytest.mark.parametrize(
    "said", ["Lutathera infusion with SPECT imaging", "NM Lutathera", "Cisplatin, outside hospital"]
)
def test_a_procedure_that_may_have_been_a_dose_leaves_the_history_open(knowledge: Knowledge, said: str) -> None:
    case = read(knowledge, done(said, "2026-10-01"))
    assert (case.medications, why(case.history)) == ((), Why.NOT_UNDERSTOOD)


def test_what_a_procedure_used_is_what_was_given(knowledge: Knowledge) -> None:
    used = done("Nuclear medicine study", "2026-10-01", usedCode=[concept(text="Lutathera kit, patient 3")])
    assert states(knowledge, used) == LUTATHERA


@pytest.mark.parametrize(
    "said",
    [
        *("LUTATHERA PRE-TREATMENT LABS", "Referral to Nuclear Medicine - Lutathera", "Lutathera consult"),
        *("Lutathera prior authorization", "Nursing communication: Lutathera precautions", "Discontinue Lutathera"),
        *(
            "Hold Lutathera",
            "Stop Lutathera infusion",
            "ルタテラ中止",
            "ルタテラ治療の適応評価",
            "NM Lutathera dosimetry scan",
        ),
    ],
)
def test_a_service_that_only_names_prrt_orders_none(knowledge: Knowledge, said: str) -> None:
    assert ordered(knowledge, service(said)) is None


@pytest.mark.parametrize(
    "code",
    [
        *("Lutathera", "Lutathera infusion", "NM THERAPY LUTATHERA", "Lutathera cycle 1", "ルタテラ投与"),
        concept((HCPCS, "A9513"), text="Lutathera consult"),
        concept((SCT, "440252007"), text="177Lu-DOTATATE"),
    ],
)
def test_a_service_that_orders_prrt_does(knowledge: Knowledge, code: Any) -> None:
    assert ordered(knowledge, service(code)) == "lutetium-dotatate"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Discontinue sunitinib", None),
        ("hold sunitinib", None),
        ("スニチニブ休薬", None),
        ("sunitinib, hold when ANC is low", "sunitinib"),
    ],
)
def test_a_medication_order_to_stop_is_no_order(knowledge: Knowledge, said: str, expected: str | None) -> None:
    assert ordered(knowledge, request(said)) == expected
