"""Whether a text states a phrase it holds, only suspects it, denies it, or says it of a relative."""

from __future__ import annotations

import re
from enum import StrEnum

_NEAR = 200  # characters before and after a phrase in which it may be denied
_CLAUSE_END = re.compile(r"[,.;:、。]")
_CLAUSE_END_OF_FAMILY = re.compile(r"[,.;、。]")  # "family history: ..."
_STOPS_THAT_END_NOTHING = re.compile(r"\b(susp|poss|prob|fam|pt)\.")
# A clause up to where the text turns to something else.
_SAME_THING = r"(?:(?!\b(?:with|and|found|detected|seen|diagnosed|on|at|by|in|during|after)\b)[^,.;:、。])*"
_ENDS = r"(?: ?(?:[,.;:、。)\]]|$))"
# Between a phrase and the word that denies it: a note in brackets, a particle, a sign.
_LINK = r"(?:\([^)]*\))? ?[:,、/-]? ?(?:の|は|を|も|が|に|として)? ?(?:明らかに|明らかでは?)?"

_DENIED_BEFORE = re.compile(
    r"\b(?:no|not|without|negative for|(?:excluded|ruled out)(?![^(]*\))|screening for|risk (?:of|for)|fear of|"
    r"absence of|denies)\b"
)
_SUSPECTED_BEFORE = re.compile(
    r"\b(?:rule out|ruling out|r/o|exclude|suspect(?:ed|ing)?|suspicion (?:of|for)|suspicious (?:of|for)|susp|s/o|"
    r"concern(?:ing)? for|possib(?:le|ly)|poss|probabl[ey]|prob|presumed|presumptive|likely|query|questionable|"
    r"differential(?: diagnosis)?|may be|might be|could be)\b|\? ?$|疑い?:$|\(疑い?\)$|疑い病名"
)
_RELATIVE = (
    r"(?:father|mother|brother|sister(?! mary)|sibling|son|daughter(?! lesion)|aunt|uncle|cousin|niece|nephew|"
    r"grand(?:father|mother|parent|son|daughter)|degree relative|relatives)s?"
)
OF_FAMILY = (  # a relative, or the history of the family, anywhere in a text
    rf"\bfam(?:ily|ilial)? ?(?:history|hx)\b|\bfhx?\b(?= ?:)|\bfhx\b|\bf/?h/?x? of\b|家族歴|\b{_RELATIVE}\b|"
    r"(?:父|母|兄|弟|姉|妹|祖父|祖母|叔父|叔母|伯父|伯母)(?:親|方)?[がはにの:]"
)
_OF_FAMILY = re.compile(OF_FAMILY)
_FAMILY_AFTER = re.compile(
    rf"{_LINK}\(?家族歴(?=あり|$|[ ,.;、。)])| ?\((?:family history|family hx|fhx|fh|{_RELATIVE})\)|"
    rf"{_SAME_THING}\b(?:in|of) (?:(?:his|her|the|a|patient's) )?(?:maternal |paternal )?{_RELATIVE}\b|"
    rf" ?[,:-] ?(?:family history|family hx|fhx|fh|(?:maternal |paternal )?{_RELATIVE}){_ENDS}"
)
_NOT_FOUND = (
    r"(?:認め(?:ず|ない|られず|られない|なかった|ません)|見られ(?:ず|ない)|みられ(?:ず|ない)|見られません|検出(?:され)?(?:ず|せず)|"
    r"指摘(?:なし|されず|できず)|(?:の)?(?:所見|徴候|証拠)(?:は|を|も)?(?:なし|無し|認めず|認めない)|"
    r"否定(?!でき)|なし|無し|無(?=$|[ ,.;:、。)])|ではない|でない|陰性)"
)
_DENIED_AFTER = re.compile(
    rf"{_LINK}{_NOT_FOUND}| ?\( ?(?:否定|なし|無し?|陰性|-|no|none|negative|absent) ?\)|"
    rf" (?:absent|none|not (?:confirmed|found|seen|detected|present|identified)){_ENDS}|"
    rf"{_SAME_THING}\b(?:ruled out|excluded|screening|unlikely|not confirmed|(?:is|are) (?:absent|negative))\b|"
    rf"{_SAME_THING}[,:;([-] ?(?:has been |was |were |is )?(?:ruled out|excluded|unlikely|not (?:confirmed|found|seen|"
    rf"detected|present|identified)|negative|absent|none|no){_ENDS}"
)
_SUSPECTED_AFTER = re.compile(
    rf"{_LINK}(?:疑|除外|可能性|鑑別|否定でき)| ?\?| ?\( ?(?:疑|除外|r/o|s/o|\?)|"
    r" ?\( ?(?:susp(?:ected)?|possible|probable)(?: (?:diagnosis|dx))?[ .:?]*\)|"
    rf"{_SAME_THING}\bsuspected\b|{_SAME_THING}[,:;([-]? ?\b(?:s/o|r/o|susp)\.?{_ENDS}|"
    rf"{_SAME_THING}[,:;([-] ?(?:suspected|suspicious|suspicion|rule out|possible|probable|likely|presumed|"
    rf"questionable|query|unconfirmed|\?)(?: (?:diagnosis|dx))?{_ENDS}"
)
_STILL_OPEN = re.compile(
    rf"{_SAME_THING}[,:;([-]? ?\b(?:(?:cannot|can not|could not|to) be|not(?: been| yet)?) (?:excluded|ruled out)"
)
# Without one of these after a phrase nothing is said of it there; long texts hold many phrases.
_A_SIGN = re.compile(
    r"疑|除外|可能性|鑑別|否定|認め|見られ|みられ|検出|指摘|所見|徴候|証拠|"
    r"なし|無|でない|ではない|陰性|家族歴|\?|\( ?-|"
    r"\b(?:no|none|not|absent|negative|excluded|ruled?|screening|unlikely|suspect|suspected|suspicious|suspicion|susp|"
    r"s/o|r/o|possible|probable|likely|presumed|questionable|query|unconfirmed|cannot|family|fhx|fh|"
    rf"{_RELATIVE})\b"
)
# "liver metastases and bone metastases ruled out", 肝転移・骨転移なし: what follows the last is said of all.
_IN_A_ROW = re.compile(r" ?(?:・|/|や|及び|および|または|又は|,? ?\b(?:and|or|nor)\b) ?")


