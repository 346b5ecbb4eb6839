"""Other cancers of the patient: what an order or a result may belong to instead of the NEN."""

from __future__ import annotations

from .codes import Terms
from .conditions import PRIMARY_PROFILE, Diagnosis, has_profile


def is_other_malignancy(found: Diagnosis, terms: Terms) -> bool:
    """True for a cancer in any status that is neither a NEN nor a metastasis (rules.md 1b, order_reason)."""
    if found.is_nen or found.kind == "benign" or found.secondary:
        return False
    if found.kind or has_profile(found.resource, PRIMARY_PROFILE):
        return True  # a look-alike, a NEC of another site, classes that do not go together, or words not read
    said = terms.by_code("other-malignancy", found.code) or terms.by_words("other-malignancy", found.code)
    return "malignant" in said and "excepted" not in said
