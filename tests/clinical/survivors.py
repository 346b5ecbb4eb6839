"""Mutants that no case can notice, by rule: what was changed -> why the answer stays the same."""

from __future__ import annotations

SURVIVORS: dict[str, dict[str, str]] = {
    "classify": {
        "row g3-undifferentiated: differentiation: ": "where differentiation is known, its agreement is never unclear",
        "row g3-undifferentiated: differentiation_agreement: with agrees": "it agrees only where it is known",
    },
    "missing-facts": {
        "row extent: extent: with resect": "the scope admits advanced and unclear only",
    },
}
