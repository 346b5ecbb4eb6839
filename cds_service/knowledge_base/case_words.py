"""What a case may name: facts of the closed list with words of theirs, rows and cards of its rule."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..domain.advice import NO_ROW
from ..domain.facts import FACTS, READINGS
from ..domain.interval import Interval
from ..domain.knowledge import ClinicalCase, FactWords, Knowledge, Rule
from ..domain.values import Why
from ..errors import Fault

_UNCLEAR = re.compile(r"unclear(?: \((?P<why>.*)\))?")
_DRUG = re.compile(r"(?P<drug>[a-z0-9-]+)(?: \((?P<words>[^()]*)\))?")
# What a case may give beside facts: other drafts of the call, drugs on record by their state, allergies.
DRUG_LISTS = ("also_ordered", "in_plan", "stale", "given_before", "perioperative", "allergies")
NOT_GIVEN = ("on",)  # a case says its day in a field of its own
MOST_NAMED = 15


def case_faults(case: ClinicalCase, knowledge: Knowledge) -> Iterator[Fault]:
    """Every word of this case that means nothing."""
    messages = (*_given(case, knowledge), *_expected(case, knowledge))
    return (Fault(case.file, case.line, f"{case.title}: {message}") for message in messages)


def _given(case: ClinicalCase, knowledge: Knowledge) -> Iterator[str]:
    for name, written in case.given.items():
        if name in DRUG_LISTS:
            yield from _drugs(name, written, knowledge)
        elif name == "history":
            if written not in ("read", "unclear"):
                yield f"given: {written} is no value of history, which is read or unclear"
        elif name not in (*FACTS, *READINGS) or name in NOT_GIVEN:
            yield f"given: {name} is not a fact that a case can give"
        elif not _is_value(written, knowledge.facts.get(name)):
            yield f"given: {written} is no value of {name}"


def _drugs(name: str, written: str, knowledge: Knowledge) -> Iterator[str]:
    """What is wrong with a list of drugs: `cisplatin`, `cisplatin (2025-11) + etoposide`."""
    for part in written.split("+"):
        found = _DRUG.fullmatch(part.strip())
        if found is None or found["drug"] not in knowledge.drugs:
            yield f"given: {part.strip()} in {name} is no drug of drugs/"


def _is_value(written: str, fact: FactWords | None) -> bool:
    """A word of the fact, an interval where it is a number, `unclear` or `unclear (why)`."""
    if unclear := _UNCLEAR.fullmatch(written):
        return unclear["why"] is None or unclear["why"] in set(Why)
    if fact is None:  # a reading, which facts.yaml does not list
        return True
    if fact.kind == "choice":
        return written in fact.words
    try:
        Interval.parse(written)
    except ValueError:
        return False
    return True


def _expected(case: ClinicalCase, knowledge: Knowledge) -> Iterator[str]:
    for name in case.expect_facts:
        if name not in FACTS:
            yield f"facts: {name} is not a fact"
    rule = knowledge.rule(case.rule)
    if rule is None:
        yield f"there is no rule {case.rule}"
        return
    yield from _answer(case, rule)


def _answer(case: ClinicalCase, rule: Rule) -> Iterator[str]:
    for name in (part.strip() for part in case.expect_say.split("+")):
        if name not in (*rule.cards, "nothing"):
            yield f"expect: there is no card {name}{_has(rule.cards)}"
    rows = {row.name for row in rule.rows} | {NO_ROW}
    for name in filter(None, (part.strip() for part in case.expect_row.split("+"))):
        if name not in rows:
            yield f"expect: there is no row {name}{_has([row.name for row in rule.rows])}"


def _has(names: Collection[str]) -> str:
    """What the rule has instead, unless that is too much to read (a grid has dozens of rows)."""
    return f"; this rule has {', '.join(names)}" if 0 < len(names) <= MOST_NAMED else ""
