"""Records with something wrong in them: a seed gives the same one again."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from cds_service import strict_json
from cds_service.domain.call import Json
from cds_service.errors import CallError

Place = tuple[Any, Any]  # a list or an object, and an index or a key of it

ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 0.5, -0.0, 3, 20, 99.999999, 1e12, -1e12, 12345678901234567, 1e-12, [], {}),
    *("", " ", "\t\n", "0", "20", "-", "<", "<3%", "3-5 %", "%", "1e9", "NaN", "unknown", "final", "entered-in-error"),
    *("2026", "2026-02-30", "2026-13", "0000", "0001-01-01", "9999-12-31", "2026-11-23T25:61:00Z", "-2026-01-01"),
    *("2026-05-01T10:00:00+14:00", "2026-05-01T10:00:00.123456789Z", "0001-01-01T00:00:00+14:00", "2026-1-1"),
    *("9999-12-31T23:59:59-12:00", "#", "#m", "Condition/", "/", "//", "urn:uuid:", "Patient/p2", "a/b/c/d"),
    *(
        "\u0000",
        "\u202egnp.exe",
        "e\u0301",
        "\ufeff",
        "\U0001f9ec" * 3,
        "３％",
        "²",
        "٣",
        "½",
        "ｎｅｔ　ｇ２",
        "İ",
        "ß",
    ),
    *(
        "膵神経内分泌腫瘍",
        "ki-67 3-5%,<20 % / 2 mm2",
        "((((",
        "[a-z]+",
        "\\",
        "%s{0}{",
        "a " * 2_000,
        "9" * 5_000,
        "-" * 5_000,
    ),
)
"""What may stand in a place instead: of every type, and strings that are almost what belongs there."""


def mutated(base: Sequence[Json], random: Random, pool: dict[str, list[Any]]) -> list[Json]:
    """The resources, each changed in one to four places, in another order."""
    found = [_mutant(resource, random, pool) for resource in base]
    random.shuffle(found)
    return found


def _mutant(resource: Json, random: Random, pool: dict[str, list[Any]]) -> Json:
    changed = copy.deepcopy(resource)
    for _ in range(random.choice((1, 1, 1, 2, 3, 4))):
        here = [place for place in _places(changed) if place[1] != "resourceType"]
        if here:
            random.choice(CHANGES)(random.choice(here), random, pool)
    return changed


def _drop(place: Place, random: Random, pool: dict[str, list[Any]]) -> None:
    del place[0][place[1]]


def _twice(place: Place, random: Random, pool: dict[str, list[Any]]) -> None:
    inside, key = place
    if isinstance(inside, list):
        inside.append(copy.deepcopy(inside[key]))
    else:
        inside[key] = [copy.deepcopy(inside[key]), inside[key]]


def _odd(place: Place, random: Random, pool: dict[str, list[Any]]) -> None:
    place[0][place[1]] = copy.deepcopy(random.choice(ODD))


def _another(place: Place, random: Random, pool: dict[str, list[Any]]) -> None:
    """What stands under the same key elsewhere: often valid FHIR, and something else than was meant."""
    known = pool.get(str(place[1])) or ODD
    place[0][place[1]] = copy.deepcopy(random.choice(known))


def _retyped(place: Place, random: Random, pool: dict[str, list[Any]]) -> None:
    inside, key = place
    found = inside[key]
    as_list = found[0] if isinstance(found, list) and found else [found]
    as_text = str(found) if isinstance(found, int | float) else json.dumps(found)[:200]
    inside[key] = random.choice((as_list, as_text, {"value": found}, {"coding": found}, {"text": found}))


def _nested(place: Place, random: Random, pool: dict[str, list[Any]]) -> None:
    inside, key = place
    for _ in range(random.choice((2, 5, 40, 80))):
        name = random.choice(("contained", "extension", "coding", "item", "reference", "valueCodeableConcept"))
        inside[key] = random.choice(([inside[key]], {name: inside[key]}, {name: [inside[key]]}))


def _renamed(place: Place, random: Random, pool: dict[str, list[Any]]) -> None:
    inside, key = place
    if isinstance(inside, dict):
        inside[random.choice((f"_{key}", str(key).upper(), *pool))] = inside.pop(key)


CHANGES: tuple[Callable[[Place, Random, dict[str, list[Any]]], None], ...] = (
    *(_drop, _twice, _odd, _odd, _odd, _another, _another, _another, _another, _retyped, _nested, _renamed),
)


def _places(value: Any) -> Iterator[Place]:
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from _places(value[key])


def pool_of(resources: Sequence[Json]) -> dict[str, list[Any]]:
    """Key -> different values that stand under it somewhere."""
    found: dict[str, dict[str, Any]] = {}
    for inside, key in (place for resource in resources for place in _places(resource)):
        if isinstance(key, str) and key != "resourceType":
            found.setdefault(key, {}).setdefault(json.dumps(inside[key], sort_keys=True), inside[key])
    return {key: list(values.values()) for key, values in found.items()}


def taken(resource: Json) -> bool:
    """True when the door takes it: what is no strict JSON, or nests too deep, never comes as far as the mappers."""
    try:
        strict_json.loads(json.dumps(resource).encode(), max_bytes=5_000_000)
    except CallError:
        return False
    return True
