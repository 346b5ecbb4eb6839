"""What comes in, what was fetched for it, and where it happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Any

from .values import Why

Json = dict[str, Any]


@dataclass(frozen=True)
class Template:
    """One prefetch template. `query` is as published, with {{context.patientId}}; `type` is what it brings."""

    key: str
    type: str
    query: str
    required: bool = False


@dataclass(frozen=True)
class Token:
    """A bearer token that cannot be printed by accident."""

    secret: str = field(repr=False)

    def __str__(self) -> str:
        return "***"


@dataclass(frozen=True)
class Draft:
    """One entry of draftOrders that is an order: how the caller refers to it, and the order as sent."""

    ref: str
    resource: Json


@dataclass(frozen=True)
class Extra:
    """An entry of draftOrders that is no order but that an order may refer to, by its fullUrl or as Type/id."""

    full_url: str | None
    resource: Json


@dataclass(frozen=True)
class Trouble:
    """Something that went wrong while reading, without chart text: what kind, where, and why."""

    what: str
    where: str
    why: str


@dataclass(frozen=True)
class Call:
    """One hook call, checked at the door. `drafts` are all orders of draftOrders; `others` its other entries.

    `troubles` are what the door could not use of draftOrders. `other_servers` are the bases of the configured FHIR
    servers that are not this call's: `Patient/<id>` below one of them is another patient, even under the same id.
    """

    hook: str
    patient_id: str
    on: Date
    prefetch: Mapping[str, Any] = field(default_factory=dict)
    drafts: tuple[Draft, ...] = ()
    others: tuple[Extra, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    selections: tuple[str, ...] = ()
    fhir_server: str | None = None
    other_servers: tuple[str, ...] = ()
    token: Token | None = None
    hook_instance: str = ""
    user_id: str = ""

    @property
    def orders_asked(self) -> tuple[str, ...]:
        """References of the orders asked about: the selected drafts at order-select, every draft at order-sign."""
        if self.hook == "order-select":
            wanted = {selection.split("/_history/")[0] for selection in self.selections}
            return tuple(draft.ref for draft in self.drafts if draft.ref in wanted)
        return tuple(draft.ref for draft in self.drafts)


Read = Callable[[str], Json]
"""Reads one relative FHIR query and answers the decoded body, or raises errors.ReadFailed."""


@dataclass(frozen=True)
class Record:
    """Everything read of one patient, still FHIR. `resources`: type -> resources, each Type/id once.

    `had` are the types whose search was answered in full, known-empty included; `lacking` says why another type
    was not. `drafts` are the draft orders; `others` are entries of draftOrders that orders may refer to. `unowned` are
    resources that do not say by a reference whose they are, drafts among them; `copies` those of which another copy,
    under the same Type/id, was taken: neither is used, both are counted.
    """

    patient_id: str
    on: Date
    resources: Mapping[str, tuple[Json, ...]]
    had: frozenset[str] = frozenset()
    lacking: Mapping[str, Why] = field(default_factory=dict)
    drafts: tuple[Draft, ...] = ()
    others: tuple[Extra, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    unowned: tuple[Json, ...] = ()
    copies: tuple[Json, ...] = ()


@dataclass(frozen=True)
class Setting:
    """Where and when this is: jurisdiction (JP, US, EU, UK, CN, other), the day, the language (en, ja)."""

    jurisdiction: str
    on: Date
    language: str = "en"


@dataclass(frozen=True)
class Levers:
    """What a site has switched off, by rule id."""

    off: frozenset[str] = frozenset()
