"""Which tumour a result is about: by what it names, by its site, and by the panels and reports around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..domain.call import Json
from .chart import REPORTED, Chart
from .codes import Concept
from .findings import TISSUE, Finding, specimen_of
from .kinds import NEN, class_of
from .shape import child, children, extensions, local_ref, ref_of, references, text

_MORPHOLOGY = re.compile(r"\d{4}/3", re.ASCII)
Link = bool | None
"""True: of the NEN. False: of something else. None: it does not say, or says two things."""


def condition_refs(observation: Json) -> set[str]:
    """The Conditions a result says it is about: by focus, or by mCODE's related condition."""
    related = [local_ref(child(found, "valueReference")) for found in extensions(observation, "related-condition")]
    return {ref for ref in (*references(observation, "focus"), *related) if ref.startswith("Condition/")}


@dataclass(frozen=True)
class Aim:
    """What a result names that is of the NEN.

    `refs`: its Conditions, of which `unsure` may be of any NEN the patient has. `sites`: where it alone sits;
    `elsewhere`: where another NEN of the patient sits. `several`: the patient has more than one.
    """

    refs: frozenset[str]
    unsure: frozenset[str]
    sites: frozenset[str]
    elsewhere: frozenset[str]
    several: bool


class Links:
    """The results of one record, each by what it says of its tumour."""

    def __init__(self, aim: Aim, chart: Chart) -> None:
        self._aim = aim
        self._chart = chart
        self._panels = _by_member(chart.results, "hasMember", chart)
        reports = [one for one in chart.of("DiagnosticReport") if text(one, "status") in REPORTED]
        self._reports = _by_member(reports, "result", chart)

    def of(self, finding: Finding) -> Link:
        """What a result says of its tumour, else what all that is around it says."""
        one_of_several = self._aim.several and finding.name in TISSUE
        said = self._said(finding.observation, one_of_several)
        if said is not None:
            return said
        if finding.own_code and not one_of_several:
            return True
        return _unanimous(self._around(finding.observation, one_of_several))

    def _said(self, observation: Json, one_of_several: bool) -> Link:
        if named := condition_refs(observation):
            sure = self._aim.refs - self._aim.unsure if one_of_several else self._aim.refs
            return True if named & sure else None if named & self._aim.refs else False
        return self._placed(_stated_sites(observation, self._chart))

    def _placed(self, sites: set[str]) -> Link:
        """By where tissue is from; what names the places of two tumours says nothing."""
        here, elsewhere = bool(sites & self._aim.sites), bool(sites & self._aim.elsewhere)
        return None if here == elsewhere else here

    def _around(self, observation: Json, one_of_several: bool) -> Iterator[Link]:
        """What the panels of a result say, what it is derived from, and the reports that hold it or its panel."""
        panels = [one for one in self._panels.get(ref_of(observation), ()) if self._chart.passes(one)]
        origins = [one for ref in references(observation, "derivedFrom") for one in self._origin(ref, observation)]
        for one in (*panels, *origins):
            yield self._said(one, one_of_several)
        for ref in dict.fromkeys(map(ref_of, (observation, *panels))):
            for report in self._reports.get(ref, ()):
                if self._chart.passes(report):
                    yield self._reported(report, one_of_several)

    def _origin(self, ref: str, observation: Json) -> list[Json]:
        found = self._chart.find(ref, observation)
        usable = [one for one in found if text(one, "status") in REPORTED and self._chart.passes(one)]
        return usable if len(found) == 1 else []

    def _reported(self, report: Json, one_of_several: bool) -> Link:
        """By the class a report concludes; where that leaves it open, by where its tissue is from."""
        terms = self._chart.terms
        concluded = [terms.concept(one) for one in children(report, "conclusionCode")]
        of_nen = [one for one in concluded if class_of([one], terms) in NEN]
        another = any(self._is_another_cancer(one) for one in concluded)
        if another:
            return None if of_nen else False
        if of_nen and not one_of_several:
            return True
        specimens = [one for ref in references(report, "specimen") for one in self._chart.find(ref, report)]
        sites = {site for one in specimens for site in _sites_of_specimen(one, self._chart)}
        return self._placed(sites | _sites(of_nen, self._chart))

    def _is_another_cancer(self, concluded: Concept) -> bool:
        """True for a class that is no NEN; a site alone, as ICD-10 gives it, is no class."""
        terms = self._chart.terms
        kind = class_of([concluded], terms)
        if kind in NEN or kind == "benign":
            return False
        morphology = any(_MORPHOLOGY.fullmatch(code) for coding in concluded.codings for _, code in coding.keys)
        return bool(kind) or morphology or "malignant" in terms.by_words("other-malignancy", concluded)


def _unanimous(said: Iterable[Link]) -> Link:
    told = {one for one in said if one is not None}
    return told.pop() if len(told) == 1 else None


def _by_member(standing: Iterable[Json], key: str, chart: Chart) -> dict[str, list[Json]]:
    """Those whose day has come, by what they hold."""
    found: dict[str, list[Json]] = {}
    for one in standing:
        if ref_of(one) and not chart.is_to_come(one):
            for ref in references(one, key):
                found.setdefault(ref, []).append(one)
    return found


def _stated_sites(observation: Json, chart: Chart) -> set[str]:
    """The sites a result or its specimen names."""
    body = chart.terms.under(observation, "bodySite")
    shown = chart.terms.concept({"text": text(child(observation, "specimen"), "display")})
    return _sites([body, shown], chart) | _sites_of_specimen(specimen_of(observation, chart), chart)


def _sites_of_specimen(specimen: Json, chart: Chart) -> set[str]:
    taken_from = chart.terms.under(child(specimen, "collection"), "bodySite")
    return _sites([taken_from, chart.terms.under(specimen, "type")], chart)


def _sites(concepts: Iterable[Concept], chart: Chart) -> set[str]:
    read = (chart.terms.by_code, chart.terms.by_words)
    return {site for concept in concepts for ask in read for site in ask("primary-site", concept)}
