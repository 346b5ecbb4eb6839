"""Knowledge as values: what knowledge/ says once it is read and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date

from .grading import Bands
from .interval import Interval

Text = Mapping[str, str]
"""Words of ours by language: en, ja."""

Code = tuple[str, str]
"""(canonical system URI, code)"""


@dataclass(frozen=True)
class FactWords:
    """One fact a table may ask: its label, the words it can take and their groups, or that it is a number."""

    name: str
    label: Text
    kind: str  # choice | number | date
    words: Mapping[str, Text] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unit: Text = field(default_factory=dict)
    asked_for: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """What a table row wants of one fact: any of `words` or `spans`; `unclear` and `any` as written."""

    words: frozenset[str] = frozenset()
    spans: tuple[Interval, ...] = ()
    unclear: bool = False
    any: bool = False
    text: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a table or list. `say` is a card id or "nothing", and then `because` says why.

    `option`: the regimen (or single drug) that this row of a patient-view list puts before the reader.
    """

    name: str
    cells: Mapping[str, Cell]
    say: str
    because: str = ""
    new_orders_only: bool = False
    draft: bool = False
    option: str = ""


DELETE = "delete"  # as a card suggests it: alone for the order asked about, or with the drug whose draft is meant


@dataclass(frozen=True)
class Card:
    """What a row says. `suggest`: delete, +drug, ?test. `item`: the row's few words on a merged list card."""

    id: str
    verdict: str  # supports | context | ask | against
    indicator: str  # info | warning | critical
    summary: Text
    detail: Text
    source: str = ""
    asks: str = ""
    item: Text = field(default_factory=dict)
    suggest: Sequence[str] = ()
    override_reasons: Sequence[str] = ()

    @property
    def deletes(self) -> bool:
        """True where the card offers to take a draft back: the one asked about, or that of a named drug."""
        return any(one.split()[0] == DELETE for one in self.suggest)

    @property
    def is_missing_test(self) -> bool:
        """True where the card names a test that is not on record and leaves the order as it is."""
        return any(one.startswith("?") for one in self.suggest) and not self.deletes


@dataclass(frozen=True)
class Rule:
    """One decision. `merged`: on a list, the summary under which several rows are said, with {items} in it.

    `together`: rules of one such name share one card. `sign_only_when`: where these cells hold, the rule speaks at
    order-sign only, for only there the whole set of drafts is known (rules.md convention 4). `unclear_kind_caps`: an
    order of which it is not clear whether it is new lowers the voice (convention 3). `fingerprint` is what a
    signature of this rule is held to; `off` is why this site switched it off, if it did.
    """

    id: str
    status: str
    title: Text
    question: str
    asked_at: frozenset[str]
    type: str  # table | list | grid
    rows: tuple[Row, ...]
    cards: Mapping[str, Card]
    applies_when: Mapping[str, Cell] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()
    lift: frozenset[str] = frozenset()
    continuation_speaks: bool = False
    label_rule: bool = False
    evidence_for: tuple[str, ...] = ()
    evidence_against: tuple[str, ...] = ()
    merged: Text = field(default_factory=dict)
    together: str = ""
    sign_only_when: Mapping[str, Cell] = field(default_factory=dict)
    unclear_kind_caps: bool = False
    reviewed: tuple[Mapping[str, str], ...] = ()
    review_due: str = ""
    fingerprint: str = ""
    off: str = ""


@dataclass(frozen=True)
class Approval:
    """One regulatory event. `since` and `until` are as exact as the source.

    `conditions`: fact -> words one of which must hold; a fact not named is not asked. `unclear_for`: fact -> words of
    which the wording does not tell whether they are covered. `previous`: any-systemic, non-ssa-systemic, or empty.
    """

    approved: bool
    since: str
    until: str = ""
    last_check: str = ""
    conditions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unclear_for: Mapping[str, frozenset[str]] = field(default_factory=dict)
    previous: str = ""
    age_from: int | None = None
    wording: Text = field(default_factory=dict)
    cite: str = ""


# The group each drug has, in the order a list of drugs is shown in.
DRUG_GROUPS = ("platinum", "ssa-long", "ssa-short", "targeted", "cytotoxic", "prrt", "ici", "other")


@dataclass(frozen=True)
class DrugCode:
    """A code that names a drug. `form`: depot, short-acting, transplant, ... where the code says so."""

    system: str
    code: str
    means: str  # ingredient | product | brand
    form: str = ""


@dataclass(frozen=True)
class Drug:
    """One ingredient as rules know it. `words`: language -> exact names; `form_words`: form -> words that tell it.

    `needs_form`: the form without which the drug is not settled (octreotide: depot; everolimus: oncology).
    `excluded_forms` are no order of this drug at all. `window_days` is how long one supply counts as "in plan".
    `allergy_with`: other drugs an allergy to which counts as one to this.
    """

    id: str
    names: Text
    words: Mapping[str, tuple[str, ...]]
    group: str
    codes: tuple[DrugCode, ...]
    approvals: Mapping[str, tuple[Approval, ...]]
    window_days: int
    also_in: frozenset[str] = frozenset()
    needs_form: str = ""
    assumed_form: str = ""
    form_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded_forms: frozenset[str] = frozenset()
    same_course_as: frozenset[str] = frozenset()
    allergy_with: frozenset[str] = frozenset()
    reason_is_this_tumour: bool = False
    other_indications: tuple[str, ...] = ()
    cites: Mapping[str, str] = field(default_factory=dict)

    def is_same_course(self, other: Drug) -> bool:
        """True for the same ingredient, for drugs that stand in for each other, and for any two PRRT agents."""
        either_way = self.id in other.same_course_as or other.id in self.same_course_as
        return self.id == other.id or either_way or self.group == other.group == "prrt"


