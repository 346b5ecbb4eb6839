"""Which kind of tumour a diagnosis names, and whether these rules are about it."""

from __future__ import annotations

from collections.abc import Iterable

from .codes import Concept, Terms
from .places import DIGESTIVE, UNKNOWN_PRIMARY, Place

NEN = ("small-cell", "minen", "nec", "net", "nen")  # the more telling of two classes stands first


def kind_of(code: Concept, morphology: Concept, terms: Terms) -> tuple[str, bool]:
    """The class, histology first; and whether the words only doubt or deny it."""
    if kind := class_of([morphology], terms) or class_of([code], terms):
        denied_by_words = set(terms.in_text("tumour-class", code.text)) - set(NEN)
        own = [match for match in terms.matches("tumour-class", code.text) if match.means in NEN]
        doubted = bool(own) and all(match.denied for match in own)
        return ("several" if kind in NEN and denied_by_words else kind), doubted
    if code.unread or morphology.unread:
        return "unread", False  # it neither makes nor excludes a tumour
    texts = terms.said("tumour-class", code)
    return "", any(match.means in NEN for said in texts for match in terms.matches("tumour-class", said))


def class_of(concepts: Iterable[Concept], terms: Terms) -> str:
    """The class that codes give, else words; `several` where they do not go together."""
    found = list(concepts)
    for read in (terms.by_code, terms.by_words):
        if classes := {word for concept in found for word in read("tumour-class", concept)}:
            return _one_class(classes)
    return ""


def _one_class(classes: set[str]) -> str:
    if not classes <= set(NEN):
        return classes.pop() if len(classes) == 1 else "several"
    if {"net", "nec"} <= classes or {"net", "small-cell"} <= classes:
        return "nen"
    return next(name for name in NEN if name in classes)


def counts_as_nen(kind: str, place: Place) -> bool | None:
    """True for a NET of any site, and for any other NEN of the digestive tract; None where the site cannot tell."""
    sites = set(place.sites)
    if kind not in NEN:
        return None if kind in ("several", "unread") else False
    if kind == "net":
        return True
    wanted = DIGESTIVE if kind == "small-cell" else DIGESTIVE | {UNKNOWN_PRIMARY}
    if not sites:
        return None if kind == "small-cell" or place.not_understood else True
    if sites <= wanted:
        return True
    return None if kind == "nen" or sites & wanted else False
