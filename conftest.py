"""What holds for every test: which of them need a database is told by the fixtures they ask for."""

import pytest

SERVERS = {"cluster", "house", "new"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that start a PostgreSQL, so that `make quick` leaves them out."""
    for item in items:
        if SERVERS & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
