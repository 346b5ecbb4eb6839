"""The stamp that says: exactly these files were checked, by a program that reads this format."""

from __future__ import annotations

import json
from pathlib import Path

from .folder import FORMAT, STAMP, content_hash


def write_stamp(folder: Path, content: str, format_version: int) -> None:
    """Write the stamp beside manifest.yaml. Call it only after load and preflight found nothing."""
    stamp = {"hash": content, "format": format_version}
    (folder / STAMP).write_text(json.dumps(stamp, sort_keys=True) + "\n", encoding="utf-8")


def stamp_is_valid(folder: Path) -> bool:
    """True when the folder still holds what was checked, in the format this program reads."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(stamp == {"hash": content_hash(folder), "format": FORMAT})
