"""What a laboratory says of its own result: high, low or normal; no cut of ours is ever put in its place."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..domain.call import Json
from ..domain.values import Why
from .chart import Chart
from .settle import Value
from .shape import children, text
from .words import normal

HIGH, LOW, NORMAL = "high", "low", "normal"
POSITIVE, NEGATIVE = "positive", "negative"
# Codes of HL7 ObservationInterpretation, and the words laboratories write instead.
_SAID = (
    dict.fromkeys(("h", "hh", "hu", "hx", ">", "high", "critically high", "critical high", "高値", "高"), HIGH)
    | dict.fromkeys(("prolonged", "elevated", "increased", "延長", "上昇"), HIGH)
    | dict.fromkeys(("l", "ll", "lu", "lx", "<", "low", "critically low", "critical low", "低値", "低"), LOW)
    | dict.fromkeys(("reduced", "decreased", "低下", "減少"), LOW)
    | dict.fromkeys((f"{how} reduced" for how in ("mildly", "moderately", "severely")), LOW)
    | dict.fromkeys(("n", "normal", "正常", "基準値内", "基準範囲内"), NORMAL)
    | dict.fromkeys(("pos", "positive", "陽性"), POSITIVE)
    | dict.fromkeys(("neg", "negative", "陰性"), NEGATIVE)
)
_V3 = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
_HL7 = ("", _V3)
# Detected, reactive and their denials in that code system; as mere letters they may stand for "not done", "no range".
_SAID_IN_V3 = {"det": POSITIVE, "rr": POSITIVE, "nd": NEGATIVE, "nr": NEGATIVE}
# What laboratories write in place of an answer.
NOT_DONE = frozenset(
    {
        *("test not performed", "not performed", "not done", "tnp", "qns", "quantity not sufficient", "cancelled"),
        *("specimen rejected", "未実施", "検体不良", "検体不足", "測定不能", "検査不能", "検査中止"),
    }
)
_OF_A_CHANGE = frozenset({"b", "d", "u", "w"})  # better, down, up, worse: nothing of the level
_UNREAD = "unread"
_NUMBER = re.compile(
    r"[<>≦≧≤≥=]{0,2} ?\d+(?:[.,]\d+)?(?: ?- ?\d+(?:[.,]\d+)?)? ?(?:%|ms|msec|mmhg|\S*/\S+(?: \S*m\^?2)?)?"
)


def flags(carrier: Json) -> set[str]:
    """Every flag of a result; a code or word that is none of ours stays as it is."""
    found = set()
    for concept in children(carrier, "interpretation"):
        found |= {one for one in _codes(concept) if one not in _OF_A_CHANGE}
    return found


def _codes(concept: Json) -> list[str]:
    """The codes of one flag, else its text; beside one that is ours a hospital's own code for it is not asked."""
    codings = children(concept, "coding")
    known = [word for coding in codings if (word := _flag_of(coding))]
    strange = [one for one in codings if not _flag_of(one) and text(one, "code")]
    if known:
        strange = [one for one in strange if text(one, "system") in _HL7]
        return [*known, *(normal(text(one, "code")) for one in strange)]
    written = normal(text(concept, "text"))
    if written in _SAID:
        return [_SAID[written]]
    return [normal(text(one, "code")) for one in strange] or [written or _UNREAD]


def _flag_of(coding: Json) -> str:
    """What one coding says, by its code, else by its display; nothing for a code that is none of ours."""
    system, code, shown = text(coding, "system"), normal(text(coding, "code")), normal(text(coding, "display"))
    of_hl7 = _SAID_IN_V3.get(code) if system == _V3 else None
    found = of_hl7 or _SAID.get(code)
    return found or ("" if code and system == _V3 else _SAID.get(shown, ""))


def has_value(carrier: Json) -> bool:
    """True where a result tells anything at all."""
    return any(key.startswith("value") for key in carrier)


def is_counted(carrier: Json) -> bool:
    """True unless the value is words, as "test not performed"; a number told as text is a number."""
    if "valueCodeableConcept" in carrier:
        return False
    return "valueString" not in carrier or bool(_NUMBER.fullmatch(normal(text(carrier, "valueString"))))


def flagged(wanted: str) -> Callable[[Json], Value]:
    """Reads the wanted flag from a result, or normal where the laboratory did not set it."""

    def read(carrier: Json) -> Value:
        told = flags(carrier)
        if not told and not has_value(carrier):
            return Why.NOT_RECORDED
        if not told and not is_counted(carrier):
            told = {word for said in _words_of_value(carrier) if (word := _SAID.get(said))}
            if not told:
                return Why.NOT_UNDERSTOOD
        if {HIGH, LOW} <= told or told - {HIGH, LOW, NORMAL}:
            return Why.AMBIGUOUS  # as "abnormal", which does not say in which direction
        return wanted if wanted in told else NORMAL

    return read


def _words_of_value(carrier: Json) -> list[str]:
    """What a result says that is no number."""
    concept = carrier.get("valueCodeableConcept")
    shown = [normal(text(coding, "display")) for coding in children(concept, "coding")]
    return [normal(text(carrier, "valueString")), normal(text(concept, "text")), *shown]


def positive_or_negative(chart: Chart) -> Callable[[Json], Value]:
    """Reads positive or negative, from the answer or else from the flag."""

    def read(carrier: Json) -> Value:
        concepts = [chart.terms.concept(carrier.get("valueCodeableConcept"))]
        concepts.append(chart.terms.concept({"text": text(carrier, "valueString")}))
        answers = {_AS_A_TEST.get(word, word) for concept in concepts for word in chart.terms.answer(concept)}
        for told in (answers, flags(carrier)):
            if len(found := told & {POSITIVE, NEGATIVE}) == 1:
                return found.pop()
        return Why.NOT_UNDERSTOOD if has_value(carrier) or flags(carrier) else Why.NOT_RECORDED

    return read


_AS_A_TEST = {"present": POSITIVE, "absent": NEGATIVE}
