"""Facts from imaging: sstr_imaging and liver_tumour_volume_percent."""

from __future__ import annotations

from decimal import Decimal

from ..domain.call import Json
from ..domain.interval import Interval
from ..domain.values import Fact, Known, Unclear, Why
from .chart import REPORTED, Chart
from .dates import when
from .findings import coded, coded_answer
from .quantities import measured
from .results import are_within
from .settle import Reading, Value, newest, newest_fact, usable
from .shape import children, ref_of, references, text
from .tumour import Tumour
from .units import PERCENT

# PET before scintigraphy (rules.md section 1a).
_BY_RANK = ("sstr-imaging", "sstr-scintigraphy")
# A study of the higher rank is not there, or cannot be used.
_NO_STUDY = (Why.NOT_RECORDED, Why.UNAVAILABLE, Why.INCOMPLETE, Why.UNDATED)
_KRENNING = range(5)
_KRENNING_POSITIVE = range(2, 5)  # rules.md section 1a: two and above is positive


def sstr_imaging(tumour: Tumour) -> Fact:
    """The newest receptor PET; scintigraphy only where there is no PET."""
    missing = tumour.chart.missing("Observation", "DiagnosticReport")
    facts = [newest_fact(_receptor_readings(kind, tumour), tumour.chart.on, missing) for kind in _BY_RANK]
    return next((fact for fact in facts if isinstance(fact, Known) or fact.why not in _NO_STUDY), facts[0])


def _receptor_readings(kind: str, tumour: Tumour) -> list[Reading]:
    """What results and reports of one kind of receptor study say."""
    chart = tumour.chart
    chart.look_for("sstr-study", kind)
    findings, _ = tumour.results(kind)
    read = [finding.reading(lambda carrier: _uptake(carrier, chart)) for finding in findings]
    answered = {one.span.first for one in read if one.span and not isinstance(one.value, Why)}
    told = {one.ref for one in read if not isinstance(one.value, Why)}
    for study in (found for found in chart.of("DiagnosticReport") if _is_sstr_study(found, kind, chart)):
        said = _conclusion(study, chart)
        # A report may conclude other things than uptake: its own result, or one of the same day, answers for it.
        listed = told & set(references(study, "result"))
        if not (isinstance(said.value, Why) and (listed or (said.span and said.span.first in answered))):
            read.append(said)
    return read


def liver_tumour_volume_percent(tumour: Tumour) -> Fact:
    """Share of the liver that is tumour, from the newest result that is not too old."""
    chart = tumour.chart
    findings, _ = tumour.results("hepatic-tumour-load")
    read = [finding.reading(lambda carrier: _liver_share(carrier, chart)) for finding in findings]
    fact = newest_fact(read, chart.on, chart.missing("Observation"))
    latest = newest(usable(read, chart.on))
    return fact if are_within(latest, chart, "liver-volume") else Unclear(Why.TOO_OLD)


def _liver_share(carrier: Json, chart: Chart) -> Value:
    if coded_answer(chart, "no-liver-metastases")(carrier) == "no-liver-metastases":
        return Interval.point(Decimal(0))
    return measured(carrier, PERCENT)


def _uptake(carrier: Json, chart: Chart) -> Value:
    score = carrier.get("valueInteger")
    if isinstance(score, int) and not isinstance(score, bool):
        if score not in _KRENNING:
            return Why.NOT_UNDERSTOOD
        return "positive" if score in _KRENNING_POSITIVE else "negative"
    return coded_answer(chart, "positive", "negative")(carrier)


def _is_sstr_study(report: Json, kind: str, chart: Chart) -> bool:
    code = chart.terms.under(report, "code")
    named = chart.terms.by_code("sstr-study", code) or chart.terms.by_words("sstr-study", code)
    return text(report, "status") in REPORTED and kind in named


def _conclusion(report: Json, chart: Chart) -> Reading:
    """What a report concludes in codes; its free text is not read."""
    concepts = [chart.terms.concept(found) for found in children(report, "conclusionCode")]
    words = [word for concept in concepts for word in chart.terms.answer(concept)]
    value = coded(words, "positive", "negative") if concepts else Why.NOT_RECORDED
    span = when(report, "effectiveDateTime", "effectivePeriod")
    return Reading(value if chart.passes(report) else Why.NOT_UNDERSTOOD, span, ref_of(report))
