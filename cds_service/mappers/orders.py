"""Draft orders as the rules know them; a piece with an odd shape costs the order its name, never the call."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..domain.call import Call, Draft, Json
from ..domain.case import Order
from ..domain.knowledge import ValueSets
from ..domain.values import Known
from .acts import ORDERED
from .administration import drugs_with_route, planned_day
from .codes import Terms, terms_of
from .drafts import why_no_order
from .drugs import Recognised
from .history import History, order_kind
from .intents import PALLIATIVE, intents_of
from .order_reason import order_reason
from .reasons import reasons_of
from .shape import extensions, references, text
from .told_of_drug import Find, said_of_drug
from .tumour import Tumour
from .whereabouts import Whereabouts

_ORDERS = frozenset({"MedicationRequest", "ServiceRequest"})
_OFF = re.compile(r"^(?:please )?(?:discontinue|hold|withhold|stop|cancel|d/c)\b|(?:中止|休薬|休止)(?:指示)?$")
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
    if _calls_off(order, terms, find):
        return []
    found = drugs_with_route(order, terms, find, ORDERED)
    return [one for one in found if kind == "MedicationRequest" or one.drug.group == "prrt"]


def _calls_off(order: Json, terms: Terms, find: Find) -> bool:
    """True for "Hold sunitinib": the text orders that it is not given."""
    said = (one for concept in said_of_drug(order, terms, find) for one in concept.texts)
    return any(_OFF.search(one) for one in said)


def _order(draft: Draft, tumour: Tumour, history: History) -> Order:
    chart, order = tumour.chart, draft.resource
    named = ordered_drugs(order, chart.terms, chart.find)
    if len(named) != 1:  # of two drugs in one order no rule speaks; another order has them beside it all the same
        return Order(draft.ref, None, several=frozenset(one.drug.id for one in named if not one.route))
    [found] = named
    reason = order_reason(found.drug, order, tumour)
    # Everolimus of no told strength is the oncology product only where the order says that it is for the tumour.
    if not found.settled and not (
        isinstance(reason, Known) and reason.value == "this-tumour" and reasons_of(order, chart).given
    ):
        return Order(draft.ref, None)
    return Order(
        ref=draft.ref,
        drug=found.drug.id,
        reason=reason,
        kind=order_kind(found.drug, order, history),
        name_is_exact=found.exact,
        formulation_is_known=found.form_is_known,
        palliative=PALLIATIVE in intents_of(order, chart),
        in_trial=_is_in_trial(order),
        route=found.route,
        planned=planned_day(order, chart.on),
    )


def _is_in_trial(order: Json) -> bool:
    """True when the order says it is part of a study."""
    if any(extensions(order, name) for name in _RESEARCH):
        return True
    supporting = references(order, "supportingInformation") + references(order, "supportingInfo")
    return any(ref.startswith(("ResearchStudy/", "ResearchSubject/")) for ref in supporting)
