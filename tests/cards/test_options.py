"""Cards on which options are put before a reader (rules.md section 5): order, reservations, approval, length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count, product
from typing import Any

import pytest

from cds_service.cards.render import render
from cds_service.domain.call import Levers
from cds_service.domain.case import Medication
from cds_service.domain.values import Unclear
from cds_service.knowledge_base import knowledge_folder, load, load_cases
from cds_service.rules.arrange import arrange
from cds_service.rules.cases import question_of
from cds_service.rules.consult import consult_all
from cds_service.rules.findings import Findings
from tests.rules.build import question

KNOWLEDGE = load(knowledge_folder())
CASES = [case for case in load_cases(knowledge_folder(), KNOWLEDGE) if case.hook == "patient-view"]
ON = date(2026, 11, 23)
LONGEST = {"en": 2900, "ja": 1650}  # what a clinician still reads; a card of 3000 characters is not read
PANCREAS: dict[str, str | Unclear] = {
    "primary_site": "pancreas",
    "differentiation": "well",
    "ki67_percent": "8",
    "extent": "advanced",
    "liver_tumour_volume_percent": "20",
    "progression": "progressing",
    "sstr_imaging": "positive",
    "functional_status": "non-functioning",
    "hormone_syndrome": "none",
}
GASTRINOMA: dict[str, str | Unclear] = {"functional_status": "functioning", "hormone_syndrome": "gastrinoma"}
MIDGUT = PANCREAS | {"primary_site": "small-bowel"}
NEC: dict[str, str | Unclear] = {
    "primary_site": "small-bowel",
    "differentiation": "poor",
    "ki67_percent": "80",
    "extent": "advanced",
}


def cards(asked: Findings, language: str = "en") -> list[dict[str, Any]]:
    """The cards of all rules together, as patient-view sends them."""
    numbers = count(1)
    said, _ = arrange("patient-view", consult_all("patient-view", (asked,), asked.knowledge, Levers()))
    setting = replace(asked.setting, language=language)
    return [render(advice, setting, asked.knowledge, lambda: f"id-{next(numbers)}") for advice in said]


def ask(facts: dict[str, str | Unclear], place: str = "JP", *had: str) -> Findings:
    """A patient treated with these drugs a year ago."""
    past = tuple(Medication(drug, "past", f"MedicationRequest/{drug}", "2025-11-01", "2025-08-01") for drug in had)
    return question(KNOWLEDGE, facts, jurisdiction=place, on=ON, medications=past)


def listed(asked: Findings, language: str = "en") -> str:
    """The text of the card that lists options; empty where there is none."""
    shared = {rule.id.replace("-", "") for rule in KNOWLEDGE.rules if rule.together}
    return "".join(card["detail"] for card in cards(asked, language) if card["source"]["topic"]["code"] in shared)


def line(text: str, name: str) -> str:
    """The line of this option."""
    [found] = [one for one in text.splitlines() if one.startswith(f"- {name}")]
    return found


def places(text: str, *names: str) -> list[int]:
    return [text.index(f"- {name}") for name in names]


def test_options_stand_in_guideline_order() -> None:
    found = places(listed(ask(PANCREAS)), "Lanreotide:", "Everolimus:", "Sunitinib:", "STZ+5-FU:")
    assert found == sorted(found)


def test_rapid_growth_puts_cytotoxic_drugs_first() -> None:
    found = places(listed(ask(PANCREAS | {"progression": "rapid"}, "US")), "STZ+5-FU:", "CAPTEM:", "Lanreotide:")
    assert found == sorted(found)


def test_a_treatment_had_is_struck_out_with_its_last_day() -> None:
    text = listed(ask(PANCREAS, "US", "everolimus"))
    assert "Already on record:\n- ~~Everolimus~~ (last 2025-11-01)" in text
    assert "- Everolimus:" not in text


def test_a_regimen_half_had_is_not_struck_out() -> None:
    assert "~~CAPTEM~~" not in listed(ask(PANCREAS, "US", "capecitabine"))


def test_a_drug_that_a_rule_warns_of_stands_below_with_the_sentence_of_that_rule() -> None:
    free, reserved = listed(ask(PANCREAS)).split("With reservations for this patient:")
    assert "CAPTEM:" not in free
    assert line(reserved, "CAPTEM").startswith("- CAPTEM: Temozolomide is not approved for NET in Japan")


def test_approval_is_told_in_a_few_words() -> None:
    text = listed(ask(PANCREAS))
    assert line(text, "Lanreotide").endswith("Approved here.")
    assert line(text, "Everolimus:").endswith("Approval not known.")
    assert line(text, "STZ+5-FU").endswith("Streptozocin approved here; 5-FU approval not known.")
    assert "temozolomide not approved here (checked 2026-11-22)" in line(text, "CAPTEM")


def test_an_approval_for_others_is_told_with_its_wording() -> None:
    stable = MIDGUT | {"progression": "stable", "ki67_percent": "12"}
    assert "approved here for another group (" in line(listed(ask(stable, "EU")), "177Lu").lower()


def test_an_approval_that_may_not_cover_the_patient_is_not_simply_approved() -> None:
    open_pace = PANCREAS | {"progression": Unclear()}
    assert "Approved here for progressive" in line(listed(ask(open_pace, "US")), "Sunitinib")


def test_a_test_that_comes_first_is_named_on_the_line() -> None:
    assert line(listed(ask(PANCREAS | {"dpyd": "none"}, "US")), "STZ+5-FU").endswith("first: DPYD testing.")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_guideline_that_was_not_read_is_named_in_japan_only(language: str) -> None:
    assert listed(ask(PANCREAS), language).count("JNETS") == 1
    assert "JNETS" not in listed(ask(PANCREAS, "EU"), language)


def test_lists_on_one_card_stand_under_their_titles() -> None:
    text = listed(ask(PANCREAS | GASTRINOMA))
    titles = ("Hormone symptoms:\n\n- ", "Position on the first-line MAP:\n\n- ")
    found = [text.index(part) for part in ("- Lanreotide:", *titles)]
    assert found == sorted(found)
    assert "First-line options in an advanced" not in text  # the summary is the title of the first


def test_bullets_of_one_rule_are_one_list() -> None:
    text = listed(ask(PANCREAS | GASTRINOMA))
    symptoms = text.split("Hormone symptoms:\n\n")[1].split("\n\n")[0]
    assert [one[:2] for one in symptoms.splitlines()] == ["- "] * 4


def test_an_interval_is_told_where_it_leaves_the_difference_open() -> None:
    text = listed(ask(PANCREAS))
    assert "95% CI 0.32–1.04" in line(text, "Lanreotide")
    assert "95% CI" not in line(text, "Sunitinib")


def test_the_card_leaves_its_scope_to_the_summary_and_the_basis() -> None:
    [card] = [card for card in cards(ask(PANCREAS)) if card["source"]["topic"]["code"] == "pnetfirstline"]
    assert "differentiation" not in card["detail"]
    facts = {fact["fact"] for fact in card["extension"]["org.nen-cds.basis"]["facts"]}
    assert {"primary_site", "differentiation", "grade", "extent"} <= facts


@pytest.mark.parametrize("site", ["pancreas", "small-bowel", "rectum", "unknown-primary"])
@pytest.mark.parametrize(("recorded", "ki67"), [("G1", "8"), ("G2", "2"), ("G2", "30"), ("G3", "8")])
def test_a_grade_in_conflict_withholds_every_list(site: str, recorded: str, ki67: str) -> None:
    asked = ask(PANCREAS | {"primary_site": site, "recorded_grade": recorded, "ki67_percent": ki67})
    assert "Lanreotide" not in listed(asked)
    assert "STZ" not in listed(asked)
    assert cards(asked)[0]["indicator"] == "warning"


def test_differentiation_in_conflict_withholds_every_list() -> None:
    assert listed(ask(PANCREAS | {"differentiation": Unclear()})) == ""


def test_a_nec_below_the_line_is_said_to_answer_less() -> None:
    low, high = (listed(ask(NEC | {"ki67_percent": ki67})) for ki67 in ("40", "80"))
    assert "fewer responses to platinum there" in low
    assert "yet longer survival" in low
    assert "response to platinum 15% (Ki-67 below 55%) vs 42% (Ki-67 55% or more)" in low
    assert "below 55%" not in high
    assert all("- Carboplatin+etoposide: " in text for text in (low, high))


def _together() -> Iterator[Any]:
    for number, case in enumerate(CASES):
        yield pytest.param(question_of(case, KNOWLEDGE), id=f"{case.rule}: {case.title} ({number})")
    everything = PANCREAS | {"ki67_percent": "12", "liver_tumour_volume_percent": "30", "progression": "rapid"}
    for place, function in product(sorted(KNOWLEDGE.jurisdictions), (GASTRINOMA, {})):
        for site, had in (("pancreas", ()), ("pancreas", ("lanreotide",)), ("small-bowel", ("lanreotide",))):
            facts = everything | function | {"primary_site": site, "dpyd": "none"}
            yield pytest.param(ask(facts, place, *had), id=f"{place}, {site}, {len(function)} {len(had)}")


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("asked", list(_together()))
def test_what_a_reader_gets_is_short(asked: Findings, language: str) -> None:
    found = cards(asked, language)
    assert len(found) <= 3
    assert max((len(card["detail"]) for card in found), default=0) <= LONGEST[language]
