"""What Alembic runs around the steps: they share the connection, and so the transaction, that schema.py opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context

ONE_AT_A_TIME = 0x6E656E  # any number, the same for every process that migrates

connection: sa.Connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":  # SQLite's write lock is already held
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_AT_A_TIME})
context.configure(connection=connection, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
