"""Facts of patient and tumour (rules.md section 1a) as FHIR."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from cds_service.domain.call import Json

from .resources import LOINC, NEN, OWN, SCT, SUBJECT, VERIFICATION, concept, condition, finding, measured, observation

WORDS = {
    "pancreas": "pancreas",
    "stomach": "stomach",
    "duodenum": "duodenum",
    "small-bowel": "ileum",
    "appendix": "appendix",
    "caecum": "caecum",
    "colon": "colon",
    "rectum": "rectum",
    "oesophagus": "oesophagus",
    "hepatobiliary": "gallbladder",
    "lung": "lung",
    "thymus": "thymus",
    "other-site": "ovary",
    "unknown-primary": "unknown primary",
}
GRADES = {"G1": "54102005", "G2": "1663004", "G3": "61026006"}
SYNDROMES = {
    "carcinoid": "carcinoid syndrome",
    "gastrinoma": "gastrinoma",
    "vipoma": "VIPoma",
    "insulinoma": "insulinoma",
    "other": "glucagonoma",
}
EXTENTS = {"advanced": "metastatic", "resectable": "resectable", "resected-no-residual": "no-residual-disease"}
SETTINGS = {"after-resection": "no-residual-disease", "before-resection": "resectable", "other": "metastatic"}
# What only the words of the diagnosis say.
WRITTEN = {
    "primary_resected": {"yes": "primary resected", "no": "primary not resected"},
    "extrahepatic_metastases": {"no": "no extrahepatic metastases"},
}
COURSE = {"stable": "359746009", "progressing": "271299001", "rapid": "271299001", "slow": "271299001"}


NOT_CONFIRMED, UNDATED = "unclear (not-confirmed)", "unclear (undated)"


class NotWritten(Exception):
    """This case says something that no record can be written for here: the kind of reason, and what it is."""

    def __init__(self, kind: str, what: str) -> None:
        super().__init__(f"{kind}: {what}")
        self.kind = kind


def nen(given: Mapping[str, str], on: date) -> Json:
    """The Condition of the tumour; its site where the case knows one."""
    if given.get("diagnosis") not in ("nen", NOT_CONFIRMED):
        return condition("other", concept(text="renal cell carcinoma"), _ago(on, 400))
    site = given.get("primary_site", "unclear")
    named: dict[str, Any] = {} if site.startswith("unclear") else {"bodySite": [concept(text=WORDS[site])]}
    began = _ago(on, 30 if given.get("recent_diagnosis") == "yes" else 400)
    # Outside the digestive tract only a NET is one of ours; a NEC there is another disease.
    name = "neuroendocrine tumor" if site in ("lung", "thymus", "other-site") else "neuroendocrine neoplasm"
    told = [words[given[fact]] for fact, words in WRITTEN.items() if given.get(fact) in words]
    found = condition(NEN, concept(text=", ".join([name, *told])), began, **named)
    if given["diagnosis"] == NOT_CONFIRMED:
        found["verificationStatus"] = concept((VERIFICATION, "provisional"))
    undated = ("onsetDateTime", "recordedDate") if given.get("recent_diagnosis") == UNDATED else ()
    return {key: value for key, value in found.items() if key not in undated}


def patient(given: Mapping[str, str], on: date) -> Json:
    """The Patient: age and sex as the case wants them."""
    woman = "yes" in (given.get("pregnancy"), given.get("pregnancy_possible"))
    years = given.get("age", "30" if woman else "60").lstrip("<>=").split("..")[0]
    born = date(on.year - int(years), on.month, 1 if on.day > 1 else on.day)
    sex = "female" if woman or "pregnancy" in given else "male"
    return {"resourceType": "Patient", "id": SUBJECT["reference"].split("/")[1], "gender": sex, "birthDate": str(born)}


def facts_of_the_tumour(given: Mapping[str, str], on: date) -> Iterator[Json]:
    """A resource for every fact of section 1a that the case knows."""
    for name, value in given.items():
        write = WRITERS.get(name)
        if write is not None and value == "unclear (conflicting)":
            yield from _conflicting(name, on)
        elif write is not None and not value.startswith("unclear"):
            yield from write(value, _ago(on, 20))


CONFLICTS = {
    "differentiation": ("well", "poor"),
    "ki67_percent": ("30", "4"),
    "recorded_grade": ("G1", "G2"),
    "sstr_imaging": ("positive", "negative"),
}


def _conflicting(name: str, on: date) -> Iterator[Json]:
    """Two results that cannot both stand; of a number, the newer one in a lower band."""
    if name not in CONFLICTS:
        raise NotWritten("conflict", name)
    for place, value in enumerate(CONFLICTS[name]):
        days = 60 - 30 * place if name == "ki67_percent" else 20
        for resource in WRITERS[name](value, _ago(on, days)):
            yield {**resource, "id": f"{resource['id']}-{place}"}


def _grade(value: str, on: str) -> Iterator[Json]:
    yield observation("grade", concept((LOINC, "33732-9")), on, valueCodeableConcept=concept((SCT, GRADES[value])))


def _ki67(value: str, on: str) -> Iterator[Json]:
    yield measured("ki67", concept((LOINC, "29593-1")), on, value)


def _mitoses(value: str, on: str) -> Iterator[Json]:
    yield measured("mitoses", concept((OWN, "mitoses-per-2mm2")), on, value, "/2mm2")


def _volume(value: str, on: str) -> Iterator[Json]:
    yield measured("load", concept((OWN, "hepatic-tumour-load")), on, value)


def _syndrome(value: str, on: str) -> Iterator[Json]:
    if value == "none":
        yield finding("functional-status", on, "non-functioning")
    else:
        yield condition(f"syndrome-{value}", concept(text=SYNDROMES[value]), on)


def _marker(value: str, on: str) -> Iterator[Json]:
    yield finding("rb-status", on, "lost" if value == "present" else "retained")
    yield finding("kras-status", on, "wild-type")


def _progression(value: str, on: str) -> Iterator[Json]:
    status = concept((LOINC, "97509-4"))
    yield observation("status", status, on, valueCodeableConcept=concept((SCT, COURSE[value])))
    if value in ("rapid", "slow"):
        yield finding("progression-tempo", on, value)


def _tmb(value: str, on: str) -> Iterator[Json]:
    """As the laboratory calls both: not high only where both are reported."""
    words = {"high": "TMB-high", "not-high": "TMB-low"}[value]
    yield observation("tmb", concept((LOINC, "94077-5")), on, valueCodeableConcept=concept(text=words))
    if value == "not-high":
        yield observation("msi", concept((LOINC, "81695-9")), on, valueCodeableConcept=concept(text="MSS"))


def _trial(value: str, on: str) -> Iterator[Json]:
    if value == "yes":
        yield {
            "resourceType": "ResearchSubject",
            "id": "trial",
            "status": "on-study",
            "study": {"reference": "ResearchStudy/1"},
            "individual": SUBJECT,
        }


def _metastases(value: str, on: str) -> Iterator[Json]:
    if value == "yes":
        yield condition("bone", concept((SCT, "94222008")), on)


def _own(name: str, words: Mapping[str, str] | None = None) -> Callable[[str, str], Iterator[Json]]:
    def write(value: str, on: str) -> Iterator[Json]:
        yield finding(name, on, (words or {}).get(value, value))

    return write


def _ago(on: date, days: int) -> str:
    return str(on - timedelta(days=days))


WRITERS: Mapping[str, Callable[[str, str], Iterator[Json]]] = {
    "differentiation": _own("differentiation"),
    "grade": _grade,
    "recorded_grade": _grade,
    "ki67_percent": _ki67,
    "mitoses_per_2mm2": _mitoses,
    "functional_status": _own("functional-status"),
    "hormone_syndrome": _syndrome,
    "sstr_imaging": _own("sstr-imaging"),
    "sstr_status": _own("sstr-imaging"),
    "sstr2_ihc": _own("sstr2-ihc"),
    "liver_tumour_volume_percent": _volume,
    "diffuse_liver_metastases": _own("liver-metastasis-pattern", {"yes": "diffuse-bilobar", "no": "not-diffuse"}),
    "extent": _own("disease-extent", EXTENTS),
    "treatment_setting": _own("disease-extent", SETTINGS),
    "progression": _progression,
    "tumour_symptoms": _own("tumour-symptoms"),
    "platinum_marker": _marker,
    "tmb_msi": _tmb,
    "mgmt": _own("mgmt-status"),
    "vhl": _own("vhl-status", {"yes": "present", "no": "absent"}),
    "trial": _trial,
    "extrahepatic_metastases": _metastases,
}
