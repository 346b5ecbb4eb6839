"""From files to checked values: each file is read once, and every fault is kept with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from pathlib import PurePosixPath
from typing import Any

from marshmallow import Schema, ValidationError, fields

from ..errors import Fault
from .strict_yaml import Document, Path, read_yaml

Checker = Schema | fields.Field[Any]


@dataclass
class Shelf:
    """All documents of a folder, and the faults found so far. `wanted` are those some part of the program reads."""

    documents: Mapping[str, Document]
    faults: list[Fault]
    wanted: set[str] = field(default_factory=set)

    def check(self, file: str, checker: Checker) -> Any | None:
        """The file's content as the checker makes it; None where it is missing or at fault."""
        self.wanted.add(file)
        document = self.documents.get(file)
        if document is None:
            if not any(fault.file == file for fault in self.faults):
                self.faults.append(Fault(file, None, "the file is missing"))
            return None
        if document.unwritten:  # what is still to be written is said; anything else would be said of a skeleton
            return None
        try:
            return _loaded(checker, document.content)
        except ValidationError as error:
            self.faults += [document.fault(path, message) for path, message in _flat(error.messages)]
            return None

    def check_each(self, folder: str, checker: Checker, besides: tuple[str, ...] = ()) -> dict[str, Any]:
        """The files directly in this folder by their id, which is their name; those at fault are left out."""
        found: dict[str, Any] = {}
        for file in [file for file in self.inside(folder) if file not in besides]:
            content = self.check(file, checker)
            if content is not None and self.name_fits(file, content["id"], PurePosixPath(file).stem):
                found[content["id"]] = content
        return found

    def inside(self, folder: str) -> list[str]:
        """The YAML files directly in this folder."""
        return sorted(file for file in self.documents if PurePosixPath(file).parent == PurePosixPath(folder))

    def name_fits(self, file: str, found: str, name: str) -> bool:
        """True where the id is the name of its file or folder, else a fault."""
        if found != name:
            self.fault(file, ("id",), f"the id is {found}, the name {name}")
        return found == name

    def fault(self, file: str, path: Path, message: str) -> None:
        """Note a fault at this place of this file."""
        self.faults.append(self.documents[file].fault(path, message))


def shelf(contents: Mapping[str, bytes]) -> Shelf:
    """Read every YAML file; whatever else is there but a text for people is a fault."""
    documents: dict[str, Document] = {}
    faults: list[Fault] = []
    for file, raw in contents.items():
        if PurePosixPath(file).suffix != ".yaml":
            faults += _stranger(file)
            continue
        document, found = read_yaml(file, raw)
        faults += found
        if document is not None:
            documents[file] = document
    return Shelf(documents, faults)


def _stranger(file: str) -> list[Fault]:
    if PurePosixPath(file).suffix == ".md":
        return []
    return [Fault(file, None, "not a .yaml or .md file: nothing here would read it")]


def _loaded(checker: Checker, content: Any) -> Any:
    return checker.load(content) if isinstance(checker, Schema) else checker.deserialize(content)


def _flat(messages: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Each message with the path it is about; the last name on the path is said in the message."""
    if isinstance(messages, Mapping):
        for name, inside in messages.items():
            yield from _flat(inside, path if name == "_schema" else (*path, name))
        return
    for message in messages if isinstance(messages, list) else [messages]:
        if isinstance(message, Mapping):
            yield from _flat(message, path)
        else:
            name = next((f"{step}: " for step in reversed(path) if isinstance(step, str)), "")
            yield path, f"{name}{message}"


def line_in(path: FilePath, at: Path) -> int | None:
    """The line on which this part of a file stands; for faults that only show once everything is read."""
    document, _ = read_yaml(path.name, path.read_bytes())
    return document.line(at) if document else None
