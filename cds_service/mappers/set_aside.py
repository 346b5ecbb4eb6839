"""What a record holds and no fact may use: each counted by its reason, and named where a fact that was asked for
would have used it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..domain.call import Json, Trouble
from ..domain.set_aside import Aside, SetAside
from .certainty import Sure
from .chart import Chart
from .conditions import Diagnosis, diagnosis_of
from .drafts import why_no_order
from .looked_for import denies, meant, was_looked_for
from .shape import children, ref_of, text
from .sources import place_of_trouble
from .tumour import Tumour
from .unusable import why_unusable

WHAT = "set-aside"
_BY_KIND = {"benign": Aside.BENIGN, "look-alike": Aside.LOOK_ALIKE}
Left = tuple[Json, Aside, bool]  # a resource, why it was not used, and whether a fact asked for would have used it


def set_aside(tumour: Tumour) -> SetAside:
    """What the facts asked for until now left aside; nothing where none was asked for."""
    chart = tumour.chart
    asked = set(chart.looked_for)
    found = _each_once((*_drafts(chart), *_resources(chart), *_not_received(chart)))
    found = _each_once((*found, *_diagnoses(tumour), *_left_out(chart)))
    chart.looked_for = asked  # to ask what was left aside is to look for nothing
    named, others = (
        tuple(dict.fromkeys(Trouble(WHAT, place_of_trouble(one), why) for one, why, asked in found if asked is wanted))
        for wanted in (True, False)
    )
    counts = Counter(str(why) for _, why, _ in found)
    return SetAside(named, others, dict(sorted(counts.items())))


def _each_once(found: Iterable[Left]) -> list[Left]:
    """The first reason of each resource."""
    first: dict[int, Left] = {}
    for each in found:
        first.setdefault(id(each[0]), each)
    return list(first.values())


def _drafts(chart: Chart) -> Iterator[Left]:
    """Draft orders that are none."""
    for draft in chart.record.drafts:
        if why := why_no_order(draft.resource) or _was_refused(draft.resource, chart):
            yield draft.resource, why, True


def _was_refused(draft: Json, chart: Chart) -> Aside | None:
    return Aside.INVALID if chart.was_refused(draft) else None


def _resources(chart: Chart) -> Iterator[Left]:
    drafts = {draft.ref for draft in chart.record.drafts}
    standing = {id(one) for one in chart.results}
    for kind in chart.record.resources:
        for resource in chart.of(kind):
            if ref_of(resource) in drafts:
                continue
            why = why_unusable(kind, resource, chart)
            if why is None and kind == "Observation" and id(resource) not in standing:
                why = Aside.SUPERSEDED
            if why:
                yield from _left(kind, resource, why, chart)
            elif inside := [one for one in children(resource, "contained") if _is_result(one)]:
                yield resource, Aside.CONTAINED, any(was_looked_for("Observation", one, chart) for one in inside)


def _is_result(contained: Json) -> bool:
    """True for what tells of a patient from inside another resource: it may be of anybody, and is not read."""
    return text(contained, "resourceType") == "Observation"


def _left(kind: str, resource: Json, why: Aside, chart: Chart) -> Iterator[Left]:
    """What is merely over, as most of a record is, only where it was looked for."""
    asked = was_looked_for(kind, resource, chart)
    if asked or why is not Aside.OVER:
        yield resource, why, asked


def _not_received(chart: Chart) -> Iterator[Left]:
    """What does not say whose it is, and copies of which another was taken."""
    told = ((Aside.OWNER_UNTOLD, chart.record.unowned), (Aside.ANOTHER_COPY, chart.record.copies))
    for why, resources in told:
        for resource in resources:
            yield resource, why, was_looked_for(text(resource, "resourceType"), resource, chart)


def _diagnoses(tumour: Tumour) -> Iterator[Left]:
    """Diagnoses that are not relied on: benign or alike, not confirmed, denied, or over."""
    chart = tumour.chart
    asked = ("condition", "tumour") in chart.looked_for
    read = tumour.diagnoses if asked else [diagnosis_of(one, chart) for one in chart.of("Condition")]
    for found in read:
        why = _BY_KIND.get(found.kind) or _unsure(found, chart)
        tells = found.is_nen or found.metastases or found.syndromes
        if why is None and asked and tells and tumour.why_not(found) is not None:
            why = why_unusable("Condition", found.resource, chart) or Aside.OVER  # now that it was asked if it is valid
        if why:
            yield found.resource, why, was_looked_for("Condition", found.resource, chart)


def _unsure(found: Diagnosis, chart: Chart) -> Aside | None:
    """Whether what readers look for is only suspected or denied; of another disease nobody asks how sure it is."""
    if found.sure is Sure.UNCONFIRMED or found.doubted:
        return Aside.NOT_CONFIRMED if meant("Condition", found.resource, chart) else None
    return Aside.NOT_CONFIRMED if denies(found, chart) else None


def _left_out(chart: Chart) -> Iterator[Left]:
    """What a fact itself could not use: too old for it, or of another tumour."""
    by_ref = {ref_of(one): one for kind in chart.record.resources for one in chart.of(kind)} if chart.left_out else {}
    for ref, why in chart.left_out.items():
        if ref in by_ref:
            yield by_ref[ref], why, True
