"""Conditions -> what each one says: which tumour, how sure, whether it still holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.call import Json
from .certainty import CURRENT, Sure, status_of, sure_of
from .chart import Chart
from .codes import Concept, Terms
from .dates import Span, when
from .family import is_family_history
from .kinds import NEN, counts_as_nen, kind_of
from .places import Place, place_of
from .shape import child, extensions, local_ref, ref_of

PRIMARY_PROFILE = "mcode-primary-cancer-condition"
_SECONDARY = "mcode-secondary-cancer-condition"
_PAST = re.compile(r"(?:(?:personal|past|prior|previous) )?(?:history of|h/o)\b|既往|[^,.;:、。]*既往(?:歴?あり|歴)?$")
_POSTFIX = "Condition_DiseasePostfixModifier"  # JP Core: what is added to the name of a disease, as "suspected"


@dataclass(frozen=True)
class Diagnosis:
    """One Condition, understood. `kind` is a tumour class, or empty.

    `several`: its classes do not go together. `unread`: its words are too many to be read.
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
    """Every Condition of the patient that was not withdrawn."""
    chart.look_for("condition", "tumour")
    own = (condition for condition in chart.of("Condition") if not is_family_history(condition, chart.terms))
    read = [diagnosis_of(condition, chart) for condition in own]
    return [found for found in read if found.sure is not Sure.WITHDRAWN]


def diagnosis_of(condition: Json, chart: Chart, extra: Iterable[Concept] = ()) -> Diagnosis:
    """One Condition, with further histology that is linked to it."""
    terms = chart.terms
    code = terms.under(condition, "code")
    morphology = _together([*stated_morphology(condition, terms), *extra])
    kind, doubted = kind_of(code, morphology, terms)
    metastases = _metastases(condition, code, morphology, terms)
    secondary = bool(metastases) and _is_secondary(condition, code, morphology, terms)
    return Diagnosis(
        ref=ref_of(condition),
        resource=condition,
        code=code,
        morphology=morphology,
        kind=kind,
        place=place_of(condition, code, morphology, terms) if kind in NEN and not secondary else Place(),
        metastases=metastases,
        secondary=secondary,
        syndromes=_syndromes(code, morphology, kind, terms),
        sure=_sure(condition, chart),
        status=_status(condition, code),
        span=_span(condition),
        doubted=doubted or _is_suspected(condition, terms),
    )


def _sure(condition: Json, chart: Chart) -> Sure:
    """How sure it is; one of a day to come is not confirmed yet."""
    found = sure_of(condition)
    return Sure.UNCONFIRMED if found is Sure.CONFIRMED and chart.is_to_come(condition) else found


def _status(condition: Json, code: Concept) -> str:
    """The clinical status; a diagnosis whose words say it is history does not hold now."""
    found = status_of(condition)
    texts = (code.text, *(coding.display for coding in code.codings))
    return "inactive" if found == "active" and any(_PAST.match(said) for said in texts) else found


def _is_suspected(condition: Json, terms: Terms) -> bool:
    """True where the postfix of the disease name says so (の疑い)."""
    found = extensions(child(condition, "code"), _POSTFIX) + extensions(condition, _POSTFIX)
    concepts = [terms.under(extension, "valueCodeableConcept") for extension in found]
    return any("疑" in said for one in concepts for said in (one.text, *(coding.display for coding in one.codings)))


def stated_morphology(condition: Json, terms: Terms) -> list[Concept]:
    """The histology a Condition itself carries, in the mCODE extension."""
    found = extensions(condition, "histology-morphology-behavior")
    return [terms.under(extension, "valueCodeableConcept") for extension in found]


def _together(concepts: Iterable[Concept]) -> Concept:
    read = list(concepts)
    codings = tuple(coding for concept in read for coding in concept.codings)
    return Concept(codings, "; ".join(concept.text for concept in read if concept.text))


def _metastases(condition: Json, code: Concept, morphology: Concept, terms: Terms) -> tuple[str, ...]:
    found = terms.by_code("metastasis", code) or terms.by_words("metastasis", code)
    if not found and (has_profile(condition, _SECONDARY) or _behaves_as_secondary(morphology)):
        found = ["unspecified"]
    return tuple(found)


def _is_secondary(condition: Json, code: Concept, morphology: Concept, terms: Terms) -> bool:
    """True for a metastasis, not for a primary whose text goes on to say where it has spread."""
    if has_profile(condition, _SECONDARY) or _behaves_as_secondary(morphology) or terms.by_code("metastasis", code):
        return True
    return not any(_tumour_comes_first(said, terms) for said in terms.said("metastasis", code))


def _tumour_comes_first(said: str, terms: Terms) -> bool:
    tumours, spread = terms.matches("tumour-class", said), terms.matches("metastasis", said)
    return bool(tumours) and bool(spread) and tumours[0].start < spread[0].start


def _behaves_as_secondary(morphology: Concept) -> bool:
    return any(code.endswith("/6") for coding in morphology.codings for _, code in coding.keys)


def has_profile(condition: Json, name: str) -> bool:
    profiles = child(condition, "meta").get("profile")
    return isinstance(profiles, list) and any(isinstance(p, str) and p.split("|")[0].endswith(name) for p in profiles)


def _syndromes(code: Concept, morphology: Concept, kind: str, terms: Terms) -> tuple[str, ...]:
    if kind in ("benign", "look-alike"):
        return ()
    found = [word for concept in (code, morphology) for word in terms.by_code("hormone-syndrome", concept)]
    return tuple(dict.fromkeys(found or terms.by_words("hormone-syndrome", code)))


def _span(condition: Json) -> Span | None:
    return when(condition, "onsetDateTime", "onsetPeriod", "recordedDate")
