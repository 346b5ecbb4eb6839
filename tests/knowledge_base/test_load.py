"""What a good folder comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from cds_service.domain.grading import GRADES
from cds_service.domain.knowledge import Knowledge
from cds_service.knowledge_base import load
from tests.knowledge_base.mini import change, good_folder


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The good folder, loaded once."""
    return load(good_folder(tmp_path_factory.mktemp("good")))


def test_rules_are_in_the_order_of_the_manifest_not_of_their_names(folder: Path, good: Knowledge) -> None:
    text = (folder / "manifest.yaml").read_text(encoding="utf-8")
    first, second = "  - alphatinib-outside-pancreas\n", "  - what-is-missing\n"
    (folder / "manifest.yaml").write_text(text.replace(first + second, second + first), encoding="utf-8")
    assert [rule.id for rule in load(folder).rules][:2] == [rule.id for rule in good.rules][1::-1]


def test_a_group_in_a_cell_is_its_words(good: Knowledge) -> None:
    rule = good.rules[0]
    low = rule.rows[1]
    assert "rectum" in low.cells["primary_site"].words
    assert "pancreas" not in low.cells["primary_site"].words
    assert low.cells["primary_site"].text == "outside-pancreas"


def test_a_drug_is_a_word_of_ordered_drug_and_so_is_its_group(good: Knowledge) -> None:
    fact = good.facts["ordered_drug"]
    assert fact.kind == "choice"
    assert fact.words["alphatinib"] == {"en": "alphatinib", "ja": "アルファチニブ"}
    assert fact.groups["cis-carbo"] == {"betaplatin"}


def test_every_group_of_the_format_is_there_if_only_empty(good: Knowledge) -> None:
    assert good.drug_groups["prrt"] == frozenset()
    assert good.drug_groups["platinum-partner"] == frozenset()


def test_codes_stand_under_the_canonical_system_and_aliases_lead_to_it(good: Knowledge) -> None:
    sets = good.value_sets
    assert sets.systems["urn:oid:1.2.3"] == sets.systems["http://example.org/made-up"] == "http://example.org/made-up"
    assert sets.sets["primary-site"].codes["http://example.org/made-up", "1"] == "pancreas"
    assert sets.sets["primary-site"].ranges == (("http://example.org/made-up", "A00", "A09", "other-site"),)


def test_the_longest_phrase_comes_first(good: Knowledge) -> None:
    assert good.value_sets.sets["primary-site"].words[0] == ("pancreatic body", "pancreas")


def test_one_text_for_a_design_serves_both_languages(good: Knowledge) -> None:
    assert good.studies["trial-a"].design == {"en": "made-up", "ja": "made-up"}


def test_figures_stay_as_printed(good: Knowledge) -> None:
    figure = good.studies["trial-a"].figures["pfs"]
    assert (figure.values["alphatinib"], figure.hazard_ratio, figure.ci95) == ("2.0", "0.50", ("0.40", "0.60"))


def test_a_refusal_is_no_approval(good: Knowledge) -> None:
    [entry] = good.drugs["betaplatin"].approvals["JP"]
    assert not entry.approved
    assert entry.since == ""


def test_a_condition_of_an_approval_is_a_fact_and_its_words(good: Knowledge) -> None:
    [entry] = good.drugs["alphatinib"].approvals["JP"]
    assert entry.conditions == {"primary_site": frozenset({"pancreas"})}
    assert entry.unclear_for == {}


def test_what_the_wording_leaves_open_is_read(folder: Path) -> None:
    change(folder, "drugs/alphatinib.yaml", "sites: [pancreas]", "vhl: yes, unclear_for: {grade: [G2, G3]}")
    [entry] = load(folder).drugs["alphatinib"].approvals["JP"]
    assert entry.conditions == {"vhl": frozenset({"yes"})}
    assert entry.unclear_for == {"grade": frozenset({"G2", "G3"})}


def test_the_bands_of_the_grade_are_read(good: Knowledge) -> None:
    assert tuple(good.grade_bands) == GRADES
