"""Safety facts (rules.md section 1c) as FHIR."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from cds_service.domain.call import Json


def facts_of_safety(given: Mapping[str, str], on: date) -> Iterator[Json]:
    """A resource for every safety fact that the case knows."""
    yield from ()
