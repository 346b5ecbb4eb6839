"""Making and recognising the schema, on both databases."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from cds_service.errors import ServiceUnavailable, SettingsError
from cds_service.ledger.database import open_database
from cds_service.ledger.store import FeedbackEntry, Ledger, schema_is_current, upgrade
from cds_service.ledger.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ENTRY = FeedbackEntry("c", "overridden", NOON)


def _run(url: str, statement: str) -> None:
    opened = open_database(url)
    with opened.begin() as connection:
        connection.execute(sa.text(statement))
    opened.dispose()


def test_an_empty_database_becomes_current(url: str) -> None:
    assert not schema_is_current(url)
    upgrade(url)
    assert schema_is_current(url)


def test_asking_about_a_file_that_is_not_there_does_not_make_it(sqlite_url: str, tmp_path: Path) -> None:
    assert not schema_is_current(sqlite_url)
    assert list(tmp_path.iterdir()) == []


def test_migrating_again_changes_nothing_and_loses_nothing(url: str, ledger: Ledger) -> None:
    ledger.record_feedback("s", [ENTRY], NOON)
    upgrade(url)
    assert ledger.record_feedback("s", [ENTRY], NOON) == 0
    assert schema_is_current(url)


def test_the_migrations_make_the_tables_that_the_code_writes(url: str) -> None:
    upgrade(url)
    opened = open_database(url)
    with opened.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), TABLES) == []
    opened.dispose()


def test_several_processes_starting_together_make_one_schema(url: str) -> None:
    code = "import sys; from cds_service.ledger.store import upgrade; upgrade(sys.argv[1])"
    started = [subprocess.Popen([sys.executable, "-c", code, url], cwd=ROOT) for _ in range(4)]
    assert [process.wait(60) for process in started] == [0] * 4
    assert schema_is_current(url)


def test_an_old_schema_is_not_ready_and_takes_nothing(url: str, ledger: Ledger) -> None:
    assert ledger.ready()
    _run(url, "DELETE FROM alembic_version")
    _run(url, "DROP TABLE feedback")
    assert not schema_is_current(url)
    assert not ledger.ready()
    with pytest.raises(ServiceUnavailable):
        ledger.record_feedback("s", [ENTRY], NOON)


def test_a_schema_of_a_newer_version_is_refused_and_left_alone(url: str, ledger: Ledger) -> None:
    _run(url, "UPDATE alembic_version SET version_num = 'from-the-future'")
    assert not schema_is_current(url)
    assert not ledger.ready()
    with pytest.raises(ServiceUnavailable, match="does not know"):
        upgrade(url)


@pytest.mark.parametrize("name", ["sqlite://", "sqlite:///:memory:", "mysql://x@y/z", "not a url", "sqlite", ""])
def test_a_database_that_could_not_keep_anything_is_refused(name: str) -> None:
    with pytest.raises(SettingsError):
        Ledger(name)


def test_a_password_is_not_repeated_when_the_address_is_refused() -> None:
    with pytest.raises(SettingsError) as caught:
        Ledger("mysql://me:hunter2@somewhere/z")
    assert "hunter2" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_the_operators_to_mend(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file, not a folder")
    with pytest.raises(SettingsError, match="cannot be made"):
        upgrade(f"sqlite:///{tmp_path}/var/ledger.sqlite3")


def test_only_the_owner_may_read_the_file(sqlite_url: str, tmp_path: Path) -> None:
    upgrade(sqlite_url)
    found = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "var").iterdir()}
    assert found == dict.fromkeys(found, 0o600)
    assert os.stat(tmp_path / "var").st_mode & 0o777 == 0o700
