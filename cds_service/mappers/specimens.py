"""What a result was found in, as a reader wants to see it beside the result; nothing is decided by it."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.call import Json
from ..domain.values import Specimen
from .chart import Chart
from .codes import Concept
from .shape import child, text

_KINDS = ("cytology", "resection", "biopsy")  # "biopsy" stands in many names: the more telling word goes first
_PLACES = ("lymph-node", "liver", "bone", "peritoneum")


def specimen_words(observation: Json, specimen: Json, chart: Chart) -> Specimen | None:
    """How and where the tissue of a result was taken, as its specimen or the result itself says; None for neither."""
    collection = child(specimen, "collection")
    of_kind = [chart.terms.under(specimen, "type"), chart.terms.under(collection, "method")]
    of_kind += [chart.terms.concept({"text": text(child(observation, "specimen"), "display")})]
    of_kind += [chart.terms.under(observation, "method")]
    of_place = [chart.terms.under(collection, "bodySite"), chart.terms.under(observation, "bodySite")]
    kind = _first(_KINDS, _means("specimen", of_kind, chart))
    found = Specimen(kind, _organ([*of_place, *of_kind], chart))
    return found if found != Specimen() else None


def _organ(concepts: Sequence[Concept], chart: Chart) -> str:
    """The place of spread that is named, else the one organ a primary may sit in."""
    if spread := _first(_PLACES, _means("specimen", concepts, chart)):
        return spread
    organs = dict.fromkeys(_means("primary-site", concepts, chart))
    return next(iter(organs)) if len(organs) == 1 else ""


def _means(name: str, concepts: Sequence[Concept], chart: Chart) -> list[str]:
    read = (chart.terms.by_code, chart.terms.by_words, chart.terms.inside)
    return [word for concept in concepts for ask in read for word in ask(name, concept)]


def _first(wanted: Sequence[str], found: Sequence[str]) -> str:
    return next((word for word in wanted if word in found), "")
