"""JP Core 1.1.2 and JP-CLINS: ICD-10 without its dot, MEDIS codes, drugs and laboratory results by Japanese name."""

from __future__ import annotations

from typing import Any

from cds_service.domain.call import Json
from tests.mappers.parts import LOINC, OWN, concept

from .american import NEN, PATIENT, SUBJECT, diagnosis, drug, flag, operation, own, quantity, result, study

ICD10 = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full"
MEDIS = "http://medis.or.jp/CodeSystem/master-disease-exCode"
MEDIS_OID = "urn:oid:1.2.392.200119.4.101.6"
JLAC10 = "urn:oid:1.2.392.200119.4.504"
HOT9 = "urn:oid:1.2.392.200119.4.403.1"
YJ = "urn:oid:1.2.392.100495.20.1.73"
GENERAL = "urn:oid:1.2.392.100495.20.2.81"
LOCAL = "urn:oid:1.2.392.200119.6.1"
NOT_TOLD = {"tag": [{"system": "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication", "code": "UNINFORMED"}]}

# Codes of JLAC10, YJ and HOT that stand for no listed thing: what they are is told by the Japanese name beside them.
UNLISTED = "000000000"


def named(said: str, system: str = LOCAL) -> Json:
    return concept((system, UNLISTED, said), text=said)


def lab(said: str, name: str = "o1", day: str = "2026-11-10", **more: Any) -> Json:
    return result(named(said, JLAC10), name, day, **more)


def disease(said: str, name: str = "x", **more: Any) -> Json:
    return diagnosis(name, concept((LOCAL, UNLISTED, said), text=said), **more)


def order(said: str, name: str = "m1", day: str = "2026-11-10") -> Json:
    return drug("MedicationRequest", named(said, YJ), name, day)


def said(words: str) -> Json:
    return {"valueCodeableConcept": concept(text=words)}


def injected(name: str, day: str) -> Json:
    """An injection: the ingredients of a contained Medication carry the codes."""
    told = drug("MedicationAdministration", {}, name, day)
    del told["medicationCodeableConcept"]
    ingredient = {"itemCodeableConcept": named("ルタテラ静注", HOT9)}
    contained = {"resourceType": "Medication", "id": "m", "status": "active", "ingredient": [ingredient]}
    return told | {"contained": [contained], "medicationReference": {"reference": "#m"}}


TUMOUR = diagnosis(
    "nen",
    concept((MEDIS_OID, "CMNR", "膵神経内分泌腫瘍"), (ICD10, "C254"), text="膵神経内分泌腫瘍"),
    meta=NOT_TOLD,
)
BEFORE, NOW = "2026-06-01", "2026-11-10"

