"""progression, as rules.md section 1a settles it."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.values import Fact, Why
from tests.mappers.parts import (
    ALL,
    LOINC,
    OWN,
    SCT,
    concept,
    condition,
    done,
    fact,
    finding,
    given,
    observation,
    ordered,
    seen,
    stated,
    value,
    why,
)

CODES = {
    "PD": (LOINC, "LA28370-7"),
    "SD": (LOINC, "LA28371-5"),
    "CR": (LOINC, "LA28366-5"),
    "worsened": (SCT, "271299001"),
    "stable": (SCT, "359746009"),
    "improved": (SCT, "268910001"),
}


def assessed(answer: str, day: str | None = "2026-10-01", name: str = "s1", **more: Any) -> Any:
    """RECIST under 88040-1, or the disease status under 97509-4."""
    system = "88040-1" if answer.isupper() else "97509-4"
    return observation(name, (LOINC, system), day, valueCodeableConcept=concept(CODES[answer])) | more


def tempo(answer: str, day: str | None = "2026-10-01", name: str = "t1") -> Any:
    return finding("progression-tempo", answer, name, day)


def progression(*resources: Any, **more: Any) -> Fact:
    return fact("progression", condition(), *resources, **more)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("PD", "progressing"),
        ("worsened", "progressing"),
        ("SD", "stable"),
        ("stable", "stable"),
        ("CR", "stable"),
        ("improved", "stable"),
    ],
)
def test_recist_and_disease_status_are_read(answer: str, expected: str) -> None:
    assert value(progression(assessed(answer))) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-11-23", "stable"), ("2025-11-22", "unclear: too-old"), ("2025-11", "unclear: too-old")],
)
def test_an_assessment_holds_for_365_days(day: str, expected: str) -> None:
    assert value(progression(assessed("SD", day))) == expected


def test_the_newest_assessment_stands() -> None:
    assert value(progression(assessed("SD", "2026-03-01"), assessed("PD", "2026-09-01", "s2"))) == "progressing"


@pytest.mark.parametrize("speed", ["rapid", "slow"])
def test_a_tempo_written_by_code_goes_with_the_growth(speed: str) -> None:
    assert value(progression(assessed("PD"), tempo(speed))) == speed


@pytest.mark.parametrize(
    ("words", "expected"), [("rapid progression", "rapid"), ("slow progression", "slow"), ("急速な増悪", "rapid")]
)
def test_a_tempo_written_in_plain_words_goes_with_the_growth(words: str, expected: str) -> None:
    said = observation("s1", (LOINC, "97509-4"), "2026-10-01", valueString=words)
    assert value(progression(said)) == expected
    assert value(progression(said, assessed("PD", name="s2"))) == expected


def test_a_tempo_is_never_computed_from_two_assessments() -> None:
    assert value(progression(assessed("PD", "2026-08-01"), assessed("PD", "2026-10-01", "s2"))) == "progressing"


def test_a_tempo_without_a_status_is_unclear() -> None:
    found = progression(tempo("rapid"))
    assert (why(found), seen(found)) == (Why.AMBIGUOUS, ["rapid"])


def test_both_tempos_on_one_day_are_unclear() -> None:
    assert why(progression(assessed("PD"), tempo("rapid"), tempo("slow", name="t2"))) is Why.CONFLICTING


def test_of_two_tempos_the_newer_stands() -> None:
    assert value(progression(assessed("PD"), tempo("slow", "2026-05-01"), tempo("rapid", name="t2"))) == "rapid"


def test_a_tempo_does_not_make_a_stable_disease_grow() -> None:
    assert value(progression(assessed("SD"), tempo("rapid"))) == "stable"


def test_a_tempo_of_an_earlier_growth_does_not_go_with_a_later_one() -> None:
    begun = given("sunitinib", "2026-03-01")
    told = [tempo("rapid", "2026-02-01"), assessed("PD", "2026-02-01"), assessed("SD", "2026-05-01", "s2")]
    assert value(progression(*told, assessed("PD", "2026-09-01", "s3"), begun)) == "progressing"


def test_a_tempo_older_than_a_year_is_left_out() -> None:
    assert value(progression(assessed("PD"), tempo("rapid", "2025-11-22"))) == "progressing"


def test_growth_and_no_growth_on_one_day_are_unclear() -> None:
    assert why(progression(assessed("PD"), assessed("SD", name="s2"))) is Why.CONFLICTING


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (concept((LOINC, "LA9348-9")), Why.NOT_UNDERSTOOD),
        (concept(text="see report"), Why.NOT_UNDERSTOOD),
    ],
)
def test_an_answer_we_do_not_know_is_unclear(answer: Any, reason: Why) -> None:
    odd = observation("s2", (LOINC, "88040-1"), "2026-10-02", valueCodeableConcept=answer)
    assert why(progression(assessed("SD"), odd)) is reason


def test_nothing_recorded_is_unclear_and_so_is_nothing_read() -> None:
    assert why(progression()) is Why.NOT_RECORDED
    assert why(progression(had=ALL - {"Observation"})) is Why.UNAVAILABLE
    assert why(progression(assessed("PD", None))) is Why.UNDATED
    assert why(progression(assessed("PD", status="preliminary"))) is Why.NOT_RECORDED


def test_the_course_of_another_cancer_is_not_that_of_the_nen() -> None:
    breast = condition("c2", concept(text="Breast cancer"))
    assert why(progression(breast, assessed("PD"))) is Why.NOT_LINKED
    named = assessed("PD", focus=[{"reference": "Condition/c1"}])
    assert value(progression(breast, named)) == "progressing"


# Growth on 2026-03-01 and a stable scan on 2026-09-01.
GREW, CALM = assessed("PD", "2026-03-01"), assessed("SD", "2026-09-01", "s2")


@pytest.mark.parametrize("calm", ["SD", "CR", "improved"])
def test_growth_within_a_year_and_nothing_begun_since_is_growth_though_a_later_scan_is_stable(calm: str) -> None:
    found = progression(GREW, assessed(calm, "2026-09-01", "s2"))
    assert value(found) == "progressing"
    assert value(progression(GREW, tempo("rapid", "2026-03-01"), CALM)) == "rapid"


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        (given("sunitinib", "2026-02-28"), "progressing"),
        (given("sunitinib", "2026-03-01"), "stable"),
        (given("sunitinib", "2026-04-01"), "stable"),
        (ordered("sunitinib", "2026-04-01", status="stopped"), "stable"),
        (given("sunitinib", "2026"), "unclear: conflicting"),
        (ordered("sunitinib", None), "unclear: conflicting"),
        (stated("sunitinib", "completed", effectivePeriod={"start": "2026-04-01", "end": "2026-08-01"}), "stable"),
        (stated("sunitinib", effectivePeriod={"start": "2025-04-01"}, dateAsserted="2026-11-01"), "progressing"),
        (done("177Lu-DOTATATE", "2026-04-01"), "stable"),
        (done("hepatectomy", "2026-04-01"), "stable"),
        (done("chemoembolization", "2026-04-01"), "stable"),
        (done("embolization", "2026-04-01"), "unclear: conflicting"),
        (done("embolization", "2025-04-01"), "progressing"),
        (done("embolization", None), "unclear: conflicting"),
        (done("hip replacement", "2026-04-01"), "progressing"),
        (given("octreotide 100 mcg subcutaneous", "2026-04-01"), "progressing"),
    ],
)
def test_a_stable_scan_counts_only_as_an_effect_of_what_was_begun_since(treatment: Any, expected: str) -> None:
    assert value(progression(GREW, CALM, treatment)) == expected


def test_a_drug_given_again_after_a_gap_may_or_may_not_be_begun_anew() -> None:
    gap = [given("sunitinib", "2025-06-01"), given("sunitinib", "2026-04-01", "a2")]
    assert why(progression(GREW, CALM, *gap)) is Why.CONFLICTING
    going_on = [given("sunitinib", "2026-01-01"), given("sunitinib", "2026-04-01", "a2")]
    assert value(progression(GREW, CALM, *going_on)) == "progressing"


def test_whether_something_was_begun_cannot_be_told_while_history_was_not_read() -> None:
    found = progression(GREW, CALM, had=ALL - {"Procedure"})
    assert (why(found), seen(found)) == (Why.CONFLICTING, ["progressing", "stable"])
    assert value(progression(GREW, CALM, given("sunitinib", "2026-04-01"), had=ALL - {"Procedure"})) == "stable"


def test_growth_of_more_than_a_year_ago_is_forgotten() -> None:
    assert value(progression(assessed("PD", "2025-11-22"), CALM)) == "stable"


def test_a_scan_that_cannot_be_judged_does_not_hide_growth_that_nothing_was_begun_against() -> None:
    odd = observation("s2", (LOINC, "88040-1"), "2026-09-01", valueCodeableConcept=concept((LOINC, "LA9348-9")))
    assert value(progression(GREW, odd)) == "progressing"
    assert why(progression(GREW, odd, given("sunitinib", "2026-04-01"))) is Why.NOT_UNDERSTOOD


def test_a_result_under_our_own_code_is_of_the_nen_by_itself() -> None:
    breast = condition("c2", concept(text="Breast cancer"))
    named = assessed("PD", focus=[{"reference": "Condition/c1"}])
    own = observation("t1", (OWN, "progression-tempo"), "2026-10-01", valueCodeableConcept=concept((OWN, "slow")))
    assert value(progression(breast, named, own)) == "slow"
