"""draftOrders and selections: which orders there are, and which are asked about."""

from __future__ import annotations

from cds_service.hooks.orders import drafts_and_others, selected
from tests.hooks.calls import drafts, sunitinib

LONG = "x" * 200


def test_an_order_is_known_by_type_and_id_however_long_the_id_is() -> None:
    found, others = drafts_and_others(drafts(sunitinib(id=LONG)))
    assert [draft.ref for draft in found] == [f"MedicationRequest/{LONG}"]
    assert others == ()


def test_an_order_without_an_id_is_known_by_its_full_url() -> None:
    order = sunitinib()
    del order["id"]
    found, _ = drafts_and_others({"entry": [{"fullUrl": "urn:uuid:1", "resource": order}]})
    assert [draft.ref for draft in found] == ["urn:uuid:1"]
    assert found[0].resource is order


def test_an_order_that_nothing_can_refer_to_is_still_looked_at_for_its_patient() -> None:
    order = sunitinib()
    del order["id"]
    assert drafts_and_others(drafts(order)) == ((), (order,))


def test_a_second_order_under_one_reference_is_still_looked_at_for_its_patient() -> None:
    first, second = sunitinib(), sunitinib("somebody-else")
    found, others = drafts_and_others(drafts(first, second))
    assert [draft.resource for draft in found] == [first]
    assert others == (second,)


def test_medications_and_unknown_types_stand_beside_the_orders() -> None:
    medication = {"resourceType": "Medication", "id": "m"}
    found, others = drafts_and_others(drafts(medication, sunitinib(), {"resourceType": "ServiceRequest", "id": "s"}))
    assert [draft.ref for draft in found] == ["MedicationRequest/draft-1", "ServiceRequest/s"]
    assert others == (medication,)


def test_entries_that_hold_no_resource_are_passed_over() -> None:
    odd = {"entry": [None, "x", {}, {"resource": None}, {"resource": "x"}, {"request": {"method": "DELETE"}}]}
    assert drafts_and_others(odd) == ((), ())
    assert drafts_and_others({"entry": None}) == ((), ())


def test_a_selection_by_full_url_or_absolute_address_finds_its_order() -> None:
    bundle = {"entry": [{"fullUrl": "urn:uuid:1", "resource": sunitinib()}]}
    for selection in (
        "MedicationRequest/draft-1",
        "urn:uuid:1",
        "https://ehr.example/fhir/MedicationRequest/draft-1",
        "MedicationRequest/draft-1/_history/2",
    ):
        assert selected([selection], bundle) == ("MedicationRequest/draft-1",)


def test_a_selection_that_names_no_order_stays_as_it_is() -> None:
    assert selected(["MedicationRequest/2", "x", ""], drafts(sunitinib())) == ("MedicationRequest/2", "x", "")