ROWS: dict[str, tuple[str, list[Json]]] = {
    "diagnosis": ("nen", []),
    "primary_site": ("pancreas", []),
    "differentiation": ("well", []),
    "recent_diagnosis": ("yes", []),
    "ki67_percent": ("8", [result(concept((LOINC, "29593-1", "Ki-67標識率")), valueString="8 %")]),
    "mitoses_per_2mm2": ("4", [own("mitoses-per-2mm2", **quantity(4, "個/2mm2"))]),
    "functional_status": ("non-functioning", [result(concept((OWN, "functional-status")), **said("非機能性"))]),
    "hormone_syndrome": ("insulinoma", [diagnosis("s", concept((MEDIS, "KGLH", "インスリノーマ")))]),
    "sstr_imaging": ("positive", [result(concept((OWN, "sstr-imaging")), **said("陽性"))]),
    "liver_tumour_volume_percent": ("12", [own("hepatic-tumour-load", **quantity(12, "％", "%"))]),
    "diffuse_liver_metastases": ("yes", [disease("びまん性肝転移")]),
    "extent": ("advanced", [diagnosis("m", concept((ICD10, "C787", "肝転移"), text="転移性肝腫瘍"))]),
    "extrahepatic_metastases": ("yes", [diagnosis("m", concept((ICD10, "C795"), text="骨転移"))]),
    "progression": ("progressing", [result(concept((LOINC, "88040-1", "治療効果判定")), focus=[NEN], **said("増悪"))]),
    "tumour_symptoms": ("present", [result(concept((OWN, "tumour-symptoms")), **said("あり"))]),
    "platinum_marker": ("present", [result(concept((OWN, "rb-status")), **said("消失"))]),
    "tmb_msi": ("high", [result(concept((LOINC, "81695-9")), **said("MSI-High"))]),
    "mgmt": ("methylated", [result(concept((OWN, "mgmt-status")), **said("メチル化あり"))]),
    "pdl1": ("positive", [result(concept((LOINC, "83052-1")), **said("陽性"))]),
    "vhl": ("yes", [disease("フォン・ヒッペル・リンドウ病")]),
    "age": ("40", [PATIENT]),
    "trial": (
        "yes",
        [
            {"resourceType": "ResearchSubject", "id": "t", "status": "on-study", "individual": SUBJECT}
            | {"study": {"display": "治験"}}
        ],
    ),
    "prrt_doses_given": ("2", [injected("d1", "2026-03-01"), injected("d2", "2026-05-01")]),
    "primary_resected": ("yes", [operation("膵体尾部切除術", "2026-11-15")]),
    "dpyd": ("partial", [result(concept((LOINC, "45284-7")), **said("部分欠損"))]),
    "hbv": ("carrier", [lab("HBs抗原", **said("陽性"))]),
    "chest_ct": ("done", [study(named("胸部造影CT"))]),
    "pneumonitis": ("yes", [disease("間質性肺炎")]),
    "pneumonitis_ctcae_grade": ("2", [lab("肺臓炎", valueInteger=2)]),
    "pregnancy": ("no", [PATIENT, lab("妊娠反応", **said("陰性"))]),
    "pregnancy_possible": ("yes", [PATIENT]),
    "child_pugh": ("B", [lab("Child-Pugh分類", valueString="B")]),
    "liver_impairment": ("severe", [disease("重度肝機能障害")]),
    "heart_failure": ("yes", [disease("慢性心不全")]),
    "nyha_class": ("II", [lab("NYHA分類", **said("II度"))]),
    "lvef": ("low", [lab("左室駆出率", **quantity(40, "%"), **flag("L"))]),
    "lvef_percent": ("40", [lab("左室駆出率", **quantity(40, "%"))]),
    "qtc": ("long", [lab("補正QT時間", **quantity(490, "ミリ秒", "ms"), **flag("H"))]),
    "qtc_ms": ("490", [lab("補正QT時間", valueQuantity={"value": 490, "unit": "ミリ秒"})]),
    "creatinine": ("high", [lab("クレアチニン", **quantity(1.9, "mg/dL"), interpretation=[concept(text="高値")])]),
    "creatinine_clearance_ml_per_min": (
        "45",
        [lab("クレアチニンクリアランス", valueQuantity={"value": 45, "unit": "mL/分"})],
    ),
    "egfr_ml_per_min": ("55", [lab("推算GFR", valueQuantity={"value": 55, "unit": "mL/分/1.73m2"})]),
    "renal_decline": (
        "yes",
        [
            injected("d1", "2026-07-01"),
            lab("クレアチニンクリアランス", "c1", BEFORE, **quantity(90, "mL/min")),
            lab("クレアチニン", "c2", BEFORE, **quantity(0.8, "mg/dL")),
            lab("クレアチニンクリアランス", "c3", NOW, **quantity(50, "mL/min")),
            lab("クレアチニン", "c4", NOW, **quantity(1.6, "mg/dL")),
        ],
    ),
    "urinalysis": ("done", [lab("尿定性", valueString="(-)")]),
    "glucose": ("high", [lab("血糖", **quantity(220, "mg/dL"), **flag("H"))]),
    "blood_counts": (
        "done",
        [
            lab("血小板数", "p", valueQuantity={"value": 9, "unit": "万/μL"}),
            lab("白血球数", "n", valueQuantity={"value": 2500, "unit": "/μL"}),
        ],
    ),
    "neutrophils_10e9_per_l": ("1.4", [lab("好中球数", valueQuantity={"value": 1400, "unit": "/μL"})]),
    "platelets_10e9_per_l": ("90", [lab("血小板数", valueQuantity={"value": 9, "unit": "万/μL"})]),
    "platelet_decrease_ctcae_grade": ("1", [lab("血小板数減少", valueInteger=1)]),
    "lymphopenia": ("yes", [disease("リンパ球減少症")]),
    "gallstones": ("yes", [disease("胆のう結石")]),
    "bradycardia": ("yes", [disease("洞性徐脈")]),
    "uncontrolled_hypertension": ("yes", [disease("コントロール不良の高血圧")]),
    "thromboembolism": ("yes", [disease("深部静脈血栓症")]),
    "haemorrhage": ("yes", [disease("消化管出血")]),
    "perforation": ("yes", [disease("消化管穿孔")]),
    "recent_surgery": ("yes", [operation("膵体尾部切除術", "2026-11-15")]),
    "jaw_osteonecrosis": ("yes", [disease("顎骨壊死")]),
    "cyp3a4_inhibitor": ("strong", [order("イトラコナゾールカプセル50mg")]),
    "ace_inhibitor": ("yes", [order("エナラプリルマレイン酸塩錠5mg")]),
    "coumarin": ("yes", [order("ワーファリン錠1mg")]),
    "beta_blocker": ("yes", [order("プロプラノロール塩酸塩錠10mg")]),
    "ciclosporin": ("yes", [order("シクロスポリンカプセル50mg")]),
    "bromocriptine": ("yes", [order("ブロモクリプチン錠2.5mg")]),
    "glucose_lowering_drug": ("yes", [order("メトホルミン塩酸塩錠500mg")]),
    "steroid_course": (
        "yes",
        [order("プレドニゾロン錠5mg", "a", "2026-10-05"), order("プレドニゾロン錠5mg", "b")],
    ),
    "s1_within_seven_days": ("yes", [order("ティーエスワン配合OD錠T25", day="2026-11-20")]),
}
DRUGS: dict[str, tuple[Json, str]] = {
    "HOT9 with a product's name": (named("スーテントカプセル12.5mg", HOT9), "sunitinib"),
    "YJ with a product's name": (named("アフィニトール錠5mg", YJ), "everolimus"),
    "a general name": (named("【般】スニチニブカプセル12.5mg", GENERAL), "sunitinib"),
    "no code": (concept((LOCAL, "NOCODED", "ソマチュリン皮下注120mg")), "lanreotide"),
    "a full-width name": (concept(text="スーテントカプセル１２．５ｍｇ"), "sunitinib"),
}
NO_WAY = {"live_vaccine": "only a draft order of the call says it"}
