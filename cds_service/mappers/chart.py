"""One patient's record with the look-ups that read it, and what each kind of resource may be used for."""

from __future__ import annotations

from datetime import date as Date
from functools import cached_property

from ..domain.call import Draft, Json, Record
from ..domain.knowledge import ValueSets
from ..domain.set_aside import Aside
from ..domain.values import Unclear, Why
from .about_whom import is_about_somebody_else
from .codes import Terms, terms_of
from .corrections import superseding
from .dates import DATES, starts, used, when
from .drafts import why_no_order
from .shape import modified, text
from .validate import is_fhir
from .whereabouts import Whereabouts

REPORTED = frozenset({"final", "amended", "corrected"})  # Observation, DiagnosticReport: an answer that stands
# More of one type than this are not read by the models; a real patient hardly holds so many relevant ones.
MOST_CHECKED = 300


class Chart:
    """The record, the words of the value sets, and which resources have passed.

    `looked_for`: what the facts asked for looked for, as value set and word. `left_out`: what they found and could not
    use, by `Type/id`, and why. `meanings`: what resources are of, by how they are named, as far as it was asked.
    """

    def __init__(self, record: Record, value_sets: ValueSets) -> None:
        self.record = record
        self.value_sets = value_sets
        self.terms: Terms = terms_of(value_sets).for_one_record()
        self._passed: dict[int, bool] = {}
        self._valid: dict[int, bool] = {}
        self._checked: dict[str, int] = {}
        self._cut: set[str] = set()
        self._unread: set[int] = set()
        self._read: dict[str, list[Json]] = {}
        self.looked_for: set[tuple[str, str]] = set()
        self.left_out: dict[str, Aside] = {}
        self.meanings: dict[str, frozenset[tuple[str, str]]] = {}

    @property
    def on(self) -> Date:
        return self.record.on

    def of(self, kind: str) -> list[Json]:
        """All resources of a type, as read; where there are too many to check them all, the newest first."""
        if kind not in self._read:
            found = [one for one in self.record.resources.get(kind, ()) if isinstance(one, dict)]
            if len(found) > MOST_CHECKED:
                found.sort(key=self._day, reverse=True)
            self._read[kind] = found
        return self._read[kind]

    @cached_property
    def drafts(self) -> list[Draft]:
        """The draft orders that order something."""
        return [draft for draft in self.record.drafts if not why_no_order(draft.resource)]

    @cached_property
    def observations(self) -> list[Json]:
        """The results that are about the patient; one whose focus is somebody else is no result of theirs."""
        patient, find = self.record.patient_id, self.find
        return [one for one in self.of("Observation") if not is_about_somebody_else(one, patient, find)]

    @cached_property
    def results(self) -> list[Json]:
        """The results of the patient that stand: reported, and not replaced by a correction of theirs."""
        return superseding([one for one in self.observations if text(one, "status") in REPORTED])

    def is_to_come(self, resource: Json) -> bool:
        """True where every day a resource tells lies after today: it is not used yet."""
        spans = starts(resource)
        return bool(spans) and not any(used(span, self.on) for span in spans)

    def window(self, name: str) -> int | None:
        """The days of a named window; None where knowledge/ names none, and then nothing is within it."""
        return self.value_sets.windows.get(name)

    def had(self, kind: str) -> bool:
        """True when the search for this type was answered in full, and none of it was left unchecked."""
        return kind in self.record.had and not self.is_cut(kind)

    def is_cut(self, kind: str) -> bool:
        """True when there was so much of this type that some of it was left unchecked."""
        return kind in self._cut

    def missing(self, *kinds: str) -> Unclear:
        """Why nothing was found in these types: not recorded, or not read."""
        for kind in kinds:
            if self.is_cut(kind):
                return Unclear(Why.INCOMPLETE)
            if not self.had(kind):
                return Unclear(self.record.lacking.get(kind, Why.UNAVAILABLE))
        return Unclear(Why.NOT_RECORDED)

    def passes(self, resource: Json) -> bool:
        """True when the resource is valid R4 and nothing unknown modifies it; asked once for each."""
        key = id(resource)
        if key not in self._passed:
            self._passed[key] = self._in_measure(resource) and self.is_valid(resource)
        return self._passed[key]

    def was_left_unread(self, resource: Json) -> bool:
        """True when some reader asked of this resource, and there were too many of its type to check it."""
        return id(resource) in self._unread

    def was_refused(self, resource: Json) -> bool:
        """True when some reader asked of this resource, and it was not valid."""
        return not self._valid.get(id(resource), True)

    def look_for(self, name: str, *words: str) -> None:
        """Note what a reader looks for."""
        self.looked_for.update((name, word) for word in words)

    def leave_out(self, ref: str, why: Aside) -> None:
        """Note what a reader found and could not use; the first reason stays."""
        if ref:
            self.left_out.setdefault(ref, why)

    def is_valid(self, resource: Json) -> bool:
        """True when the resource is valid R4 and nothing unknown modifies it, however many of its type were asked of.

        For a reader that asks of the newest few only.
        """
        key = id(resource)
        if key not in self._valid:
            self._valid[key] = _is_plain(resource)
        return self._valid[key]

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """The look-up of references."""
        return Whereabouts(self.record)

    def find(self, ref: str, inside: Json | None = None) -> list[Json]:
        """The resources a reference may name: contained, sent along with the orders, or on the record."""
        return self.whereabouts.find(ref, inside)

    def _in_measure(self, resource: Json) -> bool:
        kind = text(resource, "resourceType")
        self._checked[kind] = self._checked.get(kind, 0) + 1
        if self._checked[kind] > MOST_CHECKED:
            self._cut.add(kind)
            self._unread.add(id(resource))
        return kind not in self._cut

    def _day(self, resource: Json) -> Date:
        span = used(when(resource, *DATES), self.on)
        return span.last if span else Date.min


def _is_plain(resource: Json) -> bool:
    return not modified(resource) and is_fhir(resource)
