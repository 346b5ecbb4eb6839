"""One patient's record with the look-ups that read it, and what each kind of resource may be used for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date

from ..domain.call import Json, Record
from ..domain.knowledge import ValueSets
from ..domain.values import Unclear, Why
from .codes import Terms, terms_of
from .shape import children, modified, ref_of, text
from .validate import is_fhir

REPORTED = frozenset({"final", "amended", "corrected"})  # Observation, DiagnosticReport: an answer that stands
# More of one type than this are not read by the models; no real patient holds so many relevant ones.
MOST_CHECKED = 300


class Chart:
    """The record, the words of the value sets, and which resources have passed."""

    def __init__(self, record: Record, value_sets: ValueSets) -> None:
        self.record = record
        self.value_sets = value_sets
        self.terms: Terms = terms_of(value_sets)
        self._passed: dict[int, bool] = {}
        self._by_ref: dict[str, Json] | None = None

    @property
    def on(self) -> Date:
        return self.record.on

    def of(self, kind: str) -> list[Json]:
        """All resources of a type, as read."""
        return [found for found in self.record.resources.get(kind, ()) if isinstance(found, dict)]

    def window(self, name: str) -> int | None:
        """The days of a named window; None where knowledge/ names none, and then nothing is within it."""
        return self.value_sets.windows.get(name)

    def had(self, kind: str) -> bool:
        """True when the search for this type was answered in full."""
        return kind in self.record.had

    def missing(self, *kinds: str) -> Unclear:
        """Why nothing was found in these types: not recorded, or not read."""
        for kind in kinds:
            if not self.had(kind):
                return Unclear(self.record.lacking.get(kind, Why.UNAVAILABLE))
        return Unclear(Why.NOT_RECORDED)

    def passes(self, resource: Json) -> bool:
        """True when the resource is valid R4 and nothing unknown modifies it; asked once for each."""
        key = id(resource)
        if key not in self._passed:
            in_measure = len(self._passed) < MOST_CHECKED * max(1, len(self.record.resources))
            self._passed[key] = in_measure and not modified(resource) and is_fhir(resource)
        return self._passed[key]

    def find(self, ref: str, inside: Json | None = None) -> Json:
        """The resource a reference names: contained, on the record, or sent along with the orders."""
        if ref.startswith("#"):
            return next((c for c in children(inside, "contained") if text(c, "id") == ref[1:]), {})
        if self._by_ref is None:
            self._by_ref = {ref_of(found): found for found in self._everything() if ref_of(found)}
        return self._by_ref.get(ref, {})

    def _everything(self) -> Iterable[Json]:
        for found in (*self.record.others, *(draft.resource for draft in self.record.drafts)):
            if isinstance(found, dict):
                yield found
        for kind in self.record.resources:
            yield from self.of(kind)
