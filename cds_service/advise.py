"""The road of one hook call. Start reading here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .cards.render import render
from .domain.advice import Answer
from .domain.call import Call, Levers, Read, Setting, Template
from .domain.knowledge import Knowledge
from .domain.set_aside import SetAside
from .fhir.gather import gather
from .mappers.case import map_case
from .mappers.orders import any_names_a_drug
from .rules.arrange import arrange
from .rules.consult import consult_all
from .rules.findings import findings


def advise(
    call: Call,
    templates: Sequence[Template],
    setting: Setting,
    knowledge: Knowledge,
    levers: Levers,
    *,
    read: Read | None,
    new_id: Callable[[], str],
) -> Answer:
    """Answer one hook call; `read` is None where no FHIR server may be read. Raises errors.CallError."""
    speaks = could_speak(call, knowledge)
    record = gather(call, templates if speaks else (), read)  # prefetch first, the FHIR server for what is missing
    case = map_case(record, knowledge.value_sets)  # FHIR R4 -> domain; computed when first asked
    asked = findings(case, call.orders_asked, setting, knowledge)  # one set of facts per order asked about
    verdicts = consult_all(call.hook, asked, knowledge, levers)  # exactly one row per table and order
    said, withheld = arrange(call.hook, verdicts)  # merge, most severe first, the caps
    cards = [render(advice, setting, knowledge, new_id) for advice in said]
    aside = case.set_aside() if speaks and asked else SetAside()  # of the facts that were asked for
    return Answer(cards, verdicts, withheld, record.troubles, aside)


def could_speak(call: Call, knowledge: Knowledge) -> bool:
    """True at patient-view, and where an order asked about names a drug that knowledge/ holds."""
    if call.hook == "patient-view":
        return True
    asked = set(call.orders_asked)
    drafts = [draft for draft in call.drafts if draft.ref in asked]
    return any_names_a_drug(drafts, call, knowledge.value_sets)
