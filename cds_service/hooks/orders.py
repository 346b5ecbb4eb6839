"""draftOrders and selections as sent -> the orders of a Call and how it refers to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..domain.call import Draft, Extra, Json, Trouble
from ..domain.values import Why

ORDER_TYPES = ("MedicationRequest", "ServiceRequest")
SET_ASIDE = Trouble("set-aside", "draftOrders", Why.NOT_UNDERSTOOD)
# A reference is repeated in the answer, so nothing that could be read as text or markup may be one.
# Ids longer than FHIR allows are real, and so is the underscore.
_ID = re.compile(r"[A-Za-z0-9\-._]{1,255}")
_URL = re.compile(r"(?:urn:uuid:|urn:oid:|https?://)[A-Za-z0-9\-._~:/?#@!$&*+,;=%]{1,1000}")


@dataclass(frozen=True)
class Sent:
    """What draftOrders held. `names`: what a selection may call an order by -> the references it then means."""

    drafts: tuple[Draft, ...]
    others: tuple[Extra, ...]
    troubles: tuple[Trouble, ...]
    names: Mapping[str, Collection[str]]


def sent_orders(bundle: Json) -> Sent:
    """The orders of the Bundle, each under a reference of its own, and every other resource in it.

    An order that cannot be told from another, or stands where no order belongs, is set aside: it is not asked about,
    but it stands among the others, where it is still looked at for another patient's data.
    """
    drafts: dict[str, Draft] = {}
    names: dict[str, dict[str, None]] = {}
    others: list[Extra] = []
    aside = False
    for entry in bundle.get("entry") or ():
        resource, url = _parts(entry)
        known_by = references(resource, url) if _is_order(resource) else []
        ref = next((one for one in known_by if one not in drafts or drafts[one].resource == resource), None)
        if ref is None:
            strays = list(_orders_within(entry))
            aside = aside or bool(strays)
            others += [Extra(url, resource)] if resource else [Extra(None, stray) for stray in strays]
            continue
        drafts.setdefault(ref, Draft(ref, resource))
        for name in (*known_by, *([url] if url else ())):
            names.setdefault(name, {})[ref] = None
    return Sent(tuple(drafts.values()), tuple(others), (SET_ASIDE,) if aside else (), names)


def references(resource: Json, url: str | None) -> list[str]:
    """What an order may be known by, best first: `Type/id`, then its fullUrl. None where its id is an odd one."""
    identity = resource.get("id")
    urls = [url] if url and _URL.fullmatch(url) else []
    if identity is None or identity == "":
        return urls
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        return []
    return [f"{resource['resourceType']}/{identity}", *urls]


def selected(selections: Sequence[str], names: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The selections as references of drafts. A name that two orders share means both; an unknown one stays."""
    return tuple(ref for selection in selections for ref in _meant(selection, names))


def _meant(selection: str, names: Mapping[str, Collection[str]]) -> Collection[str]:
    plain = _relative(selection)
    return names.get(selection) or names.get(plain) or (plain,)


def _relative(selection: str) -> str:
    plain = selection.partition("/_history/")[0]
    return "/".join(plain.split("/")[-2:]) if "://" in plain else plain


def _parts(entry: Any) -> tuple[Json, str | None]:
    """The resource and the fullUrl of an entry; no resource is an empty one."""
    if not isinstance(entry, dict):
        return {}, None
    resource, url = entry.get("resource"), entry.get("fullUrl")
    return resource if isinstance(resource, dict) else {}, url if isinstance(url, str) and url else None


def _is_order(resource: Json) -> bool:
    return resource.get("resourceType") in ORDER_TYPES


def _orders_within(value: Any) -> Iterator[Json]:
    """Every order at any depth: in a Bundle of its own, bare, or contained in something else."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            if _is_order(found):
                yield found
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found
