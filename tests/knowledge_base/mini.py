"""A small knowledge folder that is good, and ways to break a copy of it.

Facts, phrases and cut points are those the project ships; drugs, studies and rules are made up, so that a change of
content breaks no test here.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

from cds_service.domain.closed_lists import MEANINGS
from cds_service.knowledge_base import knowledge_folder

MINI = Path(__file__).parent / "mini"
SHARED = ("facts.yaml", "manifest.yaml", "classifications")
# A value set the good folder has no need of: it is there, and holds nothing.
EMPTY = "id: {name}\nabout: nothing, in a test\nlicence: none, it is ours\n"
RULES = "rules:\n  - alphatinib-outside-pancreas\n  - what-is-missing\n  - map-of-squares\n"


class Break(NamedTuple):
    """One change that breaks the good folder, and what is said of it.

    `later`: how many lines after the changed text the fault is; None where its line says nothing.
    """

    file: str
    old: str
    new: str
    says: str
    later: int | None = 0


def good_folder(place: Path) -> Path:
    """A copy of the good folder below this place."""
    folder = place / "knowledge"
    shutil.copytree(MINI, folder)
    for name in SHARED:
        source = knowledge_folder() / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, folder / name)
    for name in MEANINGS:
        value_set = folder / "value_sets" / f"{name}.yaml"
        if not value_set.exists():
            value_set.write_text(EMPTY.format(name=name), encoding="utf-8")
    manifest = folder / "manifest.yaml"
    rewritten = re.sub(r"^rules:\n(?:  - .*\n)+", RULES, manifest.read_text(encoding="utf-8"), flags=re.M)
    manifest.write_text(rewritten, encoding="utf-8")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> int:
    """Put `new` where `old` stands, once, and answer the line on which it stands."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    before, found, _ = text.partition(old)
    assert found, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return before.count("\n") + 1
