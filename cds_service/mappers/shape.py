"""Reading JSON that may not have the shape FHIR gives it: never an exception, and never a value made up."""

from __future__ import annotations

from typing import Any

from ..domain.call import Json


def child(value: Any, key: str) -> Json:
    """The object under `key`, or an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def children(value: Any, key: str) -> list[Json]:
    """The objects under `key`; an object where a list belongs counts as a list of one (one large EHR sends such)."""
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, dict):
        return [found]
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def text(value: Any, key: str) -> str:
    """The text under `key`, or an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def extensions(resource: Any, ending: str) -> list[Json]:
    """The extensions whose url ends so."""
    return [found for found in children(resource, "extension") if text(found, "url").endswith(ending)]


def ref_of(resource: Any) -> str:
    """`Type/id` of a resource; empty where it has no id."""
    kind, name = text(resource, "resourceType"), text(resource, "id")
    return f"{kind}/{name}" if kind and name else ""


def local_ref(reference: Any) -> str:
    """A reference as `Type/id`, whatever its base and version; `#id` and `urn:uuid:` as they are."""
    address = text(reference, "reference").split("/_history/")[0].rstrip("/")
    if address.startswith(("#", "urn:")):
        return address
    return "/".join(address.split("/")[-2:])


def references(value: Any, key: str) -> list[str]:
    """Every reference under `key`, local."""
    return [found for item in children(value, key) if (found := local_ref(item))]


def forbids(order: Json) -> bool | None:
    """Whether an order is one not to do something; None where that is not told as FHIR tells it."""
    found = order.get("doNotPerform")
    if found is None:
        return None if order.get("_doNotPerform") else False
    return found if isinstance(found, bool) else None


def modified(value: Any) -> bool:
    """True where an unknown modifierExtension may turn the meaning round: such a resource is not used."""
    pending = [value]
    while pending:
        here = pending.pop()
        if isinstance(here, dict):
            if here.get("modifierExtension"):
                return True
            pending.extend(found for key, found in here.items() if key != "contained")
        elif isinstance(here, list):
            pending.extend(here)
    return False
