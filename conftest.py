"""What holds for every test: which need a database, and that pytest runs without its Django plugin too."""

import pytest

SERVERS = {"cluster", "new"}


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Know the settings module named in pyproject.toml also under `-p no:django`."""
    if pluginmanager.is_blocked("django"):
        parser.addini("DJANGO_SETTINGS_MODULE", "not used without the Django plugin")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that start a PostgreSQL by the fixtures they ask for, so that `make quick` leaves them out."""
    for item in items:
        if SERVERS & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
            item.add_marker("database")
