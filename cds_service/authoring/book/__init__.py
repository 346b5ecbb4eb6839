"""The book: every rule and case as plain HTML pages that a clinician reads, prints and signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from pathlib import Path

from ...cards.basis import knowledge_stamp, overlay_stamp
from ...domain.knowledge import ClinicalCase, Knowledge
from .contents import index
from .rule_page import rule_page

INDEX = "index.html"


def write_book(knowledge: Knowledge, cases: Sequence[ClinicalCase], out: Path, on: Date | None = None) -> list[Path]:
    """Write the pages into a folder; `on` answers every case as of that day."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, html in pages(knowledge, cases, on).items():
        path = out / name
        path.write_text(html, encoding="utf-8")
        written.append(path)
    return written


def pages(knowledge: Knowledge, cases: Sequence[ClinicalCase], on: Date | None = None) -> Mapping[str, str]:
    """File name -> page: the contents, then one page a rule."""
    stamp = " · ".join(filter(None, (knowledge_stamp(knowledge), overlay_stamp(knowledge))))
    by_rule = {rule.id: [case for case in cases if case.rule == rule.id] for rule in knowledge.rules}
    found = {INDEX: index(knowledge, by_rule, stamp)}
    return found | {
        f"{rule.id}.html": rule_page(rule, knowledge, by_rule[rule.id], stamp, on) for rule in knowledge.rules
    }
