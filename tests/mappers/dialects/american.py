"""mCODE 4 and US Core 6.1: profiles and extensions, ICD-10-CM and SNOMED CT, RxNorm with its names, LOINC."""

from __future__ import annotations

from typing import Any

from cds_service.domain.call import Json
from tests.mappers.parts import ATC, HCPCS, ICD_CM, ICD_O, LOINC, MORPHOLOGY, OWN, RXNORM, SCT, concept

MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition"
DUE_TO = "http://hl7.org/fhir/StructureDefinition/condition-dueTo"
RELATED = "http://hl7.org/fhir/StructureDefinition/condition-related"
FLAGS = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
UCUM = "http://unitsofmeasure.org"
SUBJECT = {"reference": "Patient/p1"}
NEN = {"reference": "Condition/nen"}
DAY = "2026-11-10"
Rows = dict[str, tuple[str, list[Json]]]


def diagnosis(name: str, code: Json, **more: Any) -> Json:
    """A Condition of US Core."""
    states = {"clinicalStatus": "active", "verificationStatus": "confirmed"}
    kinds = {"clinicalStatus": "condition-clinical", "verificationStatus": "condition-ver-status"}
    told: Json = {
        key: concept((f"http://terminology.hl7.org/CodeSystem/{kinds[key]}", word)) for key, word in states.items()
    }
    told |= {"resourceType": "Condition", "id": name, "code": code, "subject": SUBJECT, "recordedDate": DAY}
    return told | more


def result(code: Json, name: str = "o1", day: str = DAY, **more: Any) -> Json:
    told: Json = {"resourceType": "Observation", "id": name, "status": "final", "code": code, "subject": SUBJECT}
    return told | {"effectiveDateTime": day} | more


def loinc(code: str) -> Json:
    return concept((LOINC, code))


def quantity(number: float, unit: str, code: str = "") -> Json:
    return {"valueQuantity": {"value": number, "unit": unit, "system": UCUM, "code": code or unit}}


def flag(code: str) -> Json:
    return {"interpretation": [concept((FLAGS, code))]}


def answer(system: str, code: str) -> Json:
    return {"valueCodeableConcept": concept((system, code))}


def own(name: str, **value: Any) -> Json:
    return result(concept((OWN, name)), **value)


def drug(kind: str, medication: Json, name: str, day: str = DAY, **more: Any) -> Json:
    """An order, or a drug given."""
    told: Json = {"resourceType": kind, "id": name, "subject": SUBJECT, "medicationCodeableConcept": medication}
    if kind == "MedicationRequest":
        return told | {"status": "active", "intent": "order", "authoredOn": day} | more
    return told | {"status": "completed", "effectiveDateTime": day} | more


def order(said: str, name: str = "m1", day: str = DAY, **more: Any) -> Json:
    """An order whose RxNorm code is not listed: its display names the drug."""
    return drug("MedicationRequest", concept((RXNORM, "999999", said), text=said), name, day, **more)


def study(code: Json, **more: Any) -> Json:
    told: Json = {"resourceType": "DiagnosticReport", "id": "r1", "status": "final", "code": code, "subject": SUBJECT}
    return told | {"effectiveDateTime": DAY} | more


def operation(said: str, day: str = DAY) -> Json:
    told: Json = {"resourceType": "Procedure", "id": "q1", "status": "completed", "code": concept(text=said)}
    return told | {"subject": SUBJECT, "performedDateTime": day}


def dose(number: int, day: str) -> Json:
    return drug("MedicationAdministration", concept((HCPCS, "A9513")), f"dose{number}", day)


