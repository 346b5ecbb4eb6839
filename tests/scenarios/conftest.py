"""Two real servers, started once for all scenarios."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.scenarios.world import World, running_world


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The record and the service, running."""
    with running_world(tmp_path_factory.mktemp("world")) as servers:
        yield servers
