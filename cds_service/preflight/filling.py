"""Whether a placeholder can be filled wherever its sentence is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..domain.facts import FACTS, READINGS
from ..domain.knowledge import Drug, Study
from ..domain.placeholders import Placeholder
from .admitted import Place

STUDY_PARTS = ("population", "limits", "title", "citation")
READ_FROM_A_DRUG = ("other_ssa", "partner")
LABEL_PARTS = ("label_words", "approved_for")


def problem(wanted: Placeholder, place: Place) -> str | None:
    """Why it cannot be filled in this row, or None where it always can."""
    knowledge = place.knowledge
    if wanted.subject in knowledge.studies:
        return _study(wanted, knowledge.studies[wanted.subject])
    if wanted.subject in knowledge.drugs:
        return None if wanted.part in ("", "label_words") and not wanted.or_unclear else "a drug has label_words only"
    if wanted.subject == "ordered_drug" and wanted.part in LABEL_PARTS:
        return _label(wanted, place)
    if wanted.subject in (*FACTS, *READINGS):
        return _PARTS.get(wanted.part, _no_part)(wanted, place)
    return "it is no fact, study or drug"


def _study(wanted: Placeholder, study: Study) -> str | None:
    if wanted.or_unclear:
        return "a study is never unclear"
    if wanted.part == "limits" and not study.limits:
        return "this study names no limits"
    return (
        None if wanted.part in (*STUDY_PARTS, *study.figures) else f"this study has no {wanted.part or 'such figure'}"
    )


def _label(wanted: Placeholder, place: Place) -> str | None:
    if place.may_be_unclear("ordered_drug"):
        return "the ordered drug may be unclear here"
    if wanted.part == "label_words":
        return None
    if place.may_be_unclear("label_fit"):
        return "label_fit may be unclear here, and then there is no wording"
    refused = [drug for drug in sorted(place.drugs()) if _may_lack_wording(place.knowledge.drugs[drug], place)]
    return f"{', '.join(refused)} may be not approved here, without a wording; label_words says so" if refused else None


def _may_lack_wording(drug: Drug, place: Place) -> bool:
    """True when the row can be reached by an entry that is `not_approved`."""
    if "outside" not in place.words("label_fit"):
        return False
    here = [drug.approvals.get(jurisdiction, ()) for jurisdiction in place.words("jurisdiction")]
    return any(not entry.approved for entries in here for entry in entries)


def _value(wanted: Placeholder, place: Place) -> str | None:
    if wanted.or_unclear or not place.may_be_unclear(wanted.subject):
        return None
    return f"it may be unclear here; {wanted.subject}|or-unclear would say so"


def _why(wanted: Placeholder, place: Place) -> str | None:
    if not place.may_be_unclear(wanted.subject):
        return "it is never unclear here"
    asked = wanted.subject in {**place.rule.applies_when, **(place.row.cells if place.row else {})}
    if asked and not place.may_be_known(wanted.subject):
        return None
    return f"it may be known here; {wanted.subject}|or-unclear would say either"


def _seen(wanted: Placeholder, place: Place) -> str | None:
    return None


def _grouped(wanted: Placeholder, place: Place) -> str | None:
    return None if wanted.subject == "primary_site" else "only the primary site has a group"


def _drug(wanted: Placeholder, place: Place) -> str | None:
    if wanted.subject not in READ_FROM_A_DRUG:
        return f"only {' and '.join(READ_FROM_A_DRUG)} are read from a drug"
    return "it may be unclear here" if place.may_be_unclear(wanted.subject) else None


def _band(wanted: Placeholder, place: Place) -> str | None:
    """A band is a square's: a part of a grid that has an end."""
    cell = place.row.cells.get(wanted.subject) if place.row and place.rule.type == "grid" else None
    ends = [end for span in (cell.spans if cell else ()) for end in (span.low, span.high)]
    return None if any(end is not None for end in ends) else "only a square of a grid has a band"


def _no_part(wanted: Placeholder, place: Place) -> str | None:
    return f"a fact has why and seen, not {wanted.part}"


_PARTS: Mapping[str, Callable[[Placeholder, Place], str | None]] = {
    "": _value,
    "why": _why,
    "seen": _seen,
    "grouped": _grouped,
    "drug": _drug,
    "band": _band,
}
