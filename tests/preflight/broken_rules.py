"""Ways to break knowledge that no single file shows: between rows, cards, facts, drugs and studies."""

from __future__ import annotations

from tests.knowledge_base.mini import Break

RULE = "guidance/alphatinib-outside-pancreas/rule.yaml"
CARDS = "guidance/alphatinib-outside-pancreas/cards.yaml"
LIST = "guidance/what-is-missing/rule.yaml"
ITEMS = "guidance/what-is-missing/cards.yaml"
STUDY = "evidence/trial-a.yaml"
MANIFEST = "manifest.yaml"
REASONS = "override_reasons.yaml"

TABLES = {
    "a gap at a word": Break(
        RULE, "primary_site: unclear,", "primary_site: pancreas,", "no row fits primary_site: unclear", None
    ),
    "a gap at a cut": Break(RULE, '">=10"', '">10"', "no row fits primary_site: appendix, ki67_percent: 10", None),
    "a gap between two cuts": Break(RULE, '">=10"', '[">=12", "10"]', "ki67_percent: 11", None),
    "a gap above the last cut": Break(RULE, '">=10"', '"10..20"', "ki67_percent: 21", None),
    "a gap at unclear": Break(RULE, "[within, unclear]", "within", "label_fit: unclear", None),
    "two rows at once": Break(
        RULE, '"<10", label_fit: outside', '"<=10", label_fit: outside', "low and high fit at once", 2
    ),
    "a row in the way of another": Break(
        RULE,
        "{row: site-unclear, primary_site: unclear",
        "{row: site-unclear, primary_site: any",
        "pancreas and site-unclear fit at once",
        None,
    ),
    "a row outside the scope": Break(
        RULE,
        "lift: [site]\n",
        "  primary_site: outside-pancreas\n",
        "nobody whom the rule is for falls into this row",
        None,
    ),
}

LISTS = {
    "a list row nobody falls into": Break(
        LIST, "  diagnosis: nen\n", "  diagnosis: nen\n  primary_site: gep\n", "nobody whom the rule is for", None
    ),
}

CARD_FAULTS = {
    "a row that says a card nobody wrote": Break(
        RULE, "say: which-site", "say: what-site", "there is no card what-site"
    ),
    "a card no row says": Break(RULE, "say: which-site", "say: outside-trial", "no row says this card", None),
    "a warning that is only context": Break(CARDS, "verdict: context", "verdict: against", "against with info", 1),
    "a loud question": Break(
        CARDS,
        "asks: primary_site\n  indicator: info",
        "asks: primary_site\n  indicator: critical",
        "ask with critical",
        1,
    ),
    "an ask for no fact": Break(CARDS, "asks: primary_site", "asks: place", "place is not a fact"),
    "an ask for nothing": Break(CARDS, "  asks: primary_site\n", "", "asks: nothing is not a fact", None),
    "an answer that asks": Break(CARDS, "verdict: ask", "verdict: context", "only an ask asks", 1),
    "a drug that is not there": Break(CARDS, '"+betaplatin"', '"+gammaplatin"', "+gammaplatin names no drug"),
    "a test that is not there": Break(CARDS, '"?path"', '"?mri"', "?mri names no test"),
    "a suggestion of no kind": Break(CARDS, "[delete,", "[remove,", "remove names no suggestion"),
    "a draft to delete where there is none": Break(
        ITEMS, 'suggest: ["?path"]', "suggest: [delete]", "no draft to delete at patient-view"
    ),
    "a reason that is not there": Break(
        CARDS, "[mdt-decision, not", "[mdt-meeting, not", "there is no reason mdt-meeting"
    ),
    "two reasons of one code": Break(
        CARDS,
        "[mdt-decision, not-this-patient]",
        "[also-two, not-this-patient]",
        "also-two and not-this-patient have one code",
    ),
    "a reason of the code every card offers": Break(
        REASONS,
        "this-looks-wrong: {code: three",
        "this-looks-wrong: {code: one",
        "mdt-decision and this-looks-wrong",
        None,
    ),
    "no way to say that a card is wrong": Break(
        REASONS, "this-looks-wrong:", "this-is-wrong:", "this-looks-wrong is missing", None
    ),
    "a source that is no study": Break(
        CARDS, "source: trial-a", "source: trial-z", "source: there is no study trial-z"
    ),
    "evidence that is no study": Break(
        RULE, "for: [trial-a]", "for: [trial-a, trial-z]", "evidence: there is no study trial-z"
    ),
    "an item that is never shown": Break(
        CARDS, "  asks: primary_site", "  item: {en: x, ja: x}\n  asks: primary_site", "item is never shown"
    ),
    "an item that is missing": Break(ITEMS, "  item: {en: site, ja: 原発}\n", "", "item is missing", None),
}

NAMES = {
    "a study nothing rests on": Break(
        RULE,
        "against: [series-b]",
        "against: []",
        "series-b: no rule or card names this study, and no background says why",
        None,
    ),
    "a unit without a word": Break(STUDY, "unit: months", "unit: fortnights", "unit-fortnights is missing", -2),
    "a small sentence that is missing": Break(MANIFEST, "  footer:", "  bottom:", "footer is missing", None),
    "the word for unclear that is missing": Break(
        MANIFEST, "  unclear-value:", "  unclear-worth:", "unclear-value is missing", None
    ),
    "a small sentence that says less in one language": Break(
        MANIFEST, "phrases:\n", 'phrases:\n  made-up: {en: "{drug}", ja: 薬}\n', "{drug} is in one language only", 1
    ),
}
