"""A server that says it ignored the patient of a search: its answer is everybody's, and is filtered here.

FHIR lets a server ignore a parameter it does not know; it then says so, in the self link (the parameters it used) and
in a warning. Only where it says so in both is its answer taken for what it is. Without its word, another patient's
resource in an answer is what it always is: a reason to say nothing at all.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ..domain.call import Json
from .bundles import resource_of
from .pages import Chain
from .patient_check import Owner, owner

PARAMETER = "patient"


def ignored_patient(chain: Chain, kind: str) -> bool:
    """True when every page of the answer says that the search was not narrowed to the patient."""
    return bool(chain.bodies) and all(isinstance(body, dict) and _says_so(body, kind) for body in chain.bodies)


def of_this_patient(chain: Chain, patient_id: str, other_servers: Collection[str]) -> Chain:
    """The answer without the resources of others, and without the total, which counts theirs too."""
    return Chain(tuple(_filtered(body, patient_id, other_servers) for body in chain.bodies), chain.whole)


def _filtered(body: Json, patient_id: str, other_servers: Collection[str]) -> Json:
    kept = [entry for entry in body.get("entry", ()) if not _is_of_others(entry, patient_id, other_servers)]
    return {**{key: found for key, found in body.items() if key != "total"}, "entry": kept}


def _is_of_others(entry: Any, patient_id: str, other_servers: Collection[str]) -> bool:
    resource = resource_of(entry)
    return isinstance(resource, dict) and owner(resource, patient_id, other_servers) is Owner.ANOTHER_PATIENT


def _says_so(body: Json, kind: str) -> bool:
    return _self_link_lacks_it(body, kind) and any(map(_warns, body.get("entry", ())))


def _self_link_lacks_it(body: Json, kind: str) -> bool:
    links = body.get("link")
    named = [one for one in links if isinstance(one, dict)] if isinstance(links, list) else []
    urls = [one.get("url") for one in named if one.get("relation") == "self"]
    if len(urls) != 1 or not isinstance(urls[0], str) or not isinstance(body.get("entry"), list):
        return False
    parts = urlsplit(urls[0])
    return parts.path.endswith(f"/{kind}") and PARAMETER not in parse_qs(parts.query, keep_blank_values=True)


def _warns(entry: Any) -> bool:
    """True for a warning that this very parameter is not supported."""
    outcome = resource_of(entry)
    if not isinstance(outcome, dict) or outcome.get("resourceType") != "OperationOutcome":
        return False
    issues = outcome.get("issue")
    listed = [one for one in issues if isinstance(one, dict)] if isinstance(issues, list) else []
    return any(
        one.get("code") == "not-supported" and PARAMETER in str(one.get("diagnostics", "")).lower() for one in listed
    )
