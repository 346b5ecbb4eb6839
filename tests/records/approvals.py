"""Knowledge in which a label says what a case decrees: as a hospital adds its own approvals."""

from __future__ import annotations

from dataclasses import replace

from cds_service.domain.knowledge import Approval, ClinicalCase, Knowledge

WORDING = {"en": "as this case has it", "ja": "この症例の前提どおり"}
ENTRIES: dict[str, tuple[Approval, ...]] = {
    "within": (Approval(approved=True, since="2000", wording=WORDING),),
    "outside": (Approval(approved=True, since="2000", age_from=150, wording=WORDING),),
    "unclear": (),
}


def knowledge_of(case: ClinicalCase, knowledge: Knowledge) -> Knowledge:
    """The knowledge itself, or with the ordered drug's approval here as the case decrees label_fit."""
    wanted, drug = case.given.get("label_fit"), case.given.get("ordered_drug")
    if wanted is None or drug is None:
        return knowledge
    here = case.given.get("jurisdiction", "other")
    changed = replace(knowledge.drugs[drug], approvals={here: ENTRIES[wanted]})
    return replace(knowledge, drugs={**knowledge.drugs, drug: changed})
