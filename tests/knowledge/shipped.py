"""What knowledge/ ships of codes and words, read as plain text for the tests beside this file."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"


def content(file: Path) -> Any:
    """A file of knowledge/ as plain text values."""
    return yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)


SYSTEMS = content(KNOWLEDGE / "value_sets" / "systems.yaml")["systems"]
SETS = {
    file.stem: content(file) for file in sorted((KNOWLEDGE / "value_sets").glob("*.yaml")) if file.stem != "systems"
}
DRUGS = {file.stem: content(file) for file in sorted((KNOWLEDGE / "drugs").glob("*.yaml"))}
TESTS = content(KNOWLEDGE / "tests.yaml")
REASONS = content(KNOWLEDGE / "override_reasons.yaml")


def shipped() -> dict[tuple[str, str], set[str]]:
    """(short system, code) -> everywhere it stands, as place:meaning."""
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, found in SETS.items():
        for entry in found.get("codes", ()):
            places[entry["system"], entry["code"]].add(f"{name}:{entry['means']}")
    for name, drug in DRUGS.items():
        for entry in drug["codes"]:
            places[entry["system"], entry["code"]].add(f"{name}:{entry.get('form') or entry['means']}")
    for name, test in TESTS.items():
        places[test["system"], test["code"]].add(f"tests:{name}")
    return places


def phrases(found: Any) -> list[tuple[str, str]]:
    """(phrase, meaning) of a value set."""
    return [
        (phrase, entry["means"])
        for entry in found.get("words", ())
        for phrase in (*entry.get("en", ()), *entry.get("ja", ()))
    ]


def plain(phrase: str) -> str:
    return unicodedata.normalize("NFKC", phrase).casefold()
