"""Where a query or a link to a next page leads, and that it leads nowhere but to the server it came from."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

_PLAIN = re.compile(r"[!-\[\]-~]+")  # printable ASCII without space and backslash, on which parsers disagree
_USUAL_PORT = {"http": 80, "https": 443}


class OutsideServer(ValueError):
    """The address is not one below the base URL; its text is not repeated."""


def address_below(base_url: str, link: str) -> str:
    """The address of a relative query, or of a link a server gave, rebuilt from the configured base URL."""
    base = urlsplit(base_url.rstrip("/") + "/")
    if not _PLAIN.fullmatch(link):
        raise OutsideServer
    try:
        there = urlsplit(urljoin(base.geturl(), link))
        same_server = _origin(there) == _origin(base)
    except ValueError:
        raise OutsideServer from None
    if not same_server or "@" in there.netloc or there.fragment or not _path_below(base.path, there.path):
        raise OutsideServer
    rest = there.path[len(base.path) - 1 :]  # "" for [base]?_getpages=...
    return base_url.rstrip("/") + rest + (f"?{there.query}" if there.query else "")


def _origin(address: SplitResult) -> tuple[str, str | None, int | None]:
    return address.scheme, address.hostname, address.port or _USUAL_PORT.get(address.scheme)


def _path_below(base: str, path: str) -> bool:
    plain = unquote(path)
    climbs = "\\" in plain or {".", ".."} & set(plain.split("/"))
    return not climbs and (path.startswith(base) or path == base[:-1])
