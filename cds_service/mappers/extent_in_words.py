"""What the name of the NEN says of its extent: metastatic, unresectable, recurrent, resectable."""

from __future__ import annotations

import re

from .certainty import ACTIVE
from .codes import Terms
from .conditions import Diagnosis
from .settle import Reading
from .tumour import Tumour
from .words import Match, without

_MEANS = {"unresectable": "advanced", "metastatic": "advanced", "recurrent": "advanced", "resectable": "resectable"}
_CLAUSE = re.compile(r"[,.;:、。]")
# What was, or has been dealt with, is not how it stands now.
_PAST = re.compile(
    r"\b(?:history of|h/o|previous(?:ly)?|prior|formerly|initially|s/p|status post|resected|cured|in remission)\b"
    "|既往|以前|当初|切除済|治癒|寛解|根治|(?:再発|転移)[^、。]*(?:切除|摘出)(?!不能)"
)
# "metastatic potential", 再発予防; and regional nodes make no tumour advanced.
_NOT_OF_THE_TUMOUR = re.compile(
    "[- ](?:potential|risk|work-?up|screening|surveillance)|(?:リスク|予防|評価|能|巣?の?検索)"
)
_NODES = re.compile(r"\b(?:lymph|node|nodes|nodal|ln)\b|リンパ節")
_ONLY_PERHAPS = re.compile(
    r"\b(?:borderline|potentially|possibly|marginally|conversion to)[- ]$|境界型?$|ボーダーライン$"
)


def extent_in_words(tumour: Tumour) -> list[Reading]:
    """The extent that the words of each active NEN tell, on the day of its Condition; what they deny is not read."""
    terms = tumour.chart.terms
    found = [one for one in tumour.nens if not one.secondary and one.status in ACTIVE]
    return [Reading(said, one.span, one.ref) for one in found for said in sorted(_said(one, terms))]


def _said(found: Diagnosis, terms: Terms) -> set[str]:
    texts = [text for text in terms.said("answer", found.code) if not _PAST.search(text)]
    return {_MEANS[word] for text in texts for clause in _CLAUSE.split(text) for word in _in_clause(clause, terms)}


def _in_clause(clause: str, terms: Terms) -> set[str]:
    """The words of a part of a name, unless it names another cancer or regional nodes."""
    rest = without(clause, terms.matches("metastasis", clause))
    if terms.matches("other-malignancy", without(rest, terms.matches("tumour-class", rest))):
        return set()
    told = [match for match in terms.matches("answer", rest) if match.means in _MEANS and _counts(match, rest)]
    words = {match.means for match in told}
    return words - {"metastatic"} if _NODES.search(rest) else words


def _counts(match: Match, text: str) -> bool:
    around = _NOT_OF_THE_TUMOUR.match(text[match.end :]) or _ONLY_PERHAPS.search(text[: match.start])
    return not match.denied and not around
