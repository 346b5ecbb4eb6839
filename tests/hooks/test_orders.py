"""draftOrders and selections: which orders there are, which are asked about, and which are set aside and said so."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from cds_service.domain.call import Draft, Extra, Json
from cds_service.hooks.orders import SET_ASIDE, selected, sent_orders
from cds_service.hooks.schemas import call_of
from cds_service.hooks.services import BY_ID
from tests.hooks.calls import ON, ORDER, PATHS, body_of, call, drafts, drug_order, sunitinib, with_context

LONG = "x" * 200
URN = "urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a"


def entries(*found: Any) -> Json:
    """draftOrders with exactly these entries."""
    return {"resourceType": "Bundle", "entry": list(found)}


def nameless(**more: Any) -> Json:
    order = sunitinib(**more)
    del order["id"]
    return order


def test_an_order_is_known_by_type_and_id_however_long_the_id_is() -> None:
    sent = sent_orders(drafts(sunitinib(id=LONG)))
    assert [draft.ref for draft in sent.drafts] == [f"MedicationRequest/{LONG}"]
    assert (sent.others, sent.troubles) == ((), ())


@pytest.mark.parametrize(
    "url", [URN, "urn:uuid:1", "urn:oid:1.2.3", "https://ehr.example/fhir/MedicationRequest/1", "http://e:80/a?b=c%20"]
)
def test_an_order_without_an_id_is_known_by_its_full_url(url: str) -> None:
    order = nameless()
    sent = sent_orders(entries({"fullUrl": url, "resource": order}))
    assert sent.drafts == (Draft(url, order),)
    assert sent.troubles == ()


def test_an_order_that_nothing_can_refer_to_is_set_aside_and_still_looked_at_for_its_patient() -> None:
    order = nameless()
    sent = sent_orders(drafts(order))
    assert (sent.drafts, sent.others, sent.troubles) == ((), (Extra(None, order),), (SET_ASIDE,))


@pytest.mark.parametrize(
    "identity",
    [5, ["a"], {"a": 1}, False, "a b", "<b>", "a\n", "a/b", "[x](y)", "*a*", "x" * 256, "膵", "a\u202eb", "`a`"],
)
def test_an_order_with_an_odd_id_is_set_aside_even_where_it_has_a_full_url(identity: object) -> None:
    order = sunitinib(id=identity)
    sent = sent_orders(entries({"fullUrl": URN, "resource": order}))
    assert (sent.drafts, sent.others, sent.troubles) == ((), (Extra(URN, order),), (SET_ASIDE,))


@pytest.mark.parametrize(
    "url",
    [
        "x",
        "javascript:alert(1)",
        "urn:uuid:",
        "urn:uuid:<b>",
        "https://e/a b",
        "https://e/(x)",
        "https://e/\n",
        "https://e/'",
        "https://e/" + "x" * 1001,
        5,
    ],
)
def test_an_odd_full_url_is_never_a_reference(url: object) -> None:
    assert sent_orders(entries({"fullUrl": url, "resource": nameless()})).troubles == (SET_ASIDE,)
    sent = sent_orders(entries({"fullUrl": url, "resource": sunitinib()}))
    assert ([draft.ref for draft in sent.drafts], sent.troubles) == ([ORDER], ())


def test_a_second_different_order_under_one_reference_is_known_by_its_full_url() -> None:
    first, second = sunitinib(), drug_order("carboplatin")
    sent = sent_orders(entries({"resource": first}, {"fullUrl": URN, "resource": second}))
    assert sent.drafts == (Draft(ORDER, first), Draft(URN, second))
    assert (sent.others, sent.troubles) == ((), ())
    assert selected([ORDER], sent.names) == (ORDER, URN)
    assert selected([URN], sent.names) == (URN,)


@pytest.mark.parametrize("url", [None, "x"])
def test_a_second_different_order_without_a_reference_of_its_own_is_set_aside(url: str | None) -> None:
    first, second = sunitinib(), sunitinib("somebody-else")
    sent = sent_orders(entries({"resource": first}, {"fullUrl": url, "resource": second}))
    assert (sent.drafts, sent.others) == ((Draft(ORDER, first),), (Extra(url, second),))
    assert sent.troubles == (SET_ASIDE,)


def test_two_different_orders_under_one_id_and_one_full_url_are_never_one() -> None:
    first, second = {"fullUrl": URN, "resource": nameless()}, {"fullUrl": URN, "resource": drug_order("carboplatin")}
    third = {"fullUrl": URN, "resource": drug_order("cisplatin")}
    sent = sent_orders(entries(first, second, third))
    assert [draft.ref for draft in sent.drafts] == [URN, ORDER]
    assert [extra.resource for extra in sent.others] == [third["resource"]]
    assert sent.troubles == (SET_ASIDE,)


def test_the_same_order_sent_twice_is_one() -> None:
    sent = sent_orders(drafts(sunitinib(), sunitinib()))
    assert (len(sent.drafts), sent.others, sent.troubles) == (1, (), ())
    assert selected([ORDER], sent.names) == (ORDER,)


@pytest.mark.parametrize(
    "entry",
    [
        {"resource": drafts(sunitinib())},
        {"resource": drafts(drafts(sunitinib()))},
        {"resource": {"resourceType": "Parameters", "parameter": [{"resource": sunitinib()}]}},
        {"resource": {"resourceType": "RequestGroup", "contained": [sunitinib()]}},
        sunitinib(),
        [sunitinib()],
        {"resource": [sunitinib()]},
    ],
)
def test_an_order_where_none_belongs_is_set_aside_and_still_looked_at_for_its_patient(entry: Any) -> None:
    sent = sent_orders(entries(entry))
    assert (sent.drafts, sent.troubles) == ((), (SET_ASIDE,))
    assert "sunitinib" in str(sent.others)


def test_medications_and_unknown_types_stand_beside_the_orders_under_their_full_url() -> None:
    medication = {"resourceType": "Medication", "id": "m"}
    service = {"resourceType": "ServiceRequest", "id": "s"}
    sent = sent_orders(entries({"fullUrl": URN, "resource": medication}, *drafts(sunitinib(), service)["entry"]))
    assert [draft.ref for draft in sent.drafts] == [ORDER, "ServiceRequest/s"]
    assert (sent.others, sent.troubles) == ((Extra(URN, medication),), ())


def test_an_order_contained_in_an_order_is_its_own_affair() -> None:
    assert sent_orders(drafts(sunitinib(contained=[drug_order("carboplatin")]))).troubles == ()


def test_entries_that_hold_no_resource_are_passed_over() -> None:
    odd: tuple[Any, ...] = (None, "x", {}, {"resource": None}, {"resource": "x"}, {"request": {"method": "DELETE"}})
    for bundle in (entries(*odd), {"entry": None}, {}):
        sent = sent_orders(bundle)
        assert (sent.drafts, sent.others, sent.troubles) == ((), (), ())


def test_a_selection_by_full_url_or_absolute_address_finds_its_order() -> None:
    sent = sent_orders(entries({"fullUrl": "urn:uuid:1", "resource": sunitinib()}))
    for selection in (ORDER, "urn:uuid:1", f"https://ehr.example/fhir/{ORDER}", f"{ORDER}/_history/2"):
        assert selected([selection], sent.names) == (ORDER,)


def test_a_selection_that_names_no_order_stays_as_it_is() -> None:
    names = sent_orders(drafts(sunitinib())).names
    assert selected(["MedicationRequest/2", "x", ""], names) == ("MedicationRequest/2", "x", "")


def test_both_orders_of_one_id_are_asked_about_when_it_is_selected() -> None:
    both = entries({"resource": sunitinib()}, {"fullUrl": URN, "resource": drug_order("carboplatin")})
    found = call_of(with_context(call("order-select"), draftOrders=both), BY_ID["nen-order-select"], ON)
    assert found.orders_asked == (ORDER, URN)


def test_the_other_servers_of_a_deployment_are_those_the_call_does_not_select() -> None:
    bases = ("https://a.example/fhir", "https://b.example/fhir")
    service = BY_ID["nen-patient-view"]
    chosen = call_of(call("patient-view", fhirServer=bases[0]), service, ON, bases)
    assert chosen.other_servers == (bases[1],)
    assert call_of(call("patient-view"), service, ON, bases).other_servers == ()


def test_what_was_set_aside_is_told_and_its_id_is_not(client: FlaskClient) -> None:
    body = with_context(call("order-sign"), draftOrders=drafts(sunitinib(id="<b>CANARY</b>")))
    answer = client.post(PATHS["order-sign"], json=body)
    assert answer.status_code == 200
    told = body_of(answer)["extension"]["org.nen-cds.data"]["troubles"]
    assert {"what": "set-aside", "where": "draftOrders", "why": "not-understood"} in told
    assert b"CANARY" not in answer.data
