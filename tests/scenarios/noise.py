"""Charts to hide a patient in: everyday resources, American and Japanese, that tell nothing any rule asks for."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cds_service.domain.call import Json
from cds_service.hooks.services import TEMPLATES
from cds_service.mappers.validate import is_fhir
from tests.clinical.shipped import KNOWLEDGE

GENERATORS = Path(__file__).resolve().parents[2] / ".venv-noise" / "bin"
needs_generators = pytest.mark.skipif(
    not (GENERATORS / "synthea").is_file(), reason="no generators of charts in .venv-noise: `make test-long` has them"
)

LOINC, SCT, RXNORM = "http://loinc.org", "http://snomed.info/sct", "http://www.nlm.nih.gov/research/umls/rxnorm"
LOCAL = "http://hospital.example/fhir/local-code"
_KINDS = {template.type for template in TEMPLATES} - {"Patient", "Goal"}
"""Without Goal: the FHIR server ignores `patient` there, and a Goal of somebody else refuses the call."""
# What a comorbidity, a treatment or an answer of its own says: such a resource is no noise, cards may rest on it.
_TELLS = re.compile(
    r"cancer|carcinoma|malignan|tumou?r|neoplas|leuk|lymphom|heart|cardi|ejection|gallstone|chole|thromb|embol|hypertens"
    r"|pregnan|menopaus|pain|diarrh|surg|operat|ectomy|blood count|cbc|hemogram|olol\b|pril\b|formin|glip|insulin"
    r"|癌|がん|腫瘍|心|血栓|塞栓|胆|高血圧|痛|下痢|手術|摘|切除|血球|血算|糖尿",
    re.IGNORECASE,
)


@cache
def _codes() -> frozenset[str]:
    """Every code that a value set or a drug of knowledge/ holds."""
    sets = {code for one in KNOWLEDGE.value_sets.sets.values() for _, code in one.codes}
    return frozenset(sets | {code.code for drug in KNOWLEDGE.drugs.values() for code in drug.codes})


def neutral(resource: Json) -> bool:
    """True for a valid resource of a type read here, of whose codes and words no rule asks."""
    about = [
        resource.get(name) for name in ("code", "medicationCodeableConcept", "reasonCode", "bodySite", "component")
    ]
    told = json.dumps(about, ensure_ascii=False)
    named = set(re.findall(r'"code": "([^"]*)"', told))
    if resource["resourceType"] not in _KINDS or named & _codes() or _TELLS.search(told):
        return False
    return is_fhir(resource)  # a strict server takes no other


def hidden_in(noise: Sequence[Json], patient: str, count: int, seed: int) -> list[Json]:
    """So many of them as resources of this patient, each under an id of its own; other references lead nowhere."""
    found = []
    for number, resource in enumerate(Random(seed).sample(noise, count)):
        kept = {key: value for key, value in resource.items() if key not in _LINKS}
        owner = "patient" if resource["resourceType"] == "AllergyIntolerance" else "subject"
        found.append(kept | {"id": f"noise-{seed}-{number}", owner: {"reference": f"Patient/{patient}"}})
    return found


_LINKS = (
    *(
        "subject",
        "patient",
        "encounter",
        "context",
        "performer",
        "requester",
        "result",
        "specimen",
        "basedOn",
        "partOf",
    ),
    *(
        "reasonReference",
        "hasMember",
        "derivedFrom",
        "contained",
        "location",
        "recorder",
        "asserter",
        "resultsInterpreter",
    ),
    *("request", "addresses", "collection", "report", "imagingStudy", "presentedForm", "device", "focus", "parent"),
    *("expressedBy", "informationSource", "evidence", "stage", "supportingInformation", "text", "note", "dosage"),
)


def generated(folder: Path) -> tuple[list[Json], list[Json]]:
    """What two public generators make, American and Japanese; each takes a minute."""
    us, jp = folder / "us", folder / "jp"
    _run("synthea", "-p", "5", "-s", "42", "-r", "20261101", "-o", us)
    _run(
        "clinosim",
        "simulate",
        "-p",
        "60",
        "-s",
        "42",
        "--country",
        "JP",
        "--allow-legacy",
        "--format",
        "fhir-r4",
        "-o",
        jp,
    )
    bundles = (json.loads(path.read_text("utf-8")) for path in sorted(us.rglob("*.json")))
    american = [entry["resource"] for bundle in bundles for entry in bundle.get("entry", ()) if "resource" in entry]
    lines = (line for path in sorted(jp.rglob("*.ndjson")) for line in path.read_text("utf-8").splitlines())
    return list(filter(neutral, american)), list(filter(neutral, map(json.loads, lines)))


def _run(program: str, *arguments: object) -> None:
    command = [str(GENERATORS / program), *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, timeout=900)


def written(count: int) -> tuple[list[Json], list[Json]]:
    """A few plain resources of our own, where the generators are not installed: American and Japanese."""
    us, jp = Random("us"), Random("jp")
    return [_one(us, _US) for _ in range(count)], [_one(jp, _JP) for _ in range(count)]


_Term = tuple[str, str, str]
_US: dict[str, tuple[_Term, ...]] = {
    "Observation": (
        (LOINC, "29463-7", "Body weight"),
        (LOINC, "8310-5", "Body temperature"),
        (LOINC, "9279-1", "Respiratory rate"),
        (LOINC, "72166-2", "Tobacco smoking status"),
    ),
    "Condition": ((SCT, "314529007", "Medication review due"), (SCT, "66383009", "Gingivitis")),
    "Procedure": ((SCT, "430193006", "Medication reconciliation"), (SCT, "171207006", "Depression screening")),
    "MedicationRequest": ((RXNORM, "313782", "Acetaminophen 325 MG Oral Tablet"),),
    "DiagnosticReport": ((LOINC, "34117-2", "History and physical note"),),
}
_JP: dict[str, tuple[_Term, ...]] = {
    "Observation": ((LOCAL, "V001", "体温"), (LOCAL, "V002", "体重"), (LOCAL, "L900", "尿比重")),
    "Condition": ((LOCAL, "C01", "急性上気道炎"), (LOCAL, "C02", "近視"), (LOCAL, "C03", "う蝕")),
    "Procedure": ((LOCAL, "P01", "服薬指導"), (LOCAL, "P02", "口腔ケア")),
    "MedicationRequest": ((LOCAL, "M01", "カロナール錠２００"), (LOCAL, "M02", "酸化マグネシウム錠３３０ｍｇ")),
    "DiagnosticReport": ((LOCAL, "R01", "視力検査"),),
}


def _one(random: Random, terms: dict[str, tuple[_Term, ...]]) -> Json:
    kind = random.choice(("Observation",) * 6 + tuple(terms))
    system, code, display = random.choice(terms[kind])
    day = f"202{random.randint(0, 6)}-{random.randint(1, 10):02}-{random.randint(1, 28):02}"
    concept = {"coding": [{"system": system, "code": code, "display": display}], "text": display}
    found: dict[str, Any] = {"resourceType": kind, "id": "x", "status": "completed", "code": concept}
    if kind == "Observation":
        found |= {"effectiveDateTime": day, "valueQuantity": {"value": random.randint(10, 90), "unit": "1"}}
    elif kind == "MedicationRequest":
        found |= {"intent": "order", "authoredOn": day, "medicationCodeableConcept": found.pop("code")}
    elif kind == "Condition":
        found |= {"recordedDate": day}
        del found["status"]
    else:
        found |= {"performedDateTime" if kind == "Procedure" else "effectiveDateTime": day}
    return found | ({"status": "final"} if kind in ("Observation", "DiagnosticReport") else {})


def transactions(resources: Sequence[Json], size: int = 200) -> Iterator[Json]:
    """The resources as FHIR transactions."""
    entries = [
        {"resource": one, "request": {"method": "PUT", "url": f"{one['resourceType']}/{one['id']}"}}
        for one in resources
    ]
    for start in range(0, len(entries), size):
        yield {"resourceType": "Bundle", "type": "transaction", "entry": entries[start : start + size]}
