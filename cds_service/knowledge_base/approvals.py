"""The approvals of a drug: one entry per regulatory event, as exact as its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, validates_schema

from ..domain.approvals import span_of
from ..domain.knowledge import Approval, FactWords
from .cells import cell_of
from .fields import FACT_NAME, Flag, Named, OneOrMany, Pair, Strict, Whole, a_date, a_text, one_of
from .reading import Shelf

# An entry's condition -> the fact whose words it takes.
CONDITIONS = {
    "sites": "primary_site",
    "extent": "extent",
    "differentiation": "differentiation",
    "grades": "grade",
    "progression": "progression",
    "syndromes": "hormone_syndrome",
    "vhl": "vhl",
}
PREVIOUS = ("any-systemic", "non-ssa-systemic")


class ApprovalSchema(Strict):
    not_approved = Flag(load_default=False)
    since = a_date(load_default="")
    until = a_date(load_default="")
    last_check = a_date(load_default="")
    sites = OneOrMany(load_default=list)
    extent = OneOrMany(load_default=list)
    differentiation = OneOrMany(load_default=list)
    grades = OneOrMany(load_default=list)
    progression = OneOrMany(load_default=list)
    syndromes = OneOrMany(load_default=list)
    vhl = OneOrMany(load_default=list)
    unclear_for = Named(OneOrMany(), names=FACT_NAME, load_default=dict)
    previous = one_of(*PREVIOUS, load_default="")
    age_from = Whole(load_default=None)
    wording = Pair(load_default=dict)
    cite = a_text()

    @validates_schema
    def makes_sense(self, found: dict[str, Any], **_: Any) -> None:
        if not found["not_approved"]:
            if not found["wording"]:
                raise ValidationError("an approval needs its wording in en and ja", "wording")
            if not found["since"]:
                raise ValidationError("an approval needs the date it came in force", "since")
        elif named := [name for name in (*CONDITIONS, "unclear_for", "previous", "wording") if found[name]]:
            raise ValidationError("an entry that is not_approved has no conditions", named[0])
        elif not found["last_check"] and not found["until"]:
            raise ValidationError("an entry that is not_approved needs last_check, or until", "not_approved")
        if found["since"] and found["until"] and span_of(found["since"])[0] >= span_of(found["until"])[1]:
            raise ValidationError("it ends before it begins", "until")


def approvals_of(
    found: dict[str, Any], shelf: Shelf, file: str, facts: Mapping[str, FactWords]
) -> dict[str, tuple[Approval, ...]]:
    """Jurisdiction -> entries, oldest first as written; a cite that is not there is a fault."""
    approvals: dict[str, tuple[Approval, ...]] = {}
    for jurisdiction, entries in found["approvals"].items():
        made = []
        for place, entry in enumerate(entries):
            path = ("approvals", jurisdiction, place)
            if entry["cite"] not in found["cites"]:
                shelf.fault(file, (*path, "cite"), f"cite: {entry['cite']} is not among the cites of this file")
            made.append(_approval(entry, shelf, file, path, facts))
        approvals[jurisdiction] = tuple(made)
    return approvals


def _approval(
    entry: dict[str, Any], shelf: Shelf, file: str, path: tuple[str | int, ...], facts: Mapping[str, FactWords]
) -> Approval:
    asked = {fact: _words(entry[name], fact, shelf, file, (*path, name), facts) for name, fact in CONDITIONS.items()}
    unclear_for = {
        fact: _words(written, fact, shelf, file, (*path, "unclear_for", fact), facts)
        for fact, written in entry["unclear_for"].items()
    }
    return Approval(
        approved=not entry["not_approved"],
        conditions={fact: words for fact, words in asked.items() if words},
        unclear_for=unclear_for,
        **{name: entry[name] for name in ("since", "until", "last_check", "previous", "age_from", "wording", "cite")},
    )


def _words(
    written: list[str],
    fact: str,
    shelf: Shelf,
    file: str,
    path: tuple[str | int, ...],
    facts: Mapping[str, FactWords],
) -> frozenset[str]:
    """The words of a fact that a condition names, groups opened; a word the fact does not have is a fault."""
    if not facts:  # facts.yaml itself could not be read, and says so
        return frozenset()
    try:
        if fact not in facts:
            raise ValueError(f"{fact} is not a fact of facts.yaml")
        cell = cell_of(written, facts[fact])
        if cell.any or cell.unclear or cell.spans:
            raise ValueError(f"{cell.text} is not a word of {fact}; a condition names words")
        return cell.words
    except ValueError as error:
        shelf.fault(file, path, f"{path[-1]}: {error}")
        return frozenset()
