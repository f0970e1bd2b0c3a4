"""The migrations make exactly the tables that the models describe."""

from typing import Any

import pytest

pytestmark = pytest.mark.django


def drift() -> dict[str, list[Any]]:
    """What `makemigrations` would write for our own apps."""
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState
    from django.utils import translation

    loader = MigrationLoader(None)
    with translation.override(None):  # as `makemigrations` reads labels
        now = ProjectState.from_apps(apps)
        found = MigrationAutodetector(loader.project_state(), now).changes(graph=loader.graph)
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("wangge.")}
    return {
        label: [str(one) for made in found[label] for one in made.operations]
        for label in sorted(found)
        if label in ours
    }


def test_no_model_has_left_its_migrations_behind(django_apps: None) -> None:
    assert drift() == {}


def test_a_field_without_a_migration_is_found(django_apps: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from wangge.cases.models import Case

    monkeypatch.setattr(Case._meta.get_field("place"), "max_length", 201)
    assert list(drift()) == ["cases"]
