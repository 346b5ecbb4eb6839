"""A record that loses a resource loses knowledge at most: no fact is made of what is not there.

Of each fact, where one resource is taken away:

1. It may become unclear, or stay as it is and stand elsewhere.
2. It may become another known value only where the resource taken away had a say in it: the fact stood on it, or was
   unclear for more than that nothing was recorded. The new value then stands on a resource that is still there, and
   the older, lower or other statement, superseded until now, counts again.
3. Only the words of an answered search that holds nothing (NOTHING) stand on no resource at all.
"""

from __future__ import annotations

from hypothesis import given, note
from hypothesis import strategies as st

from cds_service.domain.call import Json
from cds_service.domain.facts import READINGS, RECORD
from cds_service.domain.values import Fact, Known, Unclear, Why
from tests.records.any_record import PROPERTY, Whole, facts_of, some_record

# What an answered search says that holds nothing (rules.md section 1c), and `other` where no diagnosis is a NEN.
NOTHING = {"no", "none", "0", "other"}
# Facts put together from several resources, each with its reason: taking away one that the answer does not cite may
# change it to another known value.
_SPAN = "of several results taken together the answer is the span from the lowest to the highest"
TOGETHER = {
    "blood_counts": "one of the two counts alone is neither done nor none",
    "neutrophils_10e9_per_l": _SPAN,
    "platelets_10e9_per_l": _SPAN,
    "creatinine_clearance_ml_per_min": _SPAN,
    "egfr_ml_per_min": _SPAN,
    "lvef_percent": _SPAN,
    "qtc_ms": _SPAN,
    "platelet_decrease_ctcae_grade": _SPAN,
    "pneumonitis_ctcae_grade": _SPAN,
    "prrt_doses_given": "doses are counted, and the newest is cited",
    "renal_decline": "results before the first dose are held against those of now",
    "steroid_course": "a course is more than one supply",
}
NOT_THERE = {Why.NOT_RECORDED, Why.UNAVAILABLE, Why.INCOMPLETE}


def complaint(name: str, before: Fact, after: Fact, gone: Json, left: Whole) -> str | None:
    """What is wrong with a fact after this resource was taken away; None where nothing is."""
    if isinstance(after, Unclear) or (isinstance(before, Known) and after.value == before.value):
        return None
    there = {f"{one['resourceType']}/{one['id']}" for one in (*left.resources, *left.drafts)}
    lost = f"{gone['resourceType']}/{gone['id']}"
    change = f"{name}: {before} became {after} without {lost}"
    if after.source not in there and str(after.value) not in NOTHING:
        return f"{change}, and stands on nothing"
    if name in TOGETHER:
        return None
    if isinstance(before, Unclear):
        return f"{change}, though nothing told it" if before.why in NOT_THERE else None
    if before.source != lost:
        return f"{change}, which it did not stand on"
    return None


@PROPERTY
@given(st.data())
def test_without_a_resource_nothing_is_made_up(data: st.DataObject) -> None:
    whole = data.draw(some_record())
    before = facts_of(whole)
    found = []
    for gone in data.draw(st.lists(st.sampled_from(whole.resources), min_size=1, max_size=4, unique_by=id)):
        left = whole.but(one for one in whole.resources if one is not gone)
        after = facts_of(left)
        found += [complaint(name, before[name], after[name], gone, left) for name in (*RECORD, *READINGS)]
    told = [one for one in found if one]
    note("\n".join(told))
    assert not told


@PROPERTY
@given(some_record())
def test_without_any_resource_only_an_answered_search_tells(whole: Whole) -> None:
    after = facts_of(whole.but([]))
    known = {str(fact.value) for fact in after.values() if isinstance(fact, Known)}
    assert known <= NOTHING
