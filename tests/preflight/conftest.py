"""A fresh copy of the good small folder for each test that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge_base.mini import good_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good knowledge folder, to be broken."""
    return good_folder(tmp_path)
