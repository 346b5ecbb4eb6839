"""Where a tumour sits: from body site, topography and disorder codes, else from the words of the diagnosis."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.call import Json
from .codes import Concept, Terms
from .shape import children
from .words import is_too_long, without

DIGESTIVE = frozenset(
    {"pancreas", "stomach", "duodenum", "small-bowel", "appendix", "caecum", "colon", "rectum", "oesophagus"}
    | {"hepatobiliary"}
)
UNKNOWN_PRIMARY = "unknown-primary"

_SPREAD = re.compile(r"(?:metasta\w*|secondar\w*|spread)(?: \w+)? (?:to|in)\b[^,.;:、。]*")
# Words that may stand before or after the name of a tumour without naming a place.
_NO_PLACE = re.compile(
    "a|an|the|and|or|with|without|no|not|of|in|from|known|unknown|primary|metastatic|malignant|advanced|locally|"
    "recurrent|resectable|unresectable|resected|operated|treated|grade|high|low|intermediate|large|small|cell|type|"
    "stage|poorly|well|moderately|differentiated|undifferentiated|nos|net|nec|nen|g1|g2|g3|who|non|functioning|"
    "nonfunctioning|functional|nonfunctional|new|newly|diagnosed|current|active|status|post|history|mixed|site|"
    "gastrointestinal|gastroenteropancreatic|gep|gi|digestive|intestine|intestinal|bowel|colorectal|"
    "i|ii|iii|iv|消化管|大腸|進行|進行性|切除不能|再発|転移性|unspecified|progressive|sporadic|suspected|confirmed|possible|probable"
)
# ICD-10 chapters of the digestive organs, and of cancers whose site is not told.
_MAY_BE_DIGESTIVE = re.compile(r"C(?:1[5-9]|2[0-6]|80)", re.ASCII)
_BEFORE = re.compile(r"([^\W\d_][\w-]*)\W*$")
_AFTER = re.compile(r"\W*(?:of|in|from|at)\W+(?:the |an? )?([^\W\d_][\w-]*)")
_CJK = re.compile(r"[぀-ヿ一-鿿々](?<!消化管)(?<!大腸)(?<!進行)(?<!進行性)(?<!切除不能)(?<!再発)(?<!転移性)$")


@dataclass(frozen=True)
class Place:
    """The sites one diagnosis states, in our words. `not_understood`: it states a place we have no word for."""

    sites: tuple[str, ...] = ()
    not_understood: bool = False
    contradicted: tuple[str, ...] = ()


def place_of(condition: Json, code: Concept, morphology: Concept, terms: Terms) -> Place:
    """Coded sites first; the words of the diagnosis where no code tells, or where they contradict the codes."""
    bodies = [terms.concept(body) for body in children(condition, "bodySite")]
    concepts = (*bodies, morphology, code)
    coded = _distinct(site for concept in concepts for site in terms.by_code("primary-site", concept))
    worded = _worded(bodies, terms) or in_words(code, terms)
    if coded:
        own_words = terms.in_text("primary-site", tumour_text(code.text, terms))
        lies = tuple(own_words) if own_words and not set(own_words) & set(coded) else ()
        return Place(coded, contradicted=lies)
    if worded:
        return Place(worded)
    return Place(not_understood=any(body.stated for body in bodies) or _elsewhere(code, terms))


def in_words(concept: Concept, terms: Terms) -> tuple[str, ...]:
    """Sites named by the words of a diagnosis; the places it has spread to are not its site."""
    texts = [tumour_text(said, terms) for said in terms.said("primary-site", concept)]
    return _distinct(site for said in texts for site in terms.in_text("primary-site", said))


def tumour_text(said: str, terms: Terms) -> str:
    """A normalised text without what it says of metastases; empty where it is too long to be read."""
    if is_too_long(said):
        return ""
    return _SPREAD.sub(" ", without(said, terms.matches("metastasis", said)))


def _worded(bodies: list[Concept], terms: Terms) -> tuple[str, ...]:
    return _distinct(site for body in bodies for site in terms.by_words("primary-site", body))


def _elsewhere(code: Concept, terms: Terms) -> bool:
    """True when the diagnosis names some other place: a cancer code of no listed site, or a word beside the tumour."""
    if code.unread:
        return True
    cancers = [coding for coding in code.codings if terms.of_coding("other-malignancy", coding)]
    unlisted = [coding for coding in cancers if not terms.of_coding("tumour-class", coding)]
    if not all(_MAY_BE_DIGESTIVE.match(found) for coding in unlisted for _, found in coding.keys):
        return True
    return any(_names_a_place(said, terms) for said in terms.said("tumour-class", code))


def _names_a_place(said: str, terms: Terms) -> bool:
    plain = tumour_text(said, terms)
    for match in terms.matches("tumour-class", plain):
        before, after = plain[: match.start], plain[match.end :]
        if _CJK.search(before) and not terms.matches("differentiation", before):
            return True
        neighbours = [found[1] for found in (_BEFORE.search(before), _AFTER.match(after)) if found]
        if any(part and not _NO_PLACE.fullmatch(part) for word in neighbours for part in word.split("-")):
            return True
    return False


def _distinct(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
