"""Draft orders as the rules know them; a piece with an odd shape costs the order its name, never the call."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.call import Call, Draft, Json
from ..domain.case import Order
from ..domain.knowledge import ValueSets
from ..domain.values import Known
from .administration import drugs_with_route, planned_day
from .chart import Chart
from .codes import Terms, terms_of
from .drafts import why_no_order
from .drugs import Find, Recognised
from .history import History, order_kind
from .order_reason import order_reason
from .shape import children, extensions, references, text
from .tumour import Tumour
from .whereabouts import Whereabouts

_ORDERS = frozenset({"MedicationRequest", "ServiceRequest"})
_PALLIATIVE = ("http://snomed.info/sct", "363676003")  # palliative intent, as mCODE and the German MII value sets say
_RESEARCH = ("workflow-researchStudy", "event-researchStudy")


def any_names_a_drug(drafts: Iterable[Draft], call: Call, value_sets: ValueSets) -> bool:
    """True when one of these draft orders is, or may be, an order of a drug that knowledge/ holds."""
    terms, find = terms_of(value_sets), Whereabouts(call).find
    return any(ordered_drugs(draft.resource, terms, find) for draft in drafts)


def orders_of(tumour: Tumour, history: History) -> tuple[Order, ...]:
    """Every draft order of the call, those of no listed drug too."""
    return tuple(_order(draft, tumour, history) for draft in tumour.chart.record.drafts)


def ordered_drugs(order: Json, terms: Terms, find: Find) -> list[Recognised]:
    """The listed drugs a draft orders; none where it is no order."""
    kind = text(order, "resourceType")
    if kind not in _ORDERS or why_no_order(order):
        return []
    found = drugs_with_route(order, terms, find)
    return [one for one in found if kind == "MedicationRequest" or one.drug.group == "prrt"]


def _order(draft: Draft, tumour: Tumour, history: History) -> Order:
    chart, order = tumour.chart, draft.resource
    named = ordered_drugs(order, chart.terms, chart.find)
    if len(named) != 1:  # of two drugs in one order no rule speaks; another order has them beside it all the same
        return Order(draft.ref, None, several=frozenset(one.drug.id for one in named if not one.route))
    [found] = named
    reason = order_reason(found.drug, order, tumour)
    # Everolimus of no told strength is the oncology product only where the order says that it is for the tumour.
    if not found.settled and not (isinstance(reason, Known) and reason.value == "this-tumour" and _says_why(order)):
        return Order(draft.ref, None)
    return Order(
        ref=draft.ref,
        drug=found.drug.id,
        reason=reason,
        kind=order_kind(found.drug, order, history),
        name_is_exact=found.exact,
        formulation_is_known=found.form_is_known,
        palliative=_is_palliative(order, chart),
        in_trial=_is_in_trial(order),
        route=found.route,
        planned=planned_day(order, chart.on),
    )


def _says_why(order: Json) -> bool:
    return bool(children(order, "reasonCode") or children(order, "reasonReference"))


def _is_palliative(order: Json, chart: Chart) -> bool:
    """True when the recorded intent of the treatment is palliative."""
    for found in (*extensions(order, "procedure-intent"), *extensions(order, "treatment-intent")):
        intent = chart.terms.under(found, "valueCodeableConcept")
        said = (intent.text, *(coding.display for coding in intent.codings))
        if any(_PALLIATIVE in coding.keys for coding in intent.codings) or any("palliativ" in one for one in said):
            return True
    return False


def _is_in_trial(order: Json) -> bool:
    """True when the order says it is part of a study."""
    if any(extensions(order, name) for name in _RESEARCH):
        return True
    supporting = references(order, "supportingInformation") + references(order, "supportingInfo")
    return any(ref.startswith(("ResearchStudy/", "ResearchSubject/")) for ref in supporting)
