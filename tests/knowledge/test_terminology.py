"""Codes and words of knowledge/: each with a source, free of known confusions, and of one mind."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict

import pytest

from cds_service.domain.closed_lists import MEANINGS
from cds_service.mappers.words import normal
from tests.knowledge.shipped import DRUGS, KNOWLEDGE, REASONS, SETS, SYSTEMS, phrases, plain, shipped
from tests.reference import needs_reference, reference

# What a code that is often taken for something else is here, as place:meaning; any other is nowhere.
TRUE_MEANING = {
    "85330-9": {"observation:ki67-breast"},
    "94077-5": {"tests:tmb", "observation:tmb"},
    "55937004": {"tumour-class:nen", "differentiation:ask"},
    "718604008": {"tumour-class:look-alike"},
    "C9461": {"tumour-class:look-alike"},
    "C35727": {"tumour-class:net", "differentiation:well"},
    "C35725": {"tumour-class:net", "differentiation:well"},
    "2380617": {"octreotide-lar:oral"},
    "977427": {"everolimus:transplant"},
    "977434": {"everolimus:transplant"},
    "977438": {"everolimus:transplant"},
    "2056895": {"everolimus:transplant"},
    "L04AH02": {"everolimus:transplant"},
    "L01EX01": {"sunitinib:ingredient"},
    "L01FF05": {"atezolizumab:ingredient"},
    "C7B.1": {"tumour-class:look-alike"},
    "E34.0": {"hormone-syndrome:carcinoid"},
    "8243/3": {"tumour-class:look-alike"},
    "8154/3": {"tumour-class:minen", "differentiation:mixed-if-since-2021"},
    "8246/3": {"tumour-class:nec", "differentiation:poor-if-since-2020"},
    "8150/3": {"tumour-class:nen", "differentiation:ask"},
    "8249/3": {"tumour-class:net", "differentiation:well"},
}

# ICD-10-CM codes whose title is that of ICD-10, where the table of sources lists only the latter.
SAME_IN_ICD_10_CM = {
    "C17.3",
    "C18.0",
    "C18.1",
    "C18.2",
    "C18.4",
    "C18.6",
    "C18.7",
    "C18.9",
    "C24.1",
    "C78.6",
    "C78.7",
    "D13.7",
}

# Codes of orders that the table of sources does not list, and where each was found.
SOURCED_HERE = {
    ("loinc", "5195-3"): "laboratory catalogues and a FHIR ConceptMap, each with the display of HBsAg in serum",
    ("loinc", "24627-2"): "bvdh/dicom-terminology-in-fhir, DICOM CID 7000",
    ("loinc", "2106-3"): "dhes/hiv-cds and laboratory catalogues, each with the display of a urine pregnancy test",
    ("nen-finding", "pre-treatment-labs"): "our own code system, as the harness ships it",
}

# Systems and aliases that the table of systems does not list, and where each was found.
SYSTEMS_SOURCED_HERE = {"mhlw-modifier": "jami-fhir-jp-wg/jp-core-v1x, extension JP_Condition_DiseasePostfixModifier"}
ALIASES_SOURCED_HERE = {
    "http://jpfhir.jp/fhir/core/CodeSystem/route-codes": "jami-fhir-jp-wg/jp-core-v1x, JP_MedicationRouteHL70162_CS",
    "urn:oid:1.2.392.200119.4.101.2": "jami-fhir-jp-wg/jp-core-v1x, NamingSystem of the MEDIS key numbers",
}

# Aliases that the table of systems writes in short.
WRITTEN_IN_SHORT = {
    "http://terminology.hl7.org/CodeSystem/icd-o": ".../icd-o",
    "urn:oid:1.2.392.100495.20.2.81": "/ .20.2.81",
}


def table(name: str) -> list[dict[str, str]]:
    with reference("terminology", name).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def terminology(name: str) -> str:
    return reference("terminology", name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(MEANINGS))
def test_a_value_set_says_only_words_that_are_agreed(name: str) -> None:
    found = SETS[name]
    said = {entry["means"] for entry in (*found.get("codes", ()), *found.get("ranges", ()), *found.get("words", ()))}
    assert said == MEANINGS[name]


def test_there_is_no_value_set_beside_the_agreed_ones() -> None:
    assert set(SETS) == set(MEANINGS)
    assert all(found["id"] == name for name, found in {**SETS, **DRUGS}.items())


@pytest.mark.parametrize("name", sorted(SETS))
def test_no_code_and_no_phrase_means_two_things_in_one_set(name: str) -> None:
    meanings: dict[object, set[str]] = defaultdict(set)
    for entry in SETS[name].get("codes", ()):
        meanings[entry["system"], entry["code"].replace(".", "")].add(entry["means"])
    for phrase, means in phrases(SETS[name]):
        meanings[plain(phrase)].add(means)
    assert {what: means for what, means in meanings.items() if len(means) > 1} == {}


@pytest.mark.parametrize("name", sorted(SETS))
def test_no_set_lists_one_thing_twice(name: str) -> None:
    listed = [(entry["system"], entry["code"]) for entry in SETS[name].get("codes", ())]
    listed += [("", normal(phrase)) for phrase, _ in phrases(SETS[name])]
    assert [one for one, times in Counter(listed).items() if times > 1] == []


@pytest.mark.parametrize("system", ["child-pugh-", "nyha-"])
def test_a_class_has_the_same_names_as_an_answer_and_as_a_diagnosis(system: str) -> None:
    """An answer may be the bare class as well ("B", II度), which a diagnosis never is."""
    answers, diagnoses = (
        {
            one
            for one in phrases(SETS[name])
            if one[1].startswith(system) and re.search("[Cc]hild|チャイルド|NYHA", one[0])
        }
        for name in ("answer", "precaution")
    )
    assert answers == diagnoses != set()


@pytest.mark.parametrize("name", sorted(SETS))
def test_no_snomed_description_is_shipped_as_a_phrase(name: str) -> None:
    tag = re.compile(r"\((?:disorder|finding|morphologic abnormality|body structure|qualifier value|substance)\)")
    assert [phrase for phrase, _ in phrases(SETS[name]) if tag.search(phrase)] == []
    assert not tag.search((KNOWLEDGE / "value_sets" / f"{name}.yaml").read_text(encoding="utf-8"))


def test_the_class_and_the_differentiation_of_a_code_go_together() -> None:
    goes_with = {
        "net": {"well"},
        "nec": {"poor", "poor-if-since-2020"},
        "small-cell": {"poor"},
        "minen": {"mixed", "mixed-if-since-2021"},
        "nen": {"ask"},
    }
    differentiation = {(e["system"], e["code"]): e["means"] for e in SETS["differentiation"]["codes"]}
    for entry in SETS["tumour-class"]["codes"]:
        told = differentiation.pop((entry["system"], entry["code"]), None)
        assert told in goes_with.get(entry["means"], {None}), entry
    assert {system for system, _ in differentiation} == {"nen-finding"}


def test_a_site_code_of_the_gut_or_lung_never_tells_a_class() -> None:
    site_only = re.compile(r"C(?:1[5-9]|2[0-6]|34|37)")
    classed = [
        entry["code"]
        for entry in SETS["tumour-class"]["codes"]
        if entry["system"].startswith("icd-10") and site_only.match(entry["code"]) and entry["code"] != "C25.4"
    ]
    assert classed == []
    assert not SETS["tumour-class"].get("ranges")


def test_every_alias_leads_to_one_system_and_every_system_used_is_known() -> None:
    aliases = [name for system in SYSTEMS.values() for name in (system["uri"], *system.get("also", ()))]
    assert len(aliases) == len(set(aliases))
    assert {system for system, _ in shipped()} <= set(SYSTEMS)


def test_carcinoid_syndrome_is_a_syndrome_and_no_class() -> None:
    classes = {plain(phrase): means for phrase, means in phrases(SETS["tumour-class"])}
    assert [phrase for phrase in classes if phrase in ("carcinoid", "net", "nec", "nen")] == []
    syndromes = [plain(phrase) for phrase, means in phrases(SETS["hormone-syndrome"]) if means == "carcinoid"]
    assert {phrase: classes.get(phrase) for phrase in syndromes} == dict.fromkeys(syndromes, "no-diagnosis")
    assert dict(phrases(SETS["hormone-syndrome"]))["carcinoid syndrome"] == "carcinoid"


def test_every_source_can_be_followed_by_somebody_outside() -> None:
    """The number of a file in a search tool says nothing to a reader."""
    root = KNOWLEDGE.parent
    texts = [
        path
        for kind in ("yaml", "py")
        for part in ("knowledge", "cds_service")
        for path in (root / part).rglob(f"*.{kind}")
    ]
    found = [path.name for path in texts if re.search(r"\bindex \d{6,}", path.read_text(encoding="utf-8"))]
    assert texts
    assert found == []


def _entries(part: str) -> list[dict[str, str]]:
    return [entry for found in SETS.values() for entry in found.get(part, ())]


def test_every_word_for_a_drug_that_interacts_says_who_says_so() -> None:
    for name in ("interacting-drug", "cyp3a4-inhibitor"):
        assert SETS[name]["words"]
        assert [entry["means"] for entry in SETS[name]["words"] if len(entry.get("source", "")) < 10] == []


@needs_reference
def test_every_code_has_a_source() -> None:
    short = {alias: name for name, system in SYSTEMS.items() for alias in (system["uri"], *system.get("also", ()))}
    sourced: set[tuple[str, str]] = set()
    memory: set[tuple[str, str]] = set()
    for row in table("codes.csv"):
        key = (short.get(row["system"], row["system"]), row["code"])
        (memory if "memory" in row["confidence"] else sourced).add(key)
    sourced |= {("icd-10-cm", code) for _, code in sourced & {("icd-10", c) for c in SAME_IN_ICD_10_CM}}
    own = set(re.findall(r"`([a-z0-9-]+)`", terminology("local-codes.md")))
    sourced |= {("nen-finding", code) for code in own}
    sourced |= {("loinc", code) for code in re.findall(r"LA\d+-\d", terminology("local-codes.md"))}
    sourced |= {(entry["system"], entry["code"]) for entry in _entries("codes") if entry.get("source", "").strip()}
    traps = {(short.get(row["system"], row["system"]), row["code"]) for row in table("traps.csv")}
    assert len(memory) == 4
    assert memory & set(shipped()) == set()
    assert set(SOURCED_HERE) <= set(shipped())
    assert set(shipped()) - sourced - traps - set(SOURCED_HERE) == set()


@needs_reference
def test_no_code_stands_for_what_it_is_often_taken_for() -> None:
    short = {system["uri"]: name for name, system in SYSTEMS.items()}
    places = shipped()
    rows = [row for row in table("traps.csv") if row["code"] != "(system)"]
    assert len(rows) > 40
    wrong = {
        row["code"]: found
        for row in rows
        if (found := places.get((short.get(row["system"], ""), row["code"]), set()))
        != TRUE_MEANING.get(row["code"], set())
    }
    assert wrong == {}
    assert set(TRUE_MEANING) <= {row["code"] for row in rows}


@needs_reference
def test_the_aliases_of_the_systems_are_those_of_the_table() -> None:
    said = terminology("README.md")
    rows = [line for line in said.splitlines() if line.startswith("| Canonical URI")]
    uris = {found[1]: line for line in rows if (found := re.search(r"`([^`]+)`", line))}
    beside = {"nen-finding", "v2-0162"}  # our own, and routes, which the table does not speak of
    for name, system in SYSTEMS.items():
        if name in SYSTEMS_SOURCED_HERE or name == "hgnc":  # answer.yaml has the source of the latter
            continue
        aliases = set(system.get("also", ())) - set(ALIASES_SOURCED_HERE)
        assert {alias for alias in aliases if WRITTEN_IN_SHORT.get(alias, alias) not in said} == set(), name
        listed = set(re.findall(r"urn:oid:[\d.]*\d", uris[system["uri"]])) if name not in beside else set()
        assert listed <= aliases, name
    assert "urn:oid:1.2.392.100495.20.2.73" in SYSTEMS["yj"]["also"]


@needs_reference
def test_the_override_reasons_are_those_of_hl7() -> None:
    said = reference("spec", "cds-hooks.md").read_text(encoding="utf-8")
    section = said.split("our reason in cards.yaml", 1)[1].split("`cards.yaml` uses", 1)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines()[2:] if "|" in line]
    assert {name: (reason["code"], reason["display"]) for name, reason in REASONS.items()} == {
        name: (code, display) for name, code, display in rows
    }
    assert all(reason["ja"].strip() for reason in REASONS.values())
