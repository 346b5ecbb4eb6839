"""What a list puts before the reader, and what it holds back."""

from __future__ import annotations

from collections.abc import Collection

from cds_service.domain.advice import Option
from cds_service.domain.call import Levers
from cds_service.domain.case import Medication
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Unclear
from cds_service.rules.consult import consult_all
from cds_service.rules.findings import Findings
from cds_service.rules.offer import option_of

from .build import question


def option(name: str, asked: Findings, unserved: Collection[str] = ()) -> Option:
    """The option, where there is one."""
    found = option_of(name, asked, unserved)
    assert found is not None
    return found


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
    found = option("lutetium-dotatate", question(knowledge, MIDGUT, medications=(lately,)))
    assert found.had is None
    assert found.reserved == ()


def test_what_the_receptor_forbids_is_held_back(knowledge: Knowledge) -> None:
    found = option("lutetium-dotatate", question(knowledge, MIDGUT | {"sstr_imaging": "negative"}))
    assert [verdict.row_name for verdict in found.reserved] == ["negative"]


def test_every_drug_of_a_regimen_had_strikes_it_out(knowledge: Knowledge) -> None:
    had = tuple(
        Medication(drug, "past", f"MedicationRequest/{drug}", "2025-01-02", "2025-01-02")
        for drug in ("streptozocin", "fluorouracil")
    )
    pancreas = MIDGUT | {"primary_site": "pancreas"}
    assert option("stz-5fu", question(knowledge, pancreas, medications=had)).had == "2025-01-02"
    assert option("stz-5fu", question(knowledge, pancreas, medications=had[:1])).had is None


def test_an_option_that_only_unserved_rules_warn_of_is_not_put_forward(knowledge: Knowledge) -> None:
    """A rule switched off, or not signed where that is asked for, says nothing; nor is its drug offered in silence."""
    negative = question(knowledge, MIDGUT | {"sstr_imaging": "negative"})
    warning = {verdict.rule.id for verdict in option("lutetium-dotatate", negative).reserved}
    assert option_of("lutetium-dotatate", negative, unserved=warning) is None
    assert option_of("lutetium-dotatate", question(knowledge, MIDGUT), unserved=warning) is not None


def test_an_unserved_rule_is_not_quoted_beside_one_that_is_served(knowledge: Knowledge) -> None:
    poor = question(knowledge, MIDGUT | {"sstr_imaging": "negative", "differentiation": "poor"})
    warning = [verdict.rule.id for verdict in option("lutetium-dotatate", poor).reserved]
    assert len(warning) > 1
    assert [found.rule.id for found in option("lutetium-dotatate", poor, warning[:1]).reserved] == warning[1:]


def test_a_switched_off_rule_is_never_quoted_on_a_list(knowledge: Knowledge) -> None:
    """In a NET-G3 with a coumarin CAPTEM is held back by its label, and left out where that rule is switched off."""
    on_warfarin = question(knowledge, MIDGUT | {"ki67_percent": "35", "coumarin": "yes"}, jurisdiction="US")

    def captem(levers: Levers) -> list[set[str]]:
        said = consult_all("patient-view", (on_warfarin,), knowledge, levers)
        options = [verdict.option for verdict in said if verdict.option and verdict.option.regimen.id == "captem"]
        return [{verdict.rule.id for verdict in found.reserved} for found in options]

    warfarin = {"capecitabine-warfarin"}
    assert captem(Levers()) == [warfarin]
    assert captem(Levers(off=frozenset(warfarin))) == []
