"""Mutants that no case can notice, by rule: what was changed -> why the answer stays the same."""

from __future__ import annotations

GATED = "the rule names the site itself, so the default scope does not ask it"
SURVIVORS: dict[str, dict[str, str]] = {
    "classify": {
        "row g3-undifferentiated: differentiation: ": "where differentiation is known, its agreement is never unclear",
        "row g3-undifferentiated: differentiation_agreement: with agrees": "it agrees only where it is known",
    },
    "missing-facts": {
        "row extent: extent: with resect": "the scope admits advanced and unclear only",
    },
    "nec-without-platinum": {
        "row denies-platinum: order_class: with symptom-control": "the scope leaves an order for symptoms out",
        "row without-platinum: order_class: with symptom-control": "the scope leaves an order for symptoms out",
        "sign_only_when: order_class: with symptom-control": "the scope leaves an order for symptoms out",
        "lift site": GATED,
        "lift setting": "the extents in scope are of no other setting",
        "applies_when: extent: anything": "the other extents are of another setting, which is silent by default",
        "applies_when: extent: with res": "the other extents are of another setting, which is silent by default",
    },
    "nec-platinum-markers": {"lift site": GATED},
    "streptozocin-gi-tract": {"lift site": GATED},
    "streptozocin-doxorubicin": {
        "row systemic: doxorubicin_route: unclear turned": "the scope wants the route known",
        "row local: doxorubicin_route: unclear turned": "the scope wants the route known",
        "applies_when: without ordered_drug": "the route is known for these two drugs only",
        "applies_when: ordered_drug: anything": "the route is known for these two drugs only",
    },
    "temozolomide-alone": {"lift site": GATED},
    "cytotoxic-low-burden": {
        "lift site": GATED,
        "applies_when: differentiation: with": "a NEC or MiNEN has no grade, and the scope wants one",
    },
}
