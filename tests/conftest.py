"""What many tests need: the knowledge this project ships, loaded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from cds_service.domain.knowledge import Knowledge
from cds_service.knowledge_base import knowledge_folder, load


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge of this checkout."""
    return load(knowledge_folder())


MEASURED = "measured"


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Says a number that the run measured; it is printed at the end of the run, from whatever process."""
    return lambda line: record_property(MEASURED, line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the tests measured, last."""
    if lines := sorted(_lines(terminalreporter)):
        terminalreporter.section("measured")
        for line in lines:
            terminalreporter.write_line(line)


def _lines(reporter: pytest.TerminalReporter) -> Iterator[str]:
    for reports in reporter.stats.values():
        for report in reports:
            found = getattr(report, "user_properties", ())
            yield from (str(value) for name, value in found if name == MEASURED and report.when == "call")
