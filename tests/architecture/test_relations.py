"""Foreign keys point down the floors."""

import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from tools.relations import floors, upward

pytestmark = pytest.mark.django


@pytest.fixture
def toy(django_apps: None) -> Iterator[dict[str, Any]]:
    """Toy tables on real floors, forgotten afterwards."""
    from django.apps import apps
    from django.db import models

    def table(app: str, name: str, **fields: object) -> type[models.Model]:
        meta = type("Meta", (), {"app_label": app})
        return type(name, (models.Model,), {"__module__": f"toy.{app}", "Meta": meta, **fields})

    def key(to: str | type[models.Model]) -> object:
        return models.ForeignKey(to, models.PROTECT, related_name="+")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        high = table("cases", "ToyCase")
        side = table("delivery", "ToyMessage")
        made = {
            "upward": table("places", "ToyPlace", case=key(high)),
            "sideways": table("files", "ToyFile", message=key(side)),
            "downward": table("cases", "ToyPhoto", message=key(side)),
            "to the account": table("access", "ToyPost", account=key("teams.Account")),
        }
    yield made
    for model in (high, side, *made.values()):
        del apps.all_models[model._meta.app_label][model.__name__.lower()]
    apps.clear_cache()


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("upward", ["places.ToyPlace.case -> cases.ToyCase"]),
        ("sideways", ["files.ToyFile.message -> delivery.ToyMessage"]),
        ("downward", []),
        ("to the account", []),
    ],
)
def test_a_planted_relation_is_judged_by_its_direction(toy: dict[str, Any], planted: str, found: list[str]) -> None:
    assert upward([toy[planted]], floors(), "teams.Account") == found


def test_all_our_relations_point_down(django_apps: None) -> None:
    from django.apps import apps
    from django.conf import settings

    models = [model for model in apps.get_models() if model.__module__.startswith("wangge.")]
    assert models
    assert upward(models, floors(), settings.AUTH_USER_MODEL) == []


def anew(operations: Iterable[Any]) -> list[str]:
    """Foreign keys that these operations of a migration drop and add again."""
    from django.db import models
    from django.db.migrations.operations import AlterField

    altered = [one for one in operations if isinstance(one, AlterField)]
    return [f"{one.model_name}.{one.name}" for one in altered if isinstance(one.field, models.ForeignKey)]


def test_no_migration_makes_a_foreign_key_anew(django_apps: None) -> None:
    """It would be checked as the owner, whom row security shows no rows: an installation with data could not follow."""
    from django.db.migrations.loader import MigrationLoader

    disk, ours = MigrationLoader(None).disk_migrations, set().union(*floors())
    assert disk is not None
    kept = {name: anew(migration.operations) for name, migration in disk.items() if name[0] in ours}
    assert {name: found for name, found in kept.items() if found} == {}
    assert ("cases", "0009_indexes") in kept


def test_a_key_made_anew_is_found(django_apps: None) -> None:
    from django.db import models
    from django.db.migrations.operations import AlterField

    sin = AlterField("case", "area", models.ForeignKey("places.Area", models.PROTECT, db_index=False))
    assert anew([sin, AlterField("case", "place", models.CharField(max_length=9))]) == ["case.area"]
