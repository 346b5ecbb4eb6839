"""The wheel holds all that the service needs: built from this checkout, unpacked elsewhere, and run from there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, built with what the lock file holds and nothing from the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    done = subprocess.run([*command, "--wheel-dir", folder, ROOT], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked and nothing of the checkout near it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def _command(elsewhere: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    clean = {name: text for name, text in os.environ.items() if not name.startswith("NENCDS_")}
    return subprocess.run(
        [sys.executable, "-m", "cds_service.cli", *arguments],
        cwd=elsewhere,
        env=clean | settings | {"PYTHONPATH": str(elsewhere)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_wheel_holds_knowledge_migrations_pages_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "cds_service/_openapi.yaml",
        "cds_service/_knowledge/manifest.yaml",
        "cds_service/_knowledge/.checked.json",
        "cds_service/ledger/migrations/env.py",
        "cds_service/ledger/migrations/versions/feedback_0001.py",
        "cds_service/pages/templates/sandbox.html",
    ):
        assert needed in names
    assert [
        name for name in ("LICENSE", "NOTICE") if not any(path.endswith(f"licenses/{name}") for path in names)
    ] == []
    assert any(path.startswith("cds_service/harness/patients/") for path in names)


def test_the_wheel_holds_no_tests_and_no_tools(wheel: Path) -> None:
    roots = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert sorted(root for root in roots if not root.endswith(".dist-info")) == ["cds_service"]


def test_its_knowledge_is_complete_and_without_fault(elsewhere: Path) -> None:
    done = _command(elsewhere, "check")
    assert done.returncode == 0, done.stderr
    assert "0 faults" in done.stdout


def test_its_database_can_be_made(elsewhere: Path, tmp_path: Path) -> None:
    done = _command(elsewhere, "db", "upgrade", NENCDS_DATABASE_URL=f"sqlite:///{tmp_path}/var/x.db")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "var" / "x.db").is_file()
