"""Facts from imaging: sstr_imaging and liver_tumour_volume_percent."""

from __future__ import annotations

import re
from datetime import date as Date
from decimal import Decimal

from ..domain.call import Json
from ..domain.interval import Interval
from ..domain.values import Fact, Known, Unclear, Why
from .chart import REPORTED, Chart
from .dates import when
from .findings import RECEPTOR_STUDIES, coded, coded_answer
from .quantities import measured
from .results import are_within
from .settle import Reading, Value, newest, newest_fact, usable
from .shape import children, ref_of, references, text
from .tumour import Tumour
from .units import PERCENT
from .words import normal

# A study of the higher rank is not there, or cannot be used.
_NO_STUDY = (Why.NOT_RECORDED, Why.UNAVAILABLE, Why.INCOMPLETE, Why.UNDATED)
_KRENNING = range(5)
_SCORE = re.compile(r"(?:krenning)? ?(?:score|grade|スコア)?[ :=]*([0-4])")
_KRENNING_POSITIVE = range(2, 5)  # rules.md section 1a: two and above is positive


def sstr_imaging(tumour: Tumour) -> Fact:
    """The newest receptor PET; scintigraphy only where there is no PET."""
    missing = tumour.chart.missing("Observation", "DiagnosticReport")
    facts = [newest_fact(_receptor_readings(kind, tumour), tumour.chart.on, missing) for kind in RECEPTOR_STUDIES]
    return next((fact for fact in facts if isinstance(fact, Known) or fact.why not in _NO_STUDY), facts[0])


def _receptor_readings(kind: str, tumour: Tumour) -> list[Reading]:
    """What results and reports of one kind of receptor study say."""
    chart = tumour.chart
    chart.look_for("sstr-study", kind)
    findings, _ = tumour.results(kind)
    read = [finding.reading(lambda carrier: _uptake(carrier, chart)) for finding in findings]
    told = {one.ref for one in read if not isinstance(one.value, Why)}
    days = _days(read)
    reports = [one for one in chart.of("DiagnosticReport") if _is_sstr_study(one, kind, chart)]
    coded_days = days | _days([_conclusion(one, chart) for one in reports])
    for report in reports:
        said = _conclusion(report, chart)
        # A report may conclude other things than uptake: its own result, or one of the same day, answers for it.
        # One in words alone may go with another report of its day, too.
        answered = days if children(report, "conclusionCode") else coded_days
        listed = told & set(references(report, "result"))
        if not (isinstance(said.value, Why) and (listed or (said.span and said.span.first in answered))):
            read.append(said)
    return read


def _days(read: list[Reading]) -> set[Date]:
    """The days on which there is an answer."""
    return {one.span.first for one in read if one.span and not isinstance(one.value, Why)}


def liver_tumour_volume_percent(tumour: Tumour) -> Fact:
    """Share of the liver that is tumour, from the newest result that is not too old."""
    chart = tumour.chart
    findings, left_out = tumour.results("hepatic-tumour-load")
    read = [finding.reading(lambda carrier: _liver_share(carrier, chart)) for finding in findings]
    missing = Unclear(Why.NOT_LINKED) if left_out else chart.missing("Observation")
    fact = newest_fact(read, chart.on, missing)
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
    if krenning := _SCORE.fullmatch(normal(text(carrier, "valueString"))):
        return _uptake({"valueInteger": int(krenning[1])}, chart)
    return coded_answer(chart, "positive", "negative")(carrier)


def _is_sstr_study(report: Json, kind: str, chart: Chart) -> bool:
    code = chart.terms.under(report, "code")
    named = chart.terms.by_code("sstr-study", code) or chart.terms.by_words("sstr-study", code)
    shown = [chart.terms.concept({"text": text(one, "display")}) for one in children(report, "imagingStudy")]
    named += [word for one in shown for word in chart.terms.by_words("sstr-study", one)]
    return text(report, "status") in REPORTED and kind in named


def _conclusion(report: Json, chart: Chart) -> Reading:
    """What a report concludes in codes; its free text is not read, but there."""
    concepts = [chart.terms.concept(found) for found in children(report, "conclusionCode")]
    words = [word for concept in concepts for word in chart.terms.answer(concept)]
    in_words = bool(text(report, "conclusion") or children(report, "presentedForm"))
    value: Value = coded(words, "positive", "negative") if concepts or in_words else Why.NOT_RECORDED
    span = when(report, "effectiveDateTime", "effectivePeriod")
    return Reading(value if chart.passes(report) else Why.NOT_UNDERSTOOD, span, ref_of(report))
