"""What a hospital adds: each kind is taken in, and each misuse is a fault at its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cds_service.errors import Fault, KnowledgeError
from cds_service.knowledge_base import content_hash, load, load_local_cases
from cds_service.preflight import overlay_faults, preflight
from tests.knowledge_base.mini import Break, change
from tests.knowledge_base.site import CODES, DRUG, FILES, MAP, RULE, SITE, SYSTEMS, good_overlay

BASE_MAP = "guidance/map-of-squares/rule.yaml"
LEGEND = "say: {_: on-the-map"
OTHER_DRUG = "drugs/betaplatin.yaml"
REFUSAL = """\
approvals:
  JP:
    - {since: "2025", sites: [pancreas], wording: {en: x, ja: x}, cite: here}
cites:
  here: {text: a label}
checked:
  - {what: all, against: it, by: One, on: "2026-01-01"}
"""


@pytest.fixture
def folder(folder: Path) -> Path:
    """The good folder, with cards for two letters of its map."""
    change(folder, BASE_MAP, LEGEND, "say: {S: on-the-map, T: on-a-line, _: on-the-map")
    return folder


@pytest.fixture
def overlay(folder: Path, tmp_path: Path) -> Path:
    """A good overlay for it."""
    return good_overlay(tmp_path, load(folder).version)


def said(folder: Path, overlay: Path) -> tuple[Fault, ...]:
    """The faults of the two together."""
    with pytest.raises(KnowledgeError) as refused:
        load(folder, overlay)
    return refused.value.faults


def test_a_good_overlay_is_taken_in_and_breaks_nothing(folder: Path, overlay: Path) -> None:
    base, both = load(folder), load(folder, overlay)
    assert overlay_faults(both, folder, overlay) == []
    assert both.hash == base.hash == content_hash(folder)
    assert both.site is not None
    assert (both.site.id, both.site.version, both.site.name["ja"]) == ("made-up-hospital", "2026.1", "架空病院")
    assert both.site.hash == content_hash(overlay)
    assert base.site is None


def test_codes_words_and_systems_stand_beside_those_of_the_base(folder: Path, overlay: Path) -> None:
    base, sets = load(folder).value_sets, load(folder, overlay).value_sets
    site = sets.sets["primary-site"]
    assert site.codes["http://hospital.example/codes", "P1"] == "pancreas"
    assert base.sets["primary-site"].codes.items() < site.codes.items()
    assert dict(site.words)["膵臓部"] == "pancreas"
    assert sets.systems["urn:oid:9.9.9"] == "http://hospital.example/codes"


def test_an_approval_and_a_code_of_a_drug_stand_behind_those_of_the_base(folder: Path, overlay: Path) -> None:
    base, both = load(folder).drugs["alphatinib"], load(folder, overlay).drugs["alphatinib"]
    assert both.approvals["JP"] == base.approvals["JP"]
    [entry] = both.approvals["US"]
    assert (entry.since, entry.conditions) == ("2020-01-05", {"primary_site": frozenset({"rectum"})})
    assert [code.code for code in both.codes] == ["a", "D1"]
    assert load(folder, overlay).value_sets.drugs["alphatinib"] == both


def test_squares_are_assigned_and_the_others_stay_free(folder: Path, overlay: Path) -> None:
    rule = load(folder, overlay).rule("map-of-squares")
    assert rule is not None
    names = {row.name for row in rule.rows}
    assert {"s-band-1-band-1", "t-band-2-band-2", "square-band-1-band-2", "t-band-3-band-2"} <= names


def test_a_rule_is_switched_off_with_its_reason_and_another_signed(folder: Path, overlay: Path) -> None:
    signed, off, _ = load(folder, overlay).rules
    assert [one["by"] for one in signed.reviewed] == ["One"]
    assert signed.off == ""
    assert (off.off, off.reviewed) == ("this site asks elsewhere", ())


def test_a_signature_holds_for_one_version(folder: Path, overlay: Path) -> None:
    change(overlay, RULE, load(folder).version, "1999.1")
    both = load(folder, overlay)
    assert both.rules[0].reviewed == ()
    assert both.site is not None
    assert "1999.1" in both.site.lapsed["alphatinib-outside-pancreas"]


def test_a_signature_for_the_content_outlives_a_version_and_no_change(folder: Path, overlay: Path) -> None:
    now = load(folder).rules[0].fingerprint
    change(overlay, RULE, f"version: {load(folder).version}", f"version: 1999.1, content: {now}")
    assert load(folder, overlay).rules[0].reviewed
    change(folder, "evidence/trial-a.yaml", '"0.50"', '"0.51"')
    both = load(folder, overlay)
    assert both.rules[0].reviewed == ()
    assert both.site is not None
    assert now in both.site.lapsed["alphatinib-outside-pancreas"]


def test_a_change_elsewhere_leaves_the_content_of_a_rule_alone(folder: Path) -> None:
    before = load(folder).rules[0].fingerprint
    change(folder, "guidance/what-is-missing/rule.yaml", "review_due", "review_due")
    change(folder, "drugs/betaplatin.yaml", "window_days: 42", "window_days: 43")
    assert load(folder).rules[0].fingerprint == before
    change(folder, "guidance/alphatinib-outside-pancreas/cards.yaml", "verdict: ask", "verdict:  ask")
    assert load(folder).rules[0].fingerprint != before


def test_squares_are_part_of_what_is_signed(folder: Path, overlay: Path) -> None:
    assert load(folder).rules[2].fingerprint != load(folder, overlay).rules[2].fingerprint


BREAKS = {
    "no name in a language": Break(SITE, ", ja: 架空病院", "", "the text in ja"),
    "markup in the name": Break(SITE, "Made-up Hospital", "<b>Hospital</b>", "a plain name"),
    "no version": Break(SITE, "version: 2026.1\n", "", "version: Missing data", -2),
    "an id that is none": Break(SITE, "made-up-hospital", "Made up", "not a name of the form"),
    "another format": Break(SITE, "format: 1", "format: 9", "reads format 1, not 9"),
    "off without a reason": Break(RULE, "reviewed:\n", "off: true\nreviewed:\n", "belong together", 0),
    "a reason without off": Break(RULE, "reviewed:\n", "because: x\nreviewed:\n", "belong together", 0),
    "a signature without a role": Break(RULE, "role: oncologist, ", "", "role: Missing data"),
    "a signature of no content": Break(RULE, "version:", "content: abc, version:", "12 hex digits"),
    "a table of its own": Break(RULE, "reviewed:\n", "table: {}\nreviewed:\n", "table: Unknown field", 0),
    "one reader": Break(MAP, "by: Two", "by: one", "needs two signatures", -5),
    "milder to the right": Break(MAP, '"<30": [S, S', '"<30": [T, S', "grows milder", None),
    "milder upwards": Break(
        MAP, '[_, T, T]\n  "<30": [S, S, _]', '[S, T, T]\n  "<30": [T, T, _]', "grows milder", None
    ),
    "a letter of no legend": Break(MAP, "[S, S", "[X, S", "X is not a letter of the legend"),
    "a band that is none": Break(MAP, '"<30"', '"<31"', "<31 is no band of this grid; they are >30, <30"),
    "a square too few": Break(MAP, "[S, S, _]", "[S, S]", "has 2 squares, not 3"),
    "an approval of no jurisdiction": Break(DRUG, "  US:", "  USA:", "USA is no jurisdiction"),
    "an approval without its source": Break(DRUG, "cite: local-label", "cite: lable", "lable is not among the cites"),
    "an approval of no known site": Break(DRUG, "[rectum]", "[spleen]", "spleen is neither"),
    "a refusal of what the base holds approved": Break(
        DRUG,
        '  US:\n    - {since: "2020-01-05", sites: [rectum], wording: {en: rectum, ja: 直腸}',
        '  JP:\n    - {not_approved: true, last_check: "2026-01-01"',
        "the base says approved from 2012-08, this says not approved of the same time",
        1,
    ),
    "an entry the base holds": Break(
        DRUG,
        '  US:\n    - {since: "2020-01-05", sites: [rectum], wording: {en: rectum, ja: 直腸}',
        '  JP:\n    - {since: "2012-08", sites: [pancreas], wording: {en: made-up wording, ja: 架空の効能}',
        "the base holds this entry already",
        1,
    ),
    "a source of the base renamed": Break(
        DRUG, "cites:\n", "cites:\n  label: {text: another label}\n", "label is another source in the base", 1
    ),
    "nobody checked it": Break(
        DRUG,
        'checked:\n  - {what: all, against: the label, by: One, on: "2026-01-01"}\n',
        "checked: []\n",
        "Shorter",
        0,
    ),
    "another window": Break(DRUG, "cites:\n", "window_days: 1\ncites:\n", "window_days: Unknown field", 0),
    "a code that names another drug": Break(
        DRUG, "system: local, code: D1", "system: made-up, code: a", "names alphatinib"
    ),
    "a code of another meaning": Break(
        CODES, "system: local, code: P1", 'system: made-up, code: "2"', "means stomach already"
    ),
    "a code inside a range of another meaning": Break(
        CODES, "system: local, code: P1", "system: made-up, code: A05", "means other-site already, not pancreas"
    ),
    "a meaning that is none": Break(
        CODES, "code: P1, means: pancreas", "code: P1, means: pancraes", "knows no pancraes"
    ),
    "a phrase of another meaning": Break(
        CODES, "means: pancreas, ja: [膵臓部]", "means: stomach, ja: [膵]", "膵 means pancreas already, not stomach"
    ),
    "a system nobody named": Break(CODES, "system: local", "system: elsewhere", "elsewhere is not in"),
    "a licence of its own": Break(CODES, "codes:\n", "licence: none\ncodes:\n", "licence: Unknown field", 0),
    "a system of the base": Break(SYSTEMS, "  local:", "  made-up:", "made-up is a code system of the base already"),
    "an address of the base": Break(SYSTEMS, "urn:oid:9.9.9", "urn:oid:1.2.3", "urn:oid:1.2.3 stands for"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_misuse_is_a_fault_at_its_file_and_line(name: str, folder: Path, overlay: Path) -> None:
    broken = BREAKS[name]
    line = change(overlay, broken.file, broken.old, broken.new)
    found = [fault for fault in said(folder, overlay) if broken.says in fault.message]
    assert [fault.file for fault in found] == [f"overlay/{broken.file}"]
    assert broken.later is None or found[0].line == line + broken.later


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("guidance/no-such-rule/site.yaml", "there is no rule no-such-rule"),
        ("drugs/gammatinib.yaml", "there is no drug gammatinib"),
        ("value_sets/colour.yaml", "there is no value set colour"),
        ("facts.yaml", "nothing reads this file"),
        ("manifest.yaml", "nothing reads this file"),
        ("evidence/trial-a.yaml", "nothing reads this file"),
        ("guidance/what-is-missing/rule.yaml", "nothing reads this file"),
        ("guidance/no-such-rule/cases.yaml", "nothing reads this file"),
        ("notes.txt", "not a .yaml or .md file"),
    ],
)
def test_what_an_overlay_may_not_hold_is_named(file: str, says: str, folder: Path, overlay: Path) -> None:
    like = {"guidance": FILES[RULE], "drugs": FILES[DRUG], "value_sets": FILES[CODES]}
    path = overlay / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(like.get(file.partition("/")[0], "id: x\n"), encoding="utf-8")
    assert [fault.file for fault in said(folder, overlay) if says in fault.message] == [f"overlay/{file}"]


def test_an_overlay_says_whose_it_is(folder: Path, overlay: Path) -> None:
    (overlay / SITE).unlink()
    [fault] = said(folder, overlay)
    assert (fault.file, fault.message) == (f"overlay/{SITE}", "the file is missing")


def test_a_grid_is_assigned_only_where_there_is_one(folder: Path, overlay: Path) -> None:
    (overlay / RULE).write_text(FILES[MAP], encoding="utf-8")
    [fault] = said(folder, overlay)
    assert fault.message == "grid: alphatinib-outside-pancreas has no grid"


def test_an_approval_from_before_a_last_check_contradicts_the_base(folder: Path, overlay: Path) -> None:
    (overlay / OTHER_DRUG).write_text(REFUSAL, encoding="utf-8")
    [fault] = said(folder, overlay)
    assert (fault.file, fault.line) == (f"overlay/{OTHER_DRUG}", 3)
    assert "the base says not approved" in fault.message
    (overlay / OTHER_DRUG).write_text(REFUSAL.replace('"2025"', '"2027"'), encoding="utf-8")
    assert [entry.approved for entry in load(folder, overlay).drugs["betaplatin"].approvals["JP"]] == [False, True]


def test_what_shows_only_across_files_is_told_at_the_file_that_brings_it(folder: Path, overlay: Path) -> None:
    change(
        overlay,
        CODES,
        "code: P1, means: pancreas",
        "code: P1, means: pancreas}\n  - {system: icd-10-x, code: C1.1, means: pancreas",
    )
    change(overlay, CODES, "codes:\n", "codes:\n  - {system: icd-10-x, code: C11, means: stomach}\n")
    change(overlay, SYSTEMS, "  local:", '  icd-10-x: {uri: "http://hospital.example/icd-10"}\n  local:')
    [fault] = overlay_faults(load(folder, overlay), folder, overlay)
    assert (fault.file, fault.line) == (f"overlay/{CODES}", 1)
    assert "is read as C11, which means stomach" in fault.message


def test_the_cases_of_a_site_are_put_to_its_own_rules(folder: Path, overlay: Path) -> None:
    cases = overlay / "guidance" / "map-of-squares" / "cases.yaml"
    text = """\
