"""manifest.yaml: what this folder is, and the words that belong to no single rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from marshmallow import fields, validate

from ..domain.knowledge import Text
from ..domain.values import Why
from .fields import ID, LANGUAGES, Named, Pair, Strict, Whole, a_text, texts
from .folder import FORMAT
from .reading import Shelf

FILE = "manifest.yaml"
GUIDANCE = "guidance"


class ManifestSchema(Strict):
    version = a_text()
    format = Whole(required=True)
    languages = texts(required=True)
    rules = fields.List(fields.String(validate=validate.Regexp(f"^{ID}$")), required=True)
    words_with_digits = texts(load_default=list)
    windows_days = Named(Whole(), required=True)
    reasons_unclear = Named(Pair(), required=True)
    phrases = Named(Pair(blank=True), required=True)


@dataclass(frozen=True)
class Manifest:
    """The contents of manifest.yaml."""

    version: str
    rules: tuple[str, ...]
    words_with_digits: tuple[str, ...]
    windows: Mapping[str, int]
    reasons_unclear: Mapping[str, Text]
    phrases: Mapping[str, Text]


def read_manifest(shelf: Shelf) -> Manifest | None:
    """The manifest, unless it is at fault."""
    found = shelf.check(FILE, ManifestSchema())
    if found is None:
        return None
    if found["format"] != FORMAT:
        shelf.fault(FILE, ("format",), f"format: this program reads format {FORMAT}, not {found['format']}")
    if set(found["languages"]) != set(LANGUAGES):
        shelf.fault(FILE, ("languages",), f"languages: this program speaks {' and '.join(LANGUAGES)}")
    for place, rule in enumerate(found["rules"]):
        if rule in found["rules"][:place]:
            shelf.fault(FILE, ("rules", place), f"rules: {rule} is listed twice")
    _check_reasons(shelf, set(found["reasons_unclear"]))
    return Manifest(
        version=found["version"],
        rules=tuple(dict.fromkeys(found["rules"])),
        words_with_digits=tuple(found["words_with_digits"]),
        windows=found["windows_days"],
        reasons_unclear=found["reasons_unclear"],
        phrases=found["phrases"],
    )


def unread_manifest(shelf: Shelf) -> Manifest:
    """What stands in for a manifest at fault: every rule there is, and no words."""
    return Manifest("", tuple(rule_folders(shelf)), (), {}, {}, {})


def rule_folders(shelf: Shelf) -> list[str]:
    """The folders below guidance/."""
    paths = [PurePosixPath(file).parts for file in shelf.documents]
    return sorted({parts[1] for parts in paths if len(parts) == 3 and parts[0] == GUIDANCE})


def _check_reasons(shelf: Shelf, named: set[str]) -> None:
    wanted = {str(why) for why in Why}
    for reason in sorted(wanted - named):
        shelf.fault(FILE, ("reasons_unclear",), f"reasons_unclear: {reason} has no words")
    for reason in sorted(named - wanted):
        shelf.fault(FILE, ("reasons_unclear", reason), f"reasons_unclear: {reason} is no reason of this program")
