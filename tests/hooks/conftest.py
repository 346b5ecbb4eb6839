"""The service with everything real in it: knowledge, ledger on SQLite, and for some tests the server process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from cds_service.app import create_app
from cds_service.domain.knowledge import Knowledge
from cds_service.ledger.store import Ledger, upgrade
from cds_service.settings import Settings
from tests.hooks.calls import ON
from tests.hooks.process import service_process


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger on a database file of its own."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    upgrade(url)
    opened = Ledger(url)
    yield opened
    opened.close()


@pytest.fixture
def client(knowledge: Knowledge, ledger: Ledger) -> FlaskClient:
    """The application in development, answering as of a fixed day."""
    return create_app(Settings(on=ON), knowledge=knowledge, store=ledger).test_client()


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service as a process of its own, started as an operator starts it; yields its base URL."""
    folder = tmp_path_factory.mktemp("live")
    with service_process(folder) as (base, _):
        yield base
