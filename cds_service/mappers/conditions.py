"""Conditions -> what each one says: which tumour, how sure, whether it still holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.call import Json
from .certainty import CURRENT, Sure, status_of, sure_of
from .chart import Chart
from .codes import Concept, Terms
from .dates import Span, when
from .doubt import Part, is_past, is_suspected, part_of
from .family import is_family_history
from .kinds import NEN, counts_as_nen, kind_of
from .metastases import is_secondary, metastases_of
from .places import Place, place_of
from .shape import child, extensions, local_ref, ref_of


@dataclass(frozen=True)
class Diagnosis:
    """One Condition, understood. `kind` is a tumour class, or empty.

    `several`: its classes do not go together. `unread`: its words are too many to be read.
    `doubted`: nothing it says is sure. `named_in_doubt`: it names a NEN, and only doubts or denies it.
    """

    ref: str
    resource: Json
    code: Concept
    morphology: Concept
    kind: str
    place: Place
    metastases: tuple[str, ...]
    secondary: bool
    syndromes: tuple[str, ...]
    sure: Sure
    status: str
    span: Span | None
    doubted: bool = False
    named_in_doubt: bool = False

    @property
    def related(self) -> set[str]:
        """The primaries a metastasis says it comes from."""
        return {local_ref(child(found, "valueReference")) for found in extensions(self.resource, "condition-related")}

    @property
    def current(self) -> bool:
        return self.status in CURRENT

    @property
    def is_nen(self) -> bool | None:
        """True for a tumour these rules are about; None where its site decides and is not understood."""
        return counts_as_nen(self.kind, self.place)


def diagnoses(chart: Chart) -> list[Diagnosis]:
    """Every Condition of the patient's own that was not withdrawn."""
    chart.look_for("condition", "tumour")
    own = [one for one in chart.of("Condition") if not is_family_history(one, chart.terms)]
    read = [diagnosis_of(condition, chart) for condition in own]
    return [found for found in read if found.sure is not Sure.WITHDRAWN]


def diagnosis_of(condition: Json, chart: Chart, extra: Iterable[Concept] = ()) -> Diagnosis:
    """One Condition, with further histology that is linked to it."""
    terms = chart.terms
    code = terms.under(condition, "code")
    own = _together(stated_morphology(condition, terms))
    morphology = _together([own, *extra])
    kind, in_doubt = kind_of(code, morphology, terms)
    spread = metastases_of(condition, code, morphology, terms)
    syndromes = _syndromes(code, morphology, kind, terms)
    named_in_doubt = in_doubt
    if in_doubt and (spread.sure or syndromes.sure):  # "metastases, likely from a NET": the origin is open
        kind, in_doubt = "", False
    sure_of_one = bool(kind and not in_doubt) or spread.sure or syndromes.sure
    secondary = bool(spread.told) and is_secondary(condition, code, own, terms)
    return Diagnosis(
        ref=ref_of(condition),
        resource=condition,
        code=code,
        morphology=morphology,
        kind=kind,
        place=place_of(condition, code, morphology, terms) if kind in NEN and not secondary else Place(),
        metastases=spread.beside(sure_of_one),
        secondary=secondary,
        syndromes=syndromes.beside(sure_of_one),
        sure=_sure(condition, chart),
        status=_status(condition, code),
        span=_span(condition),
        doubted=in_doubt
        or is_suspected(condition, terms)
        or (not sure_of_one and (spread.doubted or syndromes.doubted)),
        named_in_doubt=named_in_doubt,
    )


def _sure(condition: Json, chart: Chart) -> Sure:
    """How sure it is; one of a day to come is not confirmed yet."""
    found = sure_of(condition)
    return Sure.UNCONFIRMED if found is Sure.CONFIRMED and chart.is_to_come(condition) else found


def _status(condition: Json, code: Concept) -> str:
    """The clinical status; a diagnosis whose words say it is history does not hold now."""
    found = status_of(condition)
    return "inactive" if found == "active" and is_past(code) else found


def stated_morphology(condition: Json, terms: Terms) -> list[Concept]:
    """The histology a Condition itself carries, in the mCODE extension."""
    found = extensions(condition, "histology-morphology-behavior")
    return [terms.under(extension, "valueCodeableConcept") for extension in found]


def _together(concepts: Iterable[Concept]) -> Concept:
    read = list(concepts)
    codings = tuple(coding for concept in read for coding in concept.codings)
    return Concept(codings, "; ".join(concept.text for concept in read if concept.text))


def _syndromes(code: Concept, morphology: Concept, kind: str, terms: Terms) -> Part:
    if kind in ("benign", "look-alike"):
        return Part()
    coded = [word for concept in (code, morphology) for word in terms.by_code("hormone-syndrome", concept)]
    return part_of("hormone-syndrome", coded, code, terms)


def _span(condition: Json) -> Span | None:
    return when(condition, "onsetDateTime", "onsetPeriod", "recordedDate")
