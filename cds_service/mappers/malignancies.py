"""Other cancers of the patient: what an order or a result may belong to instead of the NEN."""

from __future__ import annotations

import re

from .certainty import Sure
from .codes import Terms
from .conditions import Diagnosis
from .denial import Said
from .metastases import PRIMARY_PROFILE, has_profile
from .words import Match

_SET = "other-malignancy"

# A cancer of the organ of the NEN without a histology of its own may be a second line for the same tumour.
_OWN_HISTOLOGY = re.compile(
    r"adenocarcinoma|ductal|acinar|squamous|lymphoma|sarcoma|melanoma|腺癌|扁平上皮|リンパ腫|肉腫"
)


def is_suspected(found: Diagnosis, terms: Terms) -> bool:
    """True for a cancer that a record only suspects: a result needs no link to tell it from the NEN."""
    if found.sure is Sure.UNCONFIRMED or found.doubted:
        return True
    stated = found.kind or has_profile(found.resource, PRIMARY_PROFILE) or terms.by_words(_SET, found.code)
    return not stated and any(match.said is Said.SUSPECTED for match in _words(found, terms))


def has_own_histology(found: Diagnosis) -> bool:
    """True where a cancer names a kind of tumour that is no NEN."""
    told = (*found.code.texts, *found.morphology.texts)
    return found.kind not in ("", "several", "unread") or any(_OWN_HISTOLOGY.search(said) for said in told)


def _words(found: Diagnosis, terms: Terms) -> list[Match]:
    return [match for said in terms.said(_SET, found.code) for match in terms.matches(_SET, said)]


def is_other_malignancy(found: Diagnosis, terms: Terms) -> bool:
    """True for a cancer in any status, a suspected one as well, that is neither a NEN nor a metastasis.

    rules.md 1b, order_reason: "no other malignancy in any status".
    """
    if found.is_nen or found.kind == "benign" or found.secondary:
        return False
    if found.kind or has_profile(found.resource, PRIMARY_PROFILE):
        return True  # a look-alike, a NEC of another site, classes that do not go together, or words not read
    if said := terms.by_code(_SET, found.code):
        return "malignant" in said and "excepted" not in said
    said = terms.possibly(_SET, found.code)
    # "Pain due to cancer" under a code of pain names no cancer but the one in question; a named organ may be another.
    complaint = "no-neoplasm" in terms.by_code("modifier", found.code)
    named = not complaint or bool(terms.by_words("primary-site", found.code))
    return named and "malignant" in said and "excepted" not in said
