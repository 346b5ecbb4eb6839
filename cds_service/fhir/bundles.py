"""What one FHIR value holds, as it came: its resources, the way to the next page, and whether it is all there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..domain.call import Json

_COUNTED = (None, "match", "include")  # search modes of resources; the other, "outcome", is for OperationOutcomes
_HARMLESS = {"warning", "information", "success"}
# FHIR issue types that say something was held back or not reached, however lightly they are told.
_WITHHOLDING = frozenset(
    {"incomplete", "suppressed", "security", "login", "expired", "forbidden", "exception", "timeout"}
    | {"throttled", "transient", "lock-error", "no-store", "too-costly"}
)


@dataclass(frozen=True)
class Page:
    """One value. `unread`: parts that could not be read as what they should be; `failed`: it reports an error.

    `matches`: how many of the resources answer the question; the others were included beside them.
    """

    kind: str
    resources: tuple[Json, ...] = ()
    matches: int = 0
    next: str | None = None
    total: int | None = None
    unread: int = 0
    failed: bool = False


def page_of(value: Any) -> Page | None:
    """Look at one prefetch value or FHIR answer; None when it is neither a resource nor null. Null is an empty page."""
    if value is None:
        return Page("null")
    kind = _type_of(value)
    if kind is None:
        return None
    if kind == "Bundle":
        return _bundle(value)
    if kind == "OperationOutcome":
        return Page(kind, failed=True)
    return Page(kind, (value,), matches=1)


def every_resource(value: Any, *, contained: bool = False) -> Iterator[Json]:
    """Every object that stands where a resource may stand, of whatever type and search mode, Bundles opened.

    Contained resources too, save a contained Patient: its id is one within its container and names no record.
    """
    if isinstance(value, list):
        for item in value:
            yield from every_resource(item, contained=contained)
    elif isinstance(value, dict):
        if not (contained and _type_of(value) == "Patient"):
            yield value
        yield from every_resource([resource_of(entry) for entry in _listed(value.get("entry"))])
        yield from every_resource(_listed(value.get("contained")), contained=True)


def _bundle(bundle: Json) -> Page | None:
    entries = bundle.get("entry")
    if entries is not None and not isinstance(entries, list):
        return None
    resources: list[Json] = []
    unread, matches, failed = 0, 0, False
    for entry in entries or ():
        resource, mode = resource_of(entry), _mode_of(entry)
        kind = _type_of(resource)
        if kind == "OperationOutcome":
            failed = failed or not _is_harmless(resource)
        elif kind == "Bundle":  # an answer to a batch
            inner = _bundle(resource)
            unread += _unread_in(inner)
            resources += inner.resources if inner else ()
            matches += inner.matches if inner else 0
        elif kind is not None and mode in _COUNTED:
            resources.append(resource)
            matches += mode != "include"
        else:  # a resource said to be an outcome is unread too: nobody knows what its server meant
            unread += 1
    total = bundle.get("total")
    total = total if type(total) is int else None
    return Page("Bundle", tuple(resources), matches, _next_link(bundle), total, unread + _is_odd(bundle), failed)


def _is_odd(bundle: Json) -> bool:
    """True when `total` or `link` cannot be read, so that nobody knows whether this is all."""
    total, links = bundle.get("total"), bundle.get("link")
    uncounted = total is not None and (type(total) is not int or total < 0)
    unlinked = links is not None and not (isinstance(links, list) and all(isinstance(link, dict) for link in links))
    return uncounted or unlinked


def _unread_in(inner: Page | None) -> int:
    if inner is None:
        return 1
    cut = inner.failed or inner.next is not None or (inner.total or 0) > len(inner.resources)
    return inner.unread + cut


def _type_of(value: Any) -> str | None:
    kind = value.get("resourceType") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) and kind else None


def resource_of(entry: Any) -> Any:
    """What stands in one entry of a Bundle; None where nothing does."""
    return entry.get("resource") if isinstance(entry, dict) else None


def _mode_of(entry: Any) -> Any:
    search = entry.get("search") if isinstance(entry, dict) else None
    return search.get("mode") if isinstance(search, dict) else None


def _is_harmless(outcome: Json) -> bool:
    """True for an OperationOutcome that warns or informs, and does not say that something was held back.

    One that does not say how bad it is counts as an error.
    """
    issues = [issue for issue in _listed(outcome.get("issue")) if isinstance(issue, dict)]
    return bool(issues) and all(
        issue.get("severity") in _HARMLESS and issue.get("code") not in _WITHHOLDING for issue in issues
    )


def _next_link(bundle: Json) -> str | None:
    links = [link for link in _listed(bundle.get("link")) if isinstance(link, dict) and link.get("relation") == "next"]
    if not links:
        return None
    url = links[0].get("url")
    return url if isinstance(url, str) else ""  # there is a next page, and no way to it


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, dict) else []
