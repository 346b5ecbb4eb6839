"""The knowledge and the clinical cases of this checkout, loaded once for all of these tests."""

from __future__ import annotations

from cds_service.knowledge_base import knowledge_folder, load, load_cases

KNOWLEDGE = load(knowledge_folder())
CASES = load_cases(knowledge_folder(), KNOWLEDGE)
