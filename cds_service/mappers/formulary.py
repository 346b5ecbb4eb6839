"""The drug files, ready for look-up by code, by name and by form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from ..domain.knowledge import Drug
from .codes import Key, Terms, plain_code
from .words import Phrases, normal


@dataclass(frozen=True)
class Formulary:
    """The drug files, ready for look-up: names, codes, and the words for forms of each drug."""

    drugs: dict[str, Drug]
    names: Phrases  # a name means itself here: two files may share one
    named: dict[str, set[str]]
    forms: dict[str, Phrases]
    other_indications: dict[str, Phrases]
    codes: dict[Key, list[tuple[str, str]]]


def formulary_of(terms: Terms) -> Formulary:
    """The formulary of the knowledge in use, built once."""
    return _built(terms.shared)


@lru_cache(maxsize=4)
def _built(terms: Terms) -> Formulary:
    drugs = dict(terms.value_sets.drugs)
    codes: dict[Key, list[tuple[str, str]]] = {}
    for drug in drugs.values():
        for entry in drug.codes:
            for plain in plain_code(entry.system, entry.code):
                codes.setdefault((entry.system, plain), []).append((drug.id, entry.form))
    named: dict[str, set[str]] = {}
    for drug in drugs.values():
        for word in chain.from_iterable(drug.words.values()):
            named.setdefault(normal(word), set()).add(drug.id)
    forms = {drug.id: Phrases(_form_words(drug)) for drug in drugs.values()}
    indications = {drug.id: Phrases((word, drug.id) for word in drug.other_indications) for drug in drugs.values()}
    return Formulary(drugs, Phrases((name, name) for name in named), named, forms, indications, codes)


def _form_words(drug: Drug) -> list[tuple[str, str]]:
    return [(word, form) for form, words in drug.form_words.items() for word in words]
