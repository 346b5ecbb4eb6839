"""value_sets/: which codes and words mean one of our words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from ..domain.knowledge import Code, ValueSet
from .fields import ID, Named, Strict, a_text, texts
from .reading import Shelf

FOLDER = "value_sets"
SYSTEMS = f"{FOLDER}/systems.yaml"


class SystemSchema(Strict):
    uri = a_text()
    also = texts(load_default=list)


class SystemsSchema(Strict):
    id = a_text()
    systems = Named(fields.Nested(SystemSchema), names=ID, required=True)


class CodeSchema(Strict):
    system = a_text()
    code = a_text()
    means = fields.String(required=True)
    source = fields.String()  # where the code was found, if not in the table of codes


class RangeSchema(Strict):
    system = a_text()
    first = a_text(data_key="from")
    last = a_text(data_key="to")
    means = a_text()


class WordsSchema(Strict):
    means = a_text()
    en = texts(load_default=list)
    ja = texts(load_default=list)
    source = fields.String()  # who says that these words mean it


class ValueSetSchema(Strict):
    id = a_text()
    about = a_text()
    licence = a_text()
    codes = fields.List(fields.Nested(CodeSchema), load_default=list)
    ranges = fields.List(fields.Nested(RangeSchema), load_default=list)
    words = fields.List(fields.Nested(WordsSchema), load_default=list)


@dataclass(frozen=True)
class Systems:
    """Short names of code systems, and every alias with its canonical URI."""

    uris: Mapping[str, str]
    aliases: Mapping[str, str]


def read_systems(shelf: Shelf) -> Systems:
    """The code systems; none where the file is at fault. An alias leads to one system only."""
    found = shelf.check(SYSTEMS, SystemsSchema())
    if found is None or not shelf.name_fits(SYSTEMS, found["id"], "systems"):
        return Systems({}, {})
    seen: dict[str, str] = {}
    for name, system in found["systems"].items():
        for alias in (system["uri"], *system["also"]):
            if seen.setdefault(alias, name) != name:
                shelf.fault(SYSTEMS, ("systems", name), f"{name}: {alias} is {seen[alias]} already")
    uris = {name: system["uri"] for name, system in found["systems"].items()}
    aliases = {alias: s["uri"] for s in found["systems"].values() for alias in (s["uri"], *s["also"])}
    return Systems(uris, aliases)


def read_value_sets(shelf: Shelf, systems: Systems) -> dict[str, ValueSet]:
    """Every value set by its name."""
    found = shelf.check_each(FOLDER, ValueSetSchema(), besides=(SYSTEMS,))
    return {name: _value_set(content, systems, shelf) for name, content in found.items()}


def _value_set(found: dict[str, Any], systems: Systems, shelf: Shelf) -> ValueSet:
    file = f"{FOLDER}/{found['id']}.yaml"
    codes: dict[Code, str] = {}
    for place, entry in enumerate(found["codes"]):
        uri = system_uri(entry["system"], systems, shelf, file, ("codes", place))
        if codes.setdefault((uri, entry["code"]), entry["means"]) != entry["means"]:
            shelf.fault(file, ("codes", place), f"{entry['system']} {entry['code']} means something else above")
    ranges = []
    for place, span in enumerate(found["ranges"]):
        uri = system_uri(span["system"], systems, shelf, file, ("ranges", place))
        if span["first"] > span["last"]:
            shelf.fault(file, ("ranges", place), f"{span['first']} comes after {span['last']}")
        ranges.append((uri, span["first"], span["last"], span["means"]))
    return ValueSet(found["id"], codes, _phrases(found, shelf, file), tuple(ranges))


def _phrases(found: dict[str, Any], shelf: Shelf, file: str) -> tuple[tuple[str, str], ...]:
    """(phrase, our word), the longest phrase first."""
    phrases: dict[str, str] = {}
    for place, entry in enumerate(found["words"]):
        for phrase in (*entry["en"], *entry["ja"]):
            if phrases.setdefault(phrase, entry["means"]) != entry["means"]:
                shelf.fault(file, ("words", place), f"{phrase} means {phrases[phrase]} already")
    return tuple(sorted(phrases.items(), key=lambda entry: (-len(entry[0]), entry[0])))


def system_uri(name: str, systems: Systems, shelf: Shelf, file: str, path: tuple[str | int, ...]) -> str:
    """The canonical URI of this short name; a fault, once for each file, where systems.yaml has none."""
    if name in systems.uris:
        return systems.uris[name]
    message = f"system: {name} is not in {SYSTEMS}"
    if systems.uris and not any(fault.file == file and fault.message == message for fault in shelf.faults):
        shelf.fault(file, path, message)
    return name
