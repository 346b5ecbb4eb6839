"""One rule as a page: question, scope, table in words, evidence, cases with their cards, lines to sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date as Date

from ...cards.words import citation, figure_words
from ...domain.knowledge import Cell, ClinicalCase, FactWords, Knowledge, Row, Rule, Study
from .case_block import case_block
from .gates import gates_of
from .grid_block import grid_of
from .html import Html, both, joined, page, table, tag

MOST_MEMBERS = 14  # of a group, before a cell grows unreadable
SIGN = ("Name", "Role", "Date", "Signature")


def rule_page(
    rule: Rule, knowledge: Knowledge, cases: Sequence[ClinicalCase], stamp: str, on: Date | None = None
) -> str:
    """The page of this rule."""
    return page(
        f"{rule.id}: {rule.title['en']}",
        tag("nav", tag("a", "All rules", href="index.html")),
        tag("h1", both(rule.title["en"], rule.title["ja"])),
        tag("p", f"{rule.id} · {rule.status} · {', '.join(sorted(rule.asked_at))}", class_="meta"),
        tag("p", f"Knowledge {stamp} · content {rule.fingerprint} · next review due {rule.review_due}", class_="meta"),
        *_of_site(rule),
        tag("h2", "Question"),
        tag("p", rule.question),
        *_scope(rule, knowledge),
        *grid_of(rule, knowledge),
        tag("h2", "Rows" if rule.type == "list" else "Table"),
        _rows(rule, knowledge),
        tag("h2", "Evidence for"),
        *_studies(rule.evidence_for, knowledge),
        tag("h2", "Evidence against"),
        *_studies(rule.evidence_against, knowledge),
        tag("h2", f"Cases ({len(cases)})"),
        *(case_block(replace(case, on=on or case.on), knowledge) for case in cases),
        tag("h2", "Read and agreed"),
        table(SIGN, [[""] * len(SIGN)] * 2, class_="sign"),
    )


def cell_words(cell: Cell, fact: FactWords) -> Html:
    """A cell as a reader says it, in both languages; an interval as it is written."""
    return both(*_cell_texts(cell, fact))


def _cell_texts(cell: Cell, fact: FactWords) -> tuple[str, str]:
    found = [_part(part.strip(), fact) for part in cell.text.split(",")]
    return " / ".join(en for en, _ in found), " / ".join(ja for _, ja in found)


def _part(part: str, fact: FactWords) -> tuple[str, str]:
    special = {"any": ("any", "問わない"), "unclear": ("unclear", "不明"), "known": ("known", "判明")}
    if part in special:
        return special[part]
    if part in fact.words:
        return fact.words[part]["en"], fact.words[part]["ja"]
    if part in fact.groups:
        return _group(part, fact)
    return part, part


def _group(name: str, fact: FactWords) -> tuple[str, str]:
    """A group by its name and its members, or by how many they are."""
    held = [words for word, words in fact.words.items() if word in fact.groups[name]]
    if len(held) > MOST_MEMBERS:
        return f"{name} ({len(held)})", f"{name}（{len(held)}）"
    return f"{name} ({', '.join(each['en'] for each in held)})", "・".join(each["ja"] for each in held)


def _of_site(rule: Rule) -> Iterator[Html]:
    for one in rule.reviewed:
        yield tag("p", f"Signed at this site: {one['by']}, {one['role']}, {one['on']}", class_="meta")
    if rule.off:
        yield tag("p", f"Switched off at this site: {rule.off}", class_="meta")


def _scope(rule: Rule, knowledge: Knowledge) -> Iterator[Html]:
    yield tag("h2", "Considered when")
    yield tag("p", gates_of(rule), class_="gates")
    if not rule.applies_when:
        yield tag("p", "No condition of its own.")
        return
    yield _conditions(rule.applies_when, knowledge)
    if rule.sign_only_when:
        yield tag("p", "Waits for signing where:")
        yield _conditions(rule.sign_only_when, knowledge)


def _conditions(cells: Mapping[str, Cell], knowledge: Knowledge) -> Html:
    facts = knowledge.facts
    return table(
        ("Fact", "Must be"),
        ((both(*_label(facts[name])), cell_words(cell, facts[name])) for name, cell in cells.items()),
    )


def _label(fact: FactWords) -> tuple[str, str]:
    return fact.label["en"], fact.label["ja"]


def _rows(rule: Rule, knowledge: Knowledge) -> Html:
    """A column for each fact of a table; one column for all that a row of a list asks."""
    facts = knowledge.facts
    if rule.type != "list":
        head = ("Row", *(both(*_label(facts[name])) for name in rule.inputs), "Answer")
        cells = ([cell_words(row.cells[name], facts[name]) for name in rule.inputs] for row in rule.rows)
        rows = [(row.name, *asked, _answer(row, rule)) for row, asked in zip(rule.rows, cells, strict=True)]
        return table(head, rows)
    return table(
        ("Row", "Said when", "Answer"), ((row.name, _when(row, facts), _answer(row, rule)) for row in rule.rows)
    )


def _when(row: Row, facts: Mapping[str, FactWords]) -> Html:
    asked = {name: cell for name, cell in row.cells.items() if not cell.any}
    lines = [tag("div", _condition(cell, facts[name])) for name, cell in asked.items()]
    if row.new_orders_only:
        lines.append(tag("div", "new orders only"))
    return joined(lines or [both("any patient of this scope", "上記の条件に合う全例")])


def _condition(cell: Cell, fact: FactWords) -> Html:
    """`fact: words`, on one line in each language."""
    en, ja = _cell_texts(cell, fact)
    return both(f"{fact.label['en']}: {en}", f"{fact.label['ja']}：{ja}")


def _answer(row: Row, rule: Rule) -> str:
    card = rule.cards.get(row.say)
    if card is None:
        return f"silence: {row.because}"
    draft = "; draft, not served" if row.draft else ""
    option = f"; option {row.option}" if row.option else ""
    return f"{row.say} ({card.verdict}, {card.indicator}{option}{draft})"


def _studies(ids: Sequence[str], knowledge: Knowledge) -> Iterator[Html]:
    if not ids:
        yield tag("p", "None.")
    for name in ids:
        yield from _study(knowledge.studies[name], knowledge)


def _study(study: Study, knowledge: Knowledge) -> Iterator[Html]:
    yield tag("h3", f"{study.id}: {citation(study)['text']}")
    yield tag("p", both(study.design["en"], study.design["ja"]))
    yield tag("p", both(study.population["en"], study.population["ja"]))
    figures = [tag("li", both(*_figure(study, name, knowledge))) for name in study.figures]
    limits = [tag("li", "Limit: ", both(limit["en"], limit["ja"])) for limit in study.limits]
    checked = [
        tag(
            "li",
            f"Checked ({check.get('what') or _listed(check)}), {check['on']}: {check['against']}",
            class_="checked",
        )
        for check in study.checked
    ]
    yield tag("ul", *figures, *limits, *checked, *(tag("li", text, class_="checked") for text in study.disagreements))


def _figure(study: Study, name: str, knowledge: Knowledge) -> tuple[str, str]:
    figure = study.figures[name]
    return figure_words(study, figure, knowledge, "en"), figure_words(study, figure, knowledge, "ja")


def _listed(check: Mapping[str, object]) -> str:
    figures = check.get("figures")
    return ", ".join(map(str, figures)) if isinstance(figures, list | tuple) else ""
