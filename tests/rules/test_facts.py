from __future__ import annotations

import pytest

from cds_service.domain.case import Medication
from cds_service.domain.facts import COMPUTED, FACTS, RECORD
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known, Unclear, Why, word
from cds_service.rules.facts import COMPUTED_FACTS

from .build import order, question


def test_every_fact_of_the_closed_list_is_answered(knowledge: Knowledge) -> None:
    asked = question(knowledge, {}, order("lanreotide"))
    for name in FACTS:
        assert isinstance(asked.fact(name), Known | Unclear)


def test_a_fact_outside_the_list_is_an_error(knowledge: Knowledge) -> None:
    with pytest.raises(KeyError):
        question(knowledge, {}).fact("shoe_size")


def test_the_lists_in_code_agree() -> None:
    assert set(COMPUTED_FACTS) == set(COMPUTED)
    assert not set(COMPUTED) & set(RECORD)


@pytest.mark.parametrize("differentiation", ["poor", "mixed"])
def test_a_nec_is_not_graded(knowledge: Knowledge, differentiation: str) -> None:
    asked = question(knowledge, {"differentiation": differentiation, "ki67_percent": "80"})
    assert asked.fact("grade") == Unclear(Why.NOT_GRADED)


def test_imaging_that_could_not_be_read_is_not_replaced_by_a_stain(knowledge: Knowledge) -> None:
    asked = question(knowledge, {"sstr_imaging": Unclear(Why.UNAVAILABLE), "sstr2_ihc": "positive"})
    assert asked.fact("sstr_status") == Unclear(Why.UNAVAILABLE)


@pytest.mark.parametrize(
    ("site", "group"),
    [("small-bowel", "midgut"), ("duodenum", "foregut-gi"), ("rectum", "hindgut"), ("colon", "colon")],
)
def test_a_site_belongs_to_its_group(knowledge: Knowledge, site: str, group: str) -> None:
    fact = question(knowledge, {"primary_site": site}).fact("site_group")
    assert isinstance(fact, Known)
    assert fact.value == group


def test_an_unclear_extent_is_an_ordinary_setting(knowledge: Knowledge) -> None:
    assert question(knowledge, {}).fact("treatment_setting") == Known("other")


def test_a_co_ordered_radioligand_is_in_plan(knowledge: Knowledge) -> None:
    asked = question(
        knowledge, {}, order("lanreotide"), co_ordered=(order("lutetium-dotatate", ref="MedicationRequest/2"),)
    )
    assert asked.fact("prrt_in_plan") == Known("yes", "MedicationRequest/2")


def test_the_order_asked_about_is_not_its_own_partner(knowledge: Knowledge) -> None:
    assert question(knowledge, {}, order("lanreotide")).fact("ssa_in_plan") == Known("no")


def test_a_supplied_drug_is_in_plan(knowledge: Knowledge) -> None:
    taken = Medication("lutetium-dotatate", "in-plan", "MedicationAdministration/1", "2026-01-01")
    fact = question(knowledge, {}, order("lanreotide"), medications=(taken,)).fact("prrt_in_plan")
    assert fact == Known("yes", "MedicationAdministration/1", "2026-01-01")


def test_a_stale_entry_leaves_the_plan_unclear(knowledge: Knowledge) -> None:
    stale = Medication("lutetium-dotatate", "stale", "MedicationRequest/9", "2024-01-01")
    fact = question(knowledge, {}, order("lanreotide"), medications=(stale,)).fact("prrt_in_plan")
    assert fact == Unclear(Why.TOO_OLD)


def test_no_is_said_only_of_a_history_that_was_read(knowledge: Knowledge) -> None:
    unread = question(knowledge, {}, order("lanreotide"), history=Unclear(Why.UNAVAILABLE))
    assert unread.fact("prrt_in_plan") == Unclear(Why.UNAVAILABLE)


@pytest.mark.parametrize(("drug", "agent"), [("cisplatin", "cis-carbo"), ("oxaliplatin", "oxaliplatin")])
def test_oxaliplatin_is_not_cisplatin(knowledge: Knowledge, drug: str, agent: str) -> None:
    fact = question(knowledge, {}, order(drug)).fact("platinum_agent")
    assert isinstance(fact, Known)
    assert fact.value == agent


def test_the_platinum_agent_of_another_drug_is_unclear(knowledge: Knowledge) -> None:
    assert question(knowledge, {}, order("lanreotide")).fact("platinum_agent") == Unclear()


HIDDEN = (Why.NOT_UNDERSTOOD, Why.POSSIBLE_FRACTION, Why.NOT_LINKED, Why.UNDATED, Why.INCOMPLETE, Why.UNAVAILABLE)


@pytest.mark.parametrize("why", HIDDEN)
@pytest.mark.parametrize(
    ("known", "other"), [("ki67_percent", "mitoses_per_2mm2"), ("mitoses_per_2mm2", "ki67_percent")]
)
def test_one_index_gives_no_grade_while_the_other_stands_unread(
    knowledge: Knowledge, why: Why, known: str, other: str
) -> None:
    fact = question(knowledge, {known: "1", other: Unclear(why)}).fact("grade")
    assert isinstance(fact, Unclear)
    assert (fact.why, len(fact.seen)) == (why, 1)


def test_an_unread_index_cannot_raise_what_is_the_highest_already(knowledge: Knowledge) -> None:
    asked = question(knowledge, {"ki67_percent": "30", "mitoses_per_2mm2": Unclear(Why.NOT_UNDERSTOOD)})
    assert word(asked.fact("grade")) == "G3"


def test_one_index_is_enough_where_the_other_is_not_recorded(knowledge: Knowledge) -> None:
    asked = question(knowledge, {"ki67_percent": "8", "mitoses_per_2mm2": Unclear()})
    assert word(asked.fact("grade")) == "G2"


@pytest.mark.parametrize(("recorded", "grade"), [("G1", "conflicting"), ("G2", "G2"), ("G3", "G3")])
def test_a_pathologists_grade_counts_beside_an_unread_index_unless_it_is_too_low(
    knowledge: Knowledge, recorded: str, grade: str
) -> None:
    told: dict[str, str | Unclear] = {
        "mitoses_per_2mm2": "5",
        "ki67_percent": Unclear(Why.NOT_UNDERSTOOD),
        "recorded_grade": recorded,
    }
    fact = question(knowledge, told).fact("grade")
    assert (fact.value if isinstance(fact, Known) else str(fact.why)) == grade
