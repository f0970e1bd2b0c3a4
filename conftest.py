"""Let `pytest -p no:django` run: the settings module named in pyproject.toml is no unknown option then."""

import pytest


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    if pluginmanager.is_blocked("django"):
        parser.addini("DJANGO_SETTINGS_MODULE", "not used without the Django plugin")
