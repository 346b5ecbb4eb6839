"""What a record holds and no fact may use: each counted by its reason, and named where a fact that was asked for
would have used it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..domain.call import Json, Trouble
from ..domain.set_aside import Aside, SetAside
from .certainty import Sure, is_refuted, status_of, sure_of
from .chart import REPORTED, Chart
from .conditions import Diagnosis
from .corrections import superseding
from .dates import used, when
from .findings import taken_on
from .links import about_somebody_else
from .looked_for import was_looked_for
from .on_record import COUNTED, is_no_order
from .shape import children, forbids, modified, ref_of, text
from .sources import place_of_trouble
from .tumour import Tumour

WHAT = "set-aside"
_STANDS = {**COUNTED, "Observation": REPORTED, "DiagnosticReport": REPORTED}
_BY_STATUS = {
    "entered-in-error": Aside.ENTERED_IN_ERROR,
    **dict.fromkeys(("cancelled", "revoked"), Aside.CANCELLED),
    **dict.fromkeys(("registered", "preliminary", "partial"), Aside.PRELIMINARY),
    **dict.fromkeys(("preparation", "in-progress", "on-hold", "not-done", "not-taken"), Aside.NOT_DONE),
    **dict.fromkeys(("declined", "stopped", "intended"), Aside.NOT_DONE),
    "draft": Aside.NOT_AN_ORDER,
}
_BY_KIND = {"benign": Aside.BENIGN, "look-alike": Aside.LOOK_ALIKE}
_DATED = ("Observation", "DiagnosticReport")


def set_aside(tumour: Tumour) -> SetAside:
    """What the facts asked for until now left aside; nothing where none was asked for."""
    chart = tumour.chart
    found = [*_drafts(chart), *_resources(chart)]
    told = {id(resource) for resource, _, _ in found}
    found += [each for each in _diagnoses(tumour) if id(each[0]) not in told]
    found += [each for each in _left_out(chart) if id(each[0]) not in told]
    named, others = (
        tuple(dict.fromkeys(Trouble(WHAT, place_of_trouble(one), why) for one, why, asked in found if asked is wanted))
        for wanted in (True, False)
    )
    counts = Counter(str(why) for _, why, _ in found)
    return SetAside(named, others, dict(sorted(counts.items())))


def _drafts(chart: Chart) -> Iterator[tuple[Json, Aside, bool]]:
    """Draft orders that are none: forbidding, withdrawn, or modified by what is not known."""
    for draft in chart.record.drafts:
        status = _BY_STATUS.get(text(draft.resource, "status"))
        gone = status if status in (Aside.ENTERED_IN_ERROR, Aside.CANCELLED) else None
        if why := gone or _forbidden(draft.resource) or _modified(draft.resource, chart):
            yield draft.resource, why, True


def _resources(chart: Chart) -> Iterator[tuple[Json, Aside, bool]]:
    drafts = {draft.ref for draft in chart.record.drafts}
    for kind in chart.record.resources:
        standing = {id(one) for one in superseding(chart.of(kind))} if kind == "Observation" else None
        for resource in chart.of(kind):
            if ref_of(resource) in drafts:
                continue
            why = _why(kind, resource, chart)
            if why is None and standing is not None and id(resource) not in standing:
                why = Aside.SUPERSEDED
            if why:
                yield resource, why, was_looked_for(kind, resource, chart)
            elif inside := [one for one in children(resource, "contained") if _is_result(one)]:
                yield resource, Aside.CONTAINED, any(was_looked_for("Observation", one, chart) for one in inside)


def _is_result(contained: Json) -> bool:
    """True for what tells of a patient from inside another resource: it may be of anybody, and is not read."""
    return text(contained, "resourceType") == "Observation"


def _why(kind: str, resource: Json, chart: Chart) -> Aside | None:
    """Why a resource is not used by anybody; None where it may be."""
    return (
        _withdrawn(kind, resource)
        or (Aside.SOMEBODY_ELSE if kind == "Observation" and about_somebody_else(resource) else None)
        or _forbidden(resource)
        or (Aside.NOT_AN_ORDER if kind in COUNTED and is_no_order(resource) else None)
        or _modified(resource, chart)
        or (_undated(resource, chart) if kind in _DATED else None)
    )


def _withdrawn(kind: str, resource: Json) -> Aside | None:
    if kind in ("Condition", "AllergyIntolerance") and sure_of(resource) is Sure.WITHDRAWN:
        return Aside.REFUTED if is_refuted(resource) else Aside.ENTERED_IN_ERROR
    if kind == "AllergyIntolerance":
        return Aside.OVER if status_of(resource) in ("inactive", "resolved") else None
    status = text(resource, "status")
    if kind not in _STANDS or status in _STANDS[kind]:
        return None
    return _BY_STATUS.get(status, Aside.UNKNOWN_STATUS)


def _forbidden(resource: Json) -> Aside | None:
    found = forbids(resource)
    return Aside.INVALID if found is None else Aside.FORBIDS if found else None


def _modified(resource: Json, chart: Chart) -> Aside | None:
    if resource.get("modifierExtension"):
        return Aside.UNKNOWN_MODIFIER
    if not chart.was_refused(resource):
        return None
    return Aside.UNKNOWN_MODIFIER if modified(resource) else Aside.INVALID


def _undated(resource: Json, chart: Chart) -> Aside | None:
    span = taken_on(resource, chart) if text(resource, "resourceType") == "Observation" else None
    span = span or when(resource, "effectiveDateTime", "effectivePeriod", "effectiveInstant")
    if span is None:
        return Aside.UNDATED
    return None if used(span, chart.on) else Aside.TO_COME


def _diagnoses(tumour: Tumour) -> Iterator[tuple[Json, Aside, bool]]:
    """Tumours that are not taken for the NEN: benign or alike, not confirmed, or over."""
    if ("condition", "tumour") in tumour.chart.looked_for:
        for found in tumour.diagnoses:
            why = _BY_KIND.get(found.kind) or (_not_relied_on(found, tumour) if found.is_nen else None)
            if why:
                yield found.resource, why, True


def _not_relied_on(found: Diagnosis, tumour: Tumour) -> Aside | None:
    if tumour.why_not(found) is None:
        return None
    if found.sure is Sure.UNREADABLE or found.status == "unreadable":
        return Aside.UNKNOWN_STATUS
    return Aside.NOT_CONFIRMED if found.sure is Sure.UNCONFIRMED or found.doubted else Aside.OVER


def _left_out(chart: Chart) -> Iterator[tuple[Json, Aside, bool]]:
    """What a fact itself could not use: too old for it, or of another tumour."""
    by_ref = {ref_of(one): one for kind in chart.record.resources for one in chart.of(kind)} if chart.left_out else {}
    for ref, why in chart.left_out.items():
        if ref in by_ref:
            yield by_ref[ref], why, True
