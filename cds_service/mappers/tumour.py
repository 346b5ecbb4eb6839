"""What the Conditions and their histology say together: which of them are the NEN, and what else the patient has."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps

from ..domain.set_aside import Aside
from ..domain.values import Fact, Why
from .certainty import ACTIVE, Sure
from .chart import Chart
from .conditions import Diagnosis, diagnoses, diagnosis_of
from .dates import Span, used, when
from .findings import RECEPTOR_STUDIES, TISSUE, Finding, answered, coded_answer, findings_of
from .links import Aim, Links, condition_refs
from .malignancies import has_own_histology, is_other_malignancy, is_suspected
from .places import place_of
from .primaries import Primaries, of_all, sites_of
from .reasons import reasons_of


class Tumour:
    """The NEN of one patient as the chart tells it; everything is worked out when first asked.

    `at`: of several tumours the one at these sites; without it those the orders are for.
    """

    def __init__(self, chart: Chart, at: frozenset[str] = frozenset()) -> None:
        self.chart = chart
        self._at = at

    @cached_property
    def findings(self) -> dict[str, list[Finding]]:
        """Results by what they are of."""
        return findings_of(self.chart)

    def found(self, name: str) -> list[Finding]:
        """The results of one kind that stand, of whichever tumour."""
        self.chart.look_for("observation", name)
        return self.findings.get(name, [])

    @cached_property
    def histology(self) -> list[Finding]:
        """Histology results that can be used."""
        found = self.found("histology")
        return [finding for finding in found if finding.valid and used(finding.span, self.chart.on)]

    @cached_property
    def _alone(self) -> list[Diagnosis]:
        return diagnoses(self.chart)

    @cached_property
    def histology_by_diagnosis(self) -> list[list[Finding]]:
        """For each diagnosis its histology: what names it, and for the only NEN also what names none."""
        named = [(finding, condition_refs(finding.observation)) for finding in self.histology]
        linked = [[finding for finding, refs in named if d.ref in refs] for d in self._alone]
        read = [self._again(d, found) for d, found in zip(self._alone, linked, strict=True)]
        is_nen = [bool(found.is_nen) and not found.secondary for found in read]
        sites = {site for found, is_one in zip(read, is_nen, strict=True) if is_one for site in found.place.sites}
        others = [found for found in read if is_other_malignancy(found, self.chart.terms)]
        if len(sites) > 1 or not all(is_suspected(found, self.chart.terms) for found in others):
            return linked
        free = [finding for finding, refs in named if not refs]
        return [found + free if is_one else found for found, is_one in zip(linked, is_nen, strict=True)]

    @cached_property
    def diagnoses(self) -> list[Diagnosis]:
        """Every Condition not withdrawn, read with its histology."""
        together = zip(self._alone, self.histology_by_diagnosis, strict=True)
        return [self._again(diagnosis, histology) for diagnosis, histology in together]

    @cached_property
    def nens(self) -> list[Diagnosis]:
        """The diagnoses that count: sure, still or again true, and valid; primaries before metastases."""
        found = [d for d in self.diagnoses if d.is_nen and self.why_not(d) is None]
        return sorted(found, key=lambda diagnosis: diagnosis.secondary)

    @cached_property
    def other_malignancies(self) -> list[Diagnosis]:
        """Other cancers, in any status, suspected ones too.

        Not a suspicion that is over, nor one in the organ of the NEN: it was the suspicion of this tumour.
        """
        found = [one for one in self.diagnoses if is_other_malignancy(one, self.chart.terms)]
        return [one for one in found if not (is_suspected(one, self.chart.terms) and self._came_to_nothing(one))]

    @cached_property
    def certain_others(self) -> list[Diagnosis]:
        """Other cancers that a result or a metastasis may be of: not those only suspected."""
        return [one for one in self.other_malignancies if not is_suspected(one, self.chart.terms)]

    def _came_to_nothing(self, suspected: Diagnosis) -> bool:
        over = not suspected.current or any(key.startswith("abatement") for key in suspected.resource)
        return over or bool(set(self._sites_of(suspected)) & self.sites)

    def _sites_of(self, found: Diagnosis) -> tuple[str, ...]:
        return place_of(found.resource, found.code, found.morphology, self.chart.terms).sites

    @cached_property
    def sites(self) -> set[str]:
        """Every organ the NEN is recorded at; `other-site` is no one organ."""
        return {site for found in self.nens for site in found.place.sites} - {"other-site"}

    def why_not(self, found: Diagnosis) -> Why | None:
        """Why a diagnosis cannot be relied on; None where it can."""
        if found.sure is Sure.UNREADABLE or found.status == "unreadable" or not self.chart.passes(found.resource):
            return Why.NOT_UNDERSTOOD
        if found.sure is Sure.UNCONFIRMED or found.doubted:
            return Why.NOT_CONFIRMED
        return None if found.current or self._is_back(found) else Why.NOT_CONFIRMED

    @cached_property
    def primaries(self) -> Primaries:
        """Every primary NEN, and those a result may be of."""
        return Primaries([d for d in self.nens if not d.secondary], self._ordered_for, self._at)

    @cached_property
    def each(self) -> list[Tumour]:
        """Where several tumours stand and no order tells which is meant, each by itself; else this one."""
        places = self.primaries.sites_of_each
        return [Tumour(self.chart, place) for place in places] if len(places) > 1 else [self]

    @cached_property
    def refs(self) -> list[str]:
        """The Conditions a result of the NEN may name: its primaries and their metastases."""
        found = (*self.primaries.all, *(d for d in self.diagnoses if self.is_its_metastasis(d)))
        return [d.ref for d in found if not self.primaries.is_of_another(d)]

    def is_its_metastasis(self, found: Diagnosis) -> bool:
        """True for a metastasis that names the NEN, or that names nothing and can come from no other cancer."""
        if not found.secondary:
            return False
        if named := found.related & {one.ref for one in self.diagnoses}:
            return bool(named & {one.ref for one in self.primaries.all})
        return bool(found.is_nen) or (self.chart.had("Condition") and not self.certain_others)

    def results(self, name: str) -> tuple[list[Finding], bool]:
        """The results of one kind that are of the NEN, and whether some were left out for not saying so."""
        kept, left_out = [], False
        needs_no_link = self._needs_no_link(name)
        for finding in self.found(name):
            linked = self._links.of(finding)
            if linked or (linked is None and needs_no_link):
                kept.append(finding)
            else:
                self.chart.leave_out(finding.ref, Aside.NOT_LINKED if linked is None else Aside.ANOTHER_TUMOUR)
            left_out = left_out or (linked is None and not needs_no_link)
        return kept, left_out

    def _needs_no_link(self, name: str) -> bool:
        """True where a result can be of nothing but the NEN; a study of receptors is of whatever has them."""
        if name in RECEPTOR_STUDIES:
            return True
        one_of_several = self.primaries.are_several and name in TISSUE
        return self.chart.had("Condition") and not self.certain_others and not one_of_several

    @cached_property
    def _links(self) -> Links:
        primaries = self.primaries
        others = [self._sites_of(one) for one in self.certain_others if has_own_histology(one)]
        shared = {site for sites in others for site in sites} | {"other-site"}
        aim = Aim(
            refs=frozenset(self.refs),
            unsure=frozenset(d.ref for d in self.diagnoses if primaries.may_be_of_any(d)),
            sites=frozenset(sites_of(primaries.asked) - shared),
            elsewhere=frozenset(primaries.sites_elsewhere - shared),
            several=primaries.are_several,
        )
        return Links(aim, self.chart)

    @cached_property
    def _ordered_for(self) -> set[str]:
        """The Conditions the draft orders are for."""
        return {ref for draft in self.chart.drafts for ref in reasons_of(draft.resource, self.chart).refs}

    def _again(self, diagnosis: Diagnosis, histology: list[Finding]) -> Diagnosis:
        read = [answered(finding.carrier, self.chart.terms) for finding in histology]
        extra = [concept for concept in read if concept]
        return diagnosis_of(diagnosis.resource, self.chart, extra) if extra else diagnosis

    def _is_back(self, past: Diagnosis) -> bool:
        """True when a resolved tumour has a later recurrence or metastasis, or an order is for it."""
        if past.ref in self._ordered_for:
            return True
        over = when(past.resource, "abatementDateTime", "abatementPeriod", "recordedDate") or past.span
        return over is not None and any(later.after(over) for later in self._signs_of_return())

    def _signs_of_return(self) -> list[Span]:
        """The days of active metastases, and of results that say metastatic or recurrent."""
        sure = [d for d in self._alone if d.sure is Sure.CONFIRMED and not d.doubted]
        spread = [d.span for d in sure if d.secondary and d.status in ACTIVE]
        read = coded_answer(self.chart, "metastatic", "recurrent")
        said = [f.span for f in self.found("disease-extent") if not isinstance(f.reading(read).value, Why)]
        return [span for span in (*spread, *said) if span and used(span, self.chart.on)]


def of_each_tumour(read: Callable[[Tumour], Fact]) -> Callable[[Tumour], Fact]:
    """A fact of one tumour: where several stand and no order tells which is meant, what is told of each alike."""

    @wraps(read)
    def told(tumour: Tumour) -> Fact:
        return of_all([read(one) for one in tumour.each]) if len(tumour.each) > 1 else read(tumour)

    return told
