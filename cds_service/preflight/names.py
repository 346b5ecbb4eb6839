"""Names that stand in knowledge/ and in the program are the same in both: facts, small sentences."""

from __future__ import annotations

from collections.abc import Iterator

from ..cards.render import ALWAYS_OFFERED
from ..domain.facts import COMPUTED
from ..domain.knowledge import Knowledge
from ..rules.facts import COMPUTED_FACTS
from .finding import Finding
from .texts import loose_findings, missing_in

# What cards/ says around the words of a rule; each name is looked up there.
PHRASES = (
    "unclear-value",
    "label-approved",
    "label-not-approved",
    "label-not-approved-until",
    "label-not-held",
    "cap-order-reason-unclear",
    "cap-trial",
    "cap-minor",
    "cap-scope-unclear",
    "cap-name-not-exact",
    "cap-formulation-unclear",
    "cap-order-kind-unclear",
    "cap-partner-stale",
    "options-reserved",
    "options-had",
    "option-outside",
    "option-approved",
    "option-approved-for",
    "option-of-drug",
    "option-not-approved",
    "option-not-held",
    "option-last",
    "option-test",
    "options-jp-guideline",
    "uninformed",
    "read",
    "unclear",
    "specimen-biopsy",
    "specimen-resection",
    "specimen-cytology",
    "organ-liver",
    "organ-lymph-node",
    "organ-bone",
    "organ-peritoneum",
    "also-recorded",
    "partly-read",
    "kind-observation",
    "kind-condition",
    "kind-report",
    "kind-treatment",
    "footer",
    "overlay",
    "reviewed",
    "not-reviewed",
    "suggest-delete",
    "suggest-drug",
    "suggest-test",
)


def name_findings(knowledge: Knowledge) -> Iterator[Finding]:
    """Everything named in one place and missing in the other."""
    for name in sorted(set(COMPUTED) ^ set(COMPUTED_FACTS)):
        yield Finding("facts.yaml", (name,), f"{name} has no function in rules/facts.py, or is not in the closed list")
    if ALWAYS_OFFERED not in knowledge.override_reasons:
        yield Finding("override_reasons.yaml", (), f"{ALWAYS_OFFERED} is missing, and every card offers it")
    yield from _phrases(knowledge)


def _phrases(knowledge: Knowledge) -> Iterator[Finding]:
    for name in PHRASES:
        if name not in knowledge.phrases:
            yield Finding("manifest.yaml", ("phrases",), f"phrases: {name} is missing")
    for name, pair in knowledge.phrases.items():
        for language, missing in missing_in(pair).items():
            yield Finding("manifest.yaml", ("phrases", name, language), f"{name}: {missing} is in one language only")
        for language, text in pair.items():
            for wrong in loose_findings(text, knowledge):
                yield Finding("manifest.yaml", ("phrases", name, language), f"{name}: {wrong}")
