"""What a Condition doubts, tells as history or of a relative: by words, codes and the modifiers of JP Core."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.call import Json
from .codes import Concept, Terms
from .denial import Said
from .shape import child, extensions
from .words import Match, is_too_long

_SET = "modifier"
# JP Core: what is added before and after the name of a disease, as "suspected".
_MODIFIERS = ("Condition_DiseasePrefixModifier", "Condition_DiseasePostfixModifier")
_HISTORY = r"(?:history of|h/o|hx(?: of|:)|(?:past|personal) hx)"
_PAST = re.compile(
    rf"(?:(?:personal|past|prior|previous) )?{_HISTORY}(?!\w)|pmhx?\b|既往|[^,.;:、。]*既往(?:歴?あり|歴)?$|"
    r"[^,.;:、。]*[,:;([-] ?resolved\)?$"
)
# In a text that goes on about the tumour: "..., history of resected liver metastases", 肝転移切除後.
_AFTER_RESECTION = r"(?:s/p|status post|after|post)[ -](?:\w+ )?(?:resection|removal)"
_PAST_BEFORE = re.compile(rf"(?:{_HISTORY}|\bresected|{_AFTER_RESECTION} of)\b(?:(?! with )[^,.;:、。])*$")
_PAST_AFTER = re.compile(
    r" ?(?:の|に対する[^,.;、。]*?|に対して[^,.;、。]*?)?(?:既往|(?:切除|摘出|手術|術)術?(?:後|済)(?!に? ?再発))|"
    rf",? ?(?:resected|resolved|{_AFTER_RESECTION})(?= ?(?:[,.;)]|$))"
)
# A text of one statement that doubts it as a whole, whatever words it has for it.
_DOUBTS = re.compile(
    r"(?:suspected|suspicion (?:of|for)|suspicious for|susp\b|s/o|r/o|rule out|possible|probable|query|\?)[^,.;:、。]*$"
    r"|[^,.;:、。]*(?:疑い?\)?|疑われる|可能性(?:あり)?|\?\)?|\(r/o\)|,? s/o|,? r/o|,? suspected)$"
)


@dataclass(frozen=True)
class Part:
    """What a Condition says in the words of one value set; `doubted` where it doubts or denies all of it."""

    told: tuple[str, ...] = ()
    doubted: bool = False

    @property
    def sure(self) -> bool:
        return bool(self.told) and not self.doubted

    def beside(self, something_sure: bool) -> tuple[str, ...]:
        """What is told; what is only doubted is left out beside something the same Condition is sure of."""
        return () if self.doubted and something_sure else self.told


def part_of(set_name: str, coded: Iterable[str], code: Concept, terms: Terms) -> Part:
    """What these codes, else the words of the name say, and whether the words doubt it; history is left out."""
    if told := tuple(dict.fromkeys(coded)):
        return Part(told, doubts(set_name, code, terms))
    found = [one for said in terms.said(set_name, code) for one in _current(said, terms.matches(set_name, said))]
    stated = _meanings(found, Said.STATED)
    suspected = _meanings(found, Said.SUSPECTED)
    return Part(stated) if stated else Part(suspected, bool(suspected))


def doubts(set_name: str, code: Concept, terms: Terms, wanted: Iterable[str] = ()) -> bool:
    """True where the words of a name doubt, deny or tell as history what its code says."""
    meant, read = set(wanted), []
    for said in _texts(code):
        found = [match for match in terms.matches(set_name, said) if not meant or match.means in meant]
        read += [bool(_meanings(_current(said, found), Said.STATED))] if found else []
    return not all(read) if read else any(_DOUBTS.match(said) for said in _texts(code))


def is_past(code: Concept) -> bool:
    """True where the name of a diagnosis says as a whole that it is history."""
    return any(_PAST.match(said) for said in _texts(code))


def is_suspected(condition: Json, terms: Terms) -> bool:
    """True where a modifier of the disease name says so (の疑い)."""
    places = (child(condition, "code"), condition)
    found = [one for name in _MODIFIERS for place in places for one in extensions(place, name)]
    concepts = [terms.under(extension, "valueCodeableConcept") for extension in found]
    return any("suspected" in terms.by_code(_SET, one) or "疑" in "".join(_texts(one)) for one in concepts)


def is_of_a_relative(code: Concept, terms: Terms) -> bool:
    """True for the family history of a disease, by its code."""
    return "of-a-relative" in terms.by_code(_SET, code)


def _current(said: str, found: Iterable[Match]) -> list[Match]:
    """The matches that a text which is not history as a whole does not tell as history."""
    if _PAST.match(said):
        return list(found)
    return [one for one in found if not (_PAST_BEFORE.search(said[: one.start]) or _PAST_AFTER.match(said[one.end :]))]


def _meanings(found: Iterable[Match], how: Said) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.means for match in found if match.said is how))


def _texts(concept: Concept) -> list[str]:
    said = (concept.text, *(coding.display for coding in concept.codings))
    return [one for one in said if one and not is_too_long(one)]
