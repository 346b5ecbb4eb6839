"""What a database says when it fails, turned into our own error without a word of what was being written."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ..errors import ServiceUnavailable

_log = logging.getLogger(__name__)


@contextmanager
def passing() -> Iterator[None]:
    """Raise errors.ServiceUnavailable for any error of the database met inside."""
    try:
        yield
    except SQLAlchemyError as error:
        _log.error("ledger: the database failed: %s", _name(error))
        raise ServiceUnavailable("the database cannot take it now") from None


def _name(error: SQLAlchemyError) -> str:
    """The kind of failure in the database's own code; its message could quote what was written."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return f"{type(error).__name__} {code or ''}".strip()
