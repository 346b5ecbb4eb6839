"""Ways to break a sentence: what it leaves open, its figures, its length."""

from __future__ import annotations

from tests.knowledge_base.mini import Break

RULE = "guidance/alphatinib-outside-pancreas/rule.yaml"
CARDS = "guidance/alphatinib-outside-pancreas/cards.yaml"
LIST = "guidance/what-is-missing/rule.yaml"
ITEMS = "guidance/what-is-missing/cards.yaml"
MANIFEST = "manifest.yaml"

SENTENCES = {
    "a placeholder for nothing known": Break(
        CARDS, "{trial-a.title}", "{trial-z.title}", "it is no fact, study or drug"
    ),
    "a tag": Break(CARDS, "{trial-a.title}", "<b>{trial-a.title}</b>", "markup that clients draw differently"),
    "a picture": Break(CARDS, "{trial-a.title}", "![x](y)", "markup that clients draw differently"),
    "a table": Break(CARDS, "{trial-a.title}", "a | b", "markup that clients draw differently"),
    "a figure the study does not have": Break(CARDS, "{trial-a.pfs}", "{trial-a.os}", "this study has no os", -1),
    "limits the study does not name": Break(CARDS, "{trial-a.title}", "{series-b.limits}", "names no limits"),
    "a part no fact has": Break(CARDS, "{primary_site.seen}", "{primary_site.name}", "why and seen, not name"),
    "the drug of a fact that is read from none": Break(
        CARDS, "{primary_site.seen}", "{primary_site.drug}", "are read from a drug"
    ),
    "a part no drug has": Break(CARDS, "{betaplatin.label_words}", "{betaplatin.approved_for}", "label_words only", -2),
    "a fact that may be unclear": Break(
        CARDS,
        "Ki-67 {ki67_percent|or-unclear}",
        "Ki-67 {ki67_percent}",
        "{ki67_percent} in row number-unclear: it may be unclear here",
    ),
    "a fact the row does not ask": Break(CARDS, "{trial-a.title}", "{extent}", "it may be unclear here"),
    "a reason where the fact is known": Break(
        CARDS, "{trial-a.title}", "{primary_site.why}", "it is never unclear here"
    ),
    "a reason where the fact may be known": Break(
        CARDS, "{trial-a.title}", "{ki67_percent.why}", "in row low-else, high: it is never"
    ),
    "a wording where the label is unclear": Break(
        CARDS, "{trial-a.title}", "{ordered_drug.approved_for}", "there is no wording"
    ),
    "a wording of a drug that is refused": Break(
        "drugs/alphatinib.yaml",
        "  JP:\n",
        "  US: [{not_approved: true, last_check: '2026-01-01', cite: label}]\n  JP:\n",
        "may be not approved here",
        None,
    ),
    "a brace that closes nothing": Break(CARDS, "{trial-a.title}", "trial-a.title}", "a brace"),
    "a placeholder with a space": Break(CARDS, "{trial-a.title}", "{trial-a title}", "not a placeholder"),
    "a figure in one language only": Break(
        CARDS, ": {trial-a.pfs} (", ": (", "{trial-a.pfs} is said in one language only", None
    ),
    "a loose figure": Break(CARDS, "Where did it arise", "Where did all 12 arise", "a loose figure (12)"),
    "a loose figure in full-width digits": Break(CARDS, "原発部位は", "原発部位１２は", "a loose figure (１２)", None),
    "a loose figure after a word that may hold one": Break(CARDS, "Where did it arise", "G30", "a loose figure (30)"),
    "a loose figure in a title": Break(
        RULE, "en: Alphatinib outside", "en: 3 alphatinib outside", "a loose figure (3)"
    ),
    "a loose figure in a question": Break(RULE, "question: Is", "question: Is 1", "a loose figure (1)"),
    "a loose figure in an item": Break(ITEMS, "item: {en: site", "item: {en: 2 sites", "a loose figure (2)"),
    "a loose figure in a small sentence": Break(
        MANIFEST, "phrases:\n", "phrases:\n  made-up: {en: 2 drugs, ja: 薬}\n", "a loose figure (2)", 1
    ),
    "a placeholder in an item": Break(
        ITEMS, "item: {en: site", 'item: {en: "{primary_site.why}"', "nothing is filled in here"
    ),
    "a placeholder in a title": Break(
        RULE, "{en: Alphatinib outside the pancreas", '{en: "{ordered_drug}"', "nothing is filled in here"
    ),
    "a merged summary that names nothing": Break(LIST, "record: {items}.", "record.", "{items} stands here once"),
}

LENGTHS = {
    "a summary that is long as it stands": Break(
        CARDS, "Where did it arise", "Where did it arise " + "and where " * 9, "can grow to", None
    ),
    "a summary with words that have no end": Break(
        CARDS,
        "Where did it arise ({primary_site.why})",
        "Where did it arise ({primary_site.seen})",
        "no greatest length",
        None,
    ),
    "items that are too long together": Break(
        ITEMS,
        "item: {en: imaging",
        "item: {en: " + "imaging of everything that can be seen " * 3,
        "when every item is named that can be",
        None,
    ),
}
