"""Why a resource of the record may be used by no fact, whichever is asked; None where one may use it."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.call import Json
from ..domain.set_aside import Aside
from .about_whom import is_about_somebody_else
from .certainty import Sure, is_refuted, status_of, sure_of
from .chart import REPORTED, Chart
from .dates import used, when
from .family import is_family_history
from .findings import taken_on
from .looked_for import READ, gives_a_drug, meant
from .on_record import COUNTED, is_no_order
from .shape import forbids, modified, text
from .supplies import supplied_on
from .whereabouts import NAMEABLE

_ON_STUDY = frozenset({"on-study", "on-study-intervention", "on-study-observation"})
# Statuses in which a resource may be used, by type.
_STANDS: Mapping[str, frozenset[str]] = {
    **COUNTED,
    **{kind: frozenset(statuses) for kind, statuses in NAMEABLE.items()},
    "Observation": REPORTED,
    "DiagnosticReport": REPORTED,
    "Goal": frozenset({"active"}),
    "ResearchSubject": _ON_STUDY,
}
_BY_STATUS = {
    "entered-in-error": Aside.ENTERED_IN_ERROR,
    **dict.fromkeys(("cancelled", "revoked", "rejected"), Aside.CANCELLED),
    **dict.fromkeys(("registered", "preliminary", "partial"), Aside.PRELIMINARY),
    **dict.fromkeys(("preparation", "in-progress", "on-hold", "not-done", "not-taken"), Aside.NOT_DONE),
    **dict.fromkeys(("declined", "stopped", "intended"), Aside.NOT_DONE),
    **dict.fromkeys(("proposed", "planned", "accepted"), Aside.NOT_DONE),  # a goal
    **dict.fromkeys(("candidate", "eligible", "potential-candidate", "pending-on-study", "screening"), Aside.NOT_DONE),
    **dict.fromkeys(("ineligible", "not-registered"), Aside.NOT_DONE),
    **dict.fromkeys(("completed", "off-study", "follow-up", "withdrawn"), Aside.OVER),
    "draft": Aside.NOT_AN_ORDER,
}
_ONLY_OF_DRUGS = frozenset({"in-progress", "stopped"})  # a procedure that gives no drug must be completed
_OF_ANY_GOAL = frozenset({"proposed", "planned", "accepted", "completed"})


def why_unusable(kind: str, resource: Json, chart: Chart) -> Aside | None:
    """The first reason there is."""
    if kind == "FamilyMemberHistory":
        return Aside.FAMILY_HISTORY
    return (
        _withdrawn(kind, resource, chart)
        or _of_another_person(kind, resource, chart)
        or _forbidden(resource)
        or (Aside.NOT_AN_ORDER if kind in COUNTED and is_no_order(resource) else None)
        or _modified(resource, chart)
        or _not_of_a_day(kind, resource, chart)
        or (Aside.TOO_MANY if chart.was_left_unread(resource) else None)
    )


def _withdrawn(kind: str, resource: Json, chart: Chart) -> Aside | None:
    if kind in ("Condition", "AllergyIntolerance"):
        return _withdrawn_statement(kind, resource)
    status = text(resource, "lifecycleStatus" if kind == "Goal" else "status")
    gives_none = status in _ONLY_OF_DRUGS and kind == "Procedure" and not gives_a_drug(resource, chart)
    if kind not in _STANDS or (status in _STANDS[kind] and not gives_none):
        return None
    if (gives_none or status in _OF_ANY_GOAL) and not meant(kind, resource, chart):
        return None  # as ordinary as what was done
    return _BY_STATUS.get(status, Aside.UNKNOWN_STATUS)


def _withdrawn_statement(kind: str, resource: Json) -> Aside | None:
    """A diagnosis or an allergy: what was taken back, and what has a status nobody knows."""
    sure, status = sure_of(resource), status_of(resource)
    if sure is Sure.WITHDRAWN:
        return Aside.REFUTED if is_refuted(resource) else Aside.ENTERED_IN_ERROR
    if sure is Sure.UNREADABLE or status == "unreadable":
        return Aside.UNKNOWN_STATUS
    return Aside.OVER if kind == "AllergyIntolerance" and status in ("inactive", "resolved") else None


def _of_another_person(kind: str, resource: Json, chart: Chart) -> Aside | None:
    if kind == "Condition" and is_family_history(resource, chart.terms):
        return Aside.FAMILY_HISTORY
    if kind == "Observation" and is_about_somebody_else(resource, chart.record.patient_id, chart.find):
        return Aside.SOMEBODY_ELSE
    return None


def _forbidden(resource: Json) -> Aside | None:
    found = forbids(resource)
    return Aside.INVALID if found is None else Aside.FORBIDS if found else None


def _modified(resource: Json, chart: Chart) -> Aside | None:
    if resource.get("modifierExtension"):
        return Aside.UNKNOWN_MODIFIER
    if text(resource, "resourceType") in NAMEABLE and modified(resource):
        return Aside.UNKNOWN_MODIFIER
    if not chart.was_refused(resource):
        return None
    return Aside.UNKNOWN_MODIFIER if modified(resource) else Aside.INVALID


def _not_of_a_day(kind: str, resource: Json, chart: Chart) -> Aside | None:
    """Undated, where the day is what counts; or of a day to come."""
    if kind in ("Observation", "DiagnosticReport"):
        span = taken_on(resource, chart) if kind == "Observation" else None
        span = span or when(resource, "effectiveDateTime", "effectivePeriod", "effectiveInstant")
        if span is None:
            return Aside.UNDATED
        return None if used(span, chart.on) else Aside.TO_COME
    if kind in READ and chart.is_to_come(resource):
        return Aside.TO_COME
    return Aside.UNDATED if _lacks_its_day(kind, resource, chart) else None


def _lacks_its_day(kind: str, resource: Json, chart: Chart) -> bool:
    """True for a drug ordered or given, and for an examination, on no told day; an operation counts without one."""
    if kind not in COUNTED or supplied_on(kind, resource, chart):
        return False
    if kind == "Procedure":
        told = {name for name, _ in meant(kind, resource, chart)}
        return bool(told) and told <= {"study", "drug", "other-drug"}
    return bool(meant(kind, resource, chart))
