"""Facts of other drugs in plan: what they do to, or with, the drug ordered (rules.md section 4)."""

from __future__ import annotations

from ..domain.values import Fact, Known, Unclear, Why
from .other_drugs import OtherDrugs
from .results import first_within


def cyp3a4_inhibitor(drugs: OtherDrugs) -> Fact:
    """The strongest inhibitor in plan; none where the history was read and holds none."""
    facts = [(strength, drugs.in_plan(strength)) for strength in ("strong", "moderate")]
    for strength, fact in facts:
        if isinstance(fact, Known) and fact.value == "yes":
            return Known(strength, fact.source, fact.date)
    return next((fact for _, fact in facts if isinstance(fact, Unclear)), Known("none"))


def ace_inhibitor(drugs: OtherDrugs) -> Fact:
    """An ACE inhibitor in plan."""
    return drugs.in_plan("ace-inhibitor")


def coumarin(drugs: OtherDrugs) -> Fact:
    """A coumarin anticoagulant in plan."""
    return drugs.in_plan("coumarin")


def beta_blocker(drugs: OtherDrugs) -> Fact:
    """A beta-blocker in plan."""
    return drugs.in_plan("beta-blocker")


def ciclosporin(drugs: OtherDrugs) -> Fact:
    """Ciclosporin in plan."""
    return drugs.in_plan("ciclosporin")


def bromocriptine(drugs: OtherDrugs) -> Fact:
    """Bromocriptine in plan."""
    return drugs.in_plan("bromocriptine")


def glucose_lowering_drug(drugs: OtherDrugs) -> Fact:
    """A drug that lowers glucose in plan."""
    return drugs.in_plan("glucose-lowering")


def steroid_course(drugs: OtherDrugs) -> Fact:
    """A corticosteroid over a long time."""
    return drugs.course_of("corticosteroid", "steroid-course")


def live_vaccine(drugs: OtherDrugs) -> Fact:
    """A live vaccine among the drafts of this call; what was given before does not matter."""
    for ref, means, _ in drugs.drafts:
        if "live-vaccine" in means:
            return Known("yes", ref)
    return Unclear(Why.NOT_UNDERSTOOD) if drugs.names_nothing() else Known("no")


def s1_within_seven_days(drugs: OtherDrugs) -> Fact:
    """S-1 supplied within the washout."""
    chart, history = drugs.chart, drugs.person.history
    found = [one for one in history.supplies if one.drug == "s-1"]
    if recent := first_within([(one.span, one.ref) for one in found], chart, "s1-washout"):
        return recent
    if any(one.span is None for one in found):
        return Unclear(Why.UNDATED)
    return Known("no") if isinstance(history.was_read, Known) else history.was_read
