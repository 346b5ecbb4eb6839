"""The synthetic patients this project ships, with their dates moved to lie just before a given day."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from typing import Any

from ..domain.call import Json

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(T.*)?", re.ASCII)


@dataclass(frozen=True)
class DemoPatient:
    """One synthetic patient: what it shows, and orders worth trying: ids of knowledge/drugs, a pair with a plus."""

    id: str
    title: dict[str, str]
    about: dict[str, str]
    tries: tuple[str, ...]

    def bundle(self, on: date) -> Json:
        """The chart as a FHIR R4 transaction, as if written on `on`."""
        chart = json.loads((resources.files(__package__) / "patients" / f"{self.id}.json").read_text("utf-8"))
        written = date.fromisoformat(chart["timestamp"][:10])
        moved: Json = _move(chart, on - written)
        return moved


def demo_patients() -> tuple[DemoPatient, ...]:
    """The patients in the order the sandbox page lists them."""
    listed = json.loads((resources.files("cds_service") / "pages" / "sandbox_patients.json").read_text("utf-8"))
    return tuple(DemoPatient(one["id"], one["title"], one["about"], tuple(one["tries"])) for one in listed)


def _move(value: Any, by: timedelta) -> Any:
    """The same JSON with every full date and time moved; time windows then hold whenever the demo runs."""
    if isinstance(value, dict):
        return {key: _move(inner, by) for key, inner in value.items()}
    if isinstance(value, list):
        return [_move(inner, by) for inner in value]
    if isinstance(value, str) and (found := _DATE.fullmatch(value)):
        return f"{date.fromisoformat(found[1]) + by}{found[2] or ''}"
    return value
