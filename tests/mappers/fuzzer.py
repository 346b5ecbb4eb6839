"""Coverage-guided fuzzing of the mappers with atheris, in a process of its own.

`python -m tests.mappers.fuzzer FOLDER COUNT [libFuzzer flags]` reads the records in FOLDER, changes them, and keeps
there what reaches new code; COUNT is a file in which it tells how many resources it has read. A record that raises ends
it with a trace, and is written to the artifact that libFuzzer names.
`python -m tests.mappers.fuzzer keep RUNS` does the same from the kept corpus and writes what is worth keeping anew.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

from cds_service import strict_json
from cds_service.domain.call import Json
from cds_service.errors import CallError
from tests.mappers.mutations import mutated

KEPT = Path(__file__).parent / "corpus" / "reached.jsonl"
"""Records that between them reach what fuzzing has reached of the mappers so far: a list of resources each."""

MAX_BYTES = 6_000
_EVERY = 20  # records between two tellings


def records_of(raw: bytes) -> list[Json]:
    """The resources of one input; none where it is no strict JSON list of resources, as the door would find."""
    try:
        value = strict_json.loads(raw, max_bytes=MAX_BYTES)
    except CallError:
        return []
    listed = value if isinstance(value, list) else []
    return [one for one in listed if isinstance(one, dict) and isinstance(one.get("resourceType"), str)]


def written(resources: list[Json]) -> bytes:
    """An input; the last resources are left out where it grows too long."""
    while len(found := json.dumps(resources, ensure_ascii=False).encode("utf-8", "replace")) > MAX_BYTES and resources:
        resources = resources[:-1]
    return found


def unpack(kept: Path, folder: Path) -> int:
    """The kept records as files of a folder, and how many there are."""
    lines = kept.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        (folder / f"{number:05}").write_text(line, "utf-8")
    return len(lines)


def command(folder: Path, count: Path, *flags: str) -> list[str]:
    return [sys.executable, "-m", "tests.mappers.fuzzer", str(folder), str(count), f"-max_len={MAX_BYTES}", *flags]


def _fuzz(folder: str, count: Path, flags: list[str]) -> None:
    import atheris

    with atheris.instrument_imports(include=["cds_service.mappers"]):
        from tests.mappers import asking
    told = [0, 0]

    def one_input(raw: bytes) -> None:
        resources = records_of(raw)
        asking.ask_everything(resources)
        told[0], told[1] = told[0] + len(resources), told[1] + 1
        if told[1] % _EVERY == 0:
            count.write_text(str(told[0]))

    def mutator(raw: bytes, _max_size: int, seed: int) -> bytes:
        random = Random(seed)
        base = records_of(raw) or list(random.choice(asking.own_charts()))  # what is kept must be ours to keep
        if random.random() < _ADDED:
            base.append(random.choice(random.choice(asking.own_charts())))
        return written(mutated(base, random, asking.pool(own=True)))

    again = f"{sys.executable} -m tests.mappers.fuzzer {folder} {count}"  # libFuzzer starts itself anew to merge
    atheris.Setup([again, folder, *flags], one_input, custom_mutator=mutator)
    atheris.Fuzz()


_ADDED = 0.2  # of the changed records get a resource of another chart as well


def _keep(runs: str) -> None:
    """Fuzz from what is kept, then write the smallest set of records that reaches as much."""
    with tempfile.TemporaryDirectory(prefix="nen-cds-fuzz-") as name:
        grown, least = Path(name) / "grown", Path(name) / "least"
        grown.mkdir()
        least.mkdir()
        if KEPT.is_file():
            unpack(KEPT, grown)
        subprocess.run(command(grown, Path(name) / "count", f"-runs={runs}"), check=True)
        subprocess.run([*command(least, Path(name) / "count", str(grown)), "-merge=1"], check=True)
        found = sorted(json.dumps(records_of(path.read_bytes()), ensure_ascii=False) for path in least.iterdir())
    KEPT.write_text("".join(f"{line}\n" for line in found if line != "[]"), "utf-8")


def main(arguments: list[str]) -> Any:
    """See above."""
    if arguments[0] == "keep":
        return _keep(arguments[1])
    folder, count, *flags = arguments
    return _fuzz(folder, Path(count), flags)


if __name__ == "__main__":
    main(sys.argv[1:])
