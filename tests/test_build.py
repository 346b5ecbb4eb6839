"""The build hook: a wheel carries the stamp of what was checked, and is not built from faulty knowledge."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from cds_service.knowledge_base import knowledge_folder, stamp_is_valid
from cds_service.knowledge_base.folder import STAMP

WITHOUT_STAMP = shutil.ignore_patterns(STAMP)

pytest.importorskip("hatchling", reason="hatchling, which builds the wheel, is not in this environment")

ROOT = Path(__file__).parents[1]


@pytest.fixture
def hook() -> ModuleType:
    """hatch_build.py, which is part of no package."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose knowledge a test may break."""
    shutil.copytree(knowledge_folder(), tmp_path / "knowledge", ignore=WITHOUT_STAMP)
    return tmp_path


def test_the_stamp_of_the_build_is_the_one_that_serve_verifies(hook: ModuleType, checkout: Path) -> None:
    folder = checkout / "knowledge"
    assert not stamp_is_valid(folder)
    shutil.copy(hook.stamp_of(checkout, checkout), folder)
    assert stamp_is_valid(folder)


def test_no_wheel_is_built_from_knowledge_with_a_fault(hook: ModuleType, checkout: Path) -> None:
    manifest = checkout / "knowledge" / "manifest.yaml"
    manifest.write_text(manifest.read_text("utf-8") + "\nnonsense: 1\n", "utf-8")
    with pytest.raises(SystemExit, match=r"manifest\.yaml"):
        hook.stamp_of(checkout, checkout)
