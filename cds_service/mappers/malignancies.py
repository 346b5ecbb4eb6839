"""Other cancers of the patient: what an order or a result may belong to instead of the NEN."""

from __future__ import annotations

from .codes import Terms
from .conditions import Diagnosis
from .metastases import PRIMARY_PROFILE, has_profile


def is_other_malignancy(found: Diagnosis, terms: Terms) -> bool:
    """True for a cancer in any status, a suspected one as well, that is neither a NEN nor a metastasis.

    rules.md 1b, order_reason: "no other malignancy in any status".
    """
    if found.is_nen or found.kind == "benign" or found.secondary:
        return False
    if found.kind or has_profile(found.resource, PRIMARY_PROFILE):
        return True  # a look-alike, a NEC of another site, classes that do not go together, or words not read
    if said := terms.by_code("other-malignancy", found.code):
        return "malignant" in said and "excepted" not in said
    said = terms.possibly("other-malignancy", found.code)
    # "Pain due to cancer" under a code of pain names no cancer but the one in question; a named organ may be another.
    complaint = "no-neoplasm" in terms.by_code("modifier", found.code)
    named = not complaint or bool(terms.by_words("primary-site", found.code))
    return named and "malignant" in said and "excepted" not in said
