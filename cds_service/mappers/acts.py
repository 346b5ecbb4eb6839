"""Whether a Procedure or a service that names a drug says that it was given, or only speaks of it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from .codes import Concept, Terms
from .words import Match, without

_SET = "drug-act"


class Act(Enum):
    """What the words around the name of a drug tell."""

    GIVEN = "given"
    PERHAPS = "perhaps"
    NONE = "none"


def act_of(concept: Concept, named: Iterable[tuple[str, list[Match]]], exact: bool, terms: Terms) -> Act:
    """What one concept tells, without the names it holds; a name that stands alone is of the drug itself."""
    means = set(terms.by_code(_SET, concept))
    for said, found in named:  # a name without a gap would hide the Japanese word behind it
        means.update(terms.in_text(_SET, without(said, found)))
    if "about" in means or means == {"beside"}:
        return Act.NONE
    if "given" in means:
        return Act.PERHAPS if "beside" in means else Act.GIVEN
    return Act.GIVEN if exact else Act.PERHAPS


def is_only_spoken_of(concept: Concept, terms: Terms) -> bool:
    """True for "PRRT consult": whatever it names, nothing was done."""
    return "about" in {word for said in terms.said(_SET, concept) for word in terms.in_text(_SET, said)}
