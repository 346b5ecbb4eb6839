"""What is written first stays first: cards must not differ from one process to the next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CELLS = """
from cds_service.knowledge_base import knowledge_folder, load
for rule in load(knowledge_folder()).rules:
    for row in rule.rows:
        print(rule.id, row.name, *row.cells)
"""


def test_the_cells_of_a_row_stay_in_the_order_they_are_written_in_whatever_the_hash_seed() -> None:
    said = set()
    for seed in ("1", "2", "3"):
        found = subprocess.run(
            [sys.executable, "-c", CELLS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        said.add(found.stdout)
    [only] = said
    assert "classify poor-with-low-ki67 differentiation ki67_percent\n" in only
