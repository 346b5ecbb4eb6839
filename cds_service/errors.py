"""Every error this service raises on purpose.

* CdsError
  x CallError                 the caller's to mend; answered with an OperationOutcome
    + MalformedCall           400  not JSON, not our hook's shape, a bad patient id
    + WrongPatient            400  a resource that belongs to somebody else
    + UnknownService          404
    + RecordUnavailable       412  required data neither prefetched nor readable
    + BodyTooLarge            413
    + UnsupportedMedia        415
  x ServiceUnavailable        503  ours and passing: the store cannot take what must be kept
  x KnowledgeError            ours to mend; carries every fault; the service refuses to start
  x SettingsError             the operator's to mend; carries every fault; the service refuses to start
  x ReadFailed                one read from a FHIR server that gave nothing usable; never leaves fhir/
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class CdsError(Exception):
    """Base of all errors raised on purpose."""


class CallError(CdsError):
    """The caller's to mend. `issue` is a FHIR issue-type code; `diagnostics` never holds chart content."""

    status = 400
    issue = "invalid"

    def __init__(self, diagnostics: str) -> None:
        super().__init__(diagnostics)
        self.diagnostics = diagnostics


class MalformedCall(CallError):
    """The body is not what this service takes."""


class WrongPatient(CallError):
    """A resource in the call, or in a FHIR answer, belongs to another patient: nothing is said at all."""

    issue = "conflict"


class UnknownService(CallError):
    """No service has this id."""

    status = 404
    issue = "not-found"


class RecordUnavailable(CallError):
    """Data without which no rule can speak was not prefetched and cannot be read."""

    status = 412
    issue = "incomplete"


class BodyTooLarge(CallError):
    """The body is larger than the cap."""

    status = 413
    issue = "too-long"


class UnsupportedMedia(CallError):
    """The body is not application/json in UTF-8."""

    status = 415
    issue = "not-supported"


class ServiceUnavailable(CdsError):
    """What must be kept could not be kept. The caller may try again."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file: where, and what, in words its author understands."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.message}"


class KnowledgeError(CdsError):
    """The knowledge folder does not hold together. Carries every fault found, not the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class SettingsError(CdsError):
    """The environment asks for something this service does not offer. Carries every fault found."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class ReadFailed(CdsError):
    """One read from a FHIR server gave nothing usable; `why` is a domain.values.Why, `reason` says it for a person.

    `status` is that of the HTTP answer, where there was one.
    """

    def __init__(self, why: str, reason: str = "", status: int | None = None) -> None:
        super().__init__(why)
        self.reason = reason
        self.status = status
        self.why = why
