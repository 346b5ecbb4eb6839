"""What the code of a result says that it is of: by a listed code, else by its whole name; and from which fluid."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .chart import Chart
from .codes import Concept, Terms
from .findings import Finding, specimen_of
from .shape import child, text

_SET = "patient-finding"
_LOINC = "http://loinc.org"
_IN_BRACKETS = "in-brackets"  # what may stand behind a name without changing what is measured
_BRACKETS = re.compile(r"(.*\S) ?[(\[]([^()\[\]]*)[)\]]")
_OTHER_FLUID = re.compile(
    r"urin|csf|spinal|pleural|ascit|peritoneal|synovial|fluid|drain|stool|f[ae]ces|sputum|hpf|sediment"
    r"|尿|髄液|胸水|腹水|関節液|穿刺液|ドレーン|便|喀痰|沈渣"
)


@dataclass(frozen=True)
class Names:
    """The kinds of result a code stands for. `surely`: no code of LOINC beside the name may say something else."""

    kinds: tuple[str, ...] = ()
    surely: bool = True


def names_of(concept: Concept, terms: Terms) -> Names:
    """By code, else by a name that is a listed one and nothing else, or has only its method or specimen in brackets."""
    if coded := terms.by_code(_SET, concept):
        return Names(tuple(coded))
    named = terms.exactly(_SET, concept) or _without_brackets(concept, terms)
    return Names(tuple(named), not any(system == _LOINC for coding in concept.codings for system, _ in coding.keys))


def _without_brackets(concept: Concept, terms: Terms) -> list[str]:
    """What a name means that goes on in brackets with its method, its specimen, or itself in short."""
    found: list[str] = []
    for match in filter(None, (_BRACKETS.fullmatch(said) for said in terms.said(_SET, concept))):
        kinds, inside = (terms.exactly(_SET, Concept(text=match[at])) for at in (1, 2))
        if inside in ([_IN_BRACKETS], kinds):
            found += kinds
    return found


def is_of_another_fluid(finding: Finding, chart: Chart) -> bool:
    """True where the specimen, or the name of a result that no listed code names, says that it is not of blood."""
    specimen = specimen_of(finding.observation, chart)
    told = [text(child(finding.observation, "specimen"), "display")]
    told += chart.terms.under(specimen, "type").texts
    code = chart.terms.under(finding.carrier, "code")
    if not chart.terms.by_code(_SET, code):
        told += code.texts
    return any(_OTHER_FLUID.search(said.casefold()) for said in told)
