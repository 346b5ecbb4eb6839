"""Where and when a radioligand is approved for whom (rules.md section 7): the shipped entries, by date and patient."""

from __future__ import annotations

from datetime import date

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Known, Unclear, Why

from .build import order, question

EUROPEAN = {
    "primary_site": "pancreas",
    "extent": "advanced",
    "differentiation": "well",
    "grade": "G2",
    "progression": "slow",
    "age": "60",
}


def fit(
    knowledge: Knowledge, place: str, on: str, facts: dict[str, str | Unclear], drug: str = "lutetium-dotatate"
) -> str:
    """label_fit as a word; `unclear` with its reason."""
    given = {**facts}
    if "grade" in given:
        given["ki67_percent"] = {"G1": "1", "G2": "5", "G3": "30"}[str(given.pop("grade"))]
    asked = question(knowledge, given, order(drug), jurisdiction=place, on=date.fromisoformat(on))
    found = asked.fact("label_fit")
    return str(found.value) if isinstance(found, Known) else f"unclear ({found.why})"


@pytest.mark.parametrize(
    ("on", "differentiation", "expected"),
    [
        ("2021-06-22", "well", "outside"),
        ("2021-06-22", "poor", "outside"),
        ("2021-06-22", None, "outside"),
        ("2021-06-23", "well", "within"),
        ("2026-11-23", "well", "within"),
        ("2021-06-23", "poor", "unclear (wording-open)"),
        ("2026-11-23", "mixed", "unclear (wording-open)"),
        ("2026-11-23", None, "unclear (not-read-yet)"),
    ],
)
@pytest.mark.parametrize("site", ["pancreas", "rectum", "lung", None])
def test_in_japan_since_june_2021_for_a_net_of_any_site(
    knowledge: Knowledge, on: str, differentiation: str | None, site: str | None, expected: str
) -> None:
    given = {"differentiation": differentiation, "primary_site": site}
    facts: dict[str, str | Unclear] = {name: value for name, value in given.items() if value}
    assert fit(knowledge, "JP", on, facts) == expected


@pytest.mark.parametrize(
    ("on", "age", "expected"),
    [
        ("2021-04-30", "60", "unclear (no-entry)"),
        ("2021-05-15", "60", "unclear (no-entry)"),
        ("2021-06-01", "60", "within"),
        ("2024-04-22", "18", "within"),
        ("2024-04-22", "17", "outside"),
        ("2024-04-22", "12", "outside"),
        ("2024-04-23", "18", "within"),
        ("2024-04-23", "17", "within"),
        ("2024-04-23", "12", "within"),
        ("2024-04-23", "11", "outside"),
        ("2024-04-23", "11..12", "unclear (straddles)"),
        ("2026-11-23", "12", "within"),
    ],
)
def test_in_the_united_states_by_day_and_age(knowledge: Knowledge, on: str, age: str, expected: str) -> None:
    assert fit(knowledge, "US", on, {"primary_site": "rectum", "differentiation": "well", "age": age}) == expected


@pytest.mark.parametrize(
    ("site", "differentiation", "expected"),
    [
        ("pancreas", "well", "within"),
        ("unknown-primary", "well", "within"),
        ("lung", "well", "outside"),
        ("oesophagus", "well", "outside"),
        ("pancreas", "poor", "unclear (wording-open)"),
        ("pancreas", "mixed", "unclear (wording-open)"),
        ("lung", "poor", "outside"),
    ],
)
@pytest.mark.parametrize("on", ["2022-01-01", "2026-11-23"])
def test_in_the_united_states_for_a_gep_net(
    knowledge: Knowledge, site: str, differentiation: str, on: str, expected: str
) -> None:
    facts: dict[str, str | Unclear] = {"primary_site": site, "differentiation": differentiation, "age": "60"}
    assert fit(knowledge, "US", on, facts) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "within"),
        ({"grade": "G1"}, "within"),
        ({"grade": "G3"}, "outside"),
        ({"differentiation": "poor"}, "outside"),
        ({"differentiation": "mixed"}, "outside"),
        ({"progression": "rapid"}, "within"),
        ({"progression": "progressing"}, "within"),
        ({"progression": "stable"}, "outside"),
        ({"progression": Unclear(Why.TOO_OLD)}, "unclear (too-old)"),
        ({"extent": "resectable"}, "outside"),
        ({"extent": "resected-no-residual"}, "outside"),
        ({"extent": Unclear(Why.NOT_RECORDED)}, "unclear (not-recorded)"),
        ({"primary_site": "lung"}, "outside"),
        ({"age": "17"}, "outside"),
        ({"age": "18"}, "within"),
    ],
)
def test_in_the_european_union_only_as_its_wording_says(
    knowledge: Knowledge, change: dict[str, str | Unclear], expected: str
) -> None:
    assert fit(knowledge, "EU", "2026-11-23", {**EUROPEAN, **change}) == expected


@pytest.mark.parametrize("on", ["2024-12-31", "2025-07-01"])
def test_the_year_of_the_european_check_is_not_known_to_the_day(knowledge: Knowledge, on: str) -> None:
    assert fit(knowledge, "EU", on, {**EUROPEAN, "grade": "G3"}) == "unclear (no-entry)"


@pytest.mark.parametrize("place", ["UK", "CN", "other"])
def test_nothing_is_held_elsewhere(knowledge: Knowledge, place: str) -> None:
    assert fit(knowledge, place, "2026-11-23", {**EUROPEAN}) == "unclear (no-entry)"


@pytest.mark.parametrize("place", ["JP", "US", "EU", "UK", "CN", "other"])
@pytest.mark.parametrize("drug", ["lutetium-dotatoc", "yttrium-dotatate", "yttrium-dotatoc"])
def test_the_other_radioligands_have_an_entry_nowhere(knowledge: Knowledge, place: str, drug: str) -> None:
    assert fit(knowledge, place, "2026-11-23", {**EUROPEAN}, drug) == "unclear (no-entry)"
    assert fit(knowledge, place, "2020-01-01", {**EUROPEAN}, drug) == "unclear (no-entry)"
