"""Gates, continuation and caps: once, for every rule (rules.md conventions 1-3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cds_service.domain.advice import Verdict
from cds_service.domain.call import Levers, Setting
from cds_service.domain.case import Case
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known, Unclear, Why
from cds_service.rules.consult import consult, consult_all
from cds_service.rules.findings import Findings, findings
from cds_service.rules.offer import may_offer

from .build import ON, order, question, rule

SUNITINIB = "sunitinib-outside-pancreas"
PLATINUM = "platinum-on-net-g3"
NET_G3: dict[str, str | Unclear] = {"primary_site": "pancreas", "differentiation": "well", "ki67_percent": "35"}


def only(verdicts: list[Verdict]) -> Verdict:
    [verdict] = verdicts
    return verdict


def ask(knowledge: Knowledge, asked: Findings, rule_id: str = SUNITINIB) -> Verdict:
    return only(consult(rule(knowledge, rule_id), asked))


def test_a_deceased_patient_gets_no_card(knowledge: Knowledge) -> None:
    asked = question(knowledge, {"primary_site": "rectum"}, order("sunitinib"), deceased=True)
    assert not ask(knowledge, asked).speaks
    assert ask(knowledge, asked).because == "deceased"


@pytest.mark.parametrize("diagnosis", ["other", Unclear(), Unclear(Why.NOT_CONFIRMED), Unclear(Why.UNAVAILABLE)])
def test_without_a_known_nen_there_is_silence(knowledge: Knowledge, diagnosis: str | Unclear) -> None:
    asked = question(knowledge, {"diagnosis": diagnosis, "primary_site": "rectum"}, order("sunitinib"))
    assert not ask(knowledge, asked).speaks


def test_an_order_for_another_disease_is_left_alone(knowledge: Knowledge) -> None:
    asked = question(knowledge, {"primary_site": "rectum"}, order("sunitinib", reason=Known("another-disease")))
    assert not ask(knowledge, asked).speaks


def test_a_continuation_is_left_alone(knowledge: Knowledge) -> None:
    asked = question(knowledge, {"primary_site": "rectum"}, order("sunitinib", kind=Known("continuation")))
    assert not ask(knowledge, asked).speaks


def test_an_unclear_kind_of_order_is_treated_as_new(knowledge: Knowledge) -> None:
    asked = question(knowledge, {"primary_site": "rectum"}, order("sunitinib", kind=Unclear(Why.UNAVAILABLE)))
    assert ask(knowledge, asked).indicator == "warning"


def test_a_rule_that_speaks_on_continuations_does(knowledge: Knowledge) -> None:
    running = replace(rule(knowledge, SUNITINIB), continuation_speaks=True)
    asked = question(knowledge, {"primary_site": "rectum"}, order("sunitinib", kind=Known("continuation")))
    assert only(consult(running, asked)).speaks


@pytest.mark.parametrize("site", ["lung", "thymus", "other-site", "oesophagus", "hepatobiliary"])
def test_by_default_a_site_outside_gep_is_silent(knowledge: Knowledge, site: str) -> None:
    asked = question(knowledge, NET_G3 | {"primary_site": site}, order("cisplatin"))
    assert not ask(knowledge, asked, PLATINUM).speaks


def test_a_rule_may_lift_the_site(knowledge: Knowledge) -> None:
    asked = question(knowledge, {"primary_site": "lung"}, order("sunitinib"))
    assert ask(knowledge, asked).speaks


@pytest.mark.parametrize("extent", ["resected-no-residual", "resectable"])
def test_by_default_before_and_after_resection_is_silent(knowledge: Knowledge, extent: str) -> None:
    asked = question(knowledge, NET_G3 | {"extent": extent}, order("cisplatin"))
    assert not ask(knowledge, asked, PLATINUM).speaks


def test_an_order_meant_as_palliative_is_not_adjuvant(knowledge: Knowledge) -> None:
    asked = question(knowledge, NET_G3 | {"extent": "resectable"}, order("cisplatin", palliative=True))
    assert ask(knowledge, asked, PLATINUM).speaks


CAPS = [
    ("order-reason-unclear", {}, {"reason": Unclear()}),
    ("trial", {"trial": "yes"}, {}),
    ("trial", {}, {"in_trial": True}),
    ("minor", {"age": "17"}, {}),
    ("name-not-exact", {}, {"name_is_exact": False}),
    ("formulation-unclear", {}, {"formulation_is_known": False}),
]


@pytest.mark.parametrize(("cap", "facts", "draft"), CAPS)
def test_a_cap_lowers_the_voice_and_keeps_the_row(
    knowledge: Knowledge, cap: str, facts: dict[str, str | Unclear], draft: dict[str, object]
) -> None:
    verdict = ask(knowledge, question(knowledge, {"primary_site": "rectum", **facts}, order("sunitinib", **draft)))
    assert (verdict.row_name, verdict.indicator, verdict.caps) == ("not-approved", "info", (cap,))


@pytest.mark.parametrize("facts", [{"age": "18"}, {"age": Unclear()}, {"trial": "no"}, {"trial": Unclear()}])
def test_what_is_not_known_to_cap_does_not(knowledge: Knowledge, facts: dict[str, str | Unclear]) -> None:
    verdict = ask(knowledge, question(knowledge, {"primary_site": "rectum", **facts}, order("sunitinib")))
    assert (verdict.indicator, verdict.caps) == ("warning", ())


def test_an_unclear_scope_fact_that_the_rule_admits_caps(knowledge: Knowledge) -> None:
    facts: dict[str, str | Unclear] = {
        "primary_site": "pancreas",
        "sstr_imaging": "negative",
        "functional_status": "non-functioning",
    }
    verdict = ask(knowledge, question(knowledge, facts, order("lanreotide")), "ssa-receptor-negative")
    assert (verdict.row_name, verdict.indicator, verdict.caps) == ("negative-tumour", "info", ("scope-unclear",))


def test_an_unrecognised_drug_gives_no_opinion(knowledge: Knowledge) -> None:
    asked = (question(knowledge, {"primary_site": "rectum"}, order(None)),)
    verdicts = consult_all("order-sign", asked, knowledge, Levers())
    assert [verdict for verdict in verdicts if verdict.speaks] == []


def test_a_rule_speaks_only_at_its_hooks(knowledge: Knowledge) -> None:
    asked = (question(knowledge, {"primary_site": "rectum"}, order("sunitinib")),)
    consulted = {verdict.rule.id for verdict in consult_all("patient-view", asked, knowledge, Levers())}
    assert {"classify", "missing-facts"} <= consulted
    assert SUNITINIB not in consulted


def test_a_rule_that_is_switched_off_is_not_consulted(knowledge: Knowledge) -> None:
    asked = (question(knowledge, {"primary_site": "rectum"}, order("sunitinib")),)
    verdicts = consult_all("order-sign", asked, knowledge, Levers(off=frozenset({SUNITINIB})))
    assert SUNITINIB not in {verdict.rule.id for verdict in verdicts}


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_only_active_rules_are_served(knowledge: Knowledge, status: str) -> None:
    rules = tuple(replace(found, status=status) for found in knowledge.rules)
    asked = (question(knowledge, {"primary_site": "rectum"}, order("sunitinib")),)
    assert consult_all("order-sign", asked, replace(knowledge, rules=rules), Levers()) == ()


def test_a_draft_row_is_never_served(knowledge: Knowledge) -> None:
    found = rule(knowledge, SUNITINIB)
    drafted = replace(found, rows=tuple(replace(row, draft=True) for row in found.rows))
    verdict = only(consult(drafted, question(knowledge, {"primary_site": "rectum"}, order("sunitinib"))))
    assert (verdict.speaks, verdict.because) == (False, "draft row")


def test_silent_rows_are_verdicts_too(knowledge: Knowledge) -> None:
    verdict = ask(knowledge, question(knowledge, {"primary_site": "pancreas"}, order("sunitinib")))
    assert (verdict.row_name, verdict.speaks) == ("pancreas", False)
    assert verdict.because


def test_nobody_is_asked_for_what_is_not_read_yet(knowledge: Knowledge) -> None:
    facts: dict[str, str | Unclear] = {"extent": "advanced", "ki67_percent": Unclear(Why.NOT_READ_YET)}
    verdicts = consult(rule(knowledge, "missing-facts"), question(knowledge, facts))
    said = {verdict.row_name for verdict in verdicts if verdict.speaks}
    assert "ki67" not in said
    assert "ki67" in {verdict.row_name for verdict in verdicts}


def test_a_drug_is_offered_where_no_rule_would_warn_of_it(knowledge: Knowledge) -> None:
    facts = NET_G3 | {"extent": "advanced"}
    here = question(knowledge, facts, order("cisplatin"), jurisdiction="JP")
    assert may_offer("streptozocin", here, instead=True)


def test_a_drug_that_would_be_warned_of_is_not_offered(knowledge: Knowledge) -> None:
    facts: dict[str, str | Unclear] = {
        "primary_site": "pancreas",
        "differentiation": "well",
        "sstr_imaging": "negative",
        "functional_status": "non-functioning",
    }
    assert not may_offer("lanreotide", question(knowledge, facts, order("cisplatin")), instead=True)
    assert may_offer(
        "lanreotide", question(knowledge, facts | {"sstr_imaging": "positive"}, order("cisplatin")), instead=True
    )


def test_a_drug_that_another_draft_orders_is_not_offered_again(knowledge: Knowledge) -> None:
    drafted = order("streptozocin", ref="MedicationRequest/2")
    here = question(knowledge, NET_G3 | {"extent": "advanced"}, order("cisplatin"), co_ordered=(drafted,))
    assert not may_offer("streptozocin", here, instead=True)


def test_each_order_asked_about_has_its_own_facts(knowledge: Knowledge) -> None:
    first, second = order("sunitinib"), order("cisplatin", ref="MedicationRequest/2")
    case = Case({"diagnosis": Known("nen")}, orders=(first, second))
    setting = Setting("JP", date(2026, 1, 15))
    asked = findings(case, ["MedicationRequest/2"], setting, knowledge)
    assert [found.order for found in asked] == [second]
    assert len(findings(case, [], setting, knowledge)) == 1


def test_the_day_is_that_of_the_setting(knowledge: Knowledge) -> None:
    assert question(knowledge, {}).fact("on") == Known(ON)
