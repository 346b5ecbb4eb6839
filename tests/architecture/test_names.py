"""The names of facts stand in three places, which must say the same; our own names say what a thing is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from cds_service.domain.facts import COMPUTED, FACTS, READINGS, RECORD
from cds_service.rules.facts import COMPUTED_FACTS
from tests.architecture.tree import ROOT, python_files

SAYS_NOTHING = {"util", "utils", "helper", "helpers", "common", "manager", "handler", "processor", "engine"}
SAYS_NOTHING_ALONE = {"data", "info"}


def test_the_facts_of_knowledge_are_the_facts_of_the_code() -> None:
    written = yaml.safe_load((ROOT / "knowledge" / "facts.yaml").read_text(encoding="utf-8"))
    assert sorted(written) == sorted(FACTS)


def test_every_computed_fact_has_its_function_and_no_other_has_one() -> None:
    assert sorted(COMPUTED_FACTS) == sorted(COMPUTED)


def test_no_fact_has_two_origins() -> None:
    named = [*RECORD, *COMPUTED, *READINGS]
    assert len(named) == len(set(named))


def test_no_module_class_or_function_has_a_name_that_says_nothing() -> None:
    assert [f"{place}: {name}" for place, name in _our_names() if _says_nothing(name)] == []


def test_such_names_would_be_found() -> None:
    for name in ("utils", "OrderSignHandler", "process_data", "_helper", "info", "make_engine", "DataManager"):
        assert _says_nothing(name)
    for name in ("handled", "informed", "commonest", "database", "data_said", "map_case"):
        assert not _says_nothing(name)


def _our_names() -> Iterator[tuple[Path, str]]:
    for path in python_files():
        yield from ((path, part) for part in (*path.parent.parts, path.stem))
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not _is_sentence(node.name):
                yield path, node.name


def _is_sentence(name: str) -> bool:
    """The name of a test, which may say what it likes."""
    return name.startswith("test_")


def _says_nothing(name: str) -> bool:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_").split("_")
    return bool(SAYS_NOTHING & set(words)) or words[-1] in SAYS_NOTHING_ALONE
