"""What a list puts before the reader, and what it holds back."""

from __future__ import annotations

from cds_service.domain.case import Medication
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Unclear
from cds_service.rules.offer import option_of

from .build import question

MIDGUT: dict[str, str | Unclear] = {
    "primary_site": "small-bowel",
    "differentiation": "well",
    "ki67_percent": "8",
    "sstr_imaging": "positive",
    "progression": "progressing",
    "extent": "advanced",
}


def test_an_analogue_given_lately_is_no_reservation_against_prrt(knowledge: Knowledge) -> None:
    """NETTER-1 enrolled patients on an analogue; the gap before the dose is a matter of its day."""
    lately = Medication("lanreotide", "in-plan", "MedicationRequest/2", "2026-01-02", "2025-07-01")
    option = option_of("lutetium-dotatate", question(knowledge, MIDGUT, medications=(lately,)))
    assert option.had is None
    assert option.reserved == ()


def test_what_the_receptor_forbids_is_held_back(knowledge: Knowledge) -> None:
    option = option_of("lutetium-dotatate", question(knowledge, MIDGUT | {"sstr_imaging": "negative"}))
    assert [verdict.row_name for verdict in option.reserved] == ["negative"]


def test_every_drug_of_a_regimen_had_strikes_it_out(knowledge: Knowledge) -> None:
    had = tuple(
        Medication(drug, "past", f"MedicationRequest/{drug}", "2025-01-02", "2025-01-02")
        for drug in ("streptozocin", "fluorouracil")
    )
    pancreas = MIDGUT | {"primary_site": "pancreas"}
    assert option_of("stz-5fu", question(knowledge, pancreas, medications=had)).had == "2025-01-02"
    assert option_of("stz-5fu", question(knowledge, pancreas, medications=had[:1])).had is None
