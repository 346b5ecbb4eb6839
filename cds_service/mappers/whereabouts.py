"""Which resource a reference names: contained, sent with the draft orders, or on the record; one look-up for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from ..domain.call import Call, Json, Record
from .shape import child, children, local_ref, modified, ref_of, text

MEDICATIONS = ("Medication", "Substance")
# What may be referred to: in use or no longer in use, and not withdrawn; a status is not required of it.
NAMEABLE = {
    "Medication": ("", "active", "inactive"),
    "Substance": ("", "active", "inactive"),
    "Specimen": ("", "available", "unavailable", "unsatisfactory"),
}
_COUNTED = ("", "match", "include")  # search modes of entries that are part of an answer


class Whereabouts:
    """The resources an order or a result may refer to. What was sent with the draft orders stands before the rest."""

    def __init__(self, told: Call | Record) -> None:
        self._told = told

    @cached_property
    def _sent(self) -> dict[str, list[Json]]:
        return _by_name(_sent(self._told))

    @cached_property
    def _rest(self) -> dict[str, list[Json]]:
        return _by_name((ref_of(found), found) for found in _rest(self._told))

    def find(self, ref: str, inside: Json | None = None) -> list[Json]:
        """The resources a local reference may name; of several that differ, none is certainly meant."""
        if ref.startswith("#"):
            named = [found for found in children(inside, "contained") if text(found, "id") == ref[1:]]
            return _distinct(found for found in named if self._may_be_inside(found))
        return self._sent.get(ref) or self._rest.get(ref, [])

    def everywhere(self, ref: str) -> list[Json]:
        """The resources a local reference may name, both sent with the draft orders and on the record."""
        return _distinct((*self._sent.get(ref, ()), *self._rest.get(ref, ())))

    def is_of_patient(self, resource: Json) -> bool:
        """True when the resource says by a reference that it is about this patient."""
        return local_ref(child(resource, "subject")) == f"Patient/{self._told.patient_id}"

    def _may_be_inside(self, found: Json) -> bool:
        """True for what is about nobody: nothing that tells of a patient may come inside another resource."""
        kind = text(found, "resourceType")
        return kind in MEDICATIONS or (kind == "Specimen" and ("subject" not in found or self.is_of_patient(found)))


def may_be_named(found: Json) -> bool:
    """False for a drug or a specimen that was withdrawn, or that is modified by what we do not know."""
    stands = text(found, "status") in NAMEABLE.get(text(found, "resourceType"), ())
    return stands and not modified(found)


def _sent(told: Call | Record) -> Iterator[tuple[str, Json]]:
    for extra in told.others:
        yield local_ref({"reference": extra.full_url}), extra.resource
        yield ref_of(extra.resource), extra.resource
    for draft in told.drafts:
        yield local_ref({"reference": draft.ref}), draft.resource


def _rest(told: Call | Record) -> Iterator[Json]:
    if isinstance(told, Call):
        for value in told.prefetch.values():
            yield from _opened(value)
    else:
        for found in told.resources.values():
            yield from found


def _opened(value: Any) -> Iterator[Json]:
    """A prefetch value, Bundles opened to any depth, without entries that are no part of the answer."""
    if text(value, "resourceType") != "Bundle":
        yield value
        return
    for entry in children(value, "entry"):
        if text(child(entry, "search"), "mode") in _COUNTED:
            yield from _opened(entry.get("resource"))


def _by_name(named: Iterable[tuple[str, Any]]) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for name, resource in named:
        if name and isinstance(resource, dict):
            there = found.setdefault(name, [])
            if len(there) < 2 and resource not in there:
                there.append(resource)
    return found


def _distinct(found: Iterable[Json]) -> list[Json]:
    kept: list[Json] = []
    for resource in found:
        if len(kept) < 2 and resource not in kept:
            kept.append(resource)
    return kept
