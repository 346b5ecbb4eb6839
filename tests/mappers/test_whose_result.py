"""Results of patients with a metastasis or a second primary on record: which of them are of the NEN."""

from __future__ import annotations

from typing import Any

from cds_service.mappers.case import map_case
from tests.mappers.parts import (
    ICD,
    LOINC,
    VALUE_SETS,
    concept,
    condition,
    fact,
    ki67,
    observation,
    record,
    request,
    value,
)

RELATED = "http://hl7.org/fhir/StructureDefinition/condition-related"
BREAST = condition("breast", concept((ICD, "C50.9")))


def liver(of: str = "", **more: Any) -> Any:
    related = {"extension": [{"url": RELATED, "valueReference": {"reference": f"Condition/{of}"}}]} if of else {}
    return condition("met", concept((ICD, "C78.7")), **related, **more)


def of_the(primary: str, told: int = 35, **more: Any) -> Any:
    return ki67(told, focus=[{"reference": f"Condition/{primary}"}], **more)


def test_a_result_that_names_a_metastasis_of_the_only_cancer_is_of_the_nen() -> None:
    assert value(fact("ki67_percent", condition(), liver(), of_the("met"))) == "35"


def test_beside_another_cancer_the_metastasis_has_to_name_the_nen() -> None:
    assert value(fact("ki67_percent", condition(), BREAST, liver("c1"), of_the("met"))) == "35"
    assert value(fact("ki67_percent", condition(), BREAST, liver("breast"), of_the("met"))) == "unclear: not-recorded"
    assert value(fact("ki67_percent", condition(), BREAST, liver(), of_the("met"))) == "unclear: not-recorded"


def test_an_order_for_a_metastasis_that_names_the_nen_is_for_this_tumour() -> None:
    order = request("sunitinib", reasonReference=[{"reference": "Condition/met"}])

    def because_of(metastasis: Any) -> str:
        [read] = map_case(record(condition(), BREAST, metastasis, drafts=(order,)), VALUE_SETS).orders
        return value(read.reason)

    assert because_of(liver("c1")) == "this-tumour"
    assert because_of(liver("breast")) == "unclear: not-understood"


def test_with_two_primaries_the_results_of_the_one_the_order_names_count() -> None:
    rectum = condition("c2", concept(text="Neuroendocrine tumor of rectum"))
    both = (condition(), rectum, of_the("c1", 2, name="k1"), of_the("c2", 35, name="k2"))

    def for_the(name: str) -> str:
        order = request("sunitinib", reasonReference=[{"reference": f"Condition/{name}"}])
        return value(fact("ki67_percent", *both, drafts=(order,)))

    assert for_the("c1") == "2"
    assert for_the("c2") == "35"


def variant(gene: Any) -> Any:
    part = {"code": concept((LOINC, "48018-6")), "valueCodeableConcept": gene}
    answer = {"valueCodeableConcept": concept((LOINC, "LA9633-4"))}
    return observation("v1", (LOINC, "69548-6"), component=[part]) | answer


def test_the_gene_may_be_named_by_more_than_its_symbol() -> None:
    for said in ("KRAS", "KRAS gene", "KRAS proto-oncogene, GTPase"):
        assert value(fact("platinum_marker", condition(), variant(concept(text=said)))) == "present"
        coded = concept(("http://www.genenames.org/geneId", "x", said))
        assert value(fact("platinum_marker", condition(), variant(coded))) == "present"
    assert value(fact("platinum_marker", condition(), variant(concept(text="KRASP1")))) == "unclear: not-recorded"
