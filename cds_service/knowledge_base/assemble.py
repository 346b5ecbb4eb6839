"""The whole folder as one frozen value, or every fault in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from ..domain.knowledge import Knowledge, ValueSets
from ..errors import Fault, KnowledgeError
from .classification import read_grade_bands
from .drugs import FOLDER as DRUGS
from .drugs import groups_of, read_drugs
from .facts import read_facts, with_drugs
from .fingerprint import fingerprint
from .folder import contents_of, hash_of
from .glossary import read_glossary
from .manifest import read_manifest, unread_manifest
from .orderables import read_override_reasons, read_tests
from .overlay import with_overlay
from .reading import Shelf, shelf
from .regimens import read_regimens
from .rules import read_rules
from .statements import read_statements
from .studies import read_studies
from .value_sets import read_systems, read_value_sets


def load(folder: Path, overlay: Path | None = None, *, only: Collection[str] | None = None) -> Knowledge:
    """The checked contents of the folder, with what an overlay adds (`only`: of these of its files).

    Raises KnowledgeError with every fault found in the files; what only shows across them is preflight's.
    """
    contents = contents_of(folder)
    local = contents_of(overlay) if overlay else {}
    opened = shelf(contents)
    knowledge = _knowledge(opened, hash_of(contents))
    _check_nothing_is_left(opened)
    if opened.faults:
        raise KnowledgeError(sorted(opened.faults, key=lambda fault: (fault.file, fault.line or 0)))
    rules = tuple(replace(rule, fingerprint=fingerprint(rule, contents)) for rule in knowledge.rules)
    knowledge = replace(knowledge, rules=rules)
    if overlay is None:
        return knowledge
    wanted = {name: raw for name, raw in local.items() if only is None or name in only}
    return with_overlay(knowledge, opened, contents, wanted)


def _knowledge(opened: Shelf, content: str) -> Knowledge:
    manifest = read_manifest(opened) or unread_manifest(opened)
    facts = read_facts(opened)
    jurisdictions = facts["jurisdiction"].words if "jurisdiction" in facts else {}
    systems = read_systems(opened)
    drugs = read_drugs(opened, facts, systems, jurisdictions)
    drug_groups = groups_of(drugs)
    words = with_drugs(facts, drugs, drug_groups)
    bands = read_grade_bands(opened)
    return Knowledge(
        version=manifest.version,
        hash=content,
        facts=words,
        rules=read_rules(opened, manifest.rules, {} if _drugs_at_fault(opened) else words),
        drugs=drugs,
        drug_groups=drug_groups,
        studies=read_studies(opened, facts),
        grade_bands=bands,
        value_sets=ValueSets(read_value_sets(opened, systems), systems.aliases, drugs, manifest.windows, bands),
        regimens=read_regimens(opened, None if _drugs_at_fault(opened) else drugs),
        tests=read_tests(opened, systems),
        override_reasons=read_override_reasons(opened),
        reasons_unclear=manifest.reasons_unclear,
        phrases=manifest.phrases,
        jurisdictions=jurisdictions,
        glossary=read_glossary(opened),
        statements=read_statements(opened),
        words_with_digits=manifest.words_with_digits,
    )


def _drugs_at_fault(opened: Shelf) -> bool:
    """True when a drug may be missing: a rule that names it would then be blamed for nothing."""
    return any(fault.file.startswith(f"{DRUGS}/") for fault in opened.faults)


def _check_nothing_is_left(opened: Shelf) -> None:
    for file in sorted(set(opened.documents) - opened.wanted):
        opened.faults.append(Fault(file, None, "nothing reads this file"))
