"""Who may import whom. The contracts stand in pyproject.toml; here they are run, and seen to fail."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

LIBRARIES_OF_STATIONS = {
    "import flask": "rules/x.py",
    "import marshmallow": "mappers/x.py",
    "import requests": "mappers/x.py",
    "from fhir.resources.R4B import patient": "hooks/x.py",
    "import yaml": "rules/x.py",
    "import sqlalchemy": "hooks/x.py",
    "import alembic.op": "app.py",
    "import cachetools": "ledger/x.py",
    "import orjson": "cards/x.py",
    "import structlog": "fhir/x.py",
    "import flask_cors": "hooks/x.py",
    "import click": "app.py",
    "import gunicorn": "app.py",
}
OTHER_BREACHES = {
    "layers": ("cards/x.py", "from ..rules import consult"),
    "outside": ("harness/x.py", "from ..rules import consult"),
    "plain": ("domain/x.py", "import orjson"),
}


def _run_contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def _contract_names() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract["name"] for contract in project["tool"]["importlinter"]["contracts"]}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and its contracts, to break."""
    left_out = shutil.ignore_patterns("__pycache__", "templates", "static", "patients")
    shutil.copytree(ROOT / "cds_service", tmp_path / "cds_service", ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept() -> None:
    done = _run_contracts(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_contract_breaks_when_it_is_broken(copy: Path) -> None:
    breaches = [(place, line) for line, place in LIBRARIES_OF_STATIONS.items()] + list(OTHER_BREACHES.values())
    for place, line in breaches:
        with (copy / "cds_service" / place).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    told = _run_contracts(copy).stdout
    kept = [identity for identity, name in _contract_names().items() if f"{name} BROKEN" not in _on_one_line(told)]
    assert kept == [], told


def test_a_new_package_has_to_be_placed_first(copy: Path) -> None:
    (copy / "cds_service" / "newcomer.py").write_text('"""Nobody placed this."""\n', encoding="utf-8")
    done = _run_contracts(copy)
    assert done.returncode != 0
    assert "newcomer" in done.stdout + done.stderr


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
