"""Results that a later version of the same result replaces: a laboratory may send its correction as one of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ..domain.call import Json
from .dates import when
from .shape import child, children, local_ref, references, text
from .words import normal

_BY_STATUS = {"final": 0, "amended": 1, "corrected": 2}


def superseding(observations: Sequence[Json]) -> list[Json]:
    """Without the results of which a correction is there too."""
    by_identifier: dict[tuple[str, str], list[Json]] = {}
    for one in observations:
        if text(one, "status") in _BY_STATUS:
            for identifier in _identifiers(one):
                by_identifier.setdefault(identifier, []).append(one)
    replaced = {
        id(one)
        for versions in by_identifier.values()
        for correction in versions
        if _rank(correction)
        for one in _replaced_by(correction, versions)
    }
    return [one for one in observations if id(one) not in replaced]


def _replaced_by(correction: Json, versions: Sequence[Json]) -> list[Json]:
    """What a correction replaces; where one number stands for a series, only what is of its own day."""
    same = [one for one in versions if one is not correction and _are_one_result(correction, one)]
    series = sum(not _rank(one) for one in same) > 1
    return [one for one in same if _is_newer(correction, one) and not (series and _days_differ(correction, one))]


def _rank(one: Json) -> int:
    return _BY_STATUS[text(one, "status")]


def _days_differ(one: Json, other: Json) -> bool:
    days = [when(each, "effectiveDateTime", "effectivePeriod", "effectiveInstant") for each in (one, other)]
    return days[0] is None or days[1] is None or days[0].after(days[1]) or days[1].after(days[0])


def _are_one_result(one: Json, other: Json) -> bool:
    """True for two of one test, unless they tell of different tissue: an accession number may be of a whole report."""
    if not _share(child(one, "code"), child(other, "code")):
        return False
    if "bodySite" in one and "bodySite" in other and not _share(child(one, "bodySite"), child(other, "bodySite")):
        return False
    told = [(set(references(each, "focus")), _specimen(each)) for each in (one, other)]
    (focus, specimen), (other_focus, other_specimen) = told
    return not (focus and other_focus and not focus & other_focus) and not _differ(specimen, other_specimen)


def _is_newer(correction: Json, one: Json) -> bool:
    """A correction is newer than what is final; of two corrections the later one by issue, by status, by storage."""
    mine, theirs = _rank(correction), _rank(one)
    if not theirs:
        return True
    signs = [
        (_moment(text(correction, "issued")), _moment(text(one, "issued"))),
        (mine, theirs),
        (_moment(text(child(correction, "meta"), "lastUpdated")), _moment(text(child(one, "meta"), "lastUpdated"))),
    ]
    told: list[tuple[Any, Any]] = [(a, b) for a, b in signs if a is not None and b is not None and a != b]
    return bool(told) and bool(told[0][0] > told[0][1])


def _identifiers(observation: Json) -> list[tuple[str, str]]:
    found = [(text(each, "system"), text(each, "value")) for each in children(observation, "identifier")]
    return [(system, value) for system, value in found if value]


def _share(one: Json, other: Json) -> bool:
    """True for two CodeableConcepts with a coding in common, or with one text."""
    codings = [{(text(c, "system"), text(c, "code")) for c in children(each, "coding")} for each in (one, other)]
    if any(code for _, code in codings[0] & codings[1]):
        return True
    said, other_said = normal(text(one, "text")), normal(text(other, "text"))
    return bool(said) and said == other_said


def _specimen(observation: Json) -> str | Json:
    """The specimen by its reference, or as it is contained."""
    ref = local_ref(child(observation, "specimen"))
    inside = [each for each in children(observation, "contained") if f"#{text(each, 'id')}" == ref]
    return {**inside[0], "id": ""} if inside else ref


def _differ(one: str | Json, other: str | Json) -> bool:
    return bool(one) and bool(other) and type(one) is type(other) and one != other


def _moment(written: str) -> datetime | None:
    """A time with its time zone; nothing else can be compared."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else None
