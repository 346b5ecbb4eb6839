"""Where knowledge/ is, which files it holds, and their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from ..errors import Fault, KnowledgeError

STAMP = ".checked.json"
IN_THE_WHEEL = "_knowledge"  # where the wheel's force-include puts the folder, inside the package
FORMAT = 1  # of the folder; a change that an older program would misread raises it


def knowledge_folder() -> Path:
    """The checkout's knowledge/ in a source tree, else the copy in the wheel."""
    package = Path(str(files("cds_service")))
    beside = package.parent / "knowledge"
    return beside if (beside / "manifest.yaml").is_file() else package / IN_THE_WHEEL


def files_of(folder: Path) -> dict[str, Path]:
    """Every file by its path below the folder. Raises KnowledgeError where there is no such folder."""
    if not folder.is_dir():
        raise KnowledgeError([Fault(str(folder), None, "there is no such folder")])
    found = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name.as_posix(): path for name, path in found.items() if not any(p.startswith(".") for p in name.parts)}


def contents_of(folder: Path) -> dict[str, bytes]:
    """The bytes of every file by its path below the folder."""
    return {name: path.read_bytes() for name, path in files_of(folder).items()}


def content_hash(folder: Path) -> str:
    """SHA-256 over the paths and bytes of all files, in the order of their paths, without the stamp."""
    return hash_of(contents_of(folder))


def hash_of(contents: Mapping[str, bytes]) -> str:
    """The same over files already read; lengths stand before parts, so that no two folders can read alike."""
    digest = hashlib.sha256()
    for name in sorted(contents):
        for part in (name.encode(), contents[name]):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
