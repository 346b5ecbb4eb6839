"""Answers to a question about a patient: true, false, or not clear; and how several make one."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.advice import Asked
from ..domain.interval import Interval
from ..domain.values import Fact, Known, Unclear, interval

Answer = bool | None  # None: not clear


def is_one_of(asked: Asked, name: str, words: Iterable[str]) -> Answer:
    """Whether the fact is one of these words; None where it is unclear."""
    fact = asked.fact(name)
    return fact.value in set(words) if isinstance(fact, Known) else None


def is_of_group(asked: Asked, name: str, group: str) -> Answer:
    """Whether the fact is a word of this group of facts.yaml; None where it is unclear."""
    return is_one_of(asked, name, asked.knowledge.facts[name].groups[group])


def lies_in(asked: Asked, name: str, wanted: Interval) -> Answer:
    """Whether the measured interval lies in the wanted one; None where it is unclear or reaches over its edge."""
    span = interval(asked.fact(name))
    if span is None:
        return None
    return True if span.within(wanted) else None if span.touches(wanted) else False


def every(*answers: Answer) -> Answer:
    """True where all hold; False where one is known not to; else None."""
    if False in answers:
        return False
    return None if None in answers else True


def some(*answers: Answer) -> Answer:
    """True where one holds; False where none can; else None."""
    if True in answers:
        return True
    return None if None in answers else False


def as_fact(answer: Answer) -> Fact:
    """yes, no or unclear."""
    return Unclear() if answer is None else Known("yes" if answer else "no")
