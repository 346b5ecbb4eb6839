"""A database of its own for each test: SQLite always, PostgreSQL too where the machine has the server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from cds_service.ledger.database import open_database
from cds_service.ledger.store import Ledger, upgrade
from tests.ledger import postgres
from tests.needs import needs_program

Rows = Callable[[], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def server() -> Iterator[Path]:
    """A PostgreSQL server, started when a test first asks for it."""
    with postgres.server() as folder:
        yield folder


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs_program("initdb"))])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database; with SQLite neither file nor folder is there yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/var/ledger.sqlite3"
    folder: Path = request.getfixturevalue("server")
    name = f"t{uuid4().hex}"
    house = sa.create_engine(postgres.address(folder, "postgres").replace("://", "+psycopg://", 1))
    with house.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    house.dispose()
    return postgres.address(folder, name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite database that does not exist yet, in a folder that does not exist yet."""
    return f"sqlite:///{tmp_path}/var/ledger.sqlite3"


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    """A ledger on a database with the newest schema."""
    upgrade(url)
    opened = Ledger(url)
    yield opened
    opened.close()


@pytest.fixture
def rows(url: str) -> Rows:
    """All stored feedback, read over a connection of its own."""
    return lambda: stored(url)


def stored(url: str) -> list[dict[str, Any]]:
    """All feedback in this database, in the order it was stored."""
    opened = open_database(url)
    with opened.connect() as connection:
        found = [dict(row) for row in connection.execute(sa.text("SELECT * FROM feedback ORDER BY id")).mappings()]
    opened.dispose()
    return found
