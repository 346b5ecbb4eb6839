"""Safety facts and other drugs in plan (rules.md section 1c) as FHIR."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from cds_service.domain.call import Json

from .resources import LOINC, SCT, SUBJECT, concept, condition, measured, observation
from .tumour import NotWritten

Writer = Callable[[str, str], Iterator[Json]]
INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
DIAGNOSES = {
    "pneumonitis": "pneumonitis",
    "lymphopenia": "lymphopenia",
    "gallstones": "gallstones",
    "bradycardia": "bradycardia",
    "uncontrolled_hypertension": "uncontrolled hypertension",
    "thromboembolism": "pulmonary embolism",
    "haemorrhage": "gastrointestinal bleeding",
    "perforation": "gastrointestinal perforation",
    "jaw_osteonecrosis": "osteonecrosis of the jaw",
}
DRUGS = {
    ("cyp3a4_inhibitor", "strong"): "ketoconazole",
    ("cyp3a4_inhibitor", "moderate"): "erythromycin",
    ("ace_inhibitor", "yes"): "lisinopril",
    ("coumarin", "yes"): "warfarin",
    ("beta_blocker", "yes"): "propranolol",
    ("ciclosporin", "yes"): "ciclosporin",
    ("bromocriptine", "yes"): "bromocriptine",
    ("glucose_lowering_drug", "yes"): "metformin",
}
NOTHING = ("no", "none")  # what an answered search without a result says


def facts_of_safety(given: Mapping[str, str], on: date) -> Iterator[Json]:
    """A resource for every safety fact that the case knows, and an undated one for what it leaves open."""
    known = {name: value for name, value in given.items() if not value.startswith("unclear")}
    for name in UNDATED:
        if not _is_told(name, known):
            yield from _undated(name)
    for name, value in known.items():
        write = WRITERS.get(name)
        if write and not (name == "blood_counts" and COUNTS & set(given)):  # the numbers themselves are the counts
            yield from write(value, str(on - timedelta(days=9)))
        elif (name, value) in DRUGS:
            yield request(name, DRUGS[name, value], str(on - timedelta(days=9)))
    yield from _course(given, on)


UNDATED = {"dpyd": "normal", "creatinine": "normal", "glucose": "normal", "urinalysis": "done", "lvef": "normal"}
UNDATED |= {"chest_ct": "done", "hbv": "negative", "blood_counts": "done", "qtc": "normal"}
COUNTS = {"neutrophils_10e9_per_l", "platelets_10e9_per_l"}
# Whose record is a record of this fact too.
TOLD_BY = {"blood_counts": COUNTS, "dpyd": {"fluoropyrimidine_block"}, "lvef": {"lvef_percent"}, "qtc": {"qtc_ms"}}


def _is_told(name: str, known: Mapping[str, str]) -> bool:
    """Whether the case knows the fact, or another that is written with the same result."""
    if name == "creatinine" and known.get("renal_decline") == "yes":
        return True
    return bool({name, *TOLD_BY.get(name, ())} & set(known))


def _undated(name: str) -> Iterator[Json]:
    """What the record does not tell, where nothing on record would be an answer: a result without its day."""
    for resource in WRITERS[name](UNDATED[name], ""):
        yield {key: value for key, value in resource.items() if key != "effectiveDateTime"}


def co_drafts(given: Mapping[str, str], on: date) -> list[Json]:
    """A live vaccine ordered in the same call."""
    if given.get("live_vaccine") != "yes":
        return []
    return [{**request("vaccine", "yellow fever vaccine", str(on)), "status": "draft"}]


def request(name: str, drug: str, on: str, status: str = "active") -> Json:
    """An order of another drug on record."""
    return {
        "resourceType": "MedicationRequest",
        "id": f"other-{name}",
        "status": status,
        "intent": "order",
        "medicationCodeableConcept": {"text": drug},
        "subject": SUBJECT,
        "authoredOn": on,
    }


def _course(given: Mapping[str, str], on: date) -> Iterator[Json]:
    """Facts that stand on more than one supply, or on an earlier one."""
    if given.get("steroid_course") == "yes":
        for days in (45, 3):
            yield request(f"steroid-{days}", "prednisolone", str(on - timedelta(days=days)))
    if given.get("s1_within_seven_days") == "yes":
        yield request("s1", "S-1", str(on - timedelta(days=3)), "completed")
    gap = given.get("ssa_gap_days", "unclear")
    if not gap.startswith("unclear"):
        yield _dose("ssa", "lanreotide", on - timedelta(days=int(gap)))
    if given.get("renal_decline") == "yes":
        yield from _decline(on, given.get("creatinine_clearance_ml_per_min", "50"))


def _decline(on: date, cleared: str) -> Iterator[Json]:
    """Before the first radioligand dose and now: clearance fell, creatinine rose."""
    first = on - timedelta(days=100)
    yield _dose("prrt", "lutetium Lu 177 dotatate", first)
    for name, days, clearance, creatinine in (("before", 120, "100", "0.8"), ("now", 5, cleared, "1.4")):
        day = str(on - timedelta(days=days))
        yield {**measured("ccr", concept((LOINC, "35591-7")), day, clearance, "mL/min"), "id": f"ccr-{name}"}
        yield {**measured("cr", concept((LOINC, "2160-0")), day, creatinine, "mg/dL"), "id": f"cr-{name}"}


def _dose(name: str, drug: str, on: date) -> Json:
    return {
        "resourceType": "MedicationAdministration",
        "id": f"given-{name}",
        "status": "completed",
        "medicationCodeableConcept": {"text": drug},
        "subject": SUBJECT,
        "effectiveDateTime": str(on),
    }


def _diagnosis(name: str, value: str, on: str) -> Iterator[Json]:
    if value == "yes":
        yield condition(name.replace("_", "-"), concept(text=DIAGNOSES[name]), on)


def _flagged(code: str, unit: str, numbers: Mapping[str, str], flag: str, value: str, on: str) -> Iterator[Json]:
    """A number and the laboratory's flag beside it."""
    if value not in NOTHING:
        result = measured(f"lab-{code}", concept((LOINC, code)), on, numbers[value], unit)
        yield {**result, "interpretation": [concept((INTERPRETATION, "N" if value == "normal" else flag))]}


