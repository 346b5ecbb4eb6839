"""Opening a database so that what is committed stays: SQLite with WAL and full synchronisation, or PostgreSQL."""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from ..errors import SettingsError

BUSY_MS = 750  # a lock held longer than this is answered with 503; the caller may try again
POOL_SIZE = 5
POOL_WAIT_SECONDS = 0.75
IN_MEMORY = "a SQLite database needs a file: one in memory keeps nothing"
OPEN_WITH = {
    "sqlite": {"timeout": BUSY_MS / 1000},
    # Spelled out, so that a server configured for speed cannot acknowledge what it may still lose.
    "postgresql": {"connect_timeout": 2, "options": "-c synchronous_commit=on -c statement_timeout=2000"},
}


def open_database(url: str) -> sa.Engine:
    """A pool of connections to this database. Connects to nothing yet; raises errors.SettingsError."""
    parsed = parse(url)
    if path := sqlite_file(parsed):
        _make_private(path)
    try:
        opened = sa.create_engine(
            parsed,
            connect_args=OPEN_WITH[parsed.get_backend_name()],
            hide_parameters=True,  # an error must not print a comment somebody wrote
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_timeout=POOL_WAIT_SECONDS,
            pool_pre_ping=path is None,
        )
    except ModuleNotFoundError as missing:
        raise SettingsError([f"the driver {missing.name} is not installed: install nen-cds[postgres]"]) from None
    if path:
        sa.event.listen(opened, "connect", _set_up_sqlite)
        sa.event.listen(opened, "begin", _begin_sqlite)
    _forget_after_fork(opened)
    return opened


def parse(url: str) -> sa.URL:
    """The URL, with the driver we ship for PostgreSQL; raises errors.SettingsError without repeating a password."""
    try:
        parsed = sa.make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise SettingsError(["the database URL cannot be read"]) from None
    if backend not in OPEN_WITH:
        raise SettingsError([f"no support for {backend}: sqlite or postgresql"])
    if backend == "sqlite" and sqlite_file(parsed) is None:
        raise SettingsError([IN_MEMORY])
    return parsed.set(drivername="postgresql+psycopg") if backend == "postgresql" else parsed


def sqlite_file(url: sa.URL) -> Path | None:
    """The file of a SQLite database; None for another database, and for one in memory."""
    name = url.database or ""
    if url.get_backend_name() != "sqlite" or name in ("", ":memory:") or name.startswith("file:"):
        return None
    return Path(name)


def _make_private(path: Path) -> None:
    """Create folder and file, readable by their owner only; SQLite's own WAL files take over the file's mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
    except OSError as error:
        raise SettingsError([f"the database file cannot be made: {error.strerror}"]) from None


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where _begin_sqlite says, not where the driver guesses
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # IMMEDIATE: the lock is waited for at the start, where waiting works; a lock upgraded later fails at once.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _forget_after_fork(opened: sa.Engine) -> None:
    """A worker forked from a loaded parent must not share the parent's connections."""
    parent = weakref.ref(opened)

    def forget() -> None:
        if (mine := parent()) is not None:
            mine.dispose(close=False)

    os.register_at_fork(after_in_child=forget)
