"""What every rule asks before it speaks: the gates, continuation and the caps (rules.md conventions 1-3), once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..domain.case import ANOTHER_DISEASE, Order
from ..domain.interval import Interval
from ..domain.knowledge import Row, Rule
from ..domain.values import Unclear, interval, word
from .beside import rests_on_stale
from .findings import Findings
from .fitting import as_asked, fits, row_of, undecided

SIGN = "order-sign"
ADULT = Interval.parse(">=18")  # rules.md convention 3


@dataclass(frozen=True)
class Scope:
    """Whether a rule is to be consulted: silent with a reason, or spoken with the caps its scope brings."""

    silent: str = ""
    caps: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


def scope_of(rule: Rule, asked: Findings) -> Scope:
    """The gates in order: patient, reason, place, continuation, and the rule's own scope."""
    silent = _patient_gate(asked) or (_order_gate(rule, asked) if asked.order else "")
    if silent:
        return Scope(silent)
    unclear = []
    for name, cell in rule.applies_when.items():
        fact = asked.fact(name)
        if not fits(cell, fact):
            return Scope(f"out of scope: {name}")
        if isinstance(fact, Unclear):
            unclear.append(name)
    order = asked.order
    if order is None or rule.label_rule:
        return Scope()
    if _default_site_asked(rule) and isinstance(asked.fact("primary_site"), Unclear):
        unclear.append("primary_site")
    caps = (*(("scope-unclear",) if unclear else ()), *_order_caps(rule, order, asked))
    return Scope(caps=caps, unclear=tuple(unclear))


def _patient_gate(asked: Findings) -> str:
    if asked.case.deceased:
        return "deceased"
    return "" if word(asked.fact("diagnosis")) == "nen" else "diagnosis not known to be NEN"


def _order_gate(rule: Rule, asked: Findings) -> str:
    if word(asked.fact("order_reason")) == ANOTHER_DISEASE:
        return "ordered for another disease"
    if _default_site_asked(rule) and word(asked.fact("primary_site")) not in (None, *_gep(asked)):
        return "primary outside the digestive tract and pancreas"
    named = "treatment_setting" in rule.applies_when or "setting" in rule.lift or rule.label_rule
    if not named and word(asked.fact("treatment_setting")) != "other":
        return "before or after resection"
    speaks = rule.continuation_speaks or rule.label_rule
    return "" if speaks or word(asked.fact("order_kind")) != "continuation" else "continuation"


def _default_site_asked(rule: Rule) -> bool:
    return not ("primary_site" in rule.applies_when or "site" in rule.lift or rule.label_rule)


def _gep(asked: Findings) -> frozenset[str]:
    return asked.knowledge.facts["primary_site"].groups["gep"]


def judged_at_signing(rule: Rule, asked: Findings) -> bool:
    """True where this rule waits for the whole order set (convention 4)."""
    cells = rule.sign_only_when
    return bool(cells) and all(fits(cell, asked.fact(name)) for name, cell in cells.items())


def _order_caps(rule: Rule, order: Order, asked: Findings) -> Iterator[str]:
    age = interval(asked.fact("age"))
    reasons = {
        "order-reason-unclear": isinstance(asked.fact("order_reason"), Unclear),
        "trial": order.in_trial or word(asked.fact("trial")) == "yes",
        "minor": age is not None and not age.within(ADULT),
        "name-not-exact": not order.name_is_exact,
        "formulation-unclear": not order.formulation_is_known,
        "order-kind-unclear": rule.unclear_kind_caps and isinstance(asked.fact("order_kind"), Unclear),
        "partner-stale": rests_on_stale(asked, {*rule.inputs, *rule.applies_when}),
    }
    return (name for name, holds in reasons.items() if holds)


def rows_of(rule: Rule, asked: Findings) -> list[Row]:
    """The rows that hold: of a list any number, of a table or grid exactly one."""
    if rule.type == "list":
        return list(_held(rule, asked))
    row, _ = row_of(rule.rows, {name: asked.fact(name) for name in rule.inputs})
    return [row]


def _held(rule: Rule, asked: Findings) -> Iterator[Row]:
    """The rows of a list that are known to hold."""
    continued = asked.order is not None and word(asked.fact("order_kind")) == "continuation"
    names = {name for row in rule.rows for name in row.cells}
    facts = {name: as_asked(name, asked.fact(name), rule.rows) for name in names}
    for row in rule.rows:
        if row.new_orders_only and continued:
            continue
        if all(fits(cell, facts[name]) for name, cell in row.cells.items()):
            yield row


def straddling(rule: Rule, asked: Findings) -> frozenset[str]:
    """The numbers that span a cut of a list, so that one of its rows is left open."""
    names = {name for row in rule.rows for name in row.cells} if rule.type == "list" else set()
    return undecided(rule.rows, {name: asked.fact(name) for name in names}) if names else frozenset()
