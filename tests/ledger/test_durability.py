"""What was acknowledged stays: killed processes, competing processes, full disks and held locks."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from cds_service.errors import ServiceUnavailable
from cds_service.ledger.database import open_database
from cds_service.ledger.store import FeedbackEntry, Ledger, upgrade
from tests.ledger.conftest import Rows, stored

KILLS = int(os.environ.get("NENCDS_TEST_KILLS", "5"))
ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _writer(url: str, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.ledger.writer", url, name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _entry(card: str, comment: str | None = None) -> FeedbackEntry:
    return FeedbackEntry(card, "overridden", NOON, comment=comment)


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(url: str) -> None:
    upgrade(url)
    chance = random.Random(20261123)
    acknowledged: set[str] = set()
    for turn in range(KILLS):
        with _writer(url, f"turn{turn}", 1_000_000) as process:
            assert process.stdout is not None
            for _ in range(chance.randint(1, 40)):
                acknowledged.add(process.stdout.readline().strip())
            process.kill()
            acknowledged |= {line.strip() for line in process.stdout if line.endswith("\n")}
    kept = {row["card"] for row in stored(url)}
    assert len(acknowledged) >= KILLS
    assert acknowledged - kept == set()
    assert len(kept - acknowledged) <= KILLS  # at most one commit a turn died before it was acknowledged


def test_two_processes_that_write_at_once_lose_nothing(url: str) -> None:
    upgrade(url)
    left, right = _writer(url, "left", 60), _writer(url, "right", 60)
    assert left.communicate(timeout=60)[0].count("\n") == right.communicate(timeout=60)[0].count("\n") == 60
    assert (left.returncode, right.returncode) == (0, 0)
    assert {row["card"] for row in stored(url)} == {f"{name}-{n}" for name in ("left", "right") for n in range(60)}


def test_sqlite_is_opened_so_that_a_commit_is_on_the_disk(sqlite_url: str) -> None:
    opened = open_database(sqlite_url)
    with opened.connect() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.execute(sa.text(f"PRAGMA {name}")).scalar() for name in names]
    opened.dispose()
    assert found == ["wal", 2, 1, 750]


def test_a_full_disk_is_refused_whole_and_recovers_by_itself(sqlite_url: str) -> None:
    upgrade(sqlite_url)
    ledger = Ledger(sqlite_url)
    ledger.record_feedback("s", [_entry("before")], NOON)
    big = [_entry(f"big-{number}", "x" * 5_000) for number in range(200)]
    sa.event.listen(ledger._database, "begin", _no_more_pages)
    with pytest.raises(ServiceUnavailable):
        ledger.record_feedback("s", big, NOON)
    assert [row["card"] for row in stored(sqlite_url)] == ["before"]
    sa.event.remove(ledger._database, "begin", _no_more_pages)
    sa.event.listen(ledger._database, "begin", _pages_again)
    assert ledger.record_feedback("s", big, NOON) == 200
    ledger.close()


def _no_more_pages(connection: sa.Connection) -> None:
    connection.exec_driver_sql("PRAGMA max_page_count=8")


def _pages_again(connection: sa.Connection) -> None:
    connection.exec_driver_sql("PRAGMA max_page_count=1000000")


def test_a_lock_held_elsewhere_is_refused_soon_and_forgotten_when_it_goes(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    upgrade(sqlite_url)
    ledger = Ledger(sqlite_url)
    holder = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    with pytest.raises(ServiceUnavailable):
        ledger.record_feedback("s", [_entry("c")], NOON)
    assert time.monotonic() - started < 1.5
    assert "SQLITE_BUSY" in caplog.text
    assert not ledger.ready()
    holder.execute("ROLLBACK")
    holder.close()
    assert ledger.ready()
    assert ledger.record_feedback("s", [_entry("c")], NOON) == 1
    ledger.close()


def _idle_connections(ledger: Ledger) -> int:
    pool = ledger._database.pool
    assert isinstance(pool, sa.QueuePool)
    return pool.checkedin()


def test_a_forked_worker_does_not_share_its_parents_connections(url: str, ledger: Ledger, rows: Rows) -> None:
    ledger.record_feedback("s", [_entry("parent")], NOON)
    child = os.fork()
    if child == 0:
        taken_over = _idle_connections(ledger)
        stored_here = ledger.record_feedback("s", [_entry("child")], NOON)
        os._exit(0 if (taken_over, stored_here) == (0, 1) else 1)
    assert _idle_connections(ledger) == 1
    assert os.waitpid(child, 0)[1] == 0
    assert ledger.record_feedback("s", [_entry("parent again")], NOON) == 1
    assert [row["card"] for row in rows()] == ["parent", "child", "parent again"]
