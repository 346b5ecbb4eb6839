"""What a resource is of, in the words that readers look for: asked only of what was set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from ..domain.call import Json
from .allergies import drugs_meant
from .chart import Chart
from .codes import Concept
from .conditions import Diagnosis, diagnosis_of
from .drugs import drugs_by_any_route
from .fitness import COMFORT_CARE
from .on_record import COUNTED
from .shape import child, children, local_ref, ref_of
from .told_of_drug import OTHERS, said_of_drug
from .unnamed import PRRT
from .whereabouts import MEDICATIONS

_WHOLE_NAME = ("patient-finding",)  # these words count only as the whole name
_OF_DIAGNOSES = ("tumour-class", "metastasis", "hormone-syndrome")
# The elements that tell what a resource is of, of all types.
_NAMES = (
    *("code", "medicationCodeableConcept", "medicationReference", "orderDetail", "usedCode", "usedReference"),
    *("reaction", "description", "extension", "bodySite"),
)
Named = tuple[str, str]  # a value set and one of its words


def meant(kind: str, resource: Json, chart: Chart) -> Set[Named]:
    """What this resource is of, as readers look for it; a record holds few names many times over."""
    of_kind = _MEANT.get(kind)
    if of_kind is None:
        return set()
    named = [resource.get(name) for name in _NAMES], child(resource, "meta").get("profile")
    key = repr((kind, named, [one.get("code") for one in _parts(resource)]))
    if kind == "Specimen" or "'#" in key:  # what it is of stands elsewhere, or in itself
        return set(of_kind(resource, chart))
    if key not in chart.meanings:
        chart.meanings[key] = frozenset(of_kind(resource, chart))
    return chart.meanings[key]


def was_looked_for(kind: str, resource: Json, chart: Chart) -> bool:
    """True where a fact that was asked for looked for what this resource is of."""
    return bool(meant(kind, resource, chart) & chart.looked_for)


def gives_a_drug(procedure: Json, chart: Chart) -> bool:
    """True for a procedure that is of a drug, told or not."""
    return any(name in ("drug", "other-drug") or word == PRRT for name, word in _of_procedure(procedure, chart))


def denies(found: Diagnosis, chart: Chart) -> set[Named]:
    """What the name of a diagnosis only denies or doubts, where it says nothing else that readers look for."""
    if found.kind or found.metastases or found.syndromes or any(_told(found, chart)):
        return set()
    return {named for named, denied in _words(found.code, chart) if denied}


def _told(found: Diagnosis, chart: Chart) -> Iterator[Named]:
    for name in ("precaution", "symptom"):
        yield from ((name, word) for word in chart.terms.by_code(name, found.code))
    yield from (named for named, denied in _words(found.code, chart) if not denied)


def _words(code: Concept, chart: Chart) -> Iterator[tuple[Named, bool]]:
    for name in (*_OF_DIAGNOSES, "precaution", "symptom"):
        for said in chart.terms.said(name, code):
            for match in chart.terms.matches(name, said):
                named = ("condition", "tumour") if name in _OF_DIAGNOSES else (name, match.means)
                yield named, match.denied


def _of_result(resource: Json, chart: Chart) -> Iterator[Named]:
    for carrier in (resource, *_parts(resource)):
        yield from _in_sets(carrier, chart, "observation", "patient-finding", "symptom")
    yield from _of_report(resource, chart)


def _parts(resource: Json) -> list[Json]:
    return children(resource, "component")


def _of_report(resource: Json, chart: Chart) -> Iterator[Named]:
    yield from _in_sets(resource, chart, "study", "sstr-study")


def _of_procedure(resource: Json, chart: Chart) -> Iterator[Named]:
    yield from _in_sets(resource, chart, "procedure", "study", "precaution")
    yield from _of_drug(resource, chart)


def _of_diagnosis(resource: Json, chart: Chart) -> Iterator[Named]:
    found = diagnosis_of(resource, chart)
    if found.kind or found.metastases or found.syndromes:
        yield "condition", "tumour"
    yield from _told(found, chart)
    yield from denies(found, chart)


def _of_drug(resource: Json, chart: Chart) -> Iterator[Named]:
    if drugs_by_any_route(resource, chart.terms, chart.find):
        yield "drug", "listed"
    for concept in said_of_drug(resource, chart.terms, chart.find):
        for name in OTHERS:
            means = chart.terms.by_code(name, concept) or chart.terms.by_words(name, concept)
            yield from (("other-drug", word) for word in means)


def _of_specimen(resource: Json, chart: Chart) -> Iterator[Named]:
    """A specimen is of what was found in it."""
    ref = ref_of(resource)
    for observation in chart.results:
        if ref and local_ref(child(observation, "specimen")) == ref:
            yield from _of_result(observation, chart)


def _of_allergy(resource: Json, chart: Chart) -> Iterator[Named]:
    if drugs_meant(resource, chart):
        yield "allergy", "listed"


def _of_goal(resource: Json, chart: Chart) -> Iterator[Named]:
    if COMFORT_CARE in chart.terms.exactly("patient-finding", chart.terms.under(resource, "description")):
        yield "goal", COMFORT_CARE


def _of_trial(resource: Json, chart: Chart) -> Iterator[Named]:
    yield "trial", "subject"


def _in_sets(resource: Json, chart: Chart, *names: str) -> Iterable[Named]:
    concept = chart.terms.concept(child(resource, "code"))
    for name in names:
        by_words = chart.terms.exactly if name in _WHOLE_NAME else chart.terms.by_words
        yield from ((name, word) for word in chart.terms.by_code(name, concept) or by_words(name, concept))


_MEANT = {
    "Observation": _of_result,
    "DiagnosticReport": _of_report,
    "Condition": _of_diagnosis,
    "Procedure": _of_procedure,
    "AllergyIntolerance": _of_allergy,
    "Goal": _of_goal,
    "ResearchSubject": _of_trial,
    "Specimen": _of_specimen,
    **dict.fromkeys(MEDICATIONS, _of_drug),
    **dict.fromkeys((kind for kind in COUNTED if kind != "Procedure"), _of_drug),
}
READ = frozenset(_MEANT)  # the types that readers read
