"""Beside another cancer: which panels, reports, specimens and sites say that a result is of the NEN."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.knowledge import Knowledge
from tests.mappers.parts import ICD, ICD_O, LOINC, concept, condition, ki67, observation
from tests.mappers.safety_parts import told

BREAST = condition("c2", concept((ICD, "C50.9"), text="Breast cancer"))
PANCREATIC_CANCER = condition("c2", concept((ICD, "C25.0"), text="Adenocarcinoma of pancreas"))
NET, ADENOCARCINOMA = concept((ICD_O, "8240/3")), concept((ICD_O, "8140/3"))
OF_PANCREAS: Any = {"bodySite": concept(text="pancreas")}
OF_THE_NEN: Any = {"focus": [{"reference": "Condition/c1"}]}
OF_THE_BREAST: Any = {"focus": [{"reference": "Condition/c2"}]}
NOT_LINKED, ANOTHER = "unclear: not-linked", "unclear: not-recorded"


def panel(name: str = "p1", holds: str = "Observation/k1", **more: Any) -> Any:
    return observation(name, (LOINC, "77753-2"), hasMember=[{"reference": holds}]) | more


def report(*concluded: Any, holds: str = "Observation/k1", **more: Any) -> Any:
    found: Any = {"resourceType": "DiagnosticReport", "id": "r1", "status": "final", "code": {"text": "Pathology"}}
    found |= {"subject": {"reference": "Patient/p1"}, "result": [{"reference": holds}]}
    return found | ({"conclusionCode": list(concluded)} if concluded else {}) | more


def histology(**more: Any) -> Any:
    return observation("h1", (LOINC, "59847-4"), valueCodeableConcept=NET) | more


DERIVED: Any = {"derivedFrom": [{"reference": "Observation/h1"}]}
SPECIMEN: Any = {"resourceType": "Specimen", "id": "s1", "subject": {"reference": "Patient/p1"}}
SPECIMEN |= {"collection": {"bodySite": concept(text="pancreas")}}
OF_SPECIMEN: Any = {"specimen": {"reference": "Specimen/s1"}}
NUMBERED: Any = {"identifier": [{"value": "7"}]}
LINKS: dict[str, tuple[Any, list[Any], str]] = {
    "a panel about the tumour": ({}, [panel(**OF_THE_NEN)], "8"),
    "a panel of its organ": ({}, [panel(**OF_PANCREAS)], "8"),
    "a panel of a specimen of its organ": ({}, [panel(**OF_SPECIMEN), SPECIMEN], "8"),
    "any result that holds it": ({}, [panel(code=concept(text="Pathology"), **OF_THE_NEN)], "8"),
    "a panel about the other cancer": ({}, [panel(**OF_THE_BREAST)], ANOTHER),
    "two panels that disagree": ({}, [panel(**OF_THE_NEN), panel("p2", **OF_THE_BREAST)], NOT_LINKED),
    "its own focus before that of its panel": (OF_THE_NEN, [panel(**OF_THE_BREAST)], "8"),
    "a panel that names nothing": ({}, [panel()], NOT_LINKED),
    "a panel that does not stand": ({}, [panel(status="entered-in-error", **OF_THE_NEN)], NOT_LINKED),
    "a panel of its organ, corrected to name none": (
        {},
        [panel(**OF_PANCREAS, **NUMBERED), panel("p2", status="corrected", **NUMBERED)],
        NOT_LINKED,
    ),
    "a panel in a panel": ({}, [panel(), panel("p2", "Observation/p1", **OF_THE_NEN)], NOT_LINKED),
    "a report of its panel": ({}, [panel(), report(NET, holds="Observation/p1")], "8"),
    "a report of a specimen of its organ": ({}, [report(specimen=[OF_SPECIMEN["specimen"]]), SPECIMEN], "8"),
    "a histology about the tumour": (DERIVED, [histology(**OF_THE_NEN)], "8"),
    "a histology about the other cancer": (
        DERIVED,
        [histology(valueCodeableConcept=ADENOCARCINOMA, **OF_THE_BREAST)],
        ANOTHER,
    ),
    "a histology that does not stand": (DERIVED, [histology(**OF_THE_NEN, status="cancelled")], NOT_LINKED),
    "a histology that names nothing": (DERIVED, [histology()], NOT_LINKED),
}


@pytest.mark.parametrize("name", LINKS)
def test_what_is_around_a_result_links_it(knowledge: Knowledge, name: str) -> None:
    link, beside, expected = LINKS[name]
    assert told(knowledge, "ki67_percent", BREAST, ki67(8, **link), *beside) == expected


SAME_ORGAN: dict[str, tuple[Any, list[Any], str]] = {
    "the organ": (OF_PANCREAS, [], NOT_LINKED),
    "a specimen of the organ": (OF_SPECIMEN, [SPECIMEN], NOT_LINKED),
    "the tumour as focus": (OF_THE_NEN | OF_PANCREAS, [], "8"),
    "a report of the adenocarcinoma": (OF_PANCREAS, [report(ADENOCARCINOMA)], ANOTHER),
    "a report of the NET": (OF_PANCREAS, [report(NET)], "8"),
    "a report of both": (OF_PANCREAS, [report(NET, ADENOCARCINOMA)], NOT_LINKED),
    "a report of both in words": (OF_PANCREAS, [report(NET, concept(text="Ductal adenocarcinoma"))], NOT_LINKED),
    "a report of the NET and its site": (OF_PANCREAS, [report(NET, concept((ICD, "C25.0")))], "8"),
    "a report of the site alone": (OF_PANCREAS, [report(concept((ICD, "C25.0")))], NOT_LINKED),
}


@pytest.mark.parametrize("name", SAME_ORGAN)
def test_an_organ_with_two_cancers_links_nothing(knowledge: Knowledge, name: str) -> None:
    link, beside, expected = SAME_ORGAN[name]
    assert told(knowledge, "ki67_percent", PANCREATIC_CANCER, ki67(8, **link), *beside) == expected


def test_a_report_of_another_class_is_not_of_the_only_nen_either(knowledge: Knowledge) -> None:
    assert told(knowledge, "ki67_percent", ki67(8), report(ADENOCARCINOMA)) == ANOTHER
    assert told(knowledge, "ki67_percent", ki67(8), report(concept(text="Chronic gastritis"))) == "8"
