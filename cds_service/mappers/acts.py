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
    UNTOLD = "untold"  # nothing beside a name that is not exactly that of the drug
    PERHAPS = "perhaps"
    NONE = "none"


SURE = frozenset({Act.GIVEN})
OPEN = frozenset({Act.UNTOLD, Act.PERHAPS})  # may have been a dose
ORDERED = frozenset({Act.GIVEN, Act.UNTOLD})  # "lutetium dotatate q8 weeks x4" as a service is an order of it


def act_of(concept: Concept, named: Iterable[tuple[str, list[Match]]], exact: bool, terms: Terms) -> Act:
    """What one concept tells, without the names it holds; a name that stands alone is of the drug itself."""
    means = set(terms.by_code(_SET, concept))
    for said, found in named:  # a name without a gap would hide the Japanese word behind it
        means.update(terms.in_text(_SET, without(said, found)))
    if "given" in means:  # "infusion, consent obtained" may well have been a dose
        return Act.PERHAPS if {"about", "beside"} & means else Act.GIVEN
    if means:
        return Act.NONE
    return Act.GIVEN if exact else Act.UNTOLD


def is_only_spoken_of(concept: Concept, terms: Terms) -> bool:
    """True for "PRRT consult": whatever it names, nothing was done."""
    return "about" in {word for said in terms.said(_SET, concept) for word in terms.in_text(_SET, said)}
