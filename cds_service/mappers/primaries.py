"""The primary NENs of a patient: which of them are one tumour, and which are asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from ..domain.values import Fact, Known, Unclear, Why
from .conditions import Diagnosis
from .places import UNKNOWN_PRIMARY


class Primaries:
    """All primaries, by tumour. `at`: of several tumours the one at these sites, else those the orders are for."""

    def __init__(self, found: Sequence[Diagnosis], ordered_for: set[str], at: frozenset[str]) -> None:
        self.all = found
        self._tumours = _tumours_of(found)
        self._ordered_for = set() if at else ordered_for
        self._at = at

    @property
    def are_several(self) -> bool:
        """True for tumours at different sites."""
        return len(self._tumours) > 1

    @cached_property
    def asked(self) -> Sequence[Diagnosis]:
        """The primaries a result may be of."""
        if not self.are_several:
            return self.all
        meant = [one for one in self._tumours if any(d.ref in self._ordered_for for d in one)]
        at = self._at or {site for one in meant for site in sites_of(one)}
        return [d for d in self.all if d.ref in self._ordered_for or sites_of([d]) & at] or self.all

    @property
    def sites_of_each(self) -> list[frozenset[str]]:
        """The sites of each tumour asked about."""
        places = [sites_of(one) for one in self._tumours]
        return [frozenset(place) for place in places if place & sites_of(self.asked)]

    @cached_property
    def _others(self) -> list[Diagnosis]:
        asked = {id(one) for one in self.asked}
        return [one for one in self.all if id(one) not in asked and sites_of([one])]

    def is_of_another(self, found: Diagnosis) -> bool:
        """True for another NEN than those asked about, and for its metastasis."""
        named = found.related & {one.ref for one in self.all} if found.secondary else set()
        return any(found is one for one in self._others) or (bool(named) and named <= {d.ref for d in self._others})

    def may_be_of_any(self, found: Diagnosis) -> bool:
        """True for a primary without a site that no order names, and for a metastasis that names no primary."""
        if found.secondary:
            return not found.related & {one.ref for one in self.all}
        return not sites_of([found]) and found.ref not in self._ordered_for

    @property
    def sites_elsewhere(self) -> set[str]:
        """Where only another NEN than those asked about sits."""
        return sites_of(self.all) - sites_of(self.asked)


def sites_of(found: Iterable[Diagnosis]) -> set[str]:
    """The organs that diagnoses name."""
    return {site for one in found for site in one.place.sites} - {UNKNOWN_PRIMARY}


def _tumours_of(primaries: Iterable[Diagnosis]) -> list[list[Diagnosis]]:
    """Primaries by tumour: what shares a site is one, and what names none may be of any."""
    tumours: list[list[Diagnosis]] = []
    for found in primaries:
        if sites := sites_of([found]):
            same = [tumour for tumour in tumours if sites & sites_of(tumour)]
            rest = [tumour for tumour in tumours if not sites & sites_of(tumour)]
            tumours = [*rest, [one for tumour in same for one in tumour] + [found]]
    return tumours


def of_all(facts: Sequence[Fact]) -> Fact:
    """What is told of each of several tumours alike; else it is not told of which tumour what is known is."""
    known = tuple(fact for fact in facts if isinstance(fact, Known))
    if len(known) == len(facts) and len({fact.value for fact in known}) == 1:
        return known[0]
    if known:
        return Unclear(Why.NOT_LINKED, known)
    unclear = [fact for fact in facts if isinstance(fact, Unclear)]
    return next((fact for fact in unclear if fact.why is not Why.NOT_RECORDED), unclear[0])
