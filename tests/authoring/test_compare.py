"""What a change of knowledge/ changes, told case by case."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cds_service.authoring.compare import compare
from cds_service.authoring.summary import drafts, of_overlay, summary
from cds_service.domain.knowledge import Card, Rule, Site
from cds_service.knowledge_base import load, load_cases
from tests.knowledge_base.mini import change
from tests.knowledge_base.site import MAP, RULE, good_overlay

CARDS = "guidance/alphatinib-outside-pancreas/cards.yaml"
TABLE = "guidance/alphatinib-outside-pancreas/rule.yaml"
CASES = "guidance/alphatinib-outside-pancreas/cases.yaml"


@pytest.fixture
def old(folder: Path, tmp_path: Path) -> Path:
    """The folder as it was before the change."""
    return Path(shutil.copytree(folder, tmp_path / "old"))


def lines(old: Path, new: Path) -> list[str]:
    return list(compare(old, new))


def test_nothing_changed_is_one_line(old: Path, folder: Path) -> None:
    [told] = lines(old, folder)
    assert told.endswith("cases are answered otherwise")
    assert ": 0 of " in told


def test_another_row_is_told_with_both(old: Path, folder: Path) -> None:
    change(folder, TABLE, '"<10", label_fit: outside', '"<9", label_fit: outside')
    change(folder, TABLE, '"<10", label_fit: [within', '"<9", label_fit: [within')
    change(folder, TABLE, '">=10"', '">=9"')
    found = lines(old, folder)
    assert any("row low -> high" in line and line.startswith(f"{CASES}:") for line in found)


def test_other_words_are_told_and_another_version_is_not(old: Path, folder: Path) -> None:
    change(folder, "manifest.yaml", "version: ", "version: 1999-")
    assert ": 0 of " in lines(old, folder)[-1]
    change(folder, CARDS, "is studied and approved", "is approved and studied")
    assert any(line.endswith(": words") for line in lines(old, folder))


def test_a_rule_that_came_or_went_is_named(old: Path, folder: Path) -> None:
    change(folder, "manifest.yaml", "  - map-of-squares\n", "")
    shutil.rmtree(folder / "guidance" / "map-of-squares")
    gone, back = lines(old, folder), lines(folder, old)
    assert "gone: map-of-squares" in gone
    assert "new: map-of-squares" in back
    assert any("the rule is gone" in line for line in gone)
    assert any("the rule is new" in line for line in back)


def test_cases_of_both_folders_are_put_to_both(old: Path, folder: Path) -> None:
    before = int(lines(old, folder)[-1].split(" of ")[1].split()[0])
    text = (folder / CASES).read_text("utf-8")
    (folder / CASES).write_text(text.replace("| 9.9 ", "| 9.8 "), "utf-8")
    assert f" of {before + 1} " in lines(old, folder)[-1]


def test_a_drug_that_only_one_of_them_has_is_told_and_no_crash(old: Path, folder: Path) -> None:
    (folder / "evidence" / "trial-a.yaml").rename(folder / "evidence" / "trial-z.yaml")
    for path in folder.rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("trial-a", "trial-z"), "utf-8")
    assert lines(old, folder)[-1]


def test_the_summary_counts_what_is_there(folder: Path) -> None:
    knowledge = load(folder)
    told = summary(knowledge, load_cases(folder, knowledge))
    assert "3 rules" in told
    assert "1 of 100 statements covered" in told
    assert "0 draft rows" in told
    assert list(drafts(knowledge)) == []
    change(folder, "guidance/what-is-missing/rule.yaml", "row: site,", "row: site, draft: true,")
    assert list(drafts(load(folder))) == ["draft, not served: what-is-missing site"]


def test_what_an_overlay_does_is_told(folder: Path, tmp_path: Path) -> None:
    base = load(folder)
    change(folder, "guidance/map-of-squares/rule.yaml", "say: {_:", "say: {S: on-the-map, T: on-a-line, _:")
    overlay = good_overlay(tmp_path, base.version)
    told = list(of_overlay(load(folder), load(folder, overlay), load_cases(folder)))
    assert "switched off: what-is-missing: this site asks elsewhere" in told
    assert "signed as they read now: 1 of 3 rules" in told
    assert any(line.startswith("answered otherwise here: map-of-squares") for line in told)
    assert told[-1].startswith("overlay made-up-hospital/2026.1+")
    assert not any(line.endswith(": words") for line in told)
    change(overlay, RULE, base.version, "1999")
    assert any(line.startswith("signature lapsed: alphatinib") for line in of_overlay(base, load(folder, overlay), ()))
    assert list(of_overlay(base, base, ())) == []
    assert (overlay / MAP).is_file()


def test_cases_with_other_words_only_are_counted_by_rule(folder: Path) -> None:
    base = load(folder)
    site = Site("made-up", {"en": "Made up", "ja": "架空"}, "1", "0")
    rules = tuple(replace(rule, title={"en": "x", "ja": "x"}, cards=_said_otherwise(rule)) for rule in base.rules)
    told = list(of_overlay(base, replace(base, rules=rules, site=site), load_cases(folder)))
    assert any(re.fullmatch(r"said in other words here: alphatinib-outside-pancreas: \d+ cases", line) for line in told)
    assert not any(line.startswith("answered otherwise") for line in told)


def _said_otherwise(rule: Rule) -> dict[str, Card]:
    return {name: replace(card, summary={"en": "other", "ja": "別"}) for name, card in rule.cards.items()}
