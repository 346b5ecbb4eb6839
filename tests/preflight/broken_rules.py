"""Ways to break knowledge that no single file shows: between rows, cards, facts, drugs and studies."""

from __future__ import annotations

from tests.knowledge_base.mini import Break

RULE = "guidance/alphatinib-outside-pancreas/rule.yaml"
CARDS = "guidance/alphatinib-outside-pancreas/cards.yaml"
LIST = "guidance/what-is-missing/rule.yaml"
ITEMS = "guidance/what-is-missing/cards.yaml"
MAP_CARDS = "guidance/map-of-squares/cards.yaml"
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
    "a row nobody falls into": Break(
        RULE,
        "    - {row: site-unclear",
        "    - {row: never, primary_site: pancreas, ki67_percent: any, label_fit: any, say: which-site}\n    - {row: site-unclear",
        "pancreas and never fit at once",
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

SENTENCES = {
    "a placeholder for nothing known": Break(
        CARDS, "{trial-a.title}", "{trial-z.title}", "it is no fact, study or drug"
    ),
    "a figure the study does not have": Break(CARDS, "{trial-a.pfs}", "{trial-a.os}", "this study has no os", -1),
    "limits the study does not name": Break(CARDS, "{trial-a.title}", "{series-b.limits}", "names no limits"),
    "a part no fact has": Break(CARDS, "{primary_site.seen}", "{primary_site.name}", "why and seen, not name"),
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
    "a loose figure in full-width digits": Break(CARDS, "原発部位は", "原発部位12は", "a loose figure (12)", None),
    "a loose figure after a word that may hold one": Break(CARDS, "Where did it arise", "G30", "a loose figure (30)"),
    "a loose figure in a title": Break(
        RULE, "en: Alphatinib outside", "en: 3 alphatinib outside", "a loose figure (3)"
    ),
    "a loose figure in a question": Break(RULE, "question: Is", "question: Is 1", "a loose figure (1)"),
    "a loose figure in an item": Break(ITEMS, "item: {en: site", "item: {en: 2 sites", "a loose figure (2)"),
    "a loose figure in a small sentence": Break(
        MANIFEST, "en: reviewed at this site", "en: reviewed 2 times", "a loose figure (2)"
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
        "when every reachable item is named",
        None,
    ),
}

NAMES = {
    "a study nothing rests on": Break(
        RULE, "against: [series-b]", "against: []", "series-b: no rule or card names this study", None
    ),
    "a unit without a word": Break(STUDY, "unit: months", "unit: fortnights", "unit-fortnights is missing"),
    "a small sentence that is missing": Break(MANIFEST, "  footer:", "  bottom:", "footer is missing", None),
    "a small sentence that says less in one language": Break(
        MANIFEST, 'ja: "{drug}の下書き処方を取り消す"', "ja: 下書き処方を取り消す", "{drug} is in one language only"
    ),
}
