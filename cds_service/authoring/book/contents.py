"""The first page of the book: every rule, how to read it, and what was not carried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...domain.knowledge import ClinicalCase, Knowledge, Rule
from .html import Html, both, page, table, tag

HOW = (
    "Each page is one decision. Four questions for the reader: is the table right, is the sentence right in both "
    "languages, is a case missing, and what would make this wrong?",
    "Every patient in this book is made up. This book is for health professionals and is not a medical device.",
)


def index(knowledge: Knowledge, by_rule: Mapping[str, Sequence[ClinicalCase]], stamp: str) -> str:
    """The contents as a page."""
    rules = table(
        ("Rule", "About", "Asked at", "Rows", "Cases", "Content"),
        (_rule(rule, by_rule[rule.id]) for rule in knowledge.rules),
    )
    left = table(
        ("Statement", "About", "Why no rule carries it"),
        ((each.number, each.topic, each.because) for each in knowledge.statements.values() if each.because),
    )
    return page(
        "nen-cds: rules and cases",
        tag("h1", "Rules and cases"),
        tag("p", f"Knowledge {stamp}", class_="meta"),
        *(tag("p", sentence) for sentence in HOW),
        tag("h2", f"{len(knowledge.rules)} rules"),
        rules,
        tag("h2", "Statements of the review that no rule carries"),
        left,
    )


def _rule(rule: Rule, cases: Sequence[ClinicalCase]) -> tuple[str, ...]:
    link: Html = tag("a", rule.id, href=f"{rule.id}.html")
    off = f" (switched off here: {rule.off})" if rule.off else ""
    about = both(rule.title["en"] + off, rule.title["ja"])
    hooks = ", ".join(sorted(rule.asked_at))
    return link, about, hooks, str(len(rule.rows)), str(len(cases)), tag("span", rule.fingerprint, class_="content")
