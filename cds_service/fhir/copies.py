"""One resource for each Type/id: which of several copies is kept, and whether that could be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..domain.call import Json

_VERSION = re.compile(r"[0-9]{1,18}")
# Of two versions of a result without any sign of which is newer, a correction comes after what it corrects.
_BY_STATUS = {"registered": 0, "preliminary": 1, "partial": 1, "final": 2, "amended": 3, "corrected": 3}
_RESULTS = ("Observation", "DiagnosticReport")
_SAYS_DEATH = ("deceasedBoolean", "deceasedDateTime", "_deceasedBoolean", "_deceasedDateTime")


def identity(resource: Json) -> object:
    """What copies of one resource share: its id, or for one without a usable id nothing but itself."""
    name = resource.get("id")
    return name if isinstance(name, str) and name else id(resource)


@dataclass(frozen=True)
class Kept:
    """Type -> resources, each Type/id once; the copies that differ from what was kept; and the types of which a copy
    was kept that may not be the newest."""

    resources: Mapping[str, tuple[Json, ...]]
    dropped: tuple[Json, ...]
    conflicting: frozenset[str]


def one_each(resources: Iterable[Json]) -> Kept:
    """Each Type/id once."""
    kept: dict[str, dict[object, Json]] = {}
    conflicting: set[str] = set()
    dropped: list[Json] = []
    for resource in resources:
        kind = str(resource["resourceType"])
        copies, name = kept.setdefault(kind, {}), identity(resource)
        before = copies.setdefault(name, resource)
        if before == resource:
            continue
        preferred = _ended(before, resource) or _newer(before, resource)
        copies[name] = preferred or before
        other = resource if copies[name] is before else before
        if other not in dropped:
            dropped.append(other)
        if preferred is None:
            conflicting.add(kind)
    found = {kind: tuple(copies.values()) for kind, copies in kept.items()}
    return Kept(found, tuple(dropped), frozenset(conflicting))


def _ended(one: Json, other: Json) -> Json | None:
    """The copy of a Patient that says the patient died or was replaced; no other version takes that back."""
    return next((each for each in (one, other) if each["resourceType"] == "Patient" and _has_ended(each)), None)


def _has_ended(patient: Json) -> bool:
    links = patient.get("link")
    listed = links if isinstance(links, list) else [links]
    replaced = any(isinstance(link, dict) and link.get("type") == "replaced-by" for link in listed)
    return replaced or any(patient.get(key) not in (None, False, "false") for key in _SAYS_DEATH)


def _newer(one: Json, other: Json) -> Json | None:
    """The newer copy by time and by version number, else by status; None where none tells, or each tells another."""
    mine, theirs = _meta(one), _meta(other)
    signs = {_is_after(_updated(mine), _updated(theirs)), _is_after(_version(mine), _version(theirs))} - {None}
    signs = signs or {_is_after(_stage(one), _stage(other))} - {None}
    if len(signs) != 1:
        return None
    return one if True in signs else other


def _is_after(mine: Any, theirs: Any) -> bool | None:
    return None if mine is None or theirs is None or mine == theirs else bool(mine > theirs)


def _stage(resource: Json) -> int | None:
    status = resource.get("status")
    return _BY_STATUS.get(status) if resource["resourceType"] in _RESULTS and isinstance(status, str) else None


def _meta(resource: Json) -> Json:
    meta = resource.get("meta")
    return meta if isinstance(meta, dict) else {}


def _updated(meta: Json) -> datetime | None:
    """When this version came to be; None without a time zone, which nothing could be compared with."""
    text = meta.get("lastUpdated")
    try:
        when = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return when if when is not None and when.tzinfo is not None else None


def _version(meta: Json) -> int | None:
    text = meta.get("versionId")
    return int(text) if isinstance(text, str) and _VERSION.fullmatch(text) else None
