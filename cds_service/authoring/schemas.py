"""The JSON Schemas of knowledge/ as files, for editors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ..knowledge_base.json_schemas import KINDS, json_schema


def schema_files() -> Mapping[str, str]:
    """File name -> text of every schema."""
    return {f"{kind}.schema.json": json.dumps(json_schema(kind), indent=1, ensure_ascii=False) + "\n" for kind in KINDS}


def write_schemas(out: Path) -> int:
    """Write them into a folder; how many there are."""
    out.mkdir(parents=True, exist_ok=True)
    for name, text in schema_files().items():
        (out / name).write_text(text, encoding="utf-8")
    return len(KINDS)
