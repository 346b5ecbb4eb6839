"""Errors as answers: each becomes a status and an OperationOutcome, here and nowhere else. Never HTML."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from traceback import extract_tb

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from ..domain.call import Json
from ..errors import CallError, ServiceUnavailable, WrongPatient
from .wire import reply

RETRY_AFTER = "1"  # seconds
ISSUES = {404: "not-found", 405: "not-supported", 413: "too-long", 415: "not-supported"}
log = logging.getLogger(__name__)


def outcome(issue: str, diagnostics: str) -> Json:
    """An OperationOutcome with one error; `diagnostics` never holds anything of the request."""
    return {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": issue, "diagnostics": diagnostics}],
    }


def register(app: Flask, new_id: Callable[[], str]) -> None:
    """Answer every error of this application; `new_id` names an unforeseen one in answer and log alike."""
    app.register_error_handler(CallError, refused)
    app.register_error_handler(ServiceUnavailable, unavailable)
    app.register_error_handler(HTTPException, by_status)
    app.register_error_handler(Exception, lambda error: unforeseen(error, new_id()))


def refused(error: CallError) -> Response:
    """The caller's to mend. Another patient's data is what a person should look into."""
    level = logging.WARNING if isinstance(error, WrongPatient) else logging.INFO
    log.log(level, "refused", extra={"status": error.status, "kind": type(error).__name__})
    return reply(outcome(error.issue, error.diagnostics), error.status)


def unavailable(error: ServiceUnavailable) -> Response:
    """Ours and passing: the caller may try again."""
    log.warning("unavailable", extra={"kind": type(error).__name__})
    return try_again("what must be kept could not be kept")


def try_again(diagnostics: str) -> Response:
    """503 with the time after which to call again."""
    response = reply(outcome("transient", diagnostics), 503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def by_status(error: HTTPException) -> Response:
    """What Flask refuses by itself: an unknown path, a wrong method."""
    status = error.code or 500
    response = reply(outcome(ISSUES.get(status, "processing"), HTTPStatus(status).phrase), status)
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def unforeseen(error: Exception, name: str) -> Response:
    """A fault of ours. The log gets its kind and place; its text could hold chart content and goes nowhere."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
    log.error("unforeseen error", extra={"name_of_error": name, "kind": type(error).__name__, "at": frames})
    return reply(outcome("exception", f"an unforeseen error of this service, logged as {name}"), 500)
