"""Whom a result is about, where it says that it is not simply about the patient it was filed under."""

from __future__ import annotations

from collections.abc import Callable

from ..domain.call import Json
from .shape import children, local_ref, text

Find = Callable[[str, Json | None], list[Json]]
# A focus on these is not about the patient; on any other known type it says more of what the result is of.
_PEOPLE = frozenset({"Patient", "RelatedPerson", "Group", "Person", "Practitioner", "PractitionerRole"})


def is_about_somebody_else(observation: Json, patient_id: str, find: Find) -> bool:
    """True when the focus is a person or group other than the patient, or nothing that can be told.

    FHIR gives a result a focus where that is not the patient of the record: one that leads nowhere is not the patient.
    """
    focuses = [focus for focus in children(observation, "focus") if focus]
    return any(_is_somebody_else(focus, observation, patient_id, find) for focus in focuses)


def _is_somebody_else(focus: Json, observation: Json, patient_id: str, find: Find) -> bool:
    ref = local_ref(focus)
    if ref == f"Patient/{patient_id}":
        return False
    kinds = {text(focus, "type"), _kind_of(ref, observation, find)} - {""}
    return not kinds or bool(kinds & _PEOPLE)


def _kind_of(ref: str, observation: Json, find: Find) -> str:
    """The type of what a reference names: written in it, contained, or found on the record; empty where untold."""
    if ref.startswith("#"):
        named = [one for one in children(observation, "contained") if text(one, "id") == ref[1:]]
    elif ref.startswith("urn:"):
        named = find(ref, observation)
    else:
        return ref.split("/")[0] if "/" in ref else ""
    return text(named[0], "resourceType") if len(named) == 1 else ""