def _number(code: str, unit: str, value: str, on: str) -> Iterator[Json]:
    yield measured(f"lab-{code}", concept((LOINC, code)), on, value, unit)


def _graded(words: str, value: str, on: str) -> Iterator[Json]:
    if not value.isdecimal():
        raise NotWritten("no-whole-grade", f"{words} {value}")
    yield observation(words.split()[0], concept(text=words), on, valueInteger=int(value))


def _dpyd(value: str, on: str) -> Iterator[Json]:
    if value == "complete":
        yield condition("dpd", concept(text="complete DPD deficiency"), on)
    elif value != "none":
        answer = {"partial": "LA9633-4", "normal": "LA9634-2"}[value]
        yield observation("dpyd", concept((LOINC, "45284-7")), on, valueCodeableConcept=concept((LOINC, answer)))


def _block(value: str, on: str) -> Iterator[Json]:
    yield from _dpyd("partial" if value == "yes" else "none", on)


def _hbv(value: str, on: str) -> Iterator[Json]:
    if value == "carrier":
        yield condition("hbv", concept((SCT, "235871004")), on)
    elif value == "negative":
        for code in ("5195-3", "13952-7"):
            yield observation(f"hbv-{code}", concept((LOINC, code)), on, valueCodeableConcept=concept(text="negative"))


def _chest_ct(value: str, on: str) -> Iterator[Json]:
    if value == "done":
        yield {
            "resourceType": "DiagnosticReport",
            "id": "ct",
            "status": "final",
            "code": concept((LOINC, "24627-2")),
            "subject": SUBJECT,
            "effectiveDateTime": on,
        }


def _pregnancy(value: str, on: str) -> Iterator[Json]:
    answer = "positive" if value == "yes" else "negative"
    yield observation("hcg", concept((LOINC, "2106-3")), on, valueCodeableConcept=concept(text=answer))


def _of_class(words: str, value: str, on: str) -> Iterator[Json]:
    yield condition(words.split()[0].lower(), concept(text=words.format(value)), on)


def _heart_failure(value: str, on: str) -> Iterator[Json]:
    if value == "yes":
        yield condition("heart-failure", concept((SCT, "84114007")), on)


def _urinalysis(value: str, on: str) -> Iterator[Json]:
    if value == "done":
        yield observation("urine", concept((LOINC, "24356-8")), on, valueString="negative")


def _counts(value: str, on: str) -> Iterator[Json]:
    if value == "done":
        yield from _number("777-3", "10*3/uL", "250", on)
        yield from _number("751-8", "10*3/uL", "4", on)


def _surgery(value: str, on: str) -> Iterator[Json]:
    if value == "yes":
        yield {
            "resourceType": "Procedure",
            "id": "surgery",
            "status": "completed",
            "code": concept(text="laparotomy"),
            "subject": SUBJECT,
            "performedDateTime": on,
        }


def _unfit(value: str, on: str) -> Iterator[Json]:
    if value == "yes":
        yield observation("ecog", concept((LOINC, "89247-1")), on, valueInteger=3)


WRITERS: Mapping[str, Writer] = {
    **{name: partial(_diagnosis, name) for name in DIAGNOSES},
    "dpyd": _dpyd,
    "fluoropyrimidine_block": _block,
    "hbv": _hbv,
    "chest_ct": _chest_ct,
    "pregnancy": _pregnancy,
    "child_pugh": partial(_of_class, "Child-Pugh class {}"),
    "liver_impairment": partial(_of_class, "{} hepatic impairment"),
    "heart_failure": _heart_failure,
    "nyha_class": partial(_of_class, "NYHA class {}"),
    "lvef": partial(_flagged, "10230-1", "%", {"normal": "60", "low": "45"}, "L"),
    "lvef_percent": partial(_number, "10230-1", "%"),
    "qtc": partial(_flagged, "8636-3", "ms", {"normal": "400", "long": "490"}, "H"),
    "qtc_ms": partial(_number, "8636-3", "ms"),
    "creatinine": partial(_flagged, "2160-0", "mg/dL", {"normal": "0.8", "high": "2.1"}, "H"),
    "creatinine_clearance_ml_per_min": partial(_number, "35591-7", "mL/min"),
    "egfr_ml_per_min": partial(_number, "98979-8", "mL/min/{1.73_m2}"),
    "glucose": partial(_flagged, "2345-7", "mg/dL", {"normal": "90", "high": "220"}, "H"),
    "urinalysis": _urinalysis,
    "blood_counts": _counts,
    "neutrophils_10e9_per_l": partial(_number, "751-8", "10*3/uL"),
    "platelets_10e9_per_l": partial(_number, "777-3", "10*3/uL"),
    "platelet_decrease_ctcae_grade": partial(_graded, "platelet count decreased CTCAE grade"),
    "pneumonitis_ctcae_grade": partial(_graded, "pneumonitis CTCAE grade"),
    "recent_surgery": _surgery,
    "platinum_unfit": _unfit,
}
