"""Programs that a test runs and that Python's packages do not bring: browser, compose, proxy, database server.

`make test` installs some of them where it can. Elsewhere the tests that run them are skipped with a reason; under CI
those tests fail instead, so that a green run never hides that they were not run. Servers are not installed, since
their packages would start them: tests that run one are skipped wherever it is missing.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")
INSTALLED_BY_US = ("chromium", "docker-compose")  # by tools/debian-packages.sh
ALSO_IN = ("/usr/sbin", "/usr/local/sbin", *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True))


def find_program(name: str) -> str | None:
    """Where this program is, also in the folders that Debian keeps off an ordinary PATH."""
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(ALSO_IN))


def program(name: str) -> str:
    """Where this program is; fails the test that asks when it is nowhere."""
    found = find_program(name)
    assert found is not None, _missing(name)
    return found


def needs_program(name: str) -> pytest.MarkDecorator:
    """Skip the test where the program is missing; under CI only one that we do not install ourselves."""
    must_be_there = IN_CI and name in INSTALLED_BY_US
    return pytest.mark.skipif(find_program(name) is None and not must_be_there, reason=_missing(name))


def _missing(name: str) -> str:
    return f"{name} is not installed" + (": see tools/debian-packages.sh" if name in INSTALLED_BY_US else "")
