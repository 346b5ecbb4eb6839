"""The files of this checkout, as they would be published: what git ignores is left out."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = {".git", ".venv", ".venv-sekmet", ".venv-noise", "var", "build", "dist", "__pycache__", "node_modules"}


@cache
def files() -> tuple[Path, ...]:
    """Every file, relative to the checkout; asked of git where this is a clone."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        return tuple(Path(name) for name in sorted(listed.split("\0")) if name and (ROOT / name).is_file())
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return tuple(sorted(path for path in found if not _left_out(path)))


def _left_out(path: Path) -> bool:
    return any(part in LEFT_OUT or part.endswith(("_cache", ".egg-info")) for part in path.parts)


def python_files() -> tuple[Path, ...]:
    """Every Python file, relative to the checkout."""
    return tuple(path for path in files() if path.suffix == ".py")


def text_of(path: Path) -> str:
    """The text of a file; nothing for a picture or another file that is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
