"""Codings -> our words: one look-up for all value sets, however a system is named and a code is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from ..domain.knowledge import ValueSet, ValueSets
from .denial import Said
from .shape import child, children, text
from .words import Match, Phrases, is_too_long, matches, normal

_MORPHOLOGY = re.compile(r"M?-?(\d{4})/?(\d)\d?(?:-(C\d\d\.?\d?))?", re.ASCII)
_NDC = re.compile(r"(\d{4,5})-(\d{3,4})(?:-\d{1,2})?|(\d{5})(\d{4})\d\d", re.ASCII)
Key = tuple[str, str]


@dataclass(frozen=True)
class Coding:
    """One coding: the keys it is looked up by (none without a system and a code) and its display, normalised."""

    keys: tuple[Key, ...]
    display: str


@dataclass(frozen=True)
class Concept:
    """A CodeableConcept, read once; its text is normalised, for it is only ever compared."""

    codings: tuple[Coding, ...] = ()
    text: str = ""

    @property
    def texts(self) -> list[str]:
        """All that it says in words: its text, and the displays of its codings."""
        return [said for said in (self.text, *(coding.display for coding in self.codings)) if said]

    @property
    def read_texts(self) -> list[str]:
        """The texts that are read: without those too long to be."""
        return [said for said in self.texts if not is_too_long(said)]

    @property
    def stated(self) -> bool:
        """True when it says anything at all."""
        return bool(self.texts or any(coding.keys for coding in self.codings))

    @property
    def unread(self) -> bool:
        """True when some of its words are not read, so that they may say anything."""
        return any(map(is_too_long, self.texts))


def plain_code(system: str, code: str) -> list[str]:
    """A code as it is compared: ICD without its dot, ICD-O histology as 8240/3, an NDC as labeler and product."""
    name = system.casefold()
    if "icd-o" in name:
        found = _MORPHOLOGY.fullmatch(code.strip().upper())
        return [f"{found[1]}/{found[2]}", *_dotless(found[3])] if found else _dotless(code)
    if "icd-10" in name or "icd10" in name:
        return _dotless(code)
    if name.endswith("/ndc"):
        found = _NDC.fullmatch(code.strip())
        return [(found[1] or found[3]).zfill(5) + (found[2] or found[4]).zfill(4)] if found else []
    return [code]


def _dotless(code: str | None) -> list[str]:
    return [code.replace(".", "").strip().upper()] if code else []


class Terms:
    """The value sets, ready for look-up."""

    def __init__(self, value_sets: ValueSets) -> None:
        self.value_sets = value_sets
        self.shared = self  # what is built once for these value sets
        self._read: dict[tuple[str, str], list[Match]] | None = None
        self._codes = {name: _plain_codes(found) for name, found in value_sets.sets.items()}
        self._words = {name: Phrases(found.words) for name, found in value_sets.sets.items()}
        self._exact = {name: dict(phrases.longest_first) for name, phrases in self._words.items()}

    def for_one_record(self) -> Terms:
        """The same look-up, which reads each text of one record once and is forgotten with it."""
        own = copy(self)
        own._read = {}
        return own

    def coding(self, value: Any) -> Coding:
        """One Coding as sent; a system counts by its canonical name, an unknown one as written."""
        system, code = text(value, "system"), text(value, "code")
        canonical = self.value_sets.systems.get(system, system)
        keys = tuple((canonical, plain) for plain in plain_code(canonical, code)) if system and code else ()
        return Coding(keys, normal(text(value, "display")))

    def concept(self, value: Any) -> Concept:
        """One CodeableConcept as sent."""
        return Concept(tuple(self.coding(item) for item in children(value, "coding")), normal(text(value, "text")))

    def under(self, resource: Any, key: str) -> Concept:
        """The CodeableConcept under `key`."""
        return self.concept(child(resource, key))

    def by_code(self, set_name: str, concept: Concept) -> list[str]:
        """What the codes of a concept mean, each meaning once."""
        return list(dict.fromkeys(word for coding in concept.codings for word in self.of_coding(set_name, coding)))

    def of_coding(self, set_name: str, coding: Coding) -> list[str]:
        """What one coding means in this value set: its own entry first, else the range it lies in."""
        exact = [word for key in coding.keys if (word := self._codes.get(set_name, {}).get(key))]
        return exact or [word for key in coding.keys for word in self._in_ranges(set_name, key)]

    def by_words(self, set_name: str, concept: Concept) -> list[str]:
        """What the words of a concept mean. The display of a coding this set lists by code is not read."""
        return list(dict.fromkeys(w for said in self.said(set_name, concept) for w in self.in_text(set_name, said)))

    def possibly(self, set_name: str, concept: Concept) -> list[str]:
        """What the words of a concept state or suspect, but do not deny."""
        found = [match for said in self.said(set_name, concept) for match in self.matches(set_name, said)]
        return list(dict.fromkeys(match.means for match in found if match.said is not Said.DENIED))

    def said(self, set_name: str, concept: Concept) -> list[str]:
        """The texts of a concept: its own, and the displays of codings this set does not list."""
        displays = [coding.display for coding in concept.codings if not self.of_coding(set_name, coding)]
        return [said for said in (concept.text, *displays) if said]

    def in_text(self, set_name: str, said: str) -> list[str]:
        """What a normalised text says in the words of this set; what it denies or doubts is left out."""
        return list(dict.fromkeys(match.means for match in self.matches(set_name, said) if not match.denied))

    def matches(self, set_name: str, said: str) -> list[Match]:
        """Where a normalised text holds words of this set."""
        if self._read is None:
            return matches(said, self._phrases(set_name))
        key = (set_name, said)
        if key not in self._read:
            self._read[key] = matches(said, self._phrases(set_name))
        return list(self._read[key])

    def inside(self, set_name: str, concept: Concept) -> list[str]:
        """What Japanese words of this set say that stand anywhere, as forms do in product names without a gap."""
        listed = [(phrase, means) for phrase, means in self._phrases(set_name).longest_first if not phrase.isascii()]
        said = [one for one in self.said(set_name, concept) if not is_too_long(one)]
        return list(dict.fromkeys(means for phrase, means in listed if any(phrase in one for one in said)))

    def answer(self, concept: Concept) -> list[str]:
        """A coded answer: by code, else by a text that is a listed word and nothing else."""
        return self.exactly("answer", concept)

    def exactly(self, set_name: str, concept: Concept) -> list[str]:
        """What a concept means: by code, else by a text that is a listed word and nothing else."""
        listed = self._exact.get(set_name, {})
        texts = self.said(set_name, concept)
        return self.by_code(set_name, concept) or [listed[said] for said in texts if said in listed]

    def _phrases(self, set_name: str) -> Phrases:
        return self._words.get(set_name, _NO_PHRASES)

    def _in_ranges(self, set_name: str, key: Key) -> Iterable[str]:
        found = self.value_sets.sets.get(set_name)
        return found.by_range(*key) if found else ()


def _plain_codes(found: ValueSet) -> Mapping[Key, str]:
    return {(system, p): w for (system, code), w in found.codes.items() for p in plain_code(system, code)}


_NO_PHRASES = Phrases()
_terms: list[Terms] = []


def terms_of(value_sets: ValueSets) -> Terms:
    """The look-up of these value sets, built once for the knowledge in use."""
    for built in _terms:
        if built.value_sets is value_sets:
            return built
    built = Terms(value_sets)
    _terms[:] = [built, *_terms[:3]]
    return built
