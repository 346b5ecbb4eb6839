"""Names, strengths, forms and brands of drugs as American and Japanese hospitals write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cds_service.domain.case import Order
from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import RXNORM, SCT, concept, ordered, request
from tests.mappers.safety_parts import WEEK_AGO, read, told
from tests.mappers.test_real_histories import states

V2 = "http://terminology.hl7.org/CodeSystem/v2-0162"


def order(knowledge: Knowledge, said: str = "", **more: Any) -> Order:
    [found] = read(knowledge, drafts=(request(said, **more),)).orders
    return found


@pytest.mark.parametrize(
    "said",
    [
        *(
            "octreotide 200 mcg/mL injection solution",
            "octreotide 1,000 mcg/mL",
            "octreotide 1 MG/ML Injectable Solution",
        ),
        *("octreotide 0.1 MG/ML", "octreotide 0.05 MG/ML", "octreotide infusion", "octreotide drip"),
        *(
            "octreotide 25 mcg/hr continuous infusion",
            "octreotide 250 mcg TID",
            "octreotide (SANDOSTATIN) subq injection",
        ),
        *("オクトレオチド 300μg 持続", "octreotide 0.2 mg"),
    ],
)
def test_octreotide_by_the_microgram_or_the_millilitre_is_no_depot(knowledge: Knowledge, said: str) -> None:
    assert order(knowledge, said).drug is None


@pytest.mark.parametrize(
    "dosage",
    [
        {"doseAndRate": [{"doseQuantity": {"value": 200, "unit": "mcg"}}]},
        {"doseAndRate": [{"doseQuantity": {"value": Decimal("0.1"), "unit": "mg"}}]},
        {"doseAndRate": [{"rateQuantity": {"value": 50, "code": "ug/h"}}]},
        {"doseQuantity": {"value": 100, "code": "ug"}},
        {"route": concept((SCT, "34206005"))},
        {"route": concept((V2, "SC"))},
    ],
)
def test_dose_rate_and_coded_route_tell_short_acting_octreotide(knowledge: Knowledge, dosage: Any) -> None:
    coded = concept((RXNORM, "7617"))
    assert order(knowledge, medicationCodeableConcept=coded, dosageInstruction=[dosage]).drug is None


@pytest.mark.parametrize(
    ("said", "dosage"),
    [
        ("octreotide", {"route": concept((SCT, "78421000"))}),
        ("octreotide", {"doseAndRate": [{"doseQuantity": {"value": Decimal("10.0"), "code": "mg"}}]}),
        ("octreotide LAR 30 mg/2 mL suspension", {}),
        ("サンドスタチンLAR筋注用キット20mg", {}),
    ],
)
def test_the_depot_is_told_as_before(knowledge: Knowledge, said: str, dosage: Any) -> None:
    found = order(knowledge, said, dosageInstruction=[dosage])
    assert (found.drug, found.formulation_is_known) == ("octreotide-lar", True)


@pytest.mark.parametrize(
    ("said", "instruction", "expected"),
    [
        ("everolimus (antineoplastic)", "", "everolimus"),
        ("everolimus (antineoplastic) tablet", "10 mg daily", "everolimus"),
        ("everolimus (immunosuppressive)", "", None),
        ("everolimus", "Take 2.5 mg by mouth 2 (two) times daily", None),
        ("everolimus 10 mg tablet", "1 tablet daily", "everolimus"),
        ("everolimus", "Take 0.75 mg by mouth 2 times daily", None),
    ],
)
def test_a_dose_of_everolimus_is_no_strength(
    knowledge: Knowledge, said: str, instruction: str, expected: str | None
) -> None:
    assert order(knowledge, said, dosageInstruction=[{"text": instruction}]).drug == expected


def test_a_transplant_dose_keeps_everolimus_out_of_the_history(knowledge: Knowledge) -> None:
    transplant = ordered("everolimus", "2026-11-01", dosageInstruction=[{"text": "0.75 mg twice daily"}])
    assert states(knowledge, transplant) == {}


@pytest.mark.parametrize(
    "said",
    [
        *("fluorouracil 1 gram/20 mL intravenous soln", "interferon alfa-2b 10 million unit recon soln"),
        *("cisplatin 100 mg in sodium chloride 0.9 % 500 mL IVPB", "oxaliplatin 85 mg in dextrose 5 % 250 mL"),
        *("carboplatin (AUC 5)", "lanreotide 120 mg/0.5 mL subcut syringe", "sunitinib 50 mg oral susp"),
        *("スニチニブカプセル12.5mg・沢井製薬", "カルボプラチン注射液150mg（後発品）", "（局）シスプラチン注"),
        *(
            "エベロリムス錠5mg[院外]",
            "ティーエスワン配合OD錠T20",
            "エスワンタイホウ配合OD錠T25",
            "ベバシズマブBS点滴静注100mg",
        ),
        *("スーテントカプセル12.5mg 28C", "ソマチュリン皮下注120mg（先）"),
    ],
)
def test_form_diluent_and_maker_leave_a_name_exact(knowledge: Knowledge, said: str) -> None:
    found = order(knowledge, said)
    assert found.drug is not None
    assert found.name_is_exact


@pytest.mark.parametrize(
    "said", ["sunitinib study arm B", "pegylated cisplatin", "スニチニブ治験薬", "sunitinib per Dr. Kim"]
)
def test_other_words_do_not(knowledge: Knowledge, said: str) -> None:
    assert not order(knowledge, said).name_is_exact


@pytest.mark.parametrize("agent", ["dotatate", "DOTATOC", "edotreotide"])
@pytest.mark.parametrize(
    "how",
    ["Lu177 {}", "Lu177-{}", "177-Lu {}", "lutetium 177 {}", "lutetium (Lu 177) {}", "[Lu-177] {}", "177Lu-{}"],
)
def test_lutetium_in_any_spelling(knowledge: Knowledge, how: str, agent: str) -> None:
    expected = "lutetium-dotatate" if agent == "dotatate" else "lutetium-dotatoc"
    assert order(knowledge, how.format(agent)).drug == expected


def test_a_hyphen_inside_the_ligand_changes_nothing_and_gallium_is_none(knowledge: Knowledge) -> None:
    assert order(knowledge, "177Lu-DOTA-TATE").drug == "lutetium-dotatate"
    assert order(knowledge, "Ga68 dotatate").drug is None


FLUOROPYRIMIDINE = {"oxaliplatin", "fluorouracil"}


@pytest.mark.parametrize(
    ("said", "drugs"),
    [
        ("mFOLFIRINOX", FLUOROPYRIMIDINE | {"irinotecan"}),
        ("mFOLFOX", FLUOROPYRIMIDINE),
        ("mFOLFOX-6", FLUOROPYRIMIDINE),
        *((said, {"capecitabine", "temozolomide"}) for said in ("CAP/TEM", "CAP-TEM", "TEM/CAP", "TEMCAP", "Cape/Tem")),
        ("TMZ/Cape", {"capecitabine", "temozolomide"}),
        ("SOX療法", {"s-1", "oxaliplatin"}),
        ("FLOT", FLUOROPYRIMIDINE | {"docetaxel"}),
        ("GEMOX", {"oxaliplatin"}),
        ("XELIRI", {"capecitabine", "irinotecan"}),
        ("Ipi/Nivo", {"ipilimumab", "nivolumab"}),
        ("CDDP/VP16", {"cisplatin", "etoposide"}),
        ("Carbo/Etoposide", {"carboplatin", "etoposide"}),
    ],
)
def test_a_regimen_is_of_its_drugs(knowledge: Knowledge, said: str, drugs: set[str]) -> None:
    assert set(states(knowledge, ordered(said, "2025-05-01", status="completed"))) == drugs


@pytest.mark.parametrize(
    ("said", "drug"),
    [
        ("アドリアシン注用10", "doxorubicin"),
        ("インライタ錠5mg", "axitinib"),
        ("Inlyta 5 mg tablet", "axitinib"),
        ("シグニフォーLAR筋注用キット40mg", "pasireotide-lar"),
        ("アバスチン点滴静注用400mg/16mL", "bevacizumab"),
        ("アブラキサン点滴静注用100mg", "paclitaxel"),
        ("タキソテール点滴静注用80mg", "docetaxel"),
        ("オニバイド点滴静注43mg", "irinotecan"),
        ("イントロンA注射用300", "interferon-alfa-2b"),
        ("イムデトラ点滴静注用10mg", "tarlatamab"),
        ("エヌケーエスワン配合カプセルT20", "s-1"),
        ("Torpenz 10 mg tablet", "everolimus"),
        ("Adrucil 500 mg/10 mL", "fluorouracil"),
        ("Toposar 20 mg/mL", "etoposide"),
    ],
)
def test_a_brand_is_of_its_drug(knowledge: Knowledge, said: str, drug: str) -> None:
    assert set(states(knowledge, ordered(said, "2026-11-01"))) == {drug}


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("cyp3a4_inhibitor", "クラリス錠200", "strong"),
        ("cyp3a4_inhibitor", "イトリゾールカプセル50", "strong"),
        ("cyp3a4_inhibitor", "ブイフェンド錠50mg", "strong"),
        ("ciclosporin", "ネオーラル50mgカプセル", "yes"),
        ("ciclosporin", "サンディミュン内用液", "yes"),
        ("ace_inhibitor", "レニベース錠5", "yes"),
        ("ace_inhibitor", "タナトリル錠5", "yes"),
        ("ace_inhibitor", "Zestril 10 mg", "yes"),
        ("beta_blocker", "メインテート錠2.5mg", "yes"),
        ("beta_blocker", "ミケラン点眼液2%", "no"),
        ("bromocriptine", "パーロデル錠2.5mg", "yes"),
        ("glucose_lowering_drug", "ジャヌビア錠50mg", "yes"),
        ("glucose_lowering_drug", "ランタス注ソロスター", "yes"),
        ("coumarin", "Jantoven 5 mg", "yes"),
        ("coumarin", "クラビット錠500mg", "no"),
    ],
)
def test_a_brand_of_an_interacting_drug(knowledge: Knowledge, name: str, said: str, expected: str) -> None:
    assert told(knowledge, name, request(said, "x1", WEEK_AGO, status="active")) == expected
