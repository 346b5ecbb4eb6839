"""What prefetch leaves open is read from the server: all at once, page by page, within bounds."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from cds_service.domain.call import Json, Read, Record, Template, Token, Trouble
from cds_service.domain.values import Why
from cds_service.errors import RecordUnavailable, WrongPatient
from cds_service.fhir.client import Budget, Connections, reader
from cds_service.fhir.gather import gather
from cds_service.fhir.pages import Bounds
from cds_service.fhir.servers import FhirServer
from cds_service.hooks import services
from tests.fhir.loopback import Loopback, Play, answers, drips, loopback, waits, writes
from tests.fhir.records import ERROR, PERSON, TEMPLATES, WARNING, bundle, call, complete, person, resource

TYPES = frozenset(template.type for template in TEMPLATES)
PATHS = {
    "patient": "/fhir/Patient/p1",
    "conditions": "/fhir/Condition?patient=p1",
    "observations": "/fhir/Observation?patient=p1",
    "medicationRequests": "/fhir/MedicationRequest?patient=p1",
}


def whole_chart(**more: Any) -> dict[str, Play]:
    """Plays of a server that holds the complete record; what is given by name is answered under that key."""
    held = complete() | more
    return {PATHS[key]: held[key] if callable(held[key]) else answers(held[key]) for key in PATHS}


def reading(server: Loopback, seconds: float = 1.5) -> Read:
    read = reader(FhirServer(server.base), Token("t"), budget=Budget(seconds=seconds), connections=Connections())
    assert read is not None
    return read


def gathered(server: Loopback, prefetch: Json | None = None, **more: Any) -> Record:
    return gather(call(prefetch), TEMPLATES, reading(server), **more)


def ids(record: Record, kind: str) -> list[Any]:
    return sorted(each["id"] for each in record.resources.get(kind, ()))


def numbered(first: int, last: int) -> list[Json]:
    return [resource("Observation", f"o{number}") for number in range(first, last + 1)]


def test_the_same_record_comes_by_prefetch_and_by_reading() -> None:
    with loopback(whole_chart()) as server:
        read, sent = gathered(server), gather(call(complete()), TEMPLATES, None)
        assert (read.resources, read.had, read.lacking, read.troubles) == (
            sent.resources,
            sent.had,
            sent.lacking,
            sent.troubles,
        )
        assert sorted(server.paths) == sorted(PATHS.values())
        assert {asked.headers["authorization"] for asked in server.asked} == {"Bearer t"}


@pytest.mark.parametrize("key", PATHS)
def test_only_what_prefetch_leaves_open_is_read(key: str) -> None:
    prefetch = complete()
    del prefetch[key]
    with loopback(whole_chart()) as server:
        assert gathered(server, prefetch).had == TYPES
        assert server.paths == [PATHS[key]]


@pytest.mark.parametrize(
    "value", [None, bundle(), {"resourceType": "Bundle", "total": 0, "entry": [{"resource": WARNING}]}]
)
def test_what_is_known_empty_is_not_asked_again(value: Any) -> None:
    with loopback(whole_chart()) as server:
        assert gathered(server, complete(conditions=value)).had == TYPES
        assert server.asked == []


def test_a_key_that_held_an_error_is_not_asked_again() -> None:
    with loopback(whole_chart()) as server:
        assert gathered(server, complete(observations=ERROR)).lacking == {"Observation": Why.UNAVAILABLE}
        with pytest.raises(RecordUnavailable):
            gathered(server, {"conditions": ERROR})
        assert server.asked == []


@pytest.mark.parametrize("value", [5, "text", {}, person(), bundle(person())])
def test_a_value_that_is_no_answer_is_read_instead(value: Any) -> None:
    with loopback(whole_chart()) as server:
        record = gathered(server, complete(observations=value))
        assert record.had == TYPES
        assert record.troubles == ()
        assert server.paths == [PATHS["observations"]]


def test_the_patient_id_is_encoded_into_the_query() -> None:
    asked = []

    def read(query: str) -> Json:
        asked.append(query)
        return bundle()

    odd = call()
    object.__setattr__(odd, "patient_id", "1&_include=*/../Patient/2")
    gather(odd, TEMPLATES[1:2], read)
    assert asked == ["Condition?patient=1%26_include%3D%2A%2F..%2FPatient%2F2"]


@pytest.mark.parametrize("query", ["?_getpages=abc&_getpagesoffset=2", "/Observation?patient=p1&page=2"])
@pytest.mark.parametrize("prefetched", [True, False])
def test_pages_are_followed_to_the_last(query: str, prefetched: bool) -> None:
    with loopback(whole_chart()) as server:
        first = bundle(*numbered(1, 2), next_page=server.base + query, total=5)
        last_link = server.base + "/Observation?patient=p1&page=3"
        server.plays[PATHS["observations"]] = answers(first)
        server.plays["/fhir" + query] = answers(bundle(*numbered(2, 4), next_page=last_link))
        server.plays["/fhir/Observation?patient=p1&page=3"] = answers(bundle(*numbered(5, 5)))
        prefetch = complete(observations=first)
        if not prefetched:
            del prefetch["observations"]
        record = gathered(server, prefetch)
        assert ids(record, "Observation") == ["o1", "o2", "o3", "o4", "o5"]
        assert (record.had, record.troubles) == (TYPES, ())
        assert len(server.asked) == (2 if prefetched else 3)


@pytest.mark.parametrize(
    "link",
    [
        "{canary}/Observation?page=2",
        "http://127.0.0.1:{port}@evil.example/x",
        "{base}/../admin",
        "http://[::1]:{port}/fhir/Observation?page=2",
        "",
    ],
)
@pytest.mark.parametrize("prefetched", [True, False])
def test_a_next_link_that_leads_elsewhere_is_not_followed_and_leaves_a_part(link: str, prefetched: bool) -> None:
    with loopback({"*": answers(bundle())}) as canary, loopback(whole_chart()) as server:
        there = link.format(canary=canary.base, port=server.port, base=server.base)
        part = bundle(*numbered(1, 1), next_page=there)
        server.plays[PATHS["observations"]] = answers(part)
        record = gathered(server, complete(observations=part) if prefetched else None)
        assert ids(record, "Observation") == ["o1"]
        assert record.lacking == {"Observation": Why.INCOMPLETE}
        assert record.troubles == (Trouble("incomplete", "observations", Why.INCOMPLETE),)
        assert canary.asked == []
        assert set(server.paths) <= set(PATHS.values())


@pytest.mark.parametrize(
    "fault",
    [
        answers(ERROR, status=401),
        answers(bundle(), status=503),
        answers(ERROR),
        answers(resource("Observation", "o9")),
        answers(b"<html></html>", kind="text/html"),
        writes(b""),
    ],
)
def test_a_further_page_that_fails_leaves_a_part(fault: Play) -> None:
    with loopback(whole_chart()) as server:
        server.plays[PATHS["observations"]] = answers(bundle(*numbered(1, 2), next_page=server.base + "?page=2"))
        server.plays["/fhir?page=2"] = fault
        record = gathered(server)
        assert ids(record, "Observation") == ["o1", "o2"]
        assert record.lacking == {"Observation": Why.INCOMPLETE}


def test_pages_that_go_round_in_a_circle_are_left_and_the_type_not_had_in_full() -> None:
    with loopback(whole_chart()) as server:
        for page, further in ((1, 2), (2, 3), (3, 2)):
            link = f"{server.base}/Observation?page={further}"
            server.plays[f"/fhir/Observation?page={page}"] = answers(bundle(*numbered(page, page), next_page=link))
        server.plays[PATHS["observations"]] = server.plays["/fhir/Observation?page=1"]
        record = gathered(server)
        assert ids(record, "Observation") == ["o1", "o2", "o3"]
        assert record.lacking == {"Observation": Why.INCOMPLETE}
        assert len(server.asked) == 3 + len(PATHS) - 1


def endless(size: int) -> Play:
    """Play: a search that always has one more page, and never the same."""
    count = iter(range(1, 100_000))

    def play(connection: Any) -> None:
        page = next(count)
        base = f"http://127.0.0.1:{connection.server.server_address[1]}/fhir"
        entries = numbered(page * size, page * size + size - 1)
        answers(bundle(*entries, next_page=f"{base}/Observation?page={page}"))(connection)

    return play


@pytest.mark.parametrize("bounds", [Bounds(pages=5), Bounds(resources=50)])
def test_pages_without_end_are_read_up_to_the_bounds(bounds: Bounds) -> None:
    play = endless(10)
    with loopback(whole_chart(observations=play) | {"*": play}) as server:
        record = gathered(server, bounds=bounds)
        assert len(record.resources["Observation"]) <= 50
        assert record.lacking == {"Observation": Why.INCOMPLETE}
        assert len(server.asked) == 5 + len(PATHS) - 1


def test_a_chart_of_two_thousand_resources_is_within_the_bounds() -> None:
    entries = [resource("Observation", f"o{number}", note="x" * 1_000) for number in range(2_000)]

    def page(query: str) -> Json:
        start = int(query.partition("from=")[2] or 0)
        further = f"Observation?from={start + 10}" if start + 10 < len(entries) else None
        return bundle(*entries[start : start + 10], next_page=further, total=len(entries))

    template = Template("observations", "Observation", "Observation?patient={{context.patientId}}")
    record = gather(call(), (template,), page)
    assert len(record.resources["Observation"]) == 2_000
    assert record.had == {"Observation"}


FAULTS: dict[str, Play] = {
    "401": answers(ERROR, status=401),
    "403": answers(ERROR, status=403),
    "404": answers(ERROR, status=404),
    "429": answers(ERROR, status=429),
    "500": answers(b"oops", status=500, kind="text/plain"),
    "503": answers(bundle(), status=503),
    "HTML": answers(b"<html></html>", kind="text/html"),
    "bad JSON": answers(b'{"resourceType": "Bundle", "resourceType": "Bundle"}'),
    "an OperationOutcome": answers(ERROR),
    "a warning": answers(WARNING),
    "a Bundle that reports an error": answers(bundle(ERROR)),
    "a Bundle of another type": answers(bundle(person(), total=0)),
    "another type": answers({"resourceType": "Medication", "id": "x1"}),
    "one resource of the type": answers(resource("Condition", "c9")),
    "no FHIR": answers({"a": 1}),
    "reset": writes(b""),
    "blackhole": waits(30, answers(bundle())),
    "drip": drips(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.2),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_type_that_cannot_be_read_is_unavailable_and_never_absent(fault: str) -> None:
    with loopback(whole_chart(observations=FAULTS[fault])) as server:
        start = time.monotonic()
        record = gather(call(), TEMPLATES, reading(server, 0.6))
        assert time.monotonic() - start < 1.4
        assert record.had == TYPES - {"Observation"}
        assert record.lacking == {"Observation": Why.UNAVAILABLE}
        assert record.troubles == (Trouble("not-read", "observations", Why.UNAVAILABLE),)
        assert not {"OperationOutcome", "Observation", "Medication"} & record.resources.keys()
        assert ids(record, "Condition") == ["c1"]


@pytest.mark.parametrize("fault", FAULTS)
def test_conditions_that_cannot_be_read_refuse_the_call(fault: str) -> None:
    with loopback(whole_chart(conditions=FAULTS[fault])) as server, pytest.raises(RecordUnavailable) as caught:
        gather(call(), TEMPLATES, reading(server, 0.6))
    assert "conditions" in caught.value.diagnostics


@pytest.mark.parametrize(
    "wrong", [bundle(person()), resource("Basic"), WARNING, {"resourceType": "Bundle", "total": 0}]
)
def test_a_read_of_the_patient_must_bring_a_patient(wrong: Json) -> None:
    with loopback(whole_chart(patient=wrong)) as server:
        assert gathered(server).lacking == {"Patient": Why.UNAVAILABLE}


@pytest.mark.parametrize("template", TEMPLATES, ids=[template.key for template in TEMPLATES])
def test_another_patient_in_any_answer_refuses_the_call(template: Template) -> None:
    theirs = person("p2") if template is PERSON else bundle(resource(template.type), resource("Basic", patient="p2"))
    with loopback(whole_chart(**{template.key: theirs})) as server, pytest.raises(WrongPatient):
        gathered(server)


@pytest.mark.parametrize(
    "theirs",
    [
        resource("Basic", contained=[resource("Basic", patient="p2")]),
        bundle(person("p2")),
        resource("Observation", patient="p2"),
        [resource("Basic", patient="p2")],
    ],
)
def test_another_patient_in_an_answer_of_the_wrong_kind_refuses_the_call_too(theirs: Any) -> None:
    fine = complete()
    del fine["patient"]
    with pytest.raises(WrongPatient):
        gather(call(fine), TEMPLATES, lambda query: theirs)


def test_another_patient_weighs_more_than_conditions_that_cannot_be_read() -> None:
    plays = whole_chart(
        conditions=answers(ERROR, status=401), observations=bundle(resource("Observation", patient="p2"))
    )
    with loopback(plays) as server, pytest.raises(WrongPatient):
        gathered(server)


def test_another_patient_on_a_further_page_refuses_the_call() -> None:
    with loopback(whole_chart()) as server:
        server.plays[PATHS["observations"]] = answers(bundle(*numbered(1, 2), next_page=server.base + "?page=2"))
        server.plays["/fhir?page=2"] = answers(bundle(resource("Observation", "o3", patient="p2")))
        with pytest.raises(WrongPatient):
            gathered(server)


def test_missing_types_are_read_side_by_side_but_not_more_than_so_many_at_a_time() -> None:
    lock, now, most = threading.Lock(), [0], [0]

    def slow(play: Play) -> Play:
        def counted(connection: Any) -> None:
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            time.sleep(0.15)
            with lock:
                now[0] -= 1
            play(connection)

        return counted

    with loopback({path: slow(play) for path, play in whole_chart().items()}) as server:
        start = time.monotonic()
        assert gathered(server).had == TYPES
        assert time.monotonic() - start < 4 * 0.15
        assert most[0] == len(PATHS)
        most[0] = 0
        gathered(server, bounds=Bounds(at_a_time=2))
        assert most[0] == 2


def test_every_template_of_the_service_is_read_at_the_same_time() -> None:
    assert Bounds().at_a_time >= len(services.TEMPLATES)


def test_one_answer_too_large_costs_the_other_reads_nothing() -> None:
    large = bundle(*(resource("Observation", f"o{n}", note=[{"text": "x" * 1_000}]) for n in range(300)))
    with loopback(whole_chart(observations=large)) as server:
        read = reader(FhirServer(server.base, open=True), None, budget=Budget(max_bytes=100_000))
        assert read is not None
        record = gather(call(), TEMPLATES, read)
    assert record.lacking == {"Observation": Why.UNAVAILABLE}
    assert record.had == TYPES - {"Observation"}


def test_a_read_that_does_not_come_back_is_waited_for_no_longer_than_the_bounds_say() -> None:
    held = threading.Event()

    def read(query: str) -> Json:
        if query.startswith("Observation"):
            held.wait(5)  # as a name server that does not answer: no timeout of ours ends it
        return person() if query.startswith("Patient") else bundle()

    start = time.monotonic()
    record = gather(call(), TEMPLATES, read, bounds=Bounds(seconds=0.3))
    held.set()
    assert time.monotonic() - start < 1
    assert record.lacking == {"Observation": Why.UNAVAILABLE}


def test_an_error_of_our_own_while_reading_is_not_taken_for_a_missing_record() -> None:
    def read(query: str) -> Json:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        gather(call(), TEMPLATES, read)
