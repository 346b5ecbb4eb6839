"""A rule changed in one place: each cell, each cut, each verdict, each part of its scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from cds_service.domain.interval import Interval
from cds_service.domain.knowledge import Card, Cell, FactWords, Knowledge, Rule
from cds_service.preflight.admitted import BY_THE_GATES, Place

STEP = Decimal("0.1")
SHORT = 8  # words of a fact that are all tried; of sites and drugs only what other rows name
OTHER_INDICATOR = {"info": "warning", "warning": "info", "critical": "warning"}
LIFTED = {"site": "primary_site", "setting": "treatment_setting"}  # a scope that names the fact replaces the default
Mutant = tuple[str, Rule]


def mutants(rule: Rule, knowledge: Knowledge) -> Iterator[Mutant]:
    """(what was changed, the changed rule), one change at a time.

    Not changed is what cannot matter: facts that the gates settle before any rule, `unclear` of a fact that is never
    unclear there, what the scope admits nobody with, and defaults that the scope replaces.
    """
    yield from _of_rows(rule, knowledge)
    yield from _of_scope(rule, knowledge)
    yield from _of_cards(rule)
    yield from _of_flags(rule)


def _of_rows(rule: Rule, knowledge: Knowledge) -> Iterator[Mutant]:
    for at, row in enumerate(rule.rows):
        yield from _of_cells(rule, at, knowledge)
        if not row.draft:  # a draft says nothing, whatever its card
            yield f"row {row.name}: says something else", _with_row(rule, at, say=_other_say(rule, row.say))
        if rule.label_rule:
            yield f"row {row.name}: new or every", _with_row(rule, at, new_orders_only=not row.new_orders_only)
        if rule.type == "list":
            rows = (*rule.rows[:at], *rule.rows[at + 1 :])
            yield f"row {row.name}: gone", replace(rule, rows=rows)


def _of_cells(rule: Rule, at: int, knowledge: Knowledge) -> Iterator[Mutant]:
    row = rule.rows[at]
    for name, cell in row.cells.items():
        doubtful = _may_be_unclear(name, rule, knowledge)
        for said, changed in _cells(rule, cell, knowledge.facts[name], doubtful):
            if not _same_in_scope(cell, changed, rule.applies_when.get(name)):
                yield f"row {row.name}: {name}: {said}", _with_row(rule, at, cells={**row.cells, name: changed})


def _same_in_scope(cell: Cell, changed: Cell, scope: Cell | None) -> bool:
    """True where the scope lets no patient in who could tell the two cells apart."""
    if scope is None or scope.any or not scope.words:
        return False
    admitted = [scope.words if one.any else one.words & scope.words for one in (cell, changed)]
    doubts = [scope.unclear and (one.any or one.unclear) for one in (cell, changed)]
    return admitted[0] == admitted[1] and doubts[0] == doubts[1]


def _of_scope(rule: Rule, knowledge: Knowledge) -> Iterator[Mutant]:
    for said, scope in _scopes(rule, rule.applies_when, knowledge):
        yield f"applies_when: {said}", replace(rule, applies_when=scope)
    for said, scope in _scopes(rule, rule.sign_only_when, knowledge):
        yield f"sign_only_when: {said}", replace(rule, sign_only_when=scope)


def _scopes(rule: Rule, scope: Mapping[str, Cell], knowledge: Knowledge) -> Iterator[tuple[str, Mapping[str, Cell]]]:
    for name, cell in scope.items():
        if name in BY_THE_GATES:
            continue
        yield f"without {name}", {other: kept for other, kept in scope.items() if other != name}
        for said, changed in _cells(rule, cell, knowledge.facts[name], _may_be_unclear(name, rule, knowledge)):
            yield f"{name}: {said}", {**scope, name: changed}


def _of_cards(rule: Rule) -> Iterator[Mutant]:
    for name, card in rule.cards.items():
        changed: Card = replace(card, indicator=OTHER_INDICATOR[card.indicator])
        if any(row.say == name and not row.draft for row in rule.rows):
            yield f"card {name}: {changed.indicator}", replace(rule, cards={**rule.cards, name: changed})


def _of_flags(rule: Rule) -> Iterator[Mutant]:
    if "patient-view" in rule.asked_at:
        return
    if not rule.label_rule:  # which says row by row whether it speaks of a continuation, and has no default scope
        yield "continuation", replace(rule, continuation_speaks=not rule.continuation_speaks)
        for lifted, fact in LIFTED.items():
            if fact not in rule.applies_when:
                yield f"lift {lifted}", replace(rule, lift=rule.lift ^ {lifted})
    if rule.unclear_kind_caps:
        yield "unclear order kind", replace(rule, unclear_kind_caps=False)


def _cells(rule: Rule, cell: Cell, fact: FactWords, doubtful: bool) -> Iterator[tuple[str, Cell]]:
    """The cell with one part less or more as an author writes parts, one cut moved, `unclear` in or out."""
    if cell.any:
        yield "unclear only", Cell(unclear=True)
        if doubtful:
            yield "anything but unclear", Cell(words=frozenset(fact.words), spans=(Interval(),))
        return
    if doubtful:
        yield "unclear turned", replace(cell, unclear=not cell.unclear)
    yield "anything", Cell(any=True)
    yield from _words(rule, cell, fact) if fact.kind == "choice" else _spans(cell, fact)


def _words(rule: Rule, cell: Cell, fact: FactWords) -> Iterator[tuple[str, Cell]]:
    """A part taken out, or put in."""
    parts = [part for part in cell.text.split(", ") if part != "unclear"]
    for part in parts:
        yield f"without {part}", _of_parts([one for one in parts if one != part], cell.unclear, fact)
    for part in sorted(_parts_beside(rule, fact) - set(parts)):
        if (wider := _of_parts([*parts, part], cell.unclear, fact)).words > cell.words:
            yield f"with {part}", wider


def _spans(cell: Cell, fact: FactWords) -> Iterator[tuple[str, Cell]]:
    """A cut moved, or its end turned."""
    for at, span in enumerate(cell.spans):
        for said, moved in _moved(span, Decimal(1) if fact.kind == "date" else STEP):
            yield said, replace(cell, spans=(*cell.spans[:at], moved, *cell.spans[at + 1 :]))


def _may_be_unclear(name: str, rule: Rule, knowledge: Knowledge) -> bool:
    """Whether a patient of this rule can leave the fact open; what the ordered drug alone settles cannot be."""
    return Place(knowledge, replace(rule, applies_when=_drugs_only(rule))).may_be_unclear(name)


def _drugs_only(rule: Rule) -> dict[str, Cell]:
    return {name: cell for name, cell in rule.applies_when.items() if name == "ordered_drug"}


def _parts_beside(rule: Rule, fact: FactWords) -> set[str]:
    """What could be written here by mistake: every word of a short fact, what other rows write of a long one."""
    if len(fact.words) <= SHORT:
        return set(fact.words)
    cells = [row.cells[fact.name] for row in rule.rows if fact.name in row.cells]
    return {part for cell in cells if not cell.any for part in cell.text.split(", ") if part != "unclear"}


def _of_parts(parts: list[str], unclear: bool, fact: FactWords) -> Cell:
    words = (fact.groups.get(part, frozenset({part})) for part in parts)
    return Cell(words=frozenset[str]().union(*words), unclear=unclear, text=", ".join(parts))


def _moved(span: Interval, step: Decimal) -> Iterator[tuple[str, Interval]]:
    if span.low is not None and span.low == span.high:
        yield f"{span} moved", Interval.point(span.low + step)
        return
    if span.low is not None:
        yield f"{span}: low end turned", replace(span, low_closed=not span.low_closed)
        yield f"{span}: low end up", replace(span, low=span.low + step)
        if span.low >= step:
            yield f"{span}: low end down", replace(span, low=span.low - step)
    if span.high is not None:
        yield f"{span}: high end turned", replace(span, high_closed=not span.high_closed)
        yield f"{span}: high end up", replace(span, high=span.high + step)
        if span.high > step:
            yield f"{span}: high end down", replace(span, high=span.high - step)


def _other_say(rule: Rule, say: str) -> str:
    others = sorted({row.say for row in rule.rows} - {say}) or ["nothing"]
    return others[0]


def _with_row(rule: Rule, at: int, **changes: Any) -> Rule:
    row = replace(rule.rows[at], **changes)
    return replace(rule, rows=(*rule.rows[:at], row, *rule.rows[at + 1 :]))
