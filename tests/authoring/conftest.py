"""The good small folder, to be changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge_base.mini import good_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good knowledge folder."""
    return good_folder(tmp_path)