@dataclass(frozen=True)
class Regimen:
    """What is given together under one name: CAPTEM is capecitabine with temozolomide."""

    id: str
    names: Text
    drugs: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """One endpoint of a study, figures as printed."""

    endpoint: Text
    unit: str
    values: Mapping[str, str]
    cite: str
    assessed_by: str = ""
    hazard_ratio: str = ""
    ci95: tuple[str, ...] = ()
    p: str = ""
    note: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Study:
    """One study: whom it enrolled, its arms, its figures, and what it cannot say.

    `background`: why no rule or card names it.
    """

    id: str
    title: str
    design: Text
    population: Text
    sites: frozenset[str]
    arms: Mapping[str, Text]
    figures: Mapping[str, Figure]
    limits: tuple[Text, ...]
    cites: Mapping[str, Mapping[str, str]]
    checked: tuple[Mapping[str, object], ...]
    disagreements: tuple[str, ...] = ()
    background: str = ""


@dataclass(frozen=True)
class Statement:
    """One statement of the review: what is to come of it, and the rules that carry it or `because` why none does."""

    number: str
    topic: str
    behaviour: str  # warn | ask | guide | info
    rules: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True)
class Term:
    """One clinical term: its English words, the Japanese renderings that are right, and those that are wrong."""

    id: str
    en: tuple[str, ...]
    ja: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Test:
    """An investigation a card can offer to order: words, and the code its draft ServiceRequest carries.

    `answers`: the fact it tells; where that is known already, the test is not offered.
    """

    id: str
    label: Text
    system: str
    code: str
    answers: str = ""


@dataclass(frozen=True)
class OverrideReason:
    """One reason for not following a card, as our word, the HL7 code and its official English display."""

    id: str
    code: str
    display: str
    ja: str


@dataclass(frozen=True)
class ValueSet:
    """Codes, ranges of codes and exact words that mean one of our words."""

    name: str
    codes: Mapping[Code, str]
    words: tuple[tuple[str, str], ...] = ()  # (phrase, our word), longest first
    ranges: tuple[tuple[str, str, str, str], ...] = ()  # (system, from, to, our word)

    def by_range(self, system: str, code: str) -> list[str]:
        """What the narrowest range a code lies in says of it; further digits than those of the range are not read."""
        plain = code.replace(".", "")
        found: dict[int, list[str]] = {}
        for named, first, last, means in self.ranges:
            start, end = first.replace(".", ""), last.replace(".", "")
            if named == system and start <= plain[: len(start)] and plain[: len(end)] <= end:
                found.setdefault(len(start), []).append(means)
        return found[max(found)] if found else []


@dataclass(frozen=True)
class ValueSets:
    """All that mappers/ needs to turn codes and words into ours."""

    sets: Mapping[str, ValueSet]
    systems: Mapping[str, str]  # alias -> canonical system URI
    drugs: Mapping[str, Drug]
    windows: Mapping[str, int]  # name of a window in days -> days
    grade_bands: Bands = field(default_factory=dict)  # whether a newer Ki-67 lies in a lower band than an older one


@dataclass(frozen=True)
class Site:
    """A hospital's own additions: whose they are, their version, the start of their hash, and what to tell of them.

    `lapsed` are signatures that no longer count: rule -> why.
    """

    id: str
    name: Text
    version: str
    hash: str
    lapsed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Knowledge:
    """The checked contents of knowledge/. `rules` are in the order of manifest.yaml, which is that of rules.md."""

    version: str
    hash: str
    facts: Mapping[str, FactWords]
    rules: tuple[Rule, ...]
    drugs: Mapping[str, Drug]
    drug_groups: Mapping[str, frozenset[str]]
    studies: Mapping[str, Study]
    grade_bands: Bands
    value_sets: ValueSets
    tests: Mapping[str, Test]
    override_reasons: Mapping[str, OverrideReason]
    reasons_unclear: Mapping[str, Text]  # Why -> words
    phrases: Mapping[str, Text]  # small sentences cards/ puts around a row's words
    jurisdictions: Mapping[str, Text]
    regimens: Mapping[str, Regimen] = field(default_factory=dict)
    statements: Mapping[str, Statement] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    words_with_digits: tuple[str, ...] = ()  # names that hold a digit and are no figures: Ki-67, G3
    site: Site | None = None  # whose overlay is in it; `hash` is of the base alone

    def rule(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def regimen(self, name: str) -> Regimen:
        """The regimen of this name, or the single drug of this name as one; KeyError for neither."""
        return self.regimens.get(name) or Regimen(name, self.drugs[name].names, (name,))


@dataclass(frozen=True)
class ClinicalCase:
    """One case of cases.yaml: a patient in facts, and the answer a clinician agrees with."""

    rule: str
    title: str
    on: Date
    given: Mapping[str, str]
    expect_row: str
    expect_say: str
    why: str
    expect_facts: Mapping[str, str] = field(default_factory=dict)
    expect_indicator: str = ""
    hook: str = "order-sign"
    file: str = ""
    line: int | None = None
