"""A rule as a clinician reads it: question, scope, table in words, cases with their cards, evidence both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date as Date

from .cards.render import render
from .cards.words import citation, figure_words
from .domain.call import Setting
from .domain.knowledge import Cell, ClinicalCase, Knowledge, Row, Rule, Study
from .rules.arrange import arrange
from .rules.cases import verdicts_of

HEADINGS = {
    "en": {
        "question": "Question",
        "scope": "Considered when",
        "rows": "Rows",
        "cases": "Cases and the cards they give",
        "for": "Evidence for",
        "against": "Evidence against",
        "silent": "(silence)",
        "because": "because",
        "why": "Why",
        "checked": "checked against",
        "none": "none",
        "content": "content",
        "always": "any patient of this scope",
        "signed": "signed at this site",
        "off": "switched off at this site",
    },
    "ja": {
        "question": "問い",
        "scope": "検討の条件",
        "rows": "表",
        "cases": "症例と表示カード",
        "for": "支持する根拠",
        "against": "反する根拠",
        "silent": "(表示なし)",
        "because": "理由",
        "why": "理由",
        "checked": "照合元",
        "none": "なし",
        "content": "内容",
        "always": "上記の条件に合う全例",
        "signed": "当施設で確認",
        "off": "当施設では無効",
    },
}


def show(
    rule: Rule, knowledge: Knowledge, cases: Sequence[ClinicalCase], language: str = "en", on: Date | None = None
) -> str:
    """The rule as text; `on` answers the cases as of another day than their own."""
    words = HEADINGS[language]
    lines = [
        f"{rule.title[language]}",
        f"{rule.id} · {rule.status} · {', '.join(sorted(rule.asked_at))} · {words['content']} {rule.fingerprint}",
        *_of_site(rule, words),
        "",
        f"{words['question']}: {rule.question}",
        f"{words['scope']}: {_cells(rule.applies_when, knowledge, language) or words['none']}",
        "",
        f"{words['rows']}:",
        *(f"  {_row(row, rule, knowledge, language)}" for row in rule.rows),
        "",
        f"{words['cases']}:",
    ]
    for case in cases:
        if case.rule == rule.id:
            lines += ["", *_case(replace(case, on=on or case.on), knowledge, language)]
    for side, studies in (("for", rule.evidence_for), ("against", rule.evidence_against)):
        lines += ["", f"{words[side]}:", *(_studies(studies, knowledge, language) or [f"  {words['none']}"])]
    return "\n".join(lines)


def _of_site(rule: Rule, words: Mapping[str, str]) -> Iterator[str]:
    """What a site's overlay says of the rule: who signed it as it reads now, and why it was switched off."""
    yield from (f"{words['signed']}: {one['by']}, {one['role']}, {one['on']}" for one in rule.reviewed)
    if rule.off:
        yield f"{words['off']}: {rule.off}"


def _row(row: Row, rule: Rule, knowledge: Knowledge, language: str) -> str:
    words = HEADINGS[language]
    card = rule.cards.get(row.say)
    says = f"{card.verdict}, {card.indicator}" if card else f"{words['silent']} {words['because']}: {row.because}"
    return f"{row.name}: {_cells(row.cells, knowledge, language) or words['always']} → {says}"


def _cells(cells: Mapping[str, Cell], knowledge: Knowledge, language: str) -> str:
    labels = {name: fact.label[language] for name, fact in knowledge.facts.items()}
    return "; ".join(f"{labels[name]} = {cell.text}" for name, cell in cells.items() if not cell.any)


def _case(case: ClinicalCase, knowledge: Knowledge, language: str) -> Iterator[str]:
    words = HEADINGS[language]
    verdicts = verdicts_of(case, knowledge)
    said, _ = arrange(case.hook, verdicts)
    setting = Setting(case.given.get("jurisdiction", "other"), case.on, language)
    yield f"  {case.title} [{case.on}, {', '.join(f'{name} {value}' for name, value in case.given.items())}]"
    yield f"    {words['why']}: {case.why}"
    if not said:
        yield f"    {words['silent']} {' + '.join(verdict.row_name for verdict in verdicts)}"
    for advice in said:
        card = render(advice, setting, knowledge, lambda: "-")
        yield f"    [{card['indicator'].upper()}] {card['summary']}"
        yield from (f"      {line}" for line in str(card["detail"]).splitlines() if line)
        yield from (f"      → {suggestion['label']}" for suggestion in card.get("suggestions", ()))


def _studies(ids: Sequence[str], knowledge: Knowledge, language: str) -> list[str]:
    return [line for study_id in ids for line in _study(knowledge.studies[study_id], knowledge, language)]


def _study(study: Study, knowledge: Knowledge, language: str) -> Iterator[str]:
    yield f"  {study.id}: {citation(study)['text']} ({study.design[language]}; {study.population[language]})"
    for figure in study.figures.values():
        yield f"    - {figure_words(study, figure, knowledge, language)}"
    for check in study.checked:
        yield f"    {HEADINGS[language]['checked']}: {check['against']} ({check['on']})"
