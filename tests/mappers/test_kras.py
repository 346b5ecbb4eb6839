"""A variant is a KRAS mutation where its gene is KRAS, and nothing says that it is benign or inherited."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import LOINC, concept, finding, observation
from tests.mappers.safety_parts import told

GENE, SIGNIFICANCE, SOURCE, CHANGE = "48018-6", "53037-8", "48002-0", "48004-6"


def part(code: str, *codings: tuple[str, str] | tuple[str, str, str], text: str = "") -> Any:
    return {"code": concept((LOINC, code)), "valueCodeableConcept": concept(*codings, text=text)}


KRAS = part(GENE, text="KRAS")


def variant(*parts: Any, said: str = "LA9633-4") -> Any:
    return observation("v1", (LOINC, "69548-6"), component=list(parts), valueCodeableConcept=concept((LOINC, said)))


MUTATED: dict[str, list[Any]] = {
    "the gene by symbol": [KRAS],
    "the gene by number": [part(GENE, ("http://www.genenames.org", "HGNC:6407"))],
    "the gene by number, as HL7 names the system": [part(GENE, ("http://www.genenames.org/geneId", "HGNC:6407"))],
    "the gene as a text": [{"code": concept((LOINC, GENE)), "valueString": "KRAS"}],
    "pathogenic": [KRAS, part(SIGNIFICANCE, (LOINC, "LA6668-3", "Pathogenic"))],
    "somatic": [KRAS, part(SOURCE, (LOINC, "LA6684-0", "Somatic"))],
}
NOT_UNDERSTOOD: dict[str, list[Any]] = {
    "benign": [KRAS, part(SIGNIFICANCE, (LOINC, "LA6675-8"))],
    "likely benign": [KRAS, part(SIGNIFICANCE, text="Likely benign")],
    "of uncertain significance": [KRAS, part(SIGNIFICANCE, (LOINC, "LA26333-7"))],
    "inherited": [KRAS, part(SOURCE, (LOINC, "LA6683-2", "Germline"))],
    "inherited, in words": [KRAS, part(SOURCE, text="Germline")],
}
OF_ANOTHER_GENE: dict[str, list[Any]] = {
    "another gene, and a word on KRAS": [part(GENE, text="BRAF"), part(CHANGE, text="KRAS not tested")],
    "another gene by number": [part(GENE, ("http://www.genenames.org", "HGNC:1097"))],
    "no gene": [part(CHANGE, text="KRAS c.35G>A")],
    "the number in another system": [part(GENE, ("urn:oid:1.2.3", "HGNC:6407"))],
}


def marker(knowledge: Knowledge, *parts: Any, said: str = "LA9633-4") -> str:
    return told(knowledge, "platinum_marker", variant(*parts, said=said), finding("rb-status", "retained", "rb"))


@pytest.mark.parametrize("name", MUTATED)
def test_it_is_a_mutation(knowledge: Knowledge, name: str) -> None:
    assert marker(knowledge, *MUTATED[name]) == "present"


@pytest.mark.parametrize("name", NOT_UNDERSTOOD)
def test_it_may_be_none(knowledge: Knowledge, name: str) -> None:
    assert marker(knowledge, *NOT_UNDERSTOOD[name]) == "unclear: not-understood"


@pytest.mark.parametrize("name", OF_ANOTHER_GENE)
def test_it_is_not_of_kras(knowledge: Knowledge, name: str) -> None:
    assert marker(knowledge, *OF_ANOTHER_GENE[name]) == "unclear: not-recorded"


def test_no_variant_of_the_gene_is_its_wild_type(knowledge: Knowledge) -> None:
    assert marker(knowledge, KRAS, said="LA9634-2") == "absent"
