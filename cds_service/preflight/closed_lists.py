"""Windows, value sets, their meanings and groups of words: what the program reads is there, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.closed_lists import FACT_GROUPS, MEANINGS, WINDOWS
from ..domain.knowledge import Knowledge, ValueSet
from .finding import Finding


def closed_list_findings(knowledge: Knowledge) -> Iterator[Finding]:
    """Everything the program would look up in vain, and everything it would never look up."""
    yield from _windows(knowledge)
    yield from _value_sets(knowledge)
    for fact, groups in FACT_GROUPS.items():
        found = knowledge.facts.get(fact)
        for group in sorted(groups - set(found.groups if found else ())):
            yield Finding("facts.yaml", (fact, "groups"), f"{fact}: the group {group} is missing")


def _windows(knowledge: Knowledge) -> Iterator[Finding]:
    named = set(knowledge.value_sets.windows)
    for name in sorted(WINDOWS - named):
        yield Finding("manifest.yaml", ("windows_days",), f"windows_days: {name} is missing")
    for name in sorted(named - WINDOWS):
        yield Finding("manifest.yaml", ("windows_days", name), f"windows_days: {name} is no window of this program")


def _value_sets(knowledge: Knowledge) -> Iterator[Finding]:
    sets = knowledge.value_sets.sets
    for name in sorted(set(MEANINGS) - set(sets)):
        yield Finding(_file(name), (), "this value set is missing")
    for name, found in sorted(sets.items()):
        if name not in MEANINGS:
            yield Finding(_file(name), ("id",), f"id: {name} is no value set of this program")
            continue
        for meaning in sorted(_meanings(found) - MEANINGS[name]):
            yield Finding(_file(name), _place(found, meaning), f"means: {meaning} is no meaning of this value set")


def _meanings(found: ValueSet) -> set[str]:
    ranges = {means for _, _, _, means in found.ranges}
    return {*found.codes.values(), *ranges, *(means for _, means in found.words)}


def _place(found: ValueSet, meaning: str) -> tuple[str | int, ...]:
    """The code that means it, as far as the order of codes tells; else the part of the file."""
    codes = list(found.codes.values())
    if meaning in codes:
        return ("codes", codes.index(meaning))
    return ("ranges",) if any(meaning == one[3] for one in found.ranges) else ("words",)


def _file(name: str) -> str:
    return f"value_sets/{name}.yaml"
