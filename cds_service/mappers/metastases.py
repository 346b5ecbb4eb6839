"""What one Condition says of spread: where to, and whether it is a metastasis itself or the tumour it comes from."""

from __future__ import annotations

from ..domain.call import Json
from .codes import Concept, Terms
from .doubt import Part, part_of
from .shape import child, children

PRIMARY_PROFILE = "mcode-primary-cancer-condition"
_SECONDARY = "mcode-secondary-cancer-condition"
_UNSPECIFIED = "unspecified"


def metastases_of(condition: Json, code: Concept, morphology: Concept, terms: Terms) -> Part:
    """The places a Condition says there are metastases in, and whether it only doubts or denies them."""
    coded = terms.by_code("metastasis", code)
    if not coded and (has_profile(condition, _SECONDARY) or _behaves_as_secondary(morphology)):
        coded = [_UNSPECIFIED]
    found = part_of("metastasis", coded, code, terms)
    if set(found.told) != {_UNSPECIFIED}:
        return found
    places = _worded(code, terms) or _sites(condition, terms)  # a code that leaves the place open hides no word
    return Part(tuple(places) or found.told, found.doubted)


def _worded(code: Concept, terms: Terms) -> list[str]:
    return [word for word in terms.by_words("metastasis", code) if word != _UNSPECIFIED]


def _sites(condition: Json, terms: Terms) -> list[str]:
    """The places the body sites of a metastasis name."""
    bodies = [terms.concept(body) for body in children(condition, "bodySite")]
    read = (terms.by_code("metastasis-site", body) or terms.by_words("metastasis-site", body) for body in bodies)
    return list(dict.fromkeys(word for words in read for word in words))


def is_secondary(condition: Json, code: Concept, morphology: Concept, terms: Terms) -> bool:
    """True for a metastasis, not for a primary whose text goes on to say where it has spread."""
    if has_profile(condition, PRIMARY_PROFILE):
        return False
    if has_profile(condition, _SECONDARY) or _behaves_as_secondary(morphology) or terms.by_code("metastasis", code):
        return True
    told = [said for said in terms.said("metastasis", code) if terms.matches("metastasis", said)]
    return bool(told) and not any(_tumour_comes_first(said, terms) for said in told)


def _behaves_as_secondary(morphology: Concept) -> bool:
    return any(code.endswith("/6") for coding in morphology.codings for _, code in coding.keys)


def _tumour_comes_first(said: str, terms: Terms) -> bool:
    tumours, spread = terms.matches("tumour-class", said), terms.matches("metastasis", said)
    return bool(tumours) and bool(spread) and tumours[0].start < spread[0].start


def has_profile(condition: Json, name: str) -> bool:
    """True where the Condition claims this profile."""
    profiles = child(condition, "meta").get("profile")
    return isinstance(profiles, list) and any(isinstance(p, str) and p.split("|")[0].endswith(name) for p in profiles)
