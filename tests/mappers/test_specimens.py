"""Each of several readings is shown with its specimen, organ and date; those that gave way are shown beside."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.authoring.reading import in_lines, read_record, report
from cds_service.domain.call import Call, Json, Setting
from cds_service.domain.knowledge import Knowledge
from cds_service.domain.values import Fact, Known, Specimen, Unclear, Why
from cds_service.hooks.services import TEMPLATES
from tests.mappers.parts import ON, SCT, concept, condition, ki67
from tests.mappers.safety_parts import read
from tests.mappers.whole_record import prefetched


def piece(name: str, said: Any, day: str, **more: Any) -> Json:
    """A Specimen; `said` is its type."""
    told: Json = {"resourceType": "Specimen", "id": name, "subject": {"reference": "Patient/p1"}, "status": "available"}
    return told | {"type": said, "collection": {"collectedDateTime": day, **more}}


def of(specimen: str, percent: float, name: str, day: str) -> Json:
    return ki67(percent, name, day, specimen={"reference": f"Specimen/{specimen}"})


BIOPSY = piece("s1", {"text": "Core needle biopsy of a liver metastasis"}, "2025-01-10")
RESECTION = piece("s2", {"text": "Distal pancreatectomy specimen"}, "2025-06-01")


def index(knowledge: Knowledge, *resources: Json) -> Fact:
    return read(knowledge, *resources).fact("ki67_percent")


@pytest.mark.parametrize(
    ("type_", "more", "found"),
    [
        ({"text": "Core needle biopsy of a liver metastasis"}, {}, ("biopsy", "liver")),
        ({"text": "肝転移巣の針生検検体"}, {}, ("biopsy", "liver")),
        ({"text": "膵腫瘍のEUS-FNA検体"}, {}, ("cytology", "pancreas")),
        ({"text": "Distal pancreatectomy specimen"}, {}, ("resection", "")),
        ({"text": "膵体尾部切除標本"}, {}, ("resection", "pancreas")),
        (concept((SCT, "258415003")), {"bodySite": concept((SCT, "10200004"))}, ("biopsy", "liver")),
        (concept((SCT, "439479000")), {"bodySite": concept((SCT, "15776009"))}, ("resection", "pancreas")),
        ({"text": "tissue"}, {"method": {"text": "Endoscopic biopsy"}}, ("biopsy", "")),
        ({"text": "biopsy of rectum and of ileum"}, {}, ("biopsy", "")),
    ],
)
def test_a_specimen_is_told_in_our_words(knowledge: Knowledge, type_: Json, more: Json, found: tuple[str, str]) -> None:
    fact = index(knowledge, piece("s1", type_, "2025-01-10", **more), of("s1", 8, "k1", "2025-01-10"))
    assert isinstance(fact, Known)
    assert fact.specimen == Specimen(*found)


@pytest.mark.parametrize("type_", [{"text": "tissue"}, {"text": "P-25-1234 Yamada"}, {}])
def test_words_that_are_none_of_ours_say_nothing(knowledge: Knowledge, type_: Json) -> None:
    fact = index(knowledge, piece("s1", type_, "2025-01-10"), of("s1", 8, "k1", "2025-01-10"))
    assert isinstance(fact, Known)
    assert fact.specimen is None


def test_a_higher_resection_after_a_biopsy_is_shown_with_the_biopsy(knowledge: Knowledge) -> None:
    fact = index(knowledge, BIOPSY, RESECTION, of("s1", 2, "k1", "2025-01-10"), of("s2", 8, "k2", "2025-06-01"))
    assert isinstance(fact, Known)
    assert (str(fact.value), fact.specimen) == ("8", Specimen("resection", ""))
    [biopsy] = fact.beside
    assert (str(biopsy.value), biopsy.date, biopsy.specimen) == ("2", "2025-01-10", Specimen("biopsy", "liver"))


def test_of_two_specimens_of_one_day_the_lower_is_shown_beside(knowledge: Knowledge) -> None:
    other = piece("s3", {"text": "biopsy of the pancreas"}, "2025-01-10")
    fact = index(knowledge, BIOPSY, other, of("s3", 4, "k1", "2025-01-10"), of("s1", 25, "k2", "2025-01-10"))
    assert isinstance(fact, Known)
    assert str(fact.value) == "25"
    assert [(str(one.value), one.specimen) for one in fact.beside] == [("4", Specimen("biopsy", "pancreas"))]


def test_readings_that_contradict_have_each_its_specimen(knowledge: Knowledge) -> None:
    fact = index(knowledge, BIOPSY, RESECTION, of("s1", 25, "k1", "2025-01-10"), of("s2", 8, "k2", "2025-06-01"))
    assert isinstance(fact, Unclear)
    assert [(str(one.value), one.specimen) for one in fact.seen] == [
        ("8", Specimen("resection", "")),
        ("25", Specimen("biopsy", "liver")),
    ]


def test_one_reading_stands_alone(knowledge: Knowledge) -> None:
    fact = index(knowledge, BIOPSY, of("s1", 8, "k1", "2025-01-10"))
    assert isinstance(fact, Known)
    assert fact.beside == ()


NEWER_HIGHER = (BIOPSY, RESECTION, of("s1", 2, "k1", "2025-01-10"), of("s2", 8, "k2", "2025-06-01"))


def told(knowledge: Knowledge, *resources: Json) -> str:
    call = Call("patient-view", "p1", ON, prefetch=prefetched([condition("nen"), *resources]))
    found = read_record(call, TEMPLATES, None, knowledge)
    return "\n".join(in_lines(report(found, Setting("US", ON), knowledge)))


def test_the_reading_report_shows_them_too(knowledge: Knowledge) -> None:
    said = told(knowledge, *NEWER_HIGHER)
    assert "[ki67_percent]: 8% · resection specimen · Observation/k2 · 2025-06-01" in said
    assert "(2% · biopsy · liver · Observation/k1 · 2025-01-10)" in said


def test_the_reading_report_names_the_result_that_could_not_be_read(knowledge: Knowledge) -> None:
    odd = ki67(5, "k9")
    odd["valueQuantity"] = {"value": 5}
    said = told(knowledge, odd)
    assert "[ki67_percent]: unclear: recorded in a form we cannot read (Observation/k9)" in said
    fact = index(knowledge, odd)
    assert isinstance(fact, Unclear)
    assert (fact.why, fact.unread) == (Why.NOT_UNDERSTOOD, ("Observation/k9",))