PATIENT: Json = {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1986-04-02"}
TUMOUR = diagnosis(
    "nen",
    concept((ICD_CM, "C25.4"), text="Malignant neoplasm of endocrine pancreas"),
    meta={"profile": [f"{MCODE}/mcode-primary-cancer-condition"]},
    extension=[{"url": MORPHOLOGY, "valueCodeableConcept": concept((ICD_O, "8240/3"))}],
    bodySite=[concept((SCT, "15776009"))],
)
SECONDARY = {"extension": [{"url": RELATED, "valueReference": NEN}], "meta": {"profile": [f"{MCODE}/mcode-secondary"]}}
VARIANT = {"code": loinc("48018-6"), "valueCodeableConcept": concept(("http://www.genenames.org", "HGNC:6407", "KRAS"))}
BEFORE, NOW = "2026-06-01", "2026-11-10"

ROWS: Rows = {
    "diagnosis": ("nen", []),
    "primary_site": ("pancreas", []),
    "differentiation": ("well", []),
    "recent_diagnosis": ("yes", []),
    "ki67_percent": ("8", [result(loinc("29593-1"), **quantity(8, "%"))]),
    "mitoses_per_2mm2": ("4", [own("mitoses-per-2mm2", **quantity(4, "/2mm2"))]),
    "functional_status": ("functioning", [diagnosis("s", concept((ICD_CM, "E34.00")))]),
    "hormone_syndrome": ("carcinoid", [diagnosis("s", concept((ICD_CM, "E34.00")))]),
    "sstr_imaging": (
        "positive",
        [study(concept(text="Ga-68 DOTATATE PET/CT"), conclusionCode=[concept((SCT, "10828004"))])],
    ),
    "liver_tumour_volume_percent": ("12", [own("hepatic-tumour-load", **quantity(12, "%"))]),
    "diffuse_liver_metastases": ("yes", [diagnosis("m", concept((ICD_CM, "C7B.02"), text="Diffuse liver metastases"))]),
    "extent": ("advanced", [diagnosis("m", concept((ICD_CM, "C7B.02")), **SECONDARY)]),
    "extrahepatic_metastases": ("yes", [diagnosis("m", concept((ICD_CM, "C7B.03")), **SECONDARY)]),
    "progression": ("progressing", [result(loinc("97509-4"), focus=[NEN], **answer(SCT, "271299001"))]),
    "tumour_symptoms": (
        "present",
        [diagnosis("s", concept(text="Abdominal pain"), extension=[{"url": DUE_TO, "valueReference": NEN}])],
    ),
    "platinum_marker": ("present", [result(loinc("69548-6"), component=[VARIANT], **answer(LOINC, "LA9633-4"))]),
    "tmb_msi": ("high", [result(loinc("94077-5"), valueCodeableConcept=concept(text="TMB-high"))]),
    "mgmt": ("methylated", [result(loinc("64083-9"), valueCodeableConcept=concept(text="Methylated"))]),
    "pdl1": ("positive", [result(loinc("83052-1"), valueCodeableConcept=concept(text="Positive"))]),
    "vhl": ("yes", [diagnosis("v", concept((SCT, "46659004")))]),
    "age": ("40", [PATIENT]),
    "trial": (
        "yes",
        [
            {"resourceType": "ResearchSubject", "id": "t", "status": "on-study", "individual": SUBJECT}
            | {"study": {"reference": "ResearchStudy/1"}}
        ],
    ),
    "prrt_doses_given": ("2", [dose(1, "2026-03-01"), dose(2, "2026-05-01")]),
    "primary_resected": ("yes", [operation("Distal pancreatectomy", "2026-11-15")]),
    "dpyd": ("partial", [result(loinc("45284-7"), **answer(LOINC, "LA9633-4"))]),
    "hbv": ("carrier", [diagnosis("h", concept((SCT, "61977001")))]),
    "chest_ct": ("done", [study(loinc("24627-2"))]),
    "pneumonitis": ("yes", [diagnosis("x", concept((SCT, "64667001")))]),
    "pneumonitis_ctcae_grade": ("2", [result(concept(text="Pneumonitis CTCAE grade"), valueInteger=2)]),
    "pregnancy": ("yes", [PATIENT, result(loinc("82810-3"), **answer(SCT, "77386006"))]),
    "pregnancy_possible": ("yes", [PATIENT]),
    "child_pugh": ("B", [result(concept(text="Child-Pugh class"), valueCodeableConcept=concept(text="B"))]),
    "liver_impairment": ("severe", [diagnosis("x", concept((SCT, "59927004")))]),
    "heart_failure": ("yes", [diagnosis("x", concept((SCT, "84114007")))]),
    "nyha_class": ("II", [result(loinc("88020-3"), valueCodeableConcept=concept(text="Class II"))]),
    "lvef": ("low", [result(loinc("10230-1"), **quantity(40, "%"), **flag("L"))]),
    "lvef_percent": ("40", [result(loinc("10230-1"), **quantity(40, "%"))]),
    "qtc": ("long", [result(loinc("8636-3"), **quantity(490, "ms"), **flag("H"))]),
    "qtc_ms": ("490", [result(loinc("8636-3"), **quantity(490, "ms"))]),
    "creatinine": ("high", [result(loinc("2160-0"), **quantity(1.9, "mg/dL"), **flag("H"))]),
    "creatinine_clearance_ml_per_min": ("45", [result(loinc("35591-7"), **quantity(45, "mL/min"))]),
    "egfr_ml_per_min": ("55", [result(loinc("98979-8"), **quantity(55, "mL/min/{1.73_m2}"))]),
    "renal_decline": (
        "yes",
        [
            dose(1, "2026-07-01"),
            result(loinc("35591-7"), "c1", BEFORE, **quantity(90, "mL/min")),
            result(loinc("2160-0"), "c2", BEFORE, **quantity(0.8, "mg/dL")),
            result(loinc("35591-7"), "c3", NOW, **quantity(50, "mL/min")),
            result(loinc("2160-0"), "c4", NOW, **quantity(1.6, "mg/dL")),
        ],
    ),
    "urinalysis": ("done", [result(loinc("24356-8"))]),
    "glucose": ("high", [result(loinc("2345-7"), **quantity(220, "mg/dL"), **flag("H"))]),
    "blood_counts": (
        "done",
        [
            result(loinc("777-3"), "p", **quantity(90, "10*3/uL")),
            result(loinc("751-8"), "n", **quantity(1.4, "10*3/uL")),
        ],
    ),
    "neutrophils_10e9_per_l": ("1.4", [result(loinc("751-8"), **quantity(1.4, "10*3/uL"))]),
    "platelets_10e9_per_l": ("90", [result(loinc("777-3"), **quantity(90, "10*3/uL"))]),
    "platelet_decrease_ctcae_grade": ("1", [result(concept(text="Platelet count decreased"), valueInteger=1)]),
    "lymphopenia": ("yes", [diagnosis("x", concept(text="Lymphopenia"))]),
    "gallstones": ("yes", [diagnosis("x", concept((SCT, "235919008")))]),
    "bradycardia": ("yes", [diagnosis("x", concept(text="Bradycardia"))]),
    "uncontrolled_hypertension": ("yes", [diagnosis("x", concept(text="Uncontrolled hypertension"))]),
    "thromboembolism": ("yes", [diagnosis("x", concept((SCT, "59282003")))]),
    "haemorrhage": ("yes", [diagnosis("x", concept((SCT, "74474003")))]),
    "perforation": ("yes", [diagnosis("x", concept((SCT, "51875005")))]),
    "recent_surgery": ("yes", [operation("Distal pancreatectomy", "2026-11-15")]),
    "jaw_osteonecrosis": ("yes", [diagnosis("x", concept(text="Osteonecrosis of the jaw"))]),
    "cyp3a4_inhibitor": ("strong", [order("ketoconazole 200 MG Oral Tablet")]),
    "ace_inhibitor": ("yes", [order("lisinopril 10 MG Oral Tablet")]),
    "coumarin": ("yes", [order("warfarin sodium 5 MG Oral Tablet")]),
    "beta_blocker": ("yes", [order("propranolol hydrochloride 40 MG Oral Tablet")]),
    "ciclosporin": ("yes", [order("cyclosporine 100 MG Oral Capsule")]),
    "bromocriptine": ("yes", [order("bromocriptine 2.5 MG Oral Tablet")]),
    "glucose_lowering_drug": ("yes", [order("metformin hydrochloride 500 MG Oral Tablet")]),
    "steroid_course": (
        "yes",
        [order("prednisone 10 MG Oral Tablet", "a", "2026-10-05"), order("prednisone 10 MG Oral Tablet", "b")],
    ),
}
# Drugs on record: what is ordered -> the drug and whether its formulation is told.
DRUGS: dict[str, tuple[Json, str]] = {
    "RxNorm, a product": (concept((RXNORM, "616283")), "sunitinib"),
    "RxNorm, an ingredient": (concept((RXNORM, "68092")), "lanreotide"),
    "RxNorm, for cancer": (concept((RXNORM, "845518")), "everolimus"),
    "HCPCS": (concept((HCPCS, "J2353")), "octreotide-lar"),
    "ATC, an older edition": (concept((ATC, "L01XE04")), "sunitinib"),
    "a name with strength and form": (concept((RXNORM, "999999", "Sutent 25 MG Oral Capsule")), "sunitinib"),
}
# Facts that this dialect has no way to say.
NO_WAY = {
    "live_vaccine": "only a draft order of the call says it",
    "s1_within_seven_days": "the drug is not sold in the United States",
}
