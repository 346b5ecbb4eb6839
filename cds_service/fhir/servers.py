"""Which FHIR server a call may have read: the address in the call selects one of ours and is never called itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Written out whole, so that no parser of addresses is asked what a host is: they disagree.
_THIS_MACHINE = re.compile(
    r"http://(?:127\.0\.0\.1|\[::1\]|localhost)(?::[1-9][0-9]{0,4})?(?P<path>(?:/[A-Za-z0-9._~-]*)*)"
)


@dataclass(frozen=True)
class FhirServer:
    """A FHIR server this service may read; `open` = also without a token."""

    base_url: str
    open: bool = False


def select(servers: Iterable[FhirServer], received: str | None, *, development: bool) -> FhirServer | None:
    """The server whose base URL is exactly the one received; in development also any port and path of this machine."""
    if not received:
        return None
    for server in servers:
        if server.base_url == received:
            return server
    if development and _on_this_machine(received):
        return FhirServer(received)
    return None


def _on_this_machine(received: str) -> bool:
    found = _THIS_MACHINE.fullmatch(received)
    return found is not None and not {".", ".."} & set(found["path"].split("/"))
