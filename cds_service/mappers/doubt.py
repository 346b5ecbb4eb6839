"""What a Condition doubts, tells as history or of a relative: by words, codes and the modifiers of JP Core."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.call import Json
from .codes import Concept, Terms
from .denial import Said
from .shape import child, extensions
from .words import Match

_SET = "modifier"
# JP Core: what is added before and after the name of a disease, as "suspected".
_MODIFIERS = ("Condition_DiseasePrefixModifier", "Condition_DiseasePostfixModifier")
_HISTORY = r"(?:history of|h/o|hx(?: of|:)|(?:past|personal) hx)"
_PAST = re.compile(
    rf"(?:(?:personal|past|prior|previous) )?{_HISTORY}(?!\w)|pmhx?\b|既往|[^,.;:、。]*既往(?:歴?あり|歴)?$|"
    r"[^,.;:、。]*[,:;([-] ?resolved\)?$"
)
# Within a text that goes on about the tumour: "..., history of resected liver metastases", 肝転移切除後.
# That a tumour was resected does not make its diagnosis history, and a syndrome may outlast it.
_AFTER_RESECTION = r"(?:s/p|status post|after|post)[ -](?:\w+ )?(?:resection|removal)"
_TO_HERE, _ENDS = r"(?!\w)(?:(?! with )[^,.;:、。])*$", r"(?= ?(?:[,.;)]|$))"
_OVER = re.compile(rf"{_HISTORY}{_TO_HERE}"), re.compile(rf" ?の?既往|,? ?resolved{_ENDS}")
_RESECTED = (
    re.compile(rf"(?:\bresected|{_AFTER_RESECTION} of){_TO_HERE}"),
    re.compile(
        r" ?(?:の|に対する[^,.;、。]*?|に対して[^,.;、。]*?)?(?:切除|摘出|手術|術)術?(?:後|済)(?!に? ?再発)|"
        rf",? ?(?:resected|{_AFTER_RESECTION}){_ENDS}"
    ),
)
_HISTORY_OF = {"metastasis": (_OVER, _RESECTED), "hormone-syndrome": (_OVER,)}
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
    found = [one for said in terms.said(set_name, code) for one in _current(set_name, said, terms)]
    stated = _meanings(found, Said.STATED)
    suspected = _meanings(found, Said.SUSPECTED)
    return Part(stated) if stated else Part(suspected, bool(suspected))


def doubts(set_name: str, code: Concept, terms: Terms, wanted: Iterable[str] = ()) -> bool:
    """True where the words of a name doubt, deny or tell as history what its code says."""
    meant, read = set(wanted), []
    for said in code.read_texts:
        if any(not meant or match.means in meant for match in terms.matches(set_name, said)):
            stated = set(_meanings(_current(set_name, said, terms), Said.STATED))
            read.append(bool(stated & meant if meant else stated))
    return not all(read) if read else any(_DOUBTS.match(said) for said in code.read_texts)


def is_past(code: Concept) -> bool:
    """True where the name of a diagnosis says as a whole that it is history."""
    return any(_PAST.match(said) for said in code.read_texts)


def is_suspected(condition: Json, terms: Terms) -> bool:
    """True where a modifier of the disease name says so (の疑い)."""
    places = (child(condition, "code"), condition)
    found = [one for name in _MODIFIERS for place in places for one in extensions(place, name)]
    concepts = [terms.under(extension, "valueCodeableConcept") for extension in found]
    return any("suspected" in terms.by_code(_SET, one) or "疑" in "".join(one.read_texts) for one in concepts)


def _current(set_name: str, said: str, terms: Terms) -> list[Match]:
    """The words of a set that a text which is not history as a whole does not tell as history."""
    found = terms.matches(set_name, said)
    signs = () if _PAST.match(said) else _HISTORY_OF.get(set_name, ())
    past = [
        one
        for one in found
        for before, after in signs
        if before.search(said[: one.start]) or after.match(said[one.end :])
    ]
    return [one for one in found if one not in past]


def _meanings(found: Iterable[Match], how: Said) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.means for match in found if match.said is how))
