"""Fuzzing: whatever happens to the resources of a record, every fact of it can be asked. No exception, ever."""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.mappers.asking import ask_everything, charts, pool
from tests.mappers.fuzzer import KEPT, command, unpack
from tests.mappers.mutations import mutated, taken
from tests.needs import IN_CI

LONG = bool(os.environ.get("NENCDS_TEST_LONG"))
RESOURCES = 100_000 if LONG else 5_000
RECORDS = 40_000 if LONG else 400
PARTS = 10
CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.json"))
"""Records that once raised, each named after what was wrong; one found anew is added here before it is mended."""

FUZZER = importlib.util.find_spec("atheris") is not None
BUILT_HERE = sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info < (3, 14)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_record_of_mutated_resources_is_read(part: int, measured: Callable[[str], None]) -> None:
    random, asked = Random(part), 0
    while asked < RESOURCES // PARTS:
        found = [one for one in mutated(random.choice(charts()), random, pool()) if taken(one)]
        asked += len(found)
        try:
            ask_everything(found)
        except Exception as broken:
            broken.add_note(f"keep this in tests/mappers/corpus: {json.dumps(found)}")
            raise
    measured(f"mutated resources read, part {part}: {asked}")


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_what_once_raised_is_read(path: Path) -> None:
    ask_everything(json.loads(path.read_text("utf-8")))


def test_what_fuzzing_once_reached_is_read() -> None:
    kept = [json.loads(line) for line in KEPT.read_text("utf-8").splitlines()]
    assert len(kept) > 100
    for resources in kept:
        ask_everything(resources)


@pytest.mark.skipif(
    not FUZZER and not (IN_CI and BUILT_HERE), reason="atheris is not installed: it is built for Linux on x86-64 only"
)
def test_the_fuzzer_finds_nothing_that_raises(tmp_path: Path, measured: Callable[[str], None]) -> None:
    corpus, count = tmp_path / "corpus", tmp_path / "count"
    corpus.mkdir()
    begun = unpack(KEPT, corpus)
    flags = (f"-runs={RECORDS}", "-seed=1", f"-artifact_prefix={tmp_path}/raised-")
    done = subprocess.run(command(corpus, count, *flags), capture_output=True, text=True, check=False)
    raised = [path.read_text("utf-8") for path in tmp_path.glob("raised-*")]
    assert done.returncode == 0, f"{done.stdout[-3_000:]}{done.stderr[-3_000:]}\nkeep this in the corpus: {raised}"
    more = len(list(corpus.iterdir())) - begun
    measured(f"coverage-guided: {RECORDS} records, {count.read_text()} resources read, {more} reach something new")
