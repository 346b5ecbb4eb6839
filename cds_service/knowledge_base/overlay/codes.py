"""value_sets/ of an overlay: local code systems, codes and words beside those of the base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from ...domain.knowledge import Code, Drug, Knowledge, ValueSet, ValueSets
from ..fields import ID, Named, Strict
from ..reading import Shelf
from ..value_sets import FOLDER, SYSTEMS, CodeSchema, Systems, SystemSchema, WordsSchema, read_systems, system_uri


class LocalSystemsSchema(Strict):
    systems = Named(fields.Nested(SystemSchema), names=ID, required=True, least=1)


class LocalCodesSchema(Strict):
    codes = fields.List(fields.Nested(CodeSchema), load_default=list)
    words = fields.List(fields.Nested(WordsSchema), load_default=list)

    @validates_schema
    def adds_something(self, found: dict[str, Any], **_: Any) -> None:
        if not found["codes"] and not found["words"]:
            raise ValidationError("codes or words are expected here")


def with_local_systems(opened: Shelf, added: Shelf) -> Systems:
    """The code systems of both; a name or an address of the base is not given away again."""
    base = read_systems(opened)
    if SYSTEMS not in added.documents:
        return base
    found = added.check(SYSTEMS, LocalSystemsSchema()) or {"systems": {}}
    uris, aliases = dict(base.uris), dict(base.aliases)
    for name, system in found["systems"].items():
        if name in uris:
            added.fault(SYSTEMS, ("systems", name), f"{name} is a code system of the base already: {uris[name]}")
            continue
        for alias in (system["uri"], *system["also"]):
            if alias in aliases:
                added.fault(SYSTEMS, ("systems", name), f"{name}: {alias} stands for {aliases[alias]} already")
            aliases.setdefault(alias, system["uri"])
        uris[name] = system["uri"]
    return Systems(uris, aliases)


def with_local_codes(base: Knowledge, systems: Systems, drugs: Mapping[str, Drug], added: Shelf) -> ValueSets:
    """The value sets of both; a code or a phrase of the base keeps its meaning."""
    sets = dict(base.value_sets.sets)
    for file in added.inside(FOLDER):
        if file == SYSTEMS:
            continue
        name = file.removeprefix(f"{FOLDER}/").removesuffix(".yaml")
        found = added.check(file, LocalCodesSchema())
        if name not in sets:
            added.fault(file, (), f"there is no value set {name} in the base")
        elif found is not None:
            sets[name] = _with_both(sets[name], found, systems, added, file)
    return replace(base.value_sets, sets=sets, systems=systems.aliases, drugs=drugs)


def _with_both(base: ValueSet, found: dict[str, Any], systems: Systems, added: Shelf, file: str) -> ValueSet:
    meanings = {*base.codes.values(), *(means for _, means in base.words), *(span[3] for span in base.ranges)}
    for field in ("codes", "words"):
        for place, entry in enumerate(found[field]):
            if entry["means"] not in meanings:
                message = f"means: {base.name} knows no {entry['means']}; it is one of {', '.join(sorted(meanings))}"
                added.fault(file, (field, place), message)
    return replace(
        base,
        codes=_codes(base, found["codes"], systems, added, file),
        words=_words(base, found["words"], added, file),
    )


def _codes(base: ValueSet, entries: list[dict[str, str]], systems: Systems, added: Shelf, file: str) -> dict[Code, str]:
    codes = dict(base.codes)
    for place, entry in enumerate(entries):
        path = ("codes", place)
        uri = system_uri(entry["system"], systems, added, file, path)
        code = (uri, entry["code"])
        meant = codes.get(code) or _meant_by_range(base, code) or entry["means"]
        if meant != entry["means"]:
            added.fault(file, path, f"{entry['system']} {entry['code']} means {meant} already, not {entry['means']}")
        codes.setdefault(code, entry["means"])
    return codes


def _meant_by_range(base: ValueSet, code: Code) -> str | None:
    """What a range of the base says of this code."""
    return next(iter(base.by_range(*code)), None)


def _words(base: ValueSet, entries: list[dict[str, Any]], added: Shelf, file: str) -> tuple[tuple[str, str], ...]:
    """(phrase, our word) of both, the longest phrase first."""
    phrases = dict(base.words)
    for place, entry in enumerate(entries):
        for phrase in (*entry["en"], *entry["ja"]):
            if phrases.setdefault(phrase, entry["means"]) != entry["means"]:
                message = f"{phrase} means {phrases[phrase]} already, not {entry['means']}"
                added.fault(file, ("words", place), message)
    return tuple(sorted(phrases.items(), key=lambda entry: (-len(entry[0]), entry[0])))
