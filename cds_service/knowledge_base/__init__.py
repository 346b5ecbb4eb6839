"""Reading knowledge/ from disk: strict YAML in, frozen values out, or every fault with its file and line."""

from .assemble import load
from .cases import load_cases, load_local_cases
from .folder import FORMAT, content_hash, knowledge_folder
from .reading import line_in
from .stamp import stamp_is_valid, write_stamp
from .strict_yaml import UNWRITTEN

__all__ = [
    "FORMAT",
    "UNWRITTEN",
    "content_hash",
    "knowledge_folder",
    "line_in",
    "load",
    "load_cases",
    "load_local_cases",
    "stamp_is_valid",
    "write_stamp",
]
