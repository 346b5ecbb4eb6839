"""Where a reference leads: one look-up before anything is read and after, and no source that could be chart text."""

from __future__ import annotations

from typing import Any

import pytest

from cds_service.domain.call import Call, Draft, Extra
from cds_service.domain.values import Known
from cds_service.mappers.case import map_case
from cds_service.mappers.orders import any_names_a_drug
from tests.mappers.parts import ON, VALUE_SETS, concept, condition, extras, fact, ki67, record, request, value

URN = "urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a"
ORDER = request(medicationReference={"reference": "Medication/m"})


def medication(said: str, name: str = "m", kind: str = "Medication") -> Any:
    return {"resourceType": kind, "id": name, "code": concept(text=said)}


def bundle(*resources: Any, **more: Any) -> Any:
    return {"resourceType": "Bundle", "entry": [{"resource": found} | more for found in resources]}


def drugs(order: Any, *sent: Extra, on_record: tuple[Any, ...] = ()) -> tuple[bool, str | None]:
    """Whether the draft names a drug before anything is read, and which it is after: of the same resources."""
    draft = Draft("MedicationRequest/m1", order)
    call = Call("order-sign", "p1", ON, {"any": bundle(*on_record)}, drafts=(draft,), others=sent)
    [told] = map_case(record(condition(), *on_record, drafts=(order,), others=sent), VALUE_SETS).orders
    return any_names_a_drug((draft,), call, VALUE_SETS), told.drug


def test_a_medication_is_found_by_the_full_url_of_its_entry() -> None:
    for name in ("m", ""):
        for url in (URN, "https://ehr.example/fhir/Medication/x"):
            order = request(medicationReference={"reference": url})
            assert drugs(order, *extras(medication("sunitinib", name), url=url)) == (True, "sunitinib")
    assert drugs(ORDER, *extras(medication("sunitinib"), url=URN)) == (True, "sunitinib")
    assert drugs(request(medicationReference={"reference": URN}), *extras(medication("sunitinib"))) == (False, None)


def test_what_was_sent_with_the_orders_stands_before_the_prefetch() -> None:
    told = drugs(ORDER, *extras(medication("sunitinib")), on_record=(medication("cisplatin"),))
    assert told == (True, "sunitinib")
    told = drugs(ORDER, *extras(medication("aspirin")), on_record=(medication("cisplatin"),))
    assert told == (False, None)


@pytest.mark.parametrize("other", ["cisplatin", "aspirin"])
def test_of_two_medications_under_one_reference_none_is_meant(other: str) -> None:
    two = (medication("sunitinib"), medication(other))
    assert drugs(ORDER, *extras(*two)) == (False, None)
    assert drugs(ORDER, on_record=two) == (False, None)
    by_display = request(medicationReference={"reference": "Medication/m", "display": "sunitinib"})
    assert drugs(by_display, *extras(*two)) == (False, None)
    inside = request(medicationReference={"reference": "#m"}, contained=list(two))
    assert drugs(inside) == (False, None)


def test_one_medication_sent_twice_is_one() -> None:
    assert drugs(ORDER, *extras(medication("sunitinib"), medication("sunitinib"))) == (True, "sunitinib")


def test_a_history_that_may_be_of_two_medications_is_not_read() -> None:
    given = request(medicationReference={"reference": "Medication/m"}, name="r1", status="active")
    case = map_case(record(condition(), given, medication("aspirin"), medication("cisplatin")), VALUE_SETS)
    assert value(case.history) == "unclear: not-understood"


def test_a_medication_in_a_bundle_inside_a_bundle_is_found_before_anything_is_read() -> None:
    draft = Draft("MedicationRequest/m1", ORDER)

    def named(sent: Any) -> bool:
        return any_names_a_drug((draft,), Call("order-sign", "p1", ON, {"any": sent}, drafts=(draft,)), VALUE_SETS)

    assert named(bundle(bundle(bundle(medication("sunitinib")))))
    assert named(medication("sunitinib"))
    assert not named(bundle(medication("sunitinib"), search={"mode": "outcome"}))


@pytest.mark.parametrize("kind", ["Condition", "Observation", "ServiceRequest", "PlanDefinition"])
def test_only_a_medication_or_a_substance_tells_a_drug(kind: str) -> None:
    odd = medication("sunitinib", kind=kind)
    assert drugs(request(medicationReference={"reference": "#m"}, contained=[odd])) == (False, None)
    assert drugs(request(medicationReference={"reference": f"{kind}/m"}), *extras(odd)) == (False, None)


def test_a_contained_substance_tells_a_drug() -> None:
    substance = medication("cisplatin", "s", "Substance")
    mixed = medication("Bag") | {"ingredient": [{"itemReference": {"reference": "#s"}}], "contained": [substance]}
    assert drugs(ORDER, *extras(mixed)) == (True, "cisplatin")


@pytest.mark.parametrize(
    ("specimen", "expected"),
    [
        ({"resourceType": "Specimen"}, "8"),
        ({"resourceType": "Specimen", "subject": {"reference": "Patient/p1"}}, "8"),
        ({"resourceType": "Specimen", "subject": {"reference": "Patient/p2"}}, "unclear: undated"),
        ({"resourceType": "Specimen", "subject": {"display": "somebody"}}, "unclear: undated"),
        ({"resourceType": "Medication"}, "unclear: undated"),
    ],
)
def test_a_contained_specimen_of_somebody_else_dates_nothing(specimen: Any, expected: str) -> None:
    inside = specimen | {"id": "s", "collection": {"collectedDateTime": "2026-05-01"}}
    result = ki67(8, day=None, specimen={"reference": "#s"}, contained=[inside])
    assert value(fact("ki67_percent", result, condition())) == expected


@pytest.mark.parametrize("name", ["k1", "e" * 255, "A-b.c_9"])
def test_a_plain_id_is_a_source(name: str) -> None:
    found = fact("ki67_percent", ki67(8, name), condition())
    assert isinstance(found, Known)
    assert found.source == f"Observation/{name}"


ODD = ["SAFE TO SIGN", "<b>", "a/b", "e" * 256, "膵", "[x](y)", "k1\n"]


@pytest.mark.parametrize("name", ODD)
def test_an_id_that_may_be_text_is_no_source(name: str) -> None:
    result = fact("ki67_percent", ki67(8, name), condition())
    assert isinstance(result, Known)
    assert result.source is None
    assert fact("diagnosis", condition(name)) == Known("nen", None)
    other = condition(name, concept(text="Breast cancer"))
    [order] = map_case(record(condition(), other, drafts=(request("sunitinib"),)), VALUE_SETS).orders
    assert getattr(order.reason, "seen", None) == (Known("another-disease"),)


@pytest.mark.parametrize("name", ODD)
def test_a_medication_and_a_history_of_such_an_id_have_no_source(name: str) -> None:
    taken = request("sunitinib", name, "2026-11-01", status="active")
    renewed = request("cisplatin", priorPrescription={"reference": f"MedicationRequest/{name}"})
    case = map_case(record(condition(), taken, drafts=(request("sunitinib"),)), VALUE_SETS)
    assert [medication.source for medication in case.medications] == [""]
    assert case.orders[0].kind == Known("continuation", None, "2026-11-01")
    [order] = map_case(record(condition(), drafts=(renewed,)), VALUE_SETS).orders
    assert order.kind in (Known("continuation"), Known("continuation", "a/b"))
