"""YAML without surprises: every scalar stays text, duplicate keys are faults, and every value knows its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from ..errors import Fault

Yaml = str | list["Yaml"] | dict[str, "Yaml"]
Path = tuple[str | int, ...]

UNWRITTEN = "<write>"  # begins a text that nen-cds new left to its author
USUAL = (
    "here or a line above: a bracket or quotation mark not closed, a text with a colon in it that stands in no "
    "quotation marks, a full-width colon, or a tab"
)
PLAIN_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})


@dataclass(frozen=True)
class Document:
    """One file as read: its content, and on which line each part of it stands."""

    file: str
    content: Yaml
    lines: Mapping[Path, int] = field(repr=False)
    unwritten: bool = False

    def line(self, path: Path) -> int:
        """The line of this part, or of the nearest part around it that is written."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def fault(self, path: Path, message: str) -> Fault:
        return Fault(self.file, self.line(path), message)


def read_yaml(file: str, raw: bytes) -> tuple[Document | None, list[Fault]]:
    """The document of these bytes, unless they are not one YAML document, and every fault found on the way."""
    try:
        node = yaml.CBaseLoader(raw.decode("utf-8")).get_single_node()
    except UnicodeDecodeError:
        return None, [Fault(file, None, "not UTF-8")]
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        message = f"not YAML: {problem.problem or problem.context}; {USUAL}"
        return None, [Fault(file, mark.line + 1 if mark else None, message)]
    except yaml.YAMLError as problem:
        return None, [Fault(file, None, f"not YAML: {str(problem).splitlines()[0]}")]
    if node is None:
        return None, [Fault(file, 1, "the file is empty")]
    walk = _Walk(file)
    content = walk.value(node, (), ())
    return Document(file, content, walk.lines, walk.unwritten), walk.faults


class _Walk:
    """Turns nodes into plain values, noting lines and faults."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self.unwritten = False

    def value(self, node: yaml.Node, path: Path, around: tuple[int, ...]) -> Yaml:
        """`around` holds the nodes this one stands in: an alias to one of them would never end."""
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if node.tag not in PLAIN_TAGS:
            self._fault(line, f"a tag ({node.tag}); values are plain text here")
        if id(node) in around:
            self._fault(line, "an alias that refers to itself")
            return ""
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, (*around, id(node)))
        if isinstance(node, yaml.SequenceNode):
            inside = (*around, id(node))
            return [self.value(item, (*path, place), inside) for place, item in enumerate(node.value)]
        if str(node.value).startswith(UNWRITTEN):
            self._fault(line, f"still to write: {str(node.value).removeprefix(UNWRITTEN).strip()}")
            self.unwritten = True
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: Path, around: tuple[int, ...]) -> Yaml:
        found: dict[str, Yaml] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self._fault(line, "a key that is not a word")
            elif key.value in found:
                self._fault(line, f"{key.value}: written twice in one mapping")
            else:
                self.lines[(*path, key.value)] = line
                found[key.value] = self.value(value, (*path, key.value), around)
        return found

    def _fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.file, line, message))
