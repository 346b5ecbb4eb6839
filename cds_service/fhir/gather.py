"""From a call to the patient's record: prefetch first, the FHIR server for what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ..domain.call import Call, Json, Read, Record, Template, Trouble
from ..domain.values import Why
from ..errors import RecordUnavailable
from .bundles import Page, page_of
from .copies import identity, one_each
from .ignored import PARAMETER, ignored_patient, of_this_patient
from .pages import USUAL_BOUNDS, Bounds, read_side_by_side
from .patient_check import names_somebody_unknown, refuse_other_patients, usable
from .replies import Got, Reply, continued, from_prefetch

Pages = Iterable[Page]


def gather(call: Call, templates: Sequence[Template], read: Read | None, *, bounds: Bounds = USUAL_BOUNDS) -> Record:
    """Everything of this patient that can be had. Raises WrongPatient before anything else, then RecordUnavailable."""
    refuse_other_patients(_sent(call), call.patient_id, _other_servers(call))
    sent = {key: page for key, value in call.prefetch.items() if (page := page_of(value))}
    replies = [from_prefetch(template, sent, call.patient_id) for template in templates]
    if read is not None:
        _refuse_unobtainable((reply for reply in replies if reply.to_read is None), sent.values(), call.patient_id)
        replies = _with_the_rest(replies, read, call, bounds)
    _refuse_unobtainable(replies, sent.values(), call.patient_id)
    came = (*sent.values(), *(page for reply in replies for page in reply.pages))
    return _record(call, replies, {id(page): page for page in came}.values())  # what our keys held stands in both


def _sent(call: Call) -> Iterator[Any]:
    yield from call.prefetch.values()
    yield from (draft.resource for draft in call.drafts)
    yield from (each.resource for each in call.others)


def _other_servers(call: Call) -> list[str]:
    own = (call.fhir_server or "").rstrip("/")
    return [base for base in call.other_servers if base.rstrip("/") != own]


def _with_the_rest(replies: Sequence[Reply], read: Read, call: Call, bounds: Bounds) -> list[Reply]:
    starts = {reply.template.key: reply.to_read for reply in replies if reply.to_read is not None}
    chains, others = read_side_by_side(starts, read, bounds), _other_servers(call)
    filtered = {
        key: of_this_patient(chain, call.patient_id, others)
        for reply in replies
        if (chain := chains.get(key := reply.template.key)) and ignored_patient(chain, reply.template.type)
    }
    chains |= filtered
    bodies = (body for chain in chains.values() for body in chain.bodies)
    refuse_other_patients(bodies, call.patient_id, others)
    return [
        replace(continued(reply, chains[key]), filtered=key in filtered)
        if (key := reply.template.key) in chains
        else reply
        for reply in replies
    ]


def _refuse_unobtainable(replies: Iterable[Reply], sent: Pages, patient_id: str) -> None:
    """Raise RecordUnavailable for a required template that brought nothing, unless its type came under another key."""
    for reply in replies:
        template = reply.template
        if not template.required or reply.got not in (Got.FAILED, Got.NOTHING):
            continue
        found = (each for page in sent for each in page.resources if each.get("resourceType") == template.type)
        if not any(usable(each, patient_id) for each in found):
            raise RecordUnavailable(
                f"prefetch key '{template.key}' is required, and no FHIR server could be read for it"
            )


def _record(call: Call, replies: Sequence[Reply], pages: Pages) -> Record:
    came = [(each, usable(each, call.patient_id)) for page in pages for each in page.resources]
    kept = one_each(each for each, use in came if use)
    unowned = [each for each, use in came if not use]
    set_aside = {str(each["resourceType"]) for each in unowned}
    lacking = _lacking(replies, kept.resources.keys(), set_aside | kept.conflicting)
    drafts = tuple(draft for draft in call.drafts if not names_somebody_unknown(draft.resource, call.patient_id))
    filtered = (Trouble("ignored-parameter", reply.template.key, PARAMETER) for reply in replies if reply.filtered)
    troubles = (*call.troubles, *filtered, *_troubles(replies, set_aside, kept.conflicting, call.prefetch))
    if len(drafts) < len(call.drafts):
        unowned += [draft.resource for draft in call.drafts if draft not in drafts]
        troubles = (*troubles, Trouble("set-aside", "draftOrders", Why.NOT_LINKED))
    return Record(
        call.patient_id,
        call.on,
        kept.resources,
        had=frozenset(reply.template.type for reply in replies) - lacking.keys(),
        lacking=lacking,
        drafts=drafts,
        others=tuple(each for each in call.others if not names_somebody_unknown(each.resource, call.patient_id)),
        troubles=tuple(dict.fromkeys(troubles)),
        unowned=_each_once(unowned),
        copies=kept.dropped,
    )


def _each_once(resources: Iterable[Json]) -> tuple[Json, ...]:
    """Without those that came under two keys, as the same Type/id."""
    return tuple({(str(one["resourceType"]), identity(one)): one for one in resources}.values())


def _lacking(replies: Iterable[Reply], found: Collection[str], doubtful: Collection[str]) -> dict[str, Why]:
    """Why the types that were not had in full were not: some of it is here, or none could be read."""
    lacking = {}
    for reply in replies:
        kind = reply.template.type
        if reply.got is not Got.ALL or kind in doubtful:
            some = reply.got in (Got.ALL, Got.PART) or kind in found or kind in doubtful
            lacking[kind] = Why.INCOMPLETE if some else Why.UNAVAILABLE
    return lacking


def _troubles(
    replies: Iterable[Reply], set_aside: Collection[str], conflicting: Collection[str], sent: Collection[str]
) -> Iterator[Trouble]:
    """What went wrong, by keys and types of ours only: what a client calls its own keys may be chart text."""
    for reply in replies:
        key, kind = reply.template.key, reply.template.type
        if reply.got is Got.PART:
            yield Trouble("incomplete", key, Why.INCOMPLETE)
        elif reply.got is Got.FAILED:
            yield Trouble("not-read", key, Why.UNAVAILABLE)
        elif reply.got is Got.NOTHING and key in sent:
            yield Trouble("not-understood", key, Why.NOT_UNDERSTOOD)
        if kind in set_aside:
            yield Trouble("set-aside", kind, Why.NOT_LINKED)
        if kind in conflicting:
            yield Trouble("conflicting-copies", kind, Why.CONFLICTING)