class Said(StrEnum):
    """How a text says a phrase it holds."""

    STATED = "stated"
    SUSPECTED = "suspected"
    DENIED = "denied"


def said_before(text: str, start: int) -> Said:
    """What stands before a phrase in its clause makes of it; of a relative, it is denied of the patient."""
    before = _STOPS_THAT_END_NOTHING.sub(r"\1 ", text[max(0, start - _NEAR) : start])
    clause = _CLAUSE_END.split(before)[-1]
    if _OF_FAMILY.search(_CLAUSE_END_OF_FAMILY.split(before)[-1]) or _DENIED_BEFORE.search(clause):
        return Said.DENIED
    return Said.SUSPECTED if _SUSPECTED_BEFORE.search(clause) else Said.STATED


def said_after(text: str, end: int) -> Said:
    """What follows a phrase makes of it; a comma after which another statement begins ends what is said of it."""
    after = text[end : end + _NEAR]
    if not _A_SIGN.search(after):
        return Said.STATED
    if _STILL_OPEN.match(after):
        return Said.SUSPECTED
    if _FAMILY_AFTER.match(after) or _DENIED_AFTER.match(after):
        return Said.DENIED
    return Said.SUSPECTED if _SUSPECTED_AFTER.match(after) else Said.STATED


def is_in_a_row(between: str) -> bool:
    """True where two phrases are told in one breath, so that what follows the second is said of both."""
    return bool(_IN_A_ROW.fullmatch(between))
