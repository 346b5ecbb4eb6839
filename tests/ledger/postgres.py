"""A PostgreSQL server of the tests' own: a folder, a socket in it, and no port."""

from __future__ import annotations

import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.needs import program

FAST = "-c listen_addresses='' -c fsync=off -c unix_socket_directories={folder}"


@contextmanager
def server() -> Iterator[Path]:
    """Start a server on an empty folder, give the folder, and stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="nencds-pg-") as name:
        folder = Path(name)
        owner = _owner()
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        cluster = ["-D", str(folder / "cluster")]
        _run(owner, program("initdb"), *cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = FAST.format(folder=folder)
        _run(owner, program("pg_ctl"), *cluster, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield folder
        finally:
            _run(owner, program("pg_ctl"), *cluster, "-m", "immediate", "stop")


def address(folder: Path, database: str) -> str:
    """The URL of a database of this server, as an operator would write it."""
    return f"postgresql://postgres@/{database}?host={folder}"


def _owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then the user its Debian package made, or nobody, runs it."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _run(owner: pwd.struct_passwd | None, *command: str) -> None:
    done = subprocess.run(
        command,
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{Path(command[0]).name} failed"
