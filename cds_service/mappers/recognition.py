"""Every record and draft of a drug with what is recognised of it, for a reader who wants to see what was understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..domain.call import Json, Record
from ..domain.knowledge import ValueSets
from .acts import OPEN
from .administration import drugs_with_route
from .codes import Concept, Terms, terms_of
from .on_record import COUNTED
from .shape import text
from .sources import place_of_trouble
from .told_of_drug import OTHERS, Find, said_of_drug
from .whereabouts import Whereabouts


@dataclass(frozen=True)
class Recognition:
    """One record of a drug. `drugs`: ids of knowledge/drugs; `means`: why it matters otherwise; `said`: as recorded."""

    where: str
    status: str
    drugs: tuple[str, ...]
    means: tuple[str, ...]
    said: tuple[str, ...]
    draft: bool = False


def recognitions(record: Record, value_sets: ValueSets) -> Iterator[Recognition]:
    """Each draft order, then each record that orders, hands out, gives or reports a drug; procedures that name one."""
    terms, find = terms_of(value_sets), Whereabouts(record).find
    refs = {draft.ref for draft in record.drafts}
    told = [(draft.resource, True) for draft in record.drafts]
    told += [(one, False) for kind in COUNTED for one in record.resources.get(kind, ()) if isinstance(one, dict)]
    for resource, draft in told:
        drugs = tuple(dict.fromkeys(found.drug.id for found in drugs_with_route(resource, terms, find)))
        where = place_of_trouble(resource)
        if (draft or where not in refs) and (drugs or draft or _may_be_of_a_drug(resource, terms, find)):
            concepts = said_of_drug(resource, terms, find)
            yield Recognition(where, text(resource, "status"), drugs, _means(concepts, terms), _said(concepts), draft)


def _may_be_of_a_drug(resource: Json, terms: Terms, find: Find) -> bool:
    """True for each record of a drug, and for a procedure that names one and does not say what was done."""
    is_drug = text(resource, "resourceType").startswith("Medication")
    return is_drug or bool(drugs_with_route(resource, terms, find, OPEN))


def _means(concepts: tuple[Concept, ...], terms: Terms) -> tuple[str, ...]:
    found = [
        word
        for concept in concepts
        for name in OTHERS
        for word in terms.by_code(name, concept) or terms.by_words(name, concept)
    ]
    return tuple(dict.fromkeys(found))


def _said(concepts: tuple[Concept, ...]) -> tuple[str, ...]:
    """Names as recorded, normalised, and codes with their systems."""
    names = [name for one in concepts for name in one.texts]
    codes = [f"{system}|{code}" for one in concepts for coding in one.codings for system, code in coding.keys]
    return tuple(dict.fromkeys((*names, *codes)))
