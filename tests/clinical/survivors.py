"""Mutants that no case can notice, by rule: what was changed -> why the answer stays the same."""

from __future__ import annotations

NAMES_ITS_SITES = "a rule that names its sites has no default site to lift"
LATER_LINE = "the scope admits known progression only"
NOT_GRADED = "a NEC or MiNEN has no grade, and the scope asks for one"

SURVIVORS: dict[str, dict[str, str]] = {
    "classify": {
        "row g3-undifferentiated: differentiation: ": "where differentiation is known, its agreement is never unclear",
        "row g3-undifferentiated: differentiation_agreement: with agrees": "it agrees only where it is known",
    },
    "missing-facts": {
        "row extent: extent: with resect": "the scope admits advanced and unclear only",
    },
    "sunitinib-needs-progression": {"lift site": NAMES_ITS_SITES},
    "everolimus-needs-progression": {"lift site": NAMES_ITS_SITES},
    "belzutifan-vhl": {"lift site": NAMES_ITS_SITES},
    "everolimus-with-ssa": {
        "sign_only_when: ssa_in_plan: unclear turned": "with an analogue of which it is not clear the rule is silent",
    },
    "pnet-later-line": {
        "row rapid: progression: ": LATER_LINE,
        "applies_when: differentiation: with ": NOT_GRADED,
    },
    "sinet-later-line": {"applies_when: differentiation: with ": NOT_GRADED},
}
