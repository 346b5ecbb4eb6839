"""Ways to break statements.yaml, and cards that say two things in two languages."""

from __future__ import annotations

from tests.knowledge_base.mini import Break

STATEMENTS = "statements.yaml"
GLOSSARY = "glossary.yaml"
CARDS = "guidance/alphatinib-outside-pancreas/cards.yaml"
RULE = "guidance/alphatinib-outside-pancreas/rule.yaml"

ORPHANS = {
    "a statement that is missing": Break(STATEMENTS, "A100: {", "A101: {", "A100 is missing", None),
    "a statement nobody made": Break(STATEMENTS, "A100: {", "A101: {", "A101: the review makes no such statement"),
    "a rule that is not there": Break(
        STATEMENTS, "rules: [alphatinib-outside-pancreas]", "rules: [no-such]", "A001: there is no rule no-such"
    ),
    "a rule named twice": Break(
        STATEMENTS,
        "rules: [alphatinib-outside-pancreas]",
        "rules: [map-of-squares, map-of-squares]",
        "map-of-squares is named twice",
    ),
    "something to be done that no rule does": Break(
        STATEMENTS,
        "A002: {topic: made-up, behaviour: info",
        "A002: {topic: made-up, behaviour: ask",
        "A002: something is to be done (ask), and no rule does it",
    ),
}

TWO_LANGUAGES = {
    "a term without its rendering": Break(
        CARDS, "原発は{primary_site}", "元は{primary_site}", "the English says primary, the Japanese none of 原発", None
    ),
    "a wrong rendering": Break(
        CARDS, "原発は{primary_site}", "原発(元の腫瘍)は{primary_site}", "元の腫瘍 is no rendering of primary", None
    ),
    "a title without its rendering": Break(
        RULE, "title: {en: ", "title: {en: A primary ", "the English says primary", None
    ),
}
