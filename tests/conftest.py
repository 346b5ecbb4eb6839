"""What many tests need: the knowledge this project ships, loaded once."""

from __future__ import annotations

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.knowledge_base import knowledge_folder, load


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge of this checkout."""
    return load(knowledge_folder())
