"""A server that does not answer is left alone for a while, and tried again."""

from __future__ import annotations

from cds_service.fhir.breaker import FAILURES, PAUSE_SECONDS, REMEMBERED_SECONDS, Breaker

EHR = "https://ehr.example.org/fhir"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_after_five_silent_calls_one_call_in_ten_seconds_is_let_through() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        assert breaker.admits(EHR)
        breaker.silent(EHR)
    assert not breaker.admits(EHR)
    clock.time += PAUSE_SECONDS + 0.1
    assert breaker.admits(EHR)
    assert not breaker.admits(EHR)
    breaker.silent(EHR)
    clock.time += PAUSE_SECONDS + 0.1
    assert breaker.admits(EHR)


def test_an_answer_closes_it_again_at_once() -> None:
    breaker = Breaker(Clock())
    for _ in range(FAILURES):
        breaker.silent(EHR)
    breaker.answered(EHR)
    assert [breaker.admits(EHR) for _ in range(3)] == [True] * 3


def test_old_failures_are_forgotten_and_other_servers_not_concerned() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(FAILURES - 1):
        breaker.silent(EHR)
    clock.time += REMEMBERED_SECONDS + 0.1
    breaker.silent(EHR)
    assert breaker.admits(EHR)
    for _ in range(FAILURES):
        breaker.silent(EHR)
    assert not breaker.admits(EHR)
    assert breaker.admits("https://another.example.org/fhir")
