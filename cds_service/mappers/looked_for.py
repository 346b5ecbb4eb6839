"""What a resource is of, in the words that readers look for: asked only of what was set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..domain.call import Json
from .allergies import drugs_meant
from .chart import Chart
from .conditions import diagnosis_of
from .drugs import drugs_by_any_route
from .on_record import COUNTED
from .shape import child, children
from .told_of_drug import OTHERS, said_of_drug

Named = tuple[str, str]  # a value set and one of its words


def was_looked_for(kind: str, resource: Json, chart: Chart) -> bool:
    """True where a fact that was asked for looked for what this resource is of."""
    of_kind = _MEANT.get(kind)
    return any(each in chart.looked_for for each in of_kind(resource, chart)) if of_kind else True


def _of_result(resource: Json, chart: Chart) -> Iterator[Named]:
    for carrier in (resource, *children(resource, "component")):
        yield from _in_sets(carrier, chart, "observation", "patient-finding")
    yield from _of_report(resource, chart)


def _of_report(resource: Json, chart: Chart) -> Iterator[Named]:
    yield from _in_sets(resource, chart, "study", "sstr-study")


def _of_procedure(resource: Json, chart: Chart) -> Iterator[Named]:
    yield from _in_sets(resource, chart, "procedure", "study")
    yield from _of_drug(resource, chart)


def _of_diagnosis(resource: Json, chart: Chart) -> Iterator[Named]:
    found = diagnosis_of(resource, chart)
    if found.kind or found.metastases or found.syndromes:
        yield "condition", "tumour"
    yield from _in_sets(resource, chart, "precaution")


def _of_drug(resource: Json, chart: Chart) -> Iterator[Named]:
    if drugs_by_any_route(resource, chart.terms, chart.find):
        yield "drug", "listed"
    for concept in said_of_drug(resource, chart.terms, chart.find):
        for name in OTHERS:
            means = chart.terms.by_code(name, concept) or chart.terms.by_words(name, concept)
            yield from (("other-drug", word) for word in means)


def _of_allergy(resource: Json, chart: Chart) -> Iterator[Named]:
    if drugs_meant(resource, chart):
        yield "allergy", "listed"


def _in_sets(resource: Json, chart: Chart, *names: str) -> Iterable[Named]:
    concept = chart.terms.concept(child(resource, "code"))
    for name in names:
        means = chart.terms.by_code(name, concept) or chart.terms.by_words(name, concept)
        yield from ((name, word) for word in means)


_MEANT = {
    "Observation": _of_result,
    "DiagnosticReport": _of_report,
    "Condition": _of_diagnosis,
    "Procedure": _of_procedure,
    "AllergyIntolerance": _of_allergy,
    **dict.fromkeys((kind for kind in COUNTED if kind != "Procedure"), _of_drug),
}
