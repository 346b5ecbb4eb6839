"""The JSON Schemas for editors say what the program says: every shipped file fits, and nothing unknown does."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from cds_service.authoring.schemas import schema_files
from cds_service.knowledge_base import knowledge_folder
from cds_service.knowledge_base.folder import contents_of
from cds_service.knowledge_base.json_schemas import KINDS, json_schema, kind_of
from cds_service.knowledge_base.strict_yaml import read_yaml
from tests.architecture.tree import ROOT
from tests.knowledge_base.site import CODES, DRUG, FILES, MAP, RULE, SITE, SYSTEMS

SHIPPED = {name: raw for name, raw in contents_of(knowledge_folder()).items() if name.endswith(".yaml")}
OF_SITE = {
    SITE: "site",
    RULE: "site_rule",
    MAP: "site_rule",
    DRUG: "site_drug",
    CODES: "site_codes",
    SYSTEMS: "site_systems",
}
VALIDATORS = {kind: Draft202012Validator(json_schema(kind)) for kind in KINDS}


class Editor(yaml.SafeLoader):
    """YAML 1.2, as editors read it: `on` and a date are text."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":bool", ":timestamp"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])


def wrong(kind: str, content: Any) -> list[str]:
    return [f"{list(error.path)}: {error.message[:200]}" for error in VALIDATORS[kind].iter_errors(content)]


def as_text(raw: bytes) -> Any:
    """The content as the program reads it: every scalar is text."""
    document, faults = read_yaml("x", raw)
    assert faults == []
    assert document is not None
    return document.content


def test_the_files_in_schemas_are_those_of_this_program() -> None:
    there = {path.name: path.read_text("utf-8") for path in (ROOT / "schemas").iterdir()}
    assert there == schema_files(), "run: nen-cds schemas"


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(json_schema(kind))


def test_every_shipped_file_fits_as_the_program_and_as_an_editor_reads_it() -> None:
    for name, raw in SHIPPED.items():
        assert wrong(kind_of(name), as_text(raw)) == [], name
        assert wrong(kind_of(name), yaml.load(raw, Editor)) == [], name


def test_every_kind_is_the_kind_of_some_file() -> None:
    assert {kind_of(name) for name in SHIPPED} | set(OF_SITE.values()) == set(KINDS)


@pytest.mark.parametrize("name", OF_SITE)
def test_an_overlay_fits(name: str) -> None:
    assert wrong(OF_SITE[name], as_text(FILES[name].encode())) == []


@pytest.mark.parametrize("name", sorted(SHIPPED)[::9])
def test_a_field_nobody_knows_is_refused_wherever_it_stands(name: str) -> None:
    kind, content = kind_of(name), as_text(SHIPPED[name])
    for place in list(mappings(content))[:40]:
        broken = copy.deepcopy(content)
        inside(broken, place)["no such field !"] = "x"
        assert wrong(kind, broken), (name, place)


def mappings(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every mapping in it."""
    if isinstance(content, dict):
        yield path
    parts = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, part in parts:
        yield from mappings(part, (*path, key))


def inside(content: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        content = content[key]
    return content


def test_a_word_outside_a_choice_and_a_missing_field_are_refused() -> None:
    rule = as_text(SHIPPED["guidance/classify/rule.yaml"])
    assert wrong("rule", rule | {"status": "live"})
    assert wrong("rule", {key: part for key, part in rule.items() if key != "question"})
    assert wrong("rule", rule | {"rows": [{"row": "x", "say": "y", "colour": "red"}]})
    assert wrong("cards", {"x": {}})
    assert wrong("study", as_text(Path(knowledge_folder() / "evidence/clarinet.yaml").read_bytes()) | {"sites": "gep"})
