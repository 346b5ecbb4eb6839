"""The fact progression: the newest assessment, unless the disease grew lately and nothing was begun against it."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.values import Fact, Known, Unclear, Why
from .begun_since import treatment_begun
from .dates import days_before
from .findings import Finding, coded_answer
from .history import History
from .results import are_within
from .settle import Reading, agreed, knowns, newest, nothing_usable, usable
from .tumour import Tumour

_WINDOW = "progression"
_GROWING, _STABLE = "progressing", "stable"
_COURSES = {"improved": _STABLE, "stable": _STABLE, "worsened": _GROWING}
_TEMPOS = ("rapid", "slow")
_WITH_TEMPO = {"rapid-progression": "rapid", "slow-progression": "slow"}


@dataclass(frozen=True)
class _Told:
    """What assessments of the last year say: the course, and how fast it went; and why there may be nothing."""

    courses: list[Reading]
    tempos: list[Reading]
    missing: Unclear


def progression(history: History) -> Fact:
    """rapid, slow, progressing or stable, by the newest assessment that is not too old."""
    told = _told(history.tumour)
    latest = newest(told.courses)
    if not latest:
        return Unclear(Why.AMBIGUOUS, knowns(told.tempos)) if told.tempos else told.missing
    fact = agreed(latest)
    if isinstance(fact, Known) and fact.value == _GROWING:
        return _with_tempo(fact, latest, told)
    grew = newest([one for one in told.courses if one.value == _GROWING])
    if not grew or any(one in latest for one in grew):
        return fact
    return _after_growth(fact, grew, told, history)


def _told(tumour: Tumour) -> _Told:
    chart = tumour.chart
    assessed, left_out = tumour.results("disease-status")
    courses = [_reading(one, tumour, _COURSES | dict.fromkeys(_WITH_TEMPO, _GROWING)) for one in assessed]
    tempos = [one.reading(coded_answer(chart, *_TEMPOS)) for one in tumour.results("progression-tempo")[0]]
    in_words = [_reading(one, tumour, _WITH_TEMPO) for one in assessed]
    tempos += [one for one in in_words if not isinstance(one.value, Why)]
    dated = usable(courses, chart.on)
    if dated and not _recent(courses, tumour):
        are_within(newest(dated), chart, _WINDOW)
        missing = Unclear(Why.TOO_OLD)
    else:
        nothing = chart.missing("Observation")
        missing = Unclear(Why.NOT_LINKED) if left_out else nothing_usable(courses, nothing)
    return _Told(_recent(courses, tumour), _recent(tempos, tumour), missing)


def _reading(finding: Finding, tumour: Tumour, words: dict[str, str]) -> Reading:
    said = finding.reading(coded_answer(tumour.chart, *words))
    return Reading(words.get(str(said.value), said.value), said.span, said.ref)


def _recent(read: list[Reading], tumour: Tumour) -> list[Reading]:
    """Those with an answer that lie within the window."""
    days = tumour.chart.window(_WINDOW)
    if days is None:
        return []
    first = days_before(tumour.chart.on, days)
    return [one for one in usable(read, tumour.chart.on) if one.span and one.span.first >= first]


def _with_tempo(fact: Known, grew: list[Reading], told: _Told) -> Fact:
    """Growth with the tempo written of it: one from before a time of no growth is of an earlier growth."""
    pauses = [one for one in told.courses if one.value == _STABLE]
    of_it = [one for one in told.tempos if not any(_lies_between(pause, one, grew) for pause in pauses)]
    if not of_it:
        return fact
    tempo = agreed(newest(of_it))
    return Known(tempo.value, tempo.source, tempo.date) if isinstance(tempo, Known) else tempo


def _lies_between(pause: Reading, tempo: Reading, grew: list[Reading]) -> bool:
    if pause.span is None or tempo.span is None or not pause.span.after(tempo.span):
        return False
    return any(one.span and one.span.after(pause.span) for one in grew)


def _after_growth(fact: Fact, grew: list[Reading], told: _Told, history: History) -> Fact:
    """No growth seen now, after growth: that is an effect only of what was begun in between."""
    begun = treatment_begun(grew, history)
    growth = agreed(grew)
    if begun is False:
        return _with_tempo(growth, grew, told) if isinstance(growth, Known) else growth
    if begun is None and isinstance(fact, Known):
        return Unclear(Why.CONFLICTING, (*knowns(grew), fact))
    return fact
