"""draftOrders and selections as sent -> the orders of a Call and how it refers to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..domain.call import Draft, Json

ORDER_TYPES = ("MedicationRequest", "ServiceRequest")


def drafts_and_others(bundle: Json) -> tuple[tuple[Draft, ...], tuple[Json, ...]]:
    """The orders of the Bundle, each reference once, and every other resource in it.

    A second order under one reference, and one that nothing can refer to, stand among the others: they are still
    looked at for another patient's data.
    """
    drafts: dict[str, Draft] = {}
    others: list[Json] = []
    for entry, resource in _entries(bundle):
        ref = reference(entry, resource)
        if resource.get("resourceType") in ORDER_TYPES and ref and ref not in drafts:
            drafts[ref] = Draft(ref, resource)
        else:
            others.append(resource)
    return tuple(drafts.values()), tuple(others)


def reference(entry: Json, resource: Json) -> str | None:
    """`Type/id` of the resource, or its fullUrl where it has no id. Ids longer than FHIR allows are real."""
    identity, url = resource.get("id"), entry.get("fullUrl")
    if isinstance(identity, str) and identity:
        return f"{resource.get('resourceType')}/{identity}"
    return url if isinstance(url, str) and url else None


def selected(selections: Sequence[str], bundle: Json) -> tuple[str, ...]:
    """The selections as references of drafts: a fullUrl or an absolute address becomes the draft's own reference."""
    by_url = {
        entry["fullUrl"]: ref
        for entry, resource in _entries(bundle)
        if isinstance(entry.get("fullUrl"), str) and (ref := reference(entry, resource))
    }
    return tuple(by_url.get(selection) or _relative(selection) for selection in selections)


def _relative(selection: str) -> str:
    plain = selection.partition("/_history/")[0]
    return "/".join(plain.split("/")[-2:]) if "://" in plain else plain


def _entries(bundle: Json) -> Iterator[tuple[Json, Json]]:
    """Each entry that holds a resource; anything else in the list is passed over."""
    for entry in bundle.get("entry") or ():
        if isinstance(entry, dict) and isinstance(entry.get("resource"), dict):
            yield entry, entry["resource"]
