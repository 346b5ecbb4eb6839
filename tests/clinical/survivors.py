"""Mutants that no case can notice, by rule: what was changed -> why the answer stays the same."""

from __future__ import annotations

LATER_LINE = "the scope admits known progression only"
NOT_GRADED = "a NEC or MiNEN has no grade, and the scope asks for one"
SURVIVORS: dict[str, dict[str, str]] = {
    "classify": {
        "row g3-undifferentiated: differentiation: ": "where differentiation is known, its agreement is never unclear",
        "row g3-undifferentiated: differentiation_agreement: with agrees": "it agrees only where it is known",
    },
    "prrt-combination": {
        "applies_when: without ordered_drug": "only an antitumour drug has a partner",
        "applies_when: ordered_drug: anything": "only an antitumour drug has a partner",
    },
    "prrt-precautions": {
        "row analogue-too-near: ssa_gap_days: <28: high end down": "days are whole",
    },
    "ssa-outside-ki67-range": {
        "card net-g3-or-nec: warning": "its row needs an unclear differentiation, and an unclear scope is capped",
    },
    "duplicate-ssa": {
        "applies_when: without ordered_drug": "another analogue is known only where an analogue is ordered",
        "applies_when: ordered_drug: anything": "another analogue is known only where an analogue is ordered",
    },
    "sinet-first-line": {
        "applies_when: differentiation: with ": "a NEC or MiNEN is not graded, and the scope asks G1 or G2",
    },
    "gi-other": {
        "applies_when: differentiation: with ": "a NEC or MiNEN is not graded, and the scope asks G1 or G2",
    },
    "symptom-control": {
        "row carcinoid: hormone_syndrome: with none": "a functioning tumour is never without a syndrome",
        "row other-syndrome: hormone_syndrome: with none": "a functioning tumour is never without a syndrome",
        "row insulinoma: hormone_syndrome: with none": "a functioning tumour is never without a syndrome",
        "row rescue: hormone_syndrome: with none": "a functioning tumour is never without a syndrome",
        "row shorter-interval: hormone_syndrome: with none": "a functioning tumour is never without a syndrome",
        "row with-prrt: hormone_syndrome: with none": "a functioning tumour is never without a syndrome",
        "row before-prrt: hormone_syndrome: with none": "a functioning tumour is never without a syndrome",
    },
    "everolimus-with-ssa": {
        "sign_only_when: ssa_in_plan: unclear turned": "with an analogue of which it is not clear the rule is silent",
    },
    "pnet-later-line": {
        "row rapid: progression: ": LATER_LINE,
        "applies_when: differentiation: with ": NOT_GRADED,
    },
    "sinet-later-line": {"applies_when: differentiation: with ": NOT_GRADED},
    "nec-without-platinum": {
        "sign_only_when: order_class: with symptom-control": "the scope leaves an order for symptoms out",
        "lift setting": "the extents in scope are of no other setting",
        "applies_when: extent: anything": "the other extents are of another setting, which is silent by default",
        "applies_when: extent: with res": "the other extents are of another setting, which is silent by default",
    },
    "streptozocin-doxorubicin": {
        "applies_when: without ordered_drug": "the route is known for these two drugs only",
        "applies_when: ordered_drug: anything": "the route is known for these two drugs only",
    },
    "net-g3": {
        "applies_when: differentiation: with": NOT_GRADED,
    },
    "pnet-first-line": {
        "applies_when: differentiation: with": NOT_GRADED,
    },
    "cytotoxic-low-burden": {
        "applies_when: differentiation: with": NOT_GRADED,
    },
}
