"""Mutants that no case can notice, by rule: what was changed -> why the answer stays the same."""

from __future__ import annotations

SURVIVORS: dict[str, dict[str, str]] = {}
