"""The fact tumour_symptoms: a symptom counts only where the record says that the tumour gives it."""

from __future__ import annotations

import re

from ..domain.call import Json
from ..domain.values import Fact, Known, Unclear, Why, word
from .certainty import ACTIVE
from .chart import Chart
from .conditions import Diagnosis
from .dates import span_of
from .findings import coded_answer
from .kinds import NEN, class_of
from .links import condition_refs
from .results import are_within
from .settle import Value, agreed, day, newest, nothing_usable, usable
from .shape import child, extensions, local_ref, ref_of
from .syndromes import functional_status
from .tumour import Tumour

_CAUSE = "condition-dueTo"  # the extension of FHIR R4 that names what a Condition comes from
_BY = re.compile(r"\b(?:due|secondary) to\b|\bcaused by\b|による|に伴う")  # "pain due to pancreatic NET"
_MOST_SHOWN = 3  # of symptoms that may be of anything
_AS_PRESENCE = {"symptomatic": "present", "symptom-free": "absent"}
_SYMPTOM, _DUE = "symptom", "due-to-tumour"


def tumour_symptoms(tumour: Tumour) -> Fact:
    """present by a functioning syndrome, a result, or a symptom due to the tumour; absent only where lately written."""
    tumour.chart.look_for(_SYMPTOM, _SYMPTOM, _DUE)
    present, bare = _recorded(tumour)
    written = _written(tumour)
    if word(written) == "present":
        return written
    if present and isinstance(written, Known):
        return Unclear(Why.CONFLICTING, (*present, written))
    if present:
        return present[0]
    if isinstance(written, Unclear) and written.why is Why.NOT_RECORDED and bare:
        return Unclear(Why.NOT_LINKED, tuple(bare[:_MOST_SHOWN]))
    status = functional_status(tumour)
    contested = isinstance(status, Unclear) and status.why is Why.CONFLICTING  # a syndrome would be a symptom
    if contested and (isinstance(written, Known) or written.why is Why.NOT_RECORDED):
        return Unclear(Why.CONFLICTING, (written,) if isinstance(written, Known) else ())
    if isinstance(written, Known) and (later := [one for one in bare if _is_later(one, written)]):
        return Unclear(Why.NOT_LINKED, (*later[:_MOST_SHOWN], written))
    return written


def _is_later(symptom: Known, written: Known) -> bool:
    """True where a symptom came up after it was written that there are none."""
    came, said = span_of(symptom.date), span_of(written.date)
    return bool(came and said and came.after(said))


def _written(tumour: Tumour) -> Fact:
    """The newest statement; that there are no symptoms holds for a time only."""
    chart = tumour.chart
    findings, left_out = tumour.results("tumour-symptoms")
    read = [one.reading(lambda carrier: _there(carrier, chart)) for one in findings]
    latest = newest(usable(read, chart.on))
    if not latest:
        return Unclear(Why.NOT_LINKED) if left_out else nothing_usable(read, chart.missing("Observation", "Condition"))
    fact = agreed(latest)
    if word(fact) != "absent":
        return fact
    return fact if are_within(latest, chart, "symptoms-absent") else Unclear(Why.TOO_OLD)


def _there(carrier: Json, chart: Chart) -> Value:
    """present or absent; "symptom-free" and its like are answers to this question only."""
    told = coded_answer(chart, "present", "absent", *_AS_PRESENCE)(carrier)
    return _AS_PRESENCE.get(told, told) if isinstance(told, str) else told


def _recorded(tumour: Tumour) -> tuple[list[Known], list[Known]]:
    """Symptoms that are the tumour's, the syndrome of a functioning one included; and symptoms of no told cause."""
    status = functional_status(tumour)
    present: list[Known] = []
    if isinstance(status, Known) and status.value == "functioning":
        present.append(Known("present", status.source, status.date))
    bare: list[Known] = []
    for found in tumour.diagnoses:
        if found.status not in ACTIVE or tumour.why_not(found) is not None:
            continue
        means = tumour.chart.terms.by_words(_SYMPTOM, found.code)
        if not means or (found.kind and not (found.is_nen and _BY.search(found.code.text))):
            continue  # a tumour, not a symptom of one
        due = bool(found.is_nen) or _is_due(found, means, tumour)
        (present if due else bare).append(Known("present", found.ref or None, day(found.span)))
    present += [Known("present", ref_of(one)) for one in tumour.chart.results if _is_seen(one, tumour)]
    return present, bare


def _is_due(found: Diagnosis, means: list[str], tumour: Tumour) -> bool:
    """True where the symptom names the NEN as its cause, or names "the tumour" and the patient has no other."""
    causes = extensions(found.resource, _CAUSE)
    if {local_ref(child(one, "valueReference")) for one in causes} & set(tumour.refs):
        return True
    named = [tumour.chart.terms.under(one, "valueCodeableConcept") for one in causes]
    if any(class_of([concept], tumour.chart.terms) in NEN for concept in named):
        return True
    alone = tumour.chart.had("Condition") and not tumour.certain_others and bool(tumour.nens)
    return _DUE in means and alone


def _is_seen(observation: Json, tumour: Tumour) -> bool:
    """True for an observed symptom that names the NEN as what it is about."""
    chart = tumour.chart
    if not condition_refs(observation) & set(tumour.refs):
        return False
    if not chart.terms.by_words(_SYMPTOM, chart.terms.under(observation, "code")):
        return False
    said = observation.get("valueBoolean") is True or coded_answer(chart, "present")(observation) == "present"
    return said and chart.passes(observation)
