"""What holds for every test: which of them need a database is told by the fixtures they ask for."""

import re
import sys
from typing import Any

import pytest

SERVERS = {"cluster", "house", "new"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that start a PostgreSQL, so that `make quick` leaves them out."""
    for item in items:
        if SERVERS & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


def pytest_runtest_teardown() -> None:
    """The language one test chose is not the next one's."""
    if "django.utils.translation" in sys.modules:
        sys.modules["django.utils.translation"].deactivate()


COUNTED = re.compile(r"^\s*(?:[A-Z]\d+\b|walks\b|backup of|key store|start of an)")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what the tests counted, in passing too: a number that nobody sees proves nothing."""
    said = [
        line.strip()
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        for line in report.capstdout.splitlines()
        if COUNTED.match(line)
    ]
    if said:
        terminalreporter.section("counted")
        for line in sorted(said):
            terminalreporter.line(line)
