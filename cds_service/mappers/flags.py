"""What a laboratory says of its own result: high, low or normal; no cut of ours is ever put in its place."""

from __future__ import annotations

from collections.abc import Callable

from ..domain.call import Json
from ..domain.values import Why
from .chart import Chart
from .settle import Value
from .shape import children, text
from .words import normal

HIGH, LOW, NORMAL = "high", "low", "normal"
# Codes of HL7 ObservationInterpretation, and the words laboratories write instead.
_SAID = (
    dict.fromkeys(("h", "hh", "hu", "hx", ">", "high", "critically high", "critical high", "高値", "高"), HIGH)
    | dict.fromkeys(("prolonged", "延長"), HIGH)
    | dict.fromkeys(("l", "ll", "lu", "lx", "<", "low", "critically low", "critical low", "低値", "低"), LOW)
    | dict.fromkeys(("n", "normal", "正常", "基準値内"), NORMAL)
    | dict.fromkeys(("pos", "positive", "陽性"), "positive")
    | dict.fromkeys(("neg", "negative", "陰性"), "negative")
)
_HL7 = ("", "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation")
_OF_A_CHANGE = frozenset({"b", "d", "u", "w"})  # better, down, up, worse: nothing of the level


def flags(carrier: Json) -> set[str]:
    """Every flag of a result; a code or word that is none of ours stays as it is."""
    found = set()
    for concept in children(carrier, "interpretation"):
        found |= {_SAID.get(one, one) for one in _codes(concept) if one not in _OF_A_CHANGE}
    return found - {""}


def _codes(concept: Json) -> list[str]:
    """The codes of one flag, else its text; beside one that is ours a hospital's own code for it is not asked."""
    said = [(text(coding, "system"), normal(text(coding, "code"))) for coding in children(concept, "coding")]
    ours = any(code in _SAID for _, code in said)
    return [c for system, c in said if c in _SAID or not ours or system in _HL7] or [normal(text(concept, "text"))]


def flagged(wanted: str) -> Callable[[Json], Value]:
    """Reads the wanted flag from a result, or normal where the laboratory did not set it."""

    def read(carrier: Json) -> Value:
        told = flags(carrier)
        if not told and not any(key.startswith("value") for key in carrier):
            return Why.NOT_RECORDED
        if {HIGH, LOW} <= told or told - {HIGH, LOW, NORMAL}:
            return Why.AMBIGUOUS  # as "abnormal", which does not say in which direction
        return wanted if wanted in told else NORMAL

    return read


def positive_or_negative(chart: Chart) -> Callable[[Json], Value]:
    """Reads positive or negative, from the answer or else from the flag."""

    def read(carrier: Json) -> Value:
        concepts = [chart.terms.concept(carrier.get("valueCodeableConcept"))]
        concepts.append(chart.terms.concept({"text": text(carrier, "valueString")}))
        answers = {_AS_A_TEST.get(word, word) for concept in concepts for word in chart.terms.answer(concept)}
        for told in (answers, flags(carrier)):
            if len(found := told & {"positive", "negative"}) == 1:
                return found.pop()
        has_value = any(key.startswith("value") for key in carrier)
        return Why.NOT_UNDERSTOOD if has_value or flags(carrier) else Why.NOT_RECORDED

    return read


_AS_A_TEST = {"present": "positive", "absent": "negative"}
