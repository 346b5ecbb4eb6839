"""Reading what prefetch did not bring: several templates at a time, each page by page, within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass

from ..domain.call import Json, Read
from ..errors import ReadFailed
from .bundles import page_of


@dataclass(frozen=True)
class Bounds:
    """How far one call reads: 2,000 resources in pages of ten fit. The seconds also bound a slow name server.

    Every template has a read of its own at the same time: of a server that takes a second for each, four would lose
    half of the record.
    """

    seconds: float = 1.8
    at_a_time: int = 16
    pages: int = 200
    resources: int = 5_000


USUAL_BOUNDS = Bounds()


@dataclass(frozen=True)
class Chain:
    """The answers of one search in order, and whether the last of them said there is no more."""

    bodies: tuple[Json, ...] = ()
    whole: bool = False


def read_side_by_side(starts: Mapping[str, str], read: Read, bounds: Bounds) -> dict[str, Chain]:
    """Follow each key's query or link to its end. What is not done in time is as if it had not been answered."""
    if not starts:
        return {}
    pool = ThreadPoolExecutor(max_workers=bounds.at_a_time, thread_name_prefix="fhir-read")
    under_way = {key: pool.submit(copy_context().run, _follow, start, read, bounds) for key, start in starts.items()}
    done, _ = wait(under_way.values(), timeout=bounds.seconds)
    pool.shutdown(wait=False, cancel_futures=True)
    return {key: each.result() if each in done else Chain() for key, each in under_way.items()}


def _follow(start: str, read: Read, bounds: Bounds) -> Chain:
    bodies: list[Json] = []
    seen: set[str] = set()
    found = 0
    link: str | None = start
    while link is not None:
        if link in seen or len(bodies) >= bounds.pages or found >= bounds.resources:
            return Chain(tuple(bodies))
        seen.add(link)
        try:
            bodies.append(read(link))
        except ReadFailed:
            return Chain(tuple(bodies))
        page = page_of(bodies[-1])
        found += len(page.resources) if page else 0
        link = page.next if page else None
    return Chain(tuple(bodies), whole=True)
