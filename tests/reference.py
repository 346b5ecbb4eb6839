"""Where a folder of reference material beside the checkout is, for the tests that read it."""

from __future__ import annotations

from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"

REFERENCE: Path | None = _BESIDE if (_BESIDE / "README.md").is_file() else None

needs_reference = pytest.mark.skipif(
    REFERENCE is None, reason="the folder of reference material is not beside the checkout"
)


def reference(*parts: str) -> Path:
    """A file of the reference folder; only for tests marked `needs_reference`."""
    assert REFERENCE is not None
    return REFERENCE.joinpath(*parts)
