"""Bringing a database to the schema this version writes, and telling whether it has it."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from ..errors import ServiceUnavailable, SettingsError
from .database import open_database, parse, sqlite_file
from .failure import passing

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str) -> None:
    """Migrate the database to the newest schema, creating a SQLite file where there is none."""
    opened = open_database(url)
    try:
        with passing(), opened.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError:
        raise ServiceUnavailable("the database has a schema this version does not know: newer software?") from None
    finally:
        opened.dispose()


def schema_is_current(url: str) -> bool:
    """True when the database has exactly the schema this version writes. Creates nothing."""
    path = sqlite_file(parse(url))
    if path is not None and not path.is_file():
        return False
    opened = open_database(url)
    try:
        with passing(), opened.connect() as connection:
            return is_current(connection)
    finally:
        opened.dispose()


def is_current(connection: sa.Connection) -> bool:
    """As `schema_is_current`, over an open connection."""
    known = ScriptDirectory.from_config(_config()).get_heads()
    return set(MigrationContext.configure(connection).get_current_heads()) == set(known)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def prepare(url: str) -> None:
    """SQLite is made and migrated here; a PostgreSQL server is migrated by its own command, once for all instances."""
    if url.startswith("sqlite"):
        upgrade(url)
    elif not schema_is_current(url):
        raise SettingsError(["the database has another schema than this version writes: run nen-cds db upgrade"])
