"""Ways to break a rule, a list, a grid or a card."""

from __future__ import annotations

from tests.knowledge_base.mini import Break

RULE = "guidance/alphatinib-outside-pancreas/rule.yaml"
LIST = "guidance/what-is-missing/rule.yaml"
MAP = "guidance/map-of-squares/rule.yaml"
CARDS = "guidance/alphatinib-outside-pancreas/cards.yaml"

BREAKS = {
    "a fact that is none": Break(RULE, "  differentiation:", "  colour:", "colour is not a fact"),
    "a word the fact does not have": Break(
        RULE, "[well, unclear]", "[good, unclear]", "good is neither a word nor a group"
    ),
    "an empty group": Break(RULE, "ordered_drug: alphatinib", "ordered_drug: prrt", "the group prrt is empty"),
    "an interval that is none": Break(RULE, '"<10"', '"< 10"', "< 10 is not an interval"),
    "an interval without numbers": Break(RULE, '"<10"', '"10..5"', "10..5 is not an interval"),
    "any among others": Break(RULE, "label_fit: [within, unclear]", "label_fit: [any, unclear]", "any stands alone"),
    "a word twice": Break(RULE, "label_fit: [within, unclear]", "label_fit: [within, within]", "names something twice"),
    "a cell that is missing": Break(
        RULE, "ki67_percent: unclear, label_fit: any", "label_fit: any", "no cell for ki67_percent"
    ),
    "a cell nobody asked for": Break(RULE, "row: low,", "row: low, extent: any,", "extent is not among the inputs"),
    "an input that is no fact": Break(RULE, "inputs: [primary_site,", "inputs: [sight,", "sight is not a fact"),
    "two rows of one name": Break(RULE, "row: low-else", "row: low", "two rows are named low"),
    "a silence without a reason": Break(RULE, ", because: it is the site studied", "", "nothing needs because"),
    "a reason without silence": Break(
        RULE, "say: which-site", "say: which-site, because: why not", "only a row that says nothing"
    ),
    "a table and rows": Break(
        RULE, "reviewed: []", "rows: []\nreviewed: []", "exactly one of table, rows and grid", None
    ),
    "a status that is none": Break(RULE, "status: active", "status: live", "live is none of draft, active, retired"),
    "a retirement without a reason": Break(RULE, "status: active", "status: retired", "a retired rule, and no other"),
    "a hook that is none": Break(RULE, "order-sign]", "order-dispatch]", "order-dispatch is none of"),
    "a list row that asks nothing": Break(LIST, "row: site, primary_site: unclear", "row: site", "asks nothing"),
    "a list without its type": Break(LIST, "type: list\n", "", "need type: list", 3),
    "a square with a letter of no legend": Break(MAP, '"<30": [_', '"<30": [X', "X is not a letter of the legend"),
    "a square too many": Break(MAP, '"<30": [_', '"<30": [_, _', "has 4 squares, not 3"),
    "a band that is none": Break(MAP, '"<30"', '"<31"', "the band <30 has no squares", -2),
    "cuts that fall": Break(MAP, "cuts: [7, 9]", "cuts: [9, 7]", "numbers that rise"),
    "an axis that is no number": Break(
        MAP, "across: {fact: ki67_percent", "across: {fact: grade", "grade is not a number", -1
    ),
    "a piece of a band off the grid": Break(MAP, 'ki67_percent: ">9"', 'ki67_percent: "<5"', "neither a whole band"),
    "an axis without its question": Break(MAP, "ki67_percent: which-number, ", "", "one card for each axis"),
    "a verdict that is none": Break(CARDS, "verdict: against", "verdict: forbids", "forbids is none of supports"),
    "a card without a source": Break(CARDS, "  source: trial-a\n", "", "source: Missing data", -3),
    "a cut that is no number": Break(MAP, "cuts: [7, 9]", "cuts: [7, NaN]", "NaN is not an interval"),
    "a cut that is a range": Break(MAP, "cuts: [7, 9]", "cuts: [7, 9..10]", "numbers that rise"),
    "a piece off another axis": Break(MAP, "off: {ki67", 'off: {age: ">9", ki67', "age is not an axis"),
}
