"""The fact recent_surgery: any operation lately done, whatever it was for."""

from __future__ import annotations

from ..domain.call import Json
from ..domain.set_aside import Aside
from ..domain.values import Fact, Unclear, Why
from .dates import used, when
from .operations import RESECTIONS, is_resection
from .person import Person
from .results import first_within
from .shape import ref_of, text

_OPERATIONS = frozenset({"surgery", "hysterectomy"})


def recent_surgery(person: Person) -> Fact:
    """An operation within the window, by the code or the name of a Procedure that was done."""
    chart = person.chart
    chart.look_for("precaution", *_OPERATIONS)
    chart.look_for("procedure", *RESECTIONS)
    done = [one for one in chart.of("Procedure") if _is_operation(one, person)]
    told = [(used(when(one, "performedDateTime", "performedPeriod"), chart.on), ref_of(one)) for one in done]
    if found := first_within(told, chart, "recent-surgery"):
        return found
    undated = [ref for span, ref in told if span is None]
    for ref in undated:
        chart.leave_out(ref, Aside.UNDATED)
    return Unclear(Why.UNDATED) if undated else person.no_or("Procedure")


def _is_operation(procedure: Json, person: Person) -> bool:
    if text(procedure, "status") != "completed" or person.chart.is_to_come(procedure):
        return False
    terms = person.chart.terms
    named = _OPERATIONS & set(person.means("precaution", terms.under(procedure, "code")))
    return bool(named or is_resection(procedure, terms)) and person.chart.passes(procedure)
