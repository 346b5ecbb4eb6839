"""Which of our drugs an allergy or intolerance is recorded to: by code, by name, or by the name of their class."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..domain.call import Json
from ..domain.values import Fact, Known, Unclear, Why
from .certainty import Sure, status_of, sure_of
from .chart import Chart
from .codes import Concept
from .denial import OF_FAMILY
from .drug_names import drugs_named
from .formulary import formulary_of
from .shape import children, ref_of

_KIND = "AllergyIntolerance"
# No allergy of the patient: what is tolerated, and what a relative has.
_NOT_THEIRS = re.compile(rf"\btolera(?:tes|ted|ting|nt)\b|\b(?:family|parents?)\b|耐容|家族[がにのは]|{OF_FAMILY}")
# "シスプラチンアレルギーなし": what is denied is the allergy, and it stands between the drug and its denial.
_OF_ALLERGY = re.compile(
    r"(?:に対する|への)?(?:アレルギー|過敏症|過敏反応)(?:の?(?:既往|歴))*(?:は|:)? ?(?=な[いし]|無|否定)"
)
_NONE = re.compile(r"無し?$|ない$")


class Allergies:
    """The allergies of one patient. `source`: where each stands. `read`: whether all of them were read."""

    def __init__(self, chart: Chart) -> None:
        self.source: dict[str, str] = {}
        self.read: Fact = Known("read")
        not_understood = False
        chart.look_for("allergy", "listed")
        for allergy in chart.of(_KIND):
            if sure_of(allergy) is Sure.WITHDRAWN or status_of(allergy) in ("inactive", "resolved"):
                continue
            concepts = [concept for concept in _substances(allergy, chart) if concept.stated]
            unread = any(_is_unread(concept) for concept in concepts)
            if not concepts or unread or not _can_be_relied_on(allergy, chart):
                not_understood = True
                continue
            for drug in _drugs(concepts, chart):
                self.source.setdefault(drug, ref_of(allergy))
        if not chart.had(_KIND):
            self.read = chart.missing(_KIND)
        elif not_understood:
            self.read = Unclear(Why.NOT_UNDERSTOOD)

    @property
    def drugs(self) -> frozenset[str]:
        """The drugs of knowledge/ that are meant."""
        return frozenset(self.source)


def _can_be_relied_on(allergy: Json, chart: Chart) -> bool:
    """False for what is not valid, of a status nobody knows, or of a day to come."""
    if sure_of(allergy) is Sure.UNREADABLE or status_of(allergy) == "unreadable" or chart.is_to_come(allergy):
        return False
    return chart.passes(allergy)


def _substances(allergy: Json, chart: Chart) -> Iterable[Concept]:
    yield chart.terms.under(allergy, "code")
    for reaction in children(allergy, "reaction"):
        yield chart.terms.under(reaction, "substance")


def _is_unread(concept: Concept) -> bool:
    """True where its words are not read: too many, or not of an allergy of the patient."""
    return concept.unread or any(_NOT_THEIRS.search(said) for said in concept.texts)


def drugs_meant(allergy: Json, chart: Chart) -> set[str]:
    """The drugs of knowledge/ one allergy is to, whether it stands or not."""
    return _drugs([concept for concept in _substances(allergy, chart) if concept.stated], chart)


def _drugs(concepts: list[Concept], chart: Chart) -> set[str]:
    """Every drug that codes, names or words of a class tell; in which form it was given does not matter."""
    formulary = formulary_of(chart.terms)
    found: set[str] = set()
    for concept in concepts:
        for key in (key for coding in concept.codings for key in coding.keys):
            found |= {drug for drug, _ in formulary.codes.get(key, [])}
        for said in concept.read_texts:
            told = _NONE.sub("なし", _OF_ALLERGY.sub("", said))
            found |= {drug for match in drugs_named(told, formulary.names) for drug in formulary.named[match.means]}
        for group in chart.terms.by_words("drug-class", concept):
            found |= {drug.id for drug in formulary.drugs.values() if group in (drug.group, *drug.also_in)}
    return found
