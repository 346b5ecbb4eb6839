"""Which kind of tumour a diagnosis names, and whether these rules are about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .codes import Concept, Key, Terms
from .doubt import doubts
from .places import DIGESTIVE, UNKNOWN_PRIMARY, Place

NEN = ("small-cell", "minen", "nec", "net", "nen")  # the more telling of two classes stands first
_SECONDARY = "/6"  # the behaviour digit of ICD-O for a metastasis


def kind_of(code: Concept, morphology: Concept, terms: Terms) -> tuple[str, bool]:
    """The class, histology first; and whether the words only doubt or deny a NEN."""
    if kind := class_of([morphology], terms) or class_of([code], terms):
        denied_by_words = set(terms.in_text("tumour-class", code.text)) - set(NEN)
        doubted = kind in NEN and doubts("tumour-class", code, terms, NEN)
        return ("several" if kind in NEN and denied_by_words else kind), doubted
    if code.unread or morphology.unread:
        return "unread", False  # it neither makes nor excludes a tumour
    texts = terms.said("tumour-class", code)
    return "", any(match.means in NEN for said in texts for match in terms.matches("tumour-class", said))


def class_of(concepts: Iterable[Concept], terms: Terms) -> str:
    """The class that codes give, else words; `several` where they do not go together."""
    found = [as_primary(concept) for concept in concepts]
    for read in (terms.by_code, terms.by_words):
        if classes := {word for concept in found for word in read("tumour-class", concept)}:
            return _one_class(classes)
    return ""


def as_primary(concept: Concept) -> Concept:
    """A concept with the histology of a metastasis (8240/6) as that of the tumour it comes from (8240/3)."""
    if not any(code.endswith(_SECONDARY) for coding in concept.codings for _, code in coding.keys):
        return concept
    return replace(
        concept, codings=tuple(replace(one, keys=tuple(_primary(key) for key in one.keys)) for one in concept.codings)
    )


def _primary(key: Key) -> Key:
    system, code = key
    return (system, code.removesuffix(_SECONDARY) + "/3") if code.endswith(_SECONDARY) else key


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