- case: Low and low is for analogues here
  on: 2026-01-15
  hook: patient-view
  given: {diagnosis: nen, primary_site: pancreas, ki67_percent: "2", liver_tumour_volume_percent: "5"}
  expect: {row: s-band-1-band-1, say: on-the-map}
  why: This site assigned the square.
"""
    cases.write_text(text, encoding="utf-8")
    both = load(folder, overlay)
    [case] = load_local_cases(overlay, both)
    assert overlay_faults(both, folder, overlay) == []
    cases.write_text(text.replace("say: on-the-map", "say: on-a-line"), encoding="utf-8")
    [fault] = overlay_faults(both, folder, overlay)
    assert (fault.file, fault.line) == (f"overlay/{case.file.removeprefix('overlay/')}", 1)
    cases.write_text(text.replace("primary_site", "sight"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"overlay/guidance/map-of-squares/cases\.yaml:1: .*sight"):
        overlay_faults(both, folder, overlay)


def test_nobody_signs_in_the_base(folder: Path) -> None:
    line = change(
        folder,
        "guidance/what-is-missing/rule.yaml",
        "reviewed: []",
        "reviewed: [{by: One, role: oncologist, on: 2026-01-01, version: x}]",
    )
    with pytest.raises(KnowledgeError) as refused:
        load(folder)
    [fault] = refused.value.faults
    assert (fault.line, "a site signs in its overlay" in fault.message) == (line, True)


def test_the_base_alone_still_holds_together(folder: Path) -> None:
    assert preflight(load(folder), folder=folder) == []
