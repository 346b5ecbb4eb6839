"""Small value sets and FHIR resources the tests of this folder are written with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cds_service.domain.call import Draft, Extra, Json, Record
from cds_service.domain.interval import Interval
from cds_service.domain.knowledge import Drug, DrugCode, ValueSet, ValueSets
from cds_service.domain.values import Fact, Known, Unclear, Why
from cds_service.mappers.case import map_case

SCT = "http://snomed.info/sct"
LOINC = "http://loinc.org"
ICD = "http://hl7.org/fhir/sid/icd-10"
ICD_CM = "http://hl7.org/fhir/sid/icd-10-cm"
ICD_O = "http://terminology.hl7.org/CodeSystem/icd-o-3"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ATC = "http://www.whocc.no/atc"
NDC = "http://hl7.org/fhir/sid/ndc"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
OWN = "http://nen-cds.org/fhir/CodeSystem/nen-finding"
ON = date(2026, 11, 23)
MORPHOLOGY = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior"
HISTORY = ("MedicationRequest", "MedicationStatement", "MedicationAdministration", "Procedure")
ALL = frozenset({"Condition", "Observation", "DiagnosticReport", "Patient", "ResearchSubject", *HISTORY})

BANDS = {
    "G1": {"ki67_percent": Interval.parse("<3"), "mitoses_per_2mm2": Interval.parse("<2")},
    "G2": {"ki67_percent": Interval.parse("3..20"), "mitoses_per_2mm2": Interval.parse("2..20")},
    "G3": {"ki67_percent": Interval.parse(">20"), "mitoses_per_2mm2": Interval.parse(">20")},
}


def _set(name: str, codes: Mapping[tuple[str, str], str], words: Mapping[str, str] = {}, **more: Any) -> ValueSet:
    return ValueSet(name, codes, tuple(sorted(words.items(), key=lambda word: -len(word[0]))), **more)


_SETS = (
    _set(
        "tumour-class",
        {(ICD_O, "8240/3"): "net", (ICD_O, "8249/3"): "net", (ICD_O, "8246/3"): "nec", (ICD_O, "8041/3"): "small-cell"}
        | {(ICD_O, "8243/3"): "look-alike", (ICD_O, "8151/3"): "net", (ICD_O, "8151/0"): "benign"}
        | {(ICD_O, "8154/3"): "minen", (ICD, "C25.4"): "nen", (ICD_CM, "C7A.010"): "net", (ICD_CM, "C7A.1"): "nec"}
        | {(ICD_CM, "D3A.00"): "benign", (ICD_CM, "C7B.02"): "net"},
        {"neuroendocrine tumor": "net", "neuroendocrine tumour": "net", "carcinoid": "net", "神経内分泌腫瘍": "net"}
        | {"カルチノイド": "net"}
        | {"neuroendocrine carcinoma": "nec", "神経内分泌癌": "nec", "goblet cell carcinoid": "look-alike"}
        | {"small cell carcinoma": "small-cell", "merkel cell carcinoma": "look-alike"},
    ),
    _set(
        "primary-site",
        {(ICD, "C25.4"): "pancreas", (ICD_CM, "C7A.010"): "duodenum", (SCT, "15776009"): "pancreas"}
        | {(SCT, "34402009"): "rectum", (SCT, "39607008"): "lung", (ICD_O, "C20.9"): "rectum", (ICD, "C34.9"): "lung"}
        | {(ICD, "C25.9"): "pancreas"},
        {"pancreas": "pancreas", "pancreatic": "pancreas", "rectum": "rectum", "lung": "lung", "liver": "hepatobiliary"}
        | {"unknown primary": "unknown-primary", "膵": "pancreas", "ileum": "small-bowel"},
    ),
    _set(
        "differentiation",
        {(ICD_O, "8240/3"): "well", (ICD_O, "8249/3"): "well", (ICD_O, "8246/3"): "poor-if-since-2020"}
        | {(ICD_O, "8041/3"): "poor", (ICD_O, "8154/3"): "mixed", (ICD, "C25.4"): "ask", (ICD_CM, "C7A.1"): "poor"},
        {"well differentiated": "well", "well-differentiated": "well", "poorly differentiated": "poor"}
        | {"neuroendocrine carcinoma": "poor-if-since-2020", "高分化": "well"},
    ),
    _set(
        "metastasis",
        {(ICD, "C78.7"): "liver", (ICD_CM, "C7B.02"): "liver", (ICD, "C79.5"): "bone", (ICD, "C77"): "lymph-node"},
        {"liver metastases": "liver", "liver metastasis": "liver", "肝転移": "liver", "bone metastases": "bone"}
        | {"distant lymph node metastases": "distant-lymph-node", "metastatic disease": "unspecified"},
    ),
    _set(
        "hormone-syndrome",
        {(ICD_CM, "E34.00"): "carcinoid", (ICD_O, "8151/3"): "insulinoma"},
        {"carcinoid syndrome": "carcinoid", "insulinoma": "insulinoma", "gastrinoma": "gastrinoma"},
    ),
    _set("functional-status", {}, {"non-functioning": "non-functioning", "非機能性": "non-functioning"}),
    _set(
        "observation",
        {(LOINC, "29593-1"): "ki67", (LOINC, "33055-5"): "ki67-presence", (LOINC, "85330-9"): "ki67-breast"}
        | {(LOINC, "33732-9"): "grade", (LOINC, "59847-4"): "histology", (SCT, "405920001"): "mitoses-per-10hpf"}
        | {(LOINC, "39828-9"): "sstr-scintigraphy", (LOINC, "97509-4"): "disease-status"}
        | {(LOINC, "88040-1"): "disease-status"}
        | {(LOINC, "21702-6"): "kras-status", (LOINC, "69548-6"): "genomic-variant", (LOINC, "48018-6"): "gene-studied"}
        | {
            (OWN, name): name
            for name in (
                *("mitoses-per-2mm2", "differentiation", "sstr-imaging", "sstr2-ihc", "rb-status", "kras-status"),
                *("hepatic-tumour-load", "disease-extent", "functional-status", "liver-metastasis-pattern"),
                *("progression-tempo", "tumour-symptoms"),
            )
        },
    ),
    _set(
        "answer",
        {(LOINC, "LA9633-4"): "present", (LOINC, "LA9634-2"): "absent", (SCT, "1663004"): "G2", (SCT, "54102005"): "G1"}
        | {
            (OWN, word): word
            for word in (
                *("well", "poor", "mixed", "positive", "negative", "lost", "retained", "mutated", "wild-type"),
                *("functioning", "non-functioning", "unresectable", "metastatic", "recurrent", "resectable"),
                *("no-residual-disease", "diffuse-bilobar", "not-diffuse", "rapid", "slow", "present", "absent"),
            )
        }
        | {(SCT, "268910001"): "improved", (SCT, "359746009"): "stable", (SCT, "271299001"): "worsened"}
        | {(LOINC, "LA28366-5"): "improved", (LOINC, "LA28371-5"): "stable", (LOINC, "LA28370-7"): "worsened"},
        {
            "rapid progression": "rapid-progression",
            "slow progression": "slow-progression",
            "急速な増悪": "rapid-progression",
        }
        | {"positive": "positive", "negative": "negative", "no liver metastases": "no-liver-metastases"},
    ),
    _set(
        "other-malignancy",
        {},
        {"cancer": "malignant", "carcinoma": "malignant", "lymphoma": "malignant", "癌": "malignant"}
        | {"basal cell carcinoma": "excepted", "cancer pain": "no-diagnosis"},
        ranges=((ICD, "C00", "C97", "malignant"), (ICD_CM, "C00", "C97", "malignant"), (ICD, "C44", "C44", "excepted")),
    ),
    _set(
        "procedure",
        {},
        {
            "resection": "resection",
            "excision": "resection",
            "切除術": "resection",
            "distal pancreatectomy": "pancreatectomy",
        }
        | {
            "right hemicolectomy": "right-hemicolectomy",
            "hepatectomy": "hepatectomy",
            "embolization": "local-treatment",
            "chemoembolization": "local-treatment-of-liver",
        }
        | {"resection of primary tumour": "resection-of-primary", "prrt": "prrt-unnamed"},
    ),
    _set("symptom", {}, {"abdominal pain": "symptom", "flushing": "symptom", "cancer pain": "due-to-tumour"}),
    _set(
        "liver-metastasis-pattern",
        {},
        {"diffuse liver metastases": "diffuse-bilobar", "bilobar liver metastases": "diffuse-bilobar"}
        | {"no diffuse liver metastases": "not-diffuse", "びまん性肝転移": "diffuse-bilobar"},
    ),
    _set(
        "written-findings",
        {},
        {
            "no extrahepatic metastases": "liver-only",
            "extrahepatic metastases": "extrahepatic",
            "肝転移のみ": "liver-only",
        }
        | {"primary resected": "primary-resected", "primary in situ": "primary-in-place"},
    ),
    _set(
        "treatment-intent",
        {(SCT, "373846009"): "perioperative", (SCT, "363676003"): "palliative"},
        {"adjuvant": "perioperative", "palliative": "palliative", "術後補助": "perioperative"},
    ),
    _set(
        "drug-act",
        {},
        {
            "therapy": "given",
            "infusion": "given",
            "dose": "given",
            "scan": "beside",
            "consult": "about",
            "hold": "beside",
        },
    ),
    _set("sstr-study", {(LOINC, "39828-9"): "sstr-scintigraphy"}, {"dotatate pet": "sstr-imaging"}),
)


def _drug(name: str, group: str, codes: Mapping[tuple[str, str], str], words: tuple[str, ...], **more: Any) -> Drug:
    known = tuple(DrugCode(system, code, "ingredient", form) for (system, code), form in codes.items())
    defaults: dict[str, Any] = {"approvals": {}, "window_days": 42, "names": {"en": name}}
    return Drug(id=name, group=group, codes=known, words={"en": words}, **(defaults | more))


_DRUGS = (
    _drug(
        "octreotide-lar",
        "ssa-long",
        {
            (RXNORM, "7617"): "",
            (HCPCS, "J2353"): "depot",
            (HCPCS, "J2354"): "short-acting",
            (NDC, "0078-0818"): "depot",
        },
        ("octreotide", "Sandostatin LAR", "Sandostatin", "オクトレオチド", "サンドスタチン"),
        needs_form="depot",
        assumed_form="depot",
        form_words={
            "depot": ("LAR", "depot", "徐放"),
            "short-acting": ("subcutaneous", "皮下注"),
            "oral": ("capsule",),
        },
        excluded_forms=frozenset({"short-acting", "oral"}),
        window_days=56,
        other_indications=("acromegaly", "variceal bleeding", "先端巨大症"),
    ),
    _drug(
        "everolimus",
        "targeted",
        {
            (RXNORM, "141704"): "",
            (RXNORM, "845515"): "oncology",
            (ATC, "L01EG02"): "oncology",
            (ATC, "L04AH02"): "transplant",
        },
        ("everolimus", "Afinitor", "Certican", "エベロリムス"),
        needs_form="oncology",
        form_words={
            "oncology": ("Afinitor", "2.5 mg", "5 mg", "10 mg"),
            "transplant": ("Certican", "0.5 mg", "0.25 mg"),
        },
        excluded_forms=frozenset({"transplant"}),
        other_indications=("transplant", "tuberous sclerosis"),
        window_days=60,
    ),
    _drug(
        "sunitinib", "targeted", {(RXNORM, "357977"): "", (ATC, "L01XE04"): ""}, ("sunitinib", "Sutent", "スーテント")
    ),
    _drug("cisplatin", "platinum", {(ATC, "L01XA01"): ""}, ("cisplatin",), same_course_as=frozenset({"carboplatin"})),
    _drug("carboplatin", "platinum", {(ATC, "L01XA02"): ""}, ("carboplatin",)),
    _drug(
        "doxorubicin",
        "cytotoxic",
        {},
        ("doxorubicin",),
        form_words={"intra-arterial": ("intra-arterial", "TACE", "動注")},
        excluded_forms=frozenset({"intra-arterial"}),
    ),
    _drug("capecitabine", "cytotoxic", {}, ("capecitabine", "Xeloda")),
    _drug("temozolomide", "cytotoxic", {}, ("temozolomide",)),
    _drug(
        "lutetium-dotatate",
        "prrt",
        {(HCPCS, "A9513"): ""},
        ("Lutathera", "177Lu-DOTATATE"),
        window_days=112,
        reason_is_this_tumour=True,
    ),
    _drug("lutetium-edotreotide", "prrt", {}, ("177Lu-edotreotide",), window_days=112, reason_is_this_tumour=True),
)

VALUE_SETS = ValueSets(
    sets={found.name: found for found in _SETS},
    systems={
        **{uri: uri for uri in (SCT, LOINC, ICD, ICD_CM, ICD_O, RXNORM, ATC, NDC, HCPCS, OWN)},
        "urn:oid:2.16.840.1.113883.6.88": RXNORM,
        "urn:oid:2.16.840.1.113883.6.90": ICD_CM,
        "urn:oid:2.16.840.1.113883.6.96": SCT,
    },
    drugs={drug.id: drug for drug in _DRUGS},
    windows={"liver-volume": 180, "continuation": 120, "continuation-prrt": 180, "ordered-before": 7}
    | {"progression": 365, "symptoms-absent": 180, "around-resection": 180, "one-prrt-dose": 7},
    grade_bands=BANDS,
)


def concept(*codings: tuple[str, str] | tuple[str, str, str], text: str = "") -> Json:
    """A CodeableConcept; a coding is (system, code) or (system, code, display)."""
    keys = ("system", "code", "display")
    found: Json = {"coding": [dict(zip(keys, coding, strict=False)) for coding in codings]} if codings else {}
    return found | ({"text": text} if text else {})


def status(code: str) -> Json:
    return {"coding": [{"code": code}]}


def condition(name: str = "c1", code: Json | None = None, **more: Any) -> Json:
    """A Condition: by default a pancreatic NET with neither status nor date, as one real client sends it."""
    told = code or concept(text="Neuroendocrine tumor of pancreas")
    found: Json = {"resourceType": "Condition", "id": name, "subject": {"reference": "Patient/p1"}, "code": told}
    return found | more


def with_morphology(histology: str, **more: Any) -> Json:
    extension = {"url": MORPHOLOGY, "valueCodeableConcept": concept((ICD_O, histology))}
    return condition(**({"code": concept(text="Tumour"), "extension": [extension]} | more))


def observation(name: str, code: Json | tuple[str, str], day: str | None = "2026-05-01", **more: Any) -> Json:
    found: Json = {"resourceType": "Observation", "id": name, "status": "final", "subject": {"reference": "Patient/p1"}}
    found["code"] = concept(code) if isinstance(code, tuple) else code
    return found | ({"effectiveDateTime": day} if day else {}) | more


def ki67(value: Any = 8, name: str = "k1", day: str | None = "2026-05-01", **more: Any) -> Json:
    """A Ki-67 index; a bare number is percent, a string a text, anything else the value[x] itself."""
    if isinstance(value, str):
        value = {"valueString": value}
    elif not isinstance(value, dict):
        unit = {"value": value, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%"}
        value = {"valueQuantity": unit}
    found: Json = observation(name, (LOINC, "29593-1"), day) | value
    return found | more


def finding(kind: str, answer: str, name: str = "f1", day: str | None = "2026-05-01", **more: Any) -> Json:
    """A result under one of our own codes."""
    return observation(name, (OWN, kind), day, valueCodeableConcept=concept((OWN, answer))) | more


def request(text: str = "", name: str = "m1", day: str | None = "2026-11-22", **more: Any) -> Json:
    """A MedicationRequest, a draft unless told otherwise."""
    found: Json = {"resourceType": "MedicationRequest", "id": name, "status": "draft", "intent": "order"}
    found |= {"subject": {"reference": "Patient/p1"}} | ({"authoredOn": day} if day else {})
    return found | ({"medicationCodeableConcept": {"text": text}} if text else {}) | more


def ordered(said: str, day: str | None, name: str = "r1", status: str = "active", **more: Any) -> Json:
    """An order on record, active unless told otherwise."""
    return request(said, name, day, status=status, **more)


def given(said: str, day: str | None, name: str = "a1", status: str = "completed", **more: Any) -> Json:
    """A drug given."""
    told: Json = {"resourceType": "MedicationAdministration", "id": name, "status": status}
    told |= {"effectiveDateTime": day} if day else {}
    return told | {"subject": {"reference": "Patient/p1"}, "medicationCodeableConcept": {"text": said}} | more


def dispensed(said: str, day: str, name: str = "d1") -> Json:
    """A drug handed out."""
    told = {"resourceType": "MedicationDispense", "id": name, "status": "completed", "whenHandedOver": day}
    return told | {"subject": {"reference": "Patient/p1"}, "medicationCodeableConcept": {"text": said}}


def stated(said: str, status: str = "active", name: str = "s1", **more: Any) -> Json:
    """A drug reported to be taken."""
    told = {"resourceType": "MedicationStatement", "id": name, "status": status, "subject": {"reference": "Patient/p1"}}
    return told | {"medicationCodeableConcept": {"text": said}} | more


def done(said: str, day: str | None = "2026-05-01", name: str = "o1", **more: Any) -> Json:
    """A procedure that was done."""
    told: Json = {"resourceType": "Procedure", "id": name, "status": "completed", "code": concept(text=said)}
    told |= {"performedDateTime": day} if day else {}
    return told | {"subject": {"reference": "Patient/p1"}} | more


def record(*resources: Any, drafts: tuple[Json, ...] = (), had: frozenset[str] = ALL, **more: Any) -> Record:
    kinds: dict[str, list[Json]] = {}
    for found in resources:
        kinds.setdefault(found["resourceType"], []).append(found)
    sent = tuple(Draft(f"{draft['resourceType']}/{draft.get('id', '')}", draft) for draft in drafts)
    read = {kind: tuple(found) for kind, found in kinds.items()}
    return Record("p1", ON, read, had=had, drafts=sent, **more)


def extras(*resources: Json, url: str | None = None) -> tuple[Extra, ...]:
    """Entries of draftOrders that are no orders."""
    return tuple(Extra(url, found) for found in resources)


def fact(name: str, *resources: Any, **more: Any) -> Fact:
    """One fact of a record."""
    return map_case(record(*resources, **more), VALUE_SETS).fact(name)


def value(found: Fact) -> str:
    """The value of a known fact, or `unclear: why`."""
    return str(found.value) if isinstance(found, Known) else f"unclear: {found.why}"


def seen(found: Fact) -> list[str]:
    """What an unclear fact could not decide between."""
    assert isinstance(found, Unclear)
    return [str(known.value) for known in found.seen]


def why(found: Fact) -> Why | None:
    return found.why if isinstance(found, Unclear) else None
