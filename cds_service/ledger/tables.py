"""The tables as this version of the code writes them; migrations/ holds how a database came to have them."""

from __future__ import annotations

import sqlalchemy as sa

TABLES = sa.MetaData()

FEEDBACK = sa.Table(
    "feedback",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("fingerprint", sa.String(64), nullable=False, unique=True),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("card", sa.Text, nullable=False, index=True),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("outcome_at", sa.Text, nullable=False),
    sa.Column("accepted_suggestions", sa.JSON, nullable=False),
    sa.Column("reason_code", sa.Text),
    sa.Column("reason_system", sa.Text),
    sa.Column("comment", sa.Text),
    sa.Column("extension", sa.JSON(none_as_null=True)),
    sa.Column("received_at", sa.Text, nullable=False),
)
